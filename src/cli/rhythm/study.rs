//! The runs: one without a hypothesis and one under each.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use indicatif::ProgressBar;

use cisterna::analysis::{Request, Statistic, Window, measure};
use cisterna::experiment::{Run, RunError, Scenario, Stop, run};
use cisterna::model::Library;

use crate::cli::exit::Failure;
use crate::cli::watch::interrupted;

/// The hypotheses of the rhythm.
pub const HYPOTHESES: [&str; 6] = [
    "pressurestat",
    "primary_respiratory_mechanism",
    "vasomotion_rhythm",
    "entrainment",
    "muscle_tone_rhythm",
    "tissue_pressure",
];
/// What counts as a rhythm: so many times the force that is felt without a hypothesis.
const BEYOND: f64 = 2.0;
/// Half of the band about a rate in which coherence is taken, Hz.
const ABOUT: f64 = 0.02;

/// A run under one hypothesis, or under none.
pub struct Held {
    /// The hypothesis, or "none".
    pub name: String,
    /// What was run.
    pub scenario: Scenario,
    /// What came of it.
    pub run: Run,
    /// At which places there is a rhythm beyond that of the run without hypotheses.
    beyond: Vec<&'static str>,
}

impl Held {
    /// The result of a measure of the scenario.
    pub fn value(&self, id: &str) -> Option<f64> {
        let outcome = self.run.outcomes.iter().find(|outcome| outcome.id == id)?;
        outcome.value.as_ref().ok().copied()
    }

    /// Whether there is a rhythm at a place.
    pub fn has_rhythm(&self, place: &str) -> bool {
        self.beyond.contains(&place)
    }

    /// By how much the rhythm is later at a place than at the head (s), and how far it goes with that one.
    pub fn after_head(&self, place: &str) -> (Option<f64>, Option<f64>) {
        if !self.has_rhythm("head") || !self.has_rhythm(place) {
            return (None, None);
        }
        let Some(rate) = self.value("rate_head").map(|rate| rate / 60.0) else { return (None, None) };
        let of = |statistic: Statistic| {
            let (from, to) = self.run.recording.span();
            let channel = format!("felt_{place}");
            let request = Request {
                other: Some("felt_head"),
                ..Request::new(statistic, &channel, Window { from, to })
            };
            measure(&self.run.recording, &request).ok().map(|found| found.value)
        };
        let phase = of(Statistic::PhaseAt { frequency_hz: rate });
        let band = Statistic::Coherence { from_hz: (rate - ABOUT).max(0.005), to_hz: rate + ABOUT };
        (phase.map(|phase| phase / 360.0 / rate), of(band))
    }
}

/// Runs a scenario without hypotheses, first of the list, and under each of `names`, on all cores.
pub fn study(scenario: &str, names: &[&str], bar: &ProgressBar) -> Result<Vec<Held>, Failure> {
    let library = Library::embedded();
    let base = Scenario::load(scenario).map_err(Failure::input)?;
    let wanted: Vec<Vec<&str>> =
        std::iter::once(Vec::new()).chain(names.iter().map(|&name| vec![name])).collect();
    let next = AtomicUsize::new(0);
    let stopped = interrupted();
    let work = || {
        let mut done = Vec::new();
        while let Some(hypotheses) = wanted.get(next.fetch_add(1, Ordering::SeqCst)) {
            done.push((hypotheses.clone(), held(&base, hypotheses, &library, &stopped)));
            bar.inc(1);
        }
        done
    };
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(wanted.len());
    let done = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().map(std::thread::ScopedJoinHandle::join).collect::<Result<Vec<_>, _>>()
    });
    let mut done: Vec<_> = done
        .map_err(|_| Failure::Run("a run ended in an error of the program".to_owned()))?
        .into_iter()
        .flatten()
        .collect();
    done.sort_by_key(|(hypotheses, _)| wanted.iter().position(|other| other == hypotheses));
    let mut study = done.into_iter().map(|(_, held)| held).collect::<Result<Vec<_>, _>>()?;
    compare(&mut study);
    Ok(study)
}

fn held(
    base: &Scenario,
    hypotheses: &[&str],
    library: &Library,
    stopped: &AtomicBool,
) -> Result<Held, Failure> {
    let scenario = base.under(hypotheses, library).map_err(Failure::input)?;
    let name = hypotheses.first().map_or_else(|| "none".to_owned(), |&name| name.to_owned());
    let failed = |reason: String| Failure::Run(format!("{}, {name}: {reason}", scenario.title));
    let run = run(&scenario, &mut |_| !stopped.load(Ordering::SeqCst)).map_err(|error| match error {
        RunError::Interrupted => Failure::Interrupted("interrupted: nothing is written".to_owned()),
        error => failed(error.to_string()),
    })?;
    match &run.stopped {
        None => Ok(Held { name, scenario, run, beyond: Vec::new() }),
        Some(Stop::Interrupted) => Err(Failure::Interrupted("interrupted: nothing is written".to_owned())),
        Some(Stop::Failed(reason)) => Err(failed(reason.clone())),
    }
}

/// Finds where there is more of a rhythm than without hypotheses.
fn compare(study: &mut [Held]) {
    let Some((none, others)) = study.split_first_mut() else { return };
    for held in others {
        for place in ["head", "sacrum", "left_foot"] {
            let force = |held: &Held| held.value(&format!("force_{place}")).unwrap_or(0.0);
            if force(held) > BEYOND * force(none) {
                held.beyond.push(place);
            }
        }
    }
}
