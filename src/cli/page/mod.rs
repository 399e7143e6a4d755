//! The page about a run.

mod curve;
mod loops;
mod roles;
pub mod spectra;
mod sums;
mod waves;

use cisterna::experiment::{Outcome, Run, Scenario, Stop, Verdict};
use cisterna::quantity::short_number;
use cisterna::recording::Basis;
use cisterna::report::{self, Page, Published, Section, SummaryRow};

use super::summary::{spread_in_words, twin_in_words};

/// Everything that the report of a run shows.
pub fn page(scenario: &Scenario, run: &Run) -> Page {
    let mut sections = vec![waves::waveforms(scenario, run)];
    let charts = [
        curve::curve(scenario, run),
        spectra::spectra(scenario, run),
        spectra::of_stations(run),
        loops::loops(scenario, run),
    ];
    sections.extend(charts.into_iter().flatten());
    sections.extend(sums::volumes(scenario, run));
    sections.push(sums::ledger(scenario, run));
    Page {
        title: scenario.title.clone(),
        subtitle: scenario.summary.clone(),
        cautions: cautions(scenario, run),
        summary: run.outcomes.iter().map(|outcome| row(scenario, outcome)).collect(),
        sections: sections.into_iter().filter(has_content).collect(),
        provenance: provenance(run),
    }
}

/// Whether there is anything to see in a section.
fn has_content(section: &Section) -> bool {
    match section {
        Section::Waveforms(waves) => !waves.panels.is_empty(),
        Section::Charts(charts) => !charts.charts.is_empty(),
        Section::Bars(bars) => !bars.groups.is_empty(),
        Section::Ledger(ledger) => !ledger.doors.is_empty(),
        Section::Bones(bones) => !bones.bones.is_empty(),
        Section::Patterns(_) | Section::Table(_) | Section::Facts(_) | Section::Text(_) => true,
    }
}

/// What a reader must know before trusting a number.
fn cautions(scenario: &Scenario, run: &Run) -> Vec<String> {
    let evidence = scenario.model.evidence();
    let unsourced = evidence.iter().filter(|entry| entry.ground.is_unsourced()).count();
    let share = 100.0 * unsourced as f64 / evidence.len().max(1) as f64;
    let mut told = Vec::new();
    match &run.stopped {
        Some(Stop::Failed(reason)) => told.push(format!("The run failed before its end: {reason}.")),
        Some(Stop::Interrupted) => told.push("The run was interrupted before its end.".to_owned()),
        None => {}
    }
    told.push(
        "A research model, not a medical device: no number here may guide the care of a person.".to_owned(),
    );
    told.push(format!("The model is “{}”; it stands for no one in particular.", scenario.model.title));
    told.push(format!(
        "{unsourced} of its {} values ({share:.0} %) are assumed, defaults, or set by the scenario; \
         `cisterna evidence --unsourced` lists them.",
        evidence.len()
    ));
    if !scenario.conditions.is_empty() {
        told.push(format!("Laid on the subject: {}.", scenario.conditions.join(", ")));
    }
    if !scenario.hypotheses.is_empty() {
        told.push(format!("The run rests on hypotheses: {}.", scenario.hypotheses.join(", ")));
    }
    if !run.released.is_empty() {
        told.push(format!("These hang slack where they would have to push: {}.", run.released.join(", ")));
    }
    told.extend(run.slack.iter().map(|slack| format!("Slack: {slack}.")));
    told.extend(scenario.notes.iter().map(|note| format!("Note: {note}.")));
    told
}

fn row(scenario: &Scenario, outcome: &Outcome) -> SummaryRow {
    let published = outcome.published.as_ref();
    let note = match &outcome.value {
        Err(reason) => reason.clone(),
        Ok(_) => published.map_or_else(String::new, |published| match &published.known_miss {
            Some(reason) if outcome.verdict() == Some(Verdict::KnownMiss) => format!("known miss: {reason}"),
            _ => published.note.clone(),
        }),
    };
    let note = match &outcome.spread {
        Some(spread) => format!("over sutures {} {note}", spread_in_words(spread)).trim_end().to_owned(),
        None => note,
    };
    let note = match twin_in_words(outcome) {
        [twin, difference] if !twin.is_empty() => {
            format!("without {} {twin}, difference {difference}; {note}", scenario.hypotheses.join(" and "))
                .trim_end_matches("; ")
                .to_owned()
        }
        _ => note,
    };
    SummaryRow {
        label: outcome.label.clone(),
        value: outcome.value.as_ref().copied().unwrap_or(f64::NAN),
        unit: outcome.unit.clone(),
        published: published.map(|published| Published {
            low: published.low,
            high: published.high,
            source: published.source.clone(),
        }),
        verdict: outcome.verdict().map(|verdict| match verdict {
            Verdict::InRange => report::Verdict::InRange,
            Verdict::KnownMiss | Verdict::Miss => report::Verdict::Outside,
        }),
        basis: match scenario.hypotheses.as_slice() {
            [] => Basis::Model,
            names => Basis::Hypothesis(names.to_vec()),
        },
        note,
    }
}

/// How the run came about: the recording's own account and the work of the solver.
fn provenance(run: &Run) -> Vec<(String, String)> {
    let (accepted, discarded) = run.steps;
    let mut told = run.recording.provenance.clone();
    let work = [
        ("start", run.start.to_string()),
        ("steps", format!("{accepted} accepted, {discarded} discarded")),
        ("integration", format!("{} s", short_number(run.seconds))),
    ];
    told.extend(work.map(|(key, text)| (key.to_owned(), text)));
    told
}
