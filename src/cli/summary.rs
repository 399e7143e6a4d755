//! What a run came to, for the terminal.

use std::fmt::Write as _;
use std::path::PathBuf;

use cisterna::experiment::{Outcome, Run, Scenario, Spread, Verdict};
use cisterna::quantity::short_number;

use super::print::{columns, range};

/// The column of the spread of results over sutures, which is left out where there is none.
const SPREAD: usize = 3;
/// The columns of what results are without hypotheses and of the difference, left out where there are none.
const TWIN: std::ops::Range<usize> = 4..6;

/// The measures beside their published ranges, how the run went and where its files are. `simulated` is the time that
/// was simulated (s), `seconds` the time from the read scenario to the last written file.
pub fn summary(scenario: &Scenario, run: &Run, files: &[PathBuf], simulated: f64, seconds: f64) -> String {
    let mut text = format!("{}\n", scenario.title);
    if !scenario.summary.is_empty() {
        let _ = writeln!(text, "{}", scenario.summary);
    }
    if !run.outcomes.is_empty() {
        let mut rows: Vec<Vec<String>> = vec![
            ["", "", "", "sutures", "", "difference", "", "published", "source or reason"]
                .map(str::to_owned)
                .into(),
        ];
        rows[0][TWIN.start] = format!("without {}", scenario.hypotheses.join(" and "));
        rows.extend(run.outcomes.iter().map(|outcome| row(scenario, outcome)));
        if scenario.hypotheses.is_empty() {
            rows.iter_mut().for_each(|row| drop(row.drain(TWIN)));
        }
        if run.outcomes.iter().all(|outcome| outcome.spread.is_none()) {
            rows.iter_mut().for_each(|row| drop(row.remove(SPREAD)));
        }
        let _ = write!(text, "\n{}", columns(&rows));
    }
    let (accepted, discarded) = run.steps;
    let facts = [
        ("start", run.start.to_string()),
        ("ledger", format!("contents less doors {:.1e} mL", run.ledger.residual)),
        ("steps", format!("{accepted} accepted, {discarded} discarded")),
        (
            "speed",
            format!(
                "{} ({} s simulated in {} s; {} s with the files)",
                times(simulated / run.seconds.max(1e-9)),
                short_number(simulated),
                short_number(run.seconds),
                short_number(seconds)
            ),
        ),
    ];
    let mut rows: Vec<Vec<String>> = facts.map(|(name, value)| vec![name.to_owned(), value]).into();
    if !run.released.is_empty() {
        rows.push(vec!["slack".to_owned(), format!("{} hang slack at times", run.released.join(", "))]);
    }
    rows.extend(run.slack.iter().map(|slack| vec!["slack".to_owned(), slack.to_string()]));
    let written = files.iter().enumerate().map(|(index, file)| {
        vec![if index == 0 { "written" } else { "" }.to_owned(), file.display().to_string()]
    });
    rows.extend(written);
    let _ = write!(text, "\n{}", columns(&rows));
    text
}

/// A speed as a multiple of real time.
pub fn times(factor: f64) -> String {
    format!("{} × real time", short_number(factor))
}

fn row(scenario: &Scenario, outcome: &Outcome) -> Vec<String> {
    let mark = match outcome.verdict() {
        Some(Verdict::InRange) => "✓",
        Some(Verdict::KnownMiss) => "~ known miss",
        Some(Verdict::Miss) => "✗ outside",
        None => "",
    };
    let value = outcome.value.as_ref().map_or_else(|_| "no value".to_owned(), |value| short_number(*value));
    let spread = outcome.spread.map(|spread| spread_in_words(&spread)).unwrap_or_default();
    let published = outcome.published.as_ref();
    let source = published.map_or_else(String::new, |published| {
        let known = scenario.model.sources.get(&published.source);
        known.map_or_else(|| published.source.clone(), |source| source.short())
    });
    let limits = published.map_or_else(String::new, |published| match (published.low, published.high) {
        (None, None) => published.value.map(short_number).unwrap_or_default(),
        (low, high) => range(low, high),
    });
    let last = outcome.value.as_ref().err().cloned().unwrap_or(source);
    let [twin, difference] = twin_in_words(outcome);
    vec![
        outcome.label.clone(),
        value,
        outcome.unit.clone(),
        spread,
        twin,
        difference,
        mark.to_owned(),
        limits,
        last,
    ]
}

/// What a result is without hypotheses, and by how much they change it.
pub fn twin_in_words(outcome: &Outcome) -> [String; 2] {
    let Some(twin) = outcome.twin else { return [String::new(), String::new()] };
    let difference = outcome.difference().map_or_else(String::new, |difference| {
        format!("{}{}", if difference > 0.0 { "+" } else { "" }, short_number(difference))
    });
    [short_number(twin), difference]
}

/// "(0.02 .. 3.1; bone 4 %)": a result with soft and stiff sutures, and the share that the bending of bone has in it.
pub fn spread_in_words(spread: &Spread) -> String {
    // A share beyond the whole says only that next to nothing is divided by next to nothing.
    let share = spread.bone.filter(|share| share.abs() <= 1.0);
    let bone =
        share.map(|share| format!("; bone {:.0} %", (100.0 * share).round() + 0.0)).unwrap_or_default();
    format!("({} .. {}{bone})", short_number(spread.low), short_number(spread.high))
}
