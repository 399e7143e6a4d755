//! Coverage, width and error of each estimate of what is known.

use cisterna_infusion::Kind;

use crate::Tested;
use crate::population::Subject;

/// The estimates of a kind; those of which most is wanted come last.
fn estimates(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::ConstantRate => &["formation", "static_resistance", "dynamic_resistance", "steady_resistance"],
        Kind::ConstantPressure | Kind::PressureSteps => &[
            "formation",
            "static_resistance",
            "static_resistance_without_rest",
            "dynamic_resistance",
            "steady_resistance",
        ],
        Kind::Bolus => &["formation", "bolus_resistance", "dynamic_resistance", "steady_resistance"],
        Kind::Drainage => &["formation"],
    }
}

fn truth(subject: &Subject, id: &str) -> f64 {
    if id == "formation" { subject.formation } else { subject.resistance }
}

/// One line an estimate, then what each test lacks.
pub fn print(kind: Kind, all: &[Tested]) {
    let stopped = all.iter().filter(|tested| tested.stopped).count();
    let recognised = all.iter().filter(|tested| tested.recognised == Ok(kind)).count();
    println!(
        "{} tests of {}, {recognised} of them recognised{}",
        all.len(),
        kind.name().replace('_', " "),
        if stopped > 0 { format!(", {stopped} stopped at 40 mmHg") } else { String::new() }
    );
    println!(
        "                                given  covered %  median width %  median error %  median bias %"
    );
    for id in estimates(kind) {
        line(id, all);
    }
    if kind == Kind::ConstantRate {
        println!("wanted of the last: covered 90 .. 99, width below 60, error below 10");
    }
    let last = estimates(kind).last().copied().unwrap_or_default();
    for tested in all {
        if let Some(lack) = lack(tested, last) {
            let Subject { number, resistance, stiffness, formation, .. } = tested.subject;
            println!(
                "test {number}, {resistance:.1} mmHg/(mL/min), stores {stiffness:.2} times as stiff, formation \
                 {formation:.2} mL/min{}: {lack}",
                if tested.stopped { ", stopped" } else { "" }
            );
        }
    }
    println!();
}

/// Why an estimate does not hold the truth.
fn lack(tested: &Tested, id: &str) -> Option<String> {
    let report = match &tested.report {
        Ok(report) => report,
        Err(problem) => return Some(problem.to_string()),
    };
    let Some([low, value, high]) = interval(tested, id) else {
        let reason = report.figure(id).and_then(|figure| figure.reason.as_deref());
        return Some(format!("none, as {}", reason.unwrap_or("it has no interval")));
    };
    let held = (low..=high).contains(&truth(&tested.subject, id));
    (!held).then(|| format!("missed by {value:.2} ({low:.2} .. {high:.2})"))
}

/// Lower end, value and upper end; an end that is open lies beyond all.
fn interval(tested: &Tested, id: &str) -> Option<[f64; 3]> {
    let figure = tested.report.as_ref().ok()?.figure(id)?;
    let [low, high] = figure.interval?;
    Some([low.unwrap_or(f64::NEG_INFINITY), figure.value?, high.unwrap_or(f64::INFINITY)])
}

fn line(id: &str, all: &[Tested]) {
    let found: Vec<(f64, [f64; 3])> =
        all.iter().filter_map(|tested| Some((truth(&tested.subject, id), interval(tested, id)?))).collect();
    let covered = found.iter().filter(|(truth, [low, _, high])| (low..=high).contains(&truth)).count();
    let median = |of: &dyn Fn(f64, [f64; 3]) -> f64| {
        let mut values: Vec<f64> = found.iter().map(|(truth, three)| 100.0 * of(*truth, *three)).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
    };
    println!(
        "{id:<31} {:>5}  {:>9.1}  {:>14.1}  {:>14.1}  {:>13.1}",
        found.len(),
        100.0 * covered as f64 / found.len().max(1) as f64,
        median(&|truth, [low, _, high]| (high - low) / truth),
        median(&|truth, [_, value, _]| (value / truth - 1.0).abs()),
        median(&|truth, [_, value, _]| value / truth - 1.0),
    );
}
