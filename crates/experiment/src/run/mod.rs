//! Runs of scenarios: from a scenario to a recording with its measures and its ledger.

mod inputs;
mod ledger;
mod measured;
mod sampler;
mod start;

use std::fmt;
use std::time::Instant;

use cisterna_fluid::{BuildError, Compiled, Engine, SignalId};
use cisterna_recording::{Basis, Channel, Fact, Mark, MarkKind, Recording};
use cisterna_solver::{Failure, Integrator, Options};

use crate::scenario::Scenario;
use sampler::Sampler;

pub use ledger::{Door, Ledger};
pub use measured::{Outcome, Verdict};
pub use start::StartReport;

/// The longest piece of a run between two looks at whether to go on, s.
const PIECE: f64 = 1.0;

/// What came of a run.
#[derive(Clone, Debug)]
pub struct Run {
    /// The channels, beats, breaths and events.
    pub recording: Recording,
    /// The measures.
    pub outcomes: Vec<Outcome>,
    /// What went through the doors.
    pub ledger: Ledger,
    /// How the start was found.
    pub start: StartReport,
    /// What every unknown was at the end, by name.
    pub end_state: Vec<(String, f64)>,
    /// Steps of the solver: accepted and discarded.
    pub steps: (u64, u64),
    /// How long the integration took, s.
    pub seconds: f64,
    /// Why and where it ended early, where it did.
    pub stopped: Option<Stop>,
}

/// Why a run ended early.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The user asked for it.
    Interrupted,
    /// The equations could not be integrated further.
    Failed(String),
}

/// Why there is no run at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunError {
    /// The network cannot be run.
    Build(BuildError),
    /// No start was found.
    Start(String),
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RunError::Build(error) => write!(f, "{error}"),
            RunError::Start(reason) => write!(f, "no start was found: {reason}"),
        }
    }
}

impl std::error::Error for RunError {}

/// Where a run stands, told to whoever watches it.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Simulated time, s.
    pub time: f64,
    /// Simulated time of the end, s.
    pub end: f64,
}

/// A failure in words, with the name of the unknown.
fn describe(failure: &Failure, names: &[String]) -> String {
    match failure.unknown.and_then(|unknown| names.get(unknown)) {
        Some(name) => format!("{failure} (worst: `{name}`)"),
        None => failure.to_string(),
    }
}

/// Runs a scenario. `watch` hears of progress about once a simulated second and answers whether to go on.
///
/// # Errors
/// When the model cannot be run or no start is found. A failure later on is no error: it is told in
/// [`Run::stopped`], with all that was computed until then.
pub fn run(scenario: &Scenario, watch: &mut dyn FnMut(Progress) -> bool) -> Result<Run, RunError> {
    let network = &scenario.model.network;
    let inputs = inputs::inputs(scenario);
    let (state, start) = start::start(network, &inputs::still(&inputs))?;
    let compiled = Compiled::new(network, &inputs).map_err(RunError::Build)?;
    let mut engine = Engine::<f64>::new(std::slice::from_ref(&compiled)).map_err(RunError::Build)?;
    let options = Options {
        tolerance: scenario.tolerance,
        max_step: scenario.max_step.unwrap_or(f64::INFINITY),
        ..Options::default()
    };
    let names = compiled.names();
    let observables: Vec<_> = scenario.probes.iter().map(|probe| probe.observable).collect();
    let scales = scenario.probes.iter().map(|probe| probe.scale).collect();
    let clocks = clocks(scenario, names);
    let plan = engine.plan(&observables);
    let mut sampler = Sampler::new(plan, scales, names.len(), scenario.rate, scenario.duration, &clocks);
    let clock = Instant::now();
    let mut integrator = Integrator::new(&mut engine, options, -scenario.settle, &[state])
        .map_err(|failure| RunError::Start(describe(&failure, names)))?;
    let mut before = integrator.state(0);
    let mut stopped = None;
    let mut time = -scenario.settle;
    while time < scenario.duration && stopped.is_none() {
        let next = if time < 0.0 { (time + PIECE).min(0.0) } else { (time + PIECE).min(scenario.duration) };
        match integrator.advance(&mut engine, next, &mut sampler) {
            Ok(()) => {}
            Err(failure) => stopped = Some(Stop::Failed(describe(&failure, names))),
        }
        time = next;
        if stopped.is_none() {
            stopped = emptied(names, &integrator.state(0), time);
        }
        if time <= 0.0
            && let Some(step) = integrator.last_step(0)
        {
            step.at(0.0, &mut before);
        }
        if !watch(Progress { time, end: scenario.duration }) && time < scenario.duration {
            stopped = Some(Stop::Interrupted);
        }
    }
    let seconds = clock.elapsed().as_secs_f64();
    let mut after = integrator.state(0);
    if let Some(step) = integrator.last_step(0) {
        step.at(scenario.duration.min(step.end()), &mut after);
    }
    let counts = integrator.counts(0);
    let ledger = ledger::ledger(network, &compiled, &before, &after);
    let recording = recording(scenario, sampler, &ledger, &start, stopped.as_ref());
    let outcomes = measured::outcomes(&recording, &scenario.measures);
    Ok(Run {
        outcomes,
        ledger,
        start,
        end_state: names.iter().cloned().zip(after).collect(),
        steps: (counts.accepted, counts.discarded),
        seconds,
        stopped,
        recording,
    })
}

/// A space that holds less than nothing: its wall let more be drawn than was there.
fn emptied(names: &[String], state: &[f64], time: f64) -> Option<Stop> {
    let (name, volume) =
        names.iter().zip(state).find(|(name, volume)| name.ends_with(".volume") && **volume < 0.0)?;
    Some(Stop::Failed(format!(
        "before {time:.1} s more was drawn than was there: `{name}` is {volume:.1} mL"
    )))
}

/// The phases to mark: that of the heart as beats, of a clock called `breathing` as breaths.
fn clocks(scenario: &Scenario, names: &[String]) -> Vec<(usize, MarkKind)> {
    let network = &scenario.model.network;
    let heart = start::heart(network);
    let kinds = (0..network.signals.len()).map(SignalId).filter(|&id| start::is_clock(network, id));
    kinds
        .filter_map(|id| {
            let name = &network.signals[id.0].name;
            let unknown = names.iter().position(|unknown| unknown == name)?;
            if Some(id) == heart {
                Some((unknown, MarkKind::Beat))
            } else {
                (name == "breathing").then_some((unknown, MarkKind::Breath))
            }
        })
        .collect()
}

fn recording(
    scenario: &Scenario,
    sampler: Sampler,
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
        .zip(sampler.channels)
        .map(|(probe, values)| Channel {
            label: probe.label.clone(),
            reference: probe.reference.clone(),
            basis: basis.clone(),
            ..Channel::new(&probe.name, &probe.unit, 0.0, scenario.rate, values)
        })
        .collect();
    let mut marks = sampler.marks;
    marks.extend(scenario.changes.iter().filter(|event| event.start >= 0.0).map(|event| Mark {
        kind: MarkKind::Event,
        start: event.start,
        end: event.end,
        label: event.label.clone(),
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
