//! Coverage, width and error of each estimate of the outflow resistance.

use crate::Tested;

const ESTIMATES: [&str; 3] = ["static_resistance", "dynamic_resistance", "steady_resistance"];

/// One line a miss, and one a figure.
pub fn print(all: &[Tested]) {
    for tested in all {
        if let Err(problem) = &tested.report {
            println!("test {}: {problem}", tested.subject.number);
        }
    }
    let stopped = all.iter().filter(|tested| tested.stopped).count();
    println!("{} tests, of which {stopped} were stopped at 40 mmHg", all.len());
    println!("outflow resistance        given  covered %  median width %  median error %  median bias %");
    for id in ESTIMATES {
        line(id, all);
    }
    println!("wanted of one: covered 90 .. 99, width below 60, error below 10");
    let subjects = all.iter().filter(|tested| {
        interval(tested, "steady_resistance")
            .is_none_or(|[low, _, high]| !(low..=high).contains(&tested.subject.resistance))
    });
    for tested in subjects {
        let told = match interval(tested, "steady_resistance") {
            Some([low, value, high]) => format!("{value:.1} ({low:.1} .. {high:.1})"),
            None => "no figure".to_owned(),
        };
        let subject = &tested.subject;
        println!(
            "missed: test {}, {:.1} mmHg/(mL/min), stores {:.2} times as stiff, formation {:.2} mL/min{}: {told}",
            subject.number,
            subject.resistance,
            subject.stiffness,
            subject.formation,
            if tested.stopped { ", stopped" } else { "" }
        );
    }
}

/// Lower end, value and upper end.
fn interval(tested: &Tested, id: &str) -> Option<[f64; 3]> {
    let figure = tested.report.as_ref().ok()?.figure(id)?;
    let [low, high] = figure.interval?;
    Some([low?, figure.value?, high?])
}

fn line(id: &str, all: &[Tested]) {
    let found: Vec<(f64, [f64; 3])> =
        all.iter().filter_map(|tested| Some((tested.subject.resistance, interval(tested, id)?))).collect();
    let covered = found.iter().filter(|(truth, [low, _, high])| (low..=high).contains(&truth)).count();
    let median = |of: &dyn Fn(f64, [f64; 3]) -> f64| {
        let mut values: Vec<f64> = found.iter().map(|(truth, three)| 100.0 * of(*truth, *three)).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
    };
    println!(
        "{id:<25} {:>5}  {:>9.1}  {:>14.1}  {:>14.1}  {:>13.1}",
        found.len(),
        100.0 * covered as f64 / found.len().max(1) as f64,
        median(&|truth, [low, _, high]| (high - low) / truth),
        median(&|truth, [_, value, _]| (value / truth - 1.0).abs()),
        median(&|truth, [_, value, _]| value / truth - 1.0),
    );
}
