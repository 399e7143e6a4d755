//! From what a run sampled to its recording.

use cisterna_recording::{Basis, Channel, Fact, Mark, MarkKind, Recording};

use super::{Ledger, StartReport, Stop};
use crate::scenario::Scenario;

/// The channels, marks, facts and provenance of a run.
pub(super) fn recording(
    scenario: &Scenario,
    samples: Vec<Vec<f64>>,
    mut marks: Vec<Mark>,
    ledger: &Ledger,
    start: &StartReport,
    stopped: Option<&Stop>,
) -> Recording {
    let basis = if scenario.hypotheses.is_empty() {
        Basis::Model
    } else {
        Basis::Hypothesis(scenario.hypotheses.clone())
    };
    let channels = scenario
        .probes
        .iter()
        .zip(samples)
        .map(|(probe, values)| Channel {
            label: probe.label.clone(),
            reference: probe.reference.clone(),
            basis: basis.clone(),
            ..Channel::new(&probe.name, &probe.unit, 0.0, scenario.rate, values)
        })
        .collect();
    let shown = scenario.changes.iter().filter(|event| event.start >= 0.0);
    marks.extend(shown.filter_map(|event| {
        let label = event.label.clone()?;
        Some(Mark { kind: MarkKind::Event, start: event.start, end: event.end, label })
    }));
    marks.sort_by(|a, b| a.start.total_cmp(&b.start));
    let doors = ledger.doors.iter().map(|door| Fact {
        name: format!("ledger.{}", door.name),
        value: door.volume,
        unit: "mL".to_owned(),
    });
    let residual = Fact { name: "ledger.residual".into(), value: ledger.residual, unit: "mL".into() };
    let mut provenance: Vec<(String, String)> = [
        ("program", concat!("cisterna ", env!("CARGO_PKG_VERSION")).to_owned()),
        ("model", scenario.model.name.clone()),
        ("model hash", scenario.model.hash.clone()),
        ("scenario hash", scenario.text_hash.clone()),
        ("tolerance", format!("{:e}", scenario.tolerance)),
        ("processor level", processor_level().to_owned()),
        ("start", start.to_string()),
    ]
    .map(|(key, text)| (key.to_owned(), text))
    .to_vec();
    provenance.extend(scenario.hypotheses.iter().map(|name| ("hypothesis".to_owned(), name.clone())));
    provenance.extend(scenario.conditions.iter().map(|name| ("condition".to_owned(), name.clone())));
    provenance.extend(scenario.notes.iter().map(|note| ("note".to_owned(), note.clone())));
    if let Some(stop) = stopped {
        let text = match stop {
            Stop::Interrupted => "interrupted by the user".to_owned(),
            Stop::Failed(reason) => reason.clone(),
        };
        provenance.push(("stopped".to_owned(), text));
    }
    Recording {
        title: scenario.title.clone(),
        channels,
        marks,
        facts: doors.chain(std::iter::once(residual)).collect(),
        provenance,
    }
}

/// The instruction set that the program was built for: results are equal to the bit on one level.
fn processor_level() -> &'static str {
    if cfg!(target_feature = "avx2") {
        "x86-64-v3"
    } else if cfg!(target_arch = "x86_64") {
        "x86-64"
    } else {
        std::env::consts::ARCH
    }
}
