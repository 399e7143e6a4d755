//! Runs of scenarios: from a scenario to a recording with its measures and its ledger.

mod course;
mod inputs;
mod ledger;
mod measured;
mod record;
mod sampler;
mod start;
mod swings;

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

use cisterna_fluid::BuildError;
use cisterna_model::Otherwise;
use cisterna_recording::Recording;
use cisterna_solver::{Failure, Four};

use crate::scenario::Scenario;
use course::{Subject, course};

pub use ledger::{Door, Ledger};
pub use measured::{Outcome, Spread, Verdict};
pub use start::{Origin, StartReport};

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
    /// From where it was found: near it the starts of like scenarios are found sooner.
    pub origin: Origin,
    /// What every unknown was at the end, by name.
    pub end_state: Vec<(String, f64)>,
    /// Steps of the solver: accepted and discarded.
    pub steps: (u64, u64),
    /// How long the integration took, s.
    pub seconds: f64,
    /// Why and where it ended early, where it did.
    pub stopped: Option<Stop>,
    /// Strips of membranes and muscles that would have to push and were kept taut.
    pub slack: Vec<Slack>,
    /// Strips of membranes and muscles that hang slack where they would have to push.
    pub released: Vec<String>,
}

/// A strip of a membrane or a muscle that would have to push.
#[derive(Clone, Debug, PartialEq)]
pub struct Slack {
    /// Its name.
    pub name: String,
    /// When it was first seen, to a second, s.
    pub time: f64,
}

impl fmt::Display for Slack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` would have to push from about {:.0} s on, where it should hang slack",
            self.name, self.time
        )
    }
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
    /// Whoever watched ended the search for the start.
    Interrupted,
    /// Scenarios that were to run side by side do not go together.
    Apart(&'static str),
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RunError::Build(error) => write!(f, "{error}"),
            RunError::Start(reason) => write!(f, "no start was found: {reason}"),
            RunError::Interrupted => write!(f, "interrupted before a start was found"),
            RunError::Apart(what) => write!(f, "scenarios that run side by side must agree in their {what}"),
        }
    }
}

impl std::error::Error for RunError {}

/// How often a run is repeated with more strips that may hang slack.
const PASSES: usize = 4;
/// So many strips may hang slack in one run; beyond that all are kept taut, and the run says which would push.
const MOST_RELEASES: usize = 40;

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

/// Runs a scenario. `watch` hears of progress about once a simulated second, and once a heart beat while the start is
/// sought, and answers whether to go on.
///
/// # Errors
/// When the model cannot be run, no start is found, or `watch` ends the search for it. A failure later on is no error:
/// it is told in [`Run::stopped`], with all that was computed until then.
pub fn run(scenario: &Scenario, watch: &mut dyn FnMut(Progress) -> bool) -> Result<Run, RunError> {
    run_near(scenario, None, watch)
}

/// The same, with the start sought near that of a run of a scenario that differs in numbers.
///
/// # Errors
/// As for [`run`].
pub fn run_near(
    scenario: &Scenario,
    near: Option<&Origin>,
    watch: &mut dyn FnMut(Progress) -> bool,
) -> Result<Run, RunError> {
    let once = |scenario: &Scenario, watch: &mut dyn FnMut(Progress) -> bool| {
        let subject = Subject::prepare(scenario, near, watch)?;
        course::<f64>(&[subject], watch)
    };
    let mut runs = released(scenario, watch, once)?;
    runs.pop().ok_or(RunError::Build(BuildError::LanesDiffer))
}

/// Runs a scenario, and again with whatever would have to push let go, until nothing does: the strips that hang slack at some
/// time are found by passes, and each then goes slack and taut again by itself. Ligaments without tension at rest are let go
/// only beside others that have some: alone they would hang slack and tighten with every breath, each time at the cost of many
/// steps, over hundredths of a newton.
fn released(
    scenario: &Scenario,
    watch: &mut dyn FnMut(Progress) -> bool,
    once: impl Fn(&Scenario, &mut dyn FnMut(Progress) -> bool) -> Result<Vec<Run>, RunError>,
) -> Result<Vec<Run>, RunError> {
    let mut runs = once(scenario, watch)?;
    let mut names: Vec<String> = Vec::new();
    for _ in 0..PASSES {
        let before = names.len();
        let taut = |slack: &Slack| scenario.is_taut_at_rest(&slack.name);
        if before == 0 && !runs.iter().flat_map(|run| &run.slack).any(taut) {
            runs.iter_mut().for_each(|run| run.slack.clear());
            break;
        }
        for slack in runs.iter().flat_map(|run| &run.slack) {
            if !names.contains(&slack.name) {
                names.push(slack.name.clone());
            }
        }
        let stopped = runs.iter().any(|run| run.stopped.is_some());
        if names.len() == before || names.len() > MOST_RELEASES || stopped {
            break;
        }
        let other = scenario.releasing(&names).map_err(|error| RunError::Start(error.to_string()))?;
        let Some(other) = other else { break };
        runs = once(&other, watch)?;
        runs.iter_mut().for_each(|run| run.released.clone_from(&names));
    }
    // Only what is left after the last pass is told in the recordings.
    for run in &mut runs {
        let hang =
            run.released.iter().map(|name| format!("`{name}` hangs slack where it would have to push"));
        let told: Vec<String> = hang.chain(run.slack.iter().map(Slack::to_string)).collect();
        run.recording.provenance.extend(told.into_iter().map(|text| ("slack".to_owned(), text)));
    }
    Ok(runs)
}

/// Runs a scenario; where its model has bones, beside it the same with sutures as soft and as stiff as is published and with
/// bone that does not bend, so that each measure of bones has its [`Spread`].
///
/// # Errors
/// As for [`run`].
pub fn run_with_spread(
    scenario: &Scenario,
    watch: &mut dyn FnMut(Progress) -> bool,
) -> Result<Run, RunError> {
    if scenario.model.bones.is_none() {
        return run(scenario, watch);
    }
    let mut runs = released(scenario, watch, four_ways)?;
    let rest = runs.split_off(1);
    let (Some(mut stated), [soft, stiff, rigid]) = (runs.pop(), &rest[..]) else {
        return Err(RunError::Build(BuildError::LanesDiffer));
    };
    let others = [&soft.outcomes[..], &stiff.outcomes[..], &rigid.outcomes[..]];
    measured::spread(scenario, &mut stated.outcomes, others);
    Ok(stated)
}

/// The same, and beside it the twin without hypotheses (see [`Scenario::twin`]), so that each measure has what it is there.
///
/// # Errors
/// As for [`run`], of either.
pub fn run_beside(
    scenario: &Scenario,
    twin: &Scenario,
    watch: &mut dyn FnMut(Progress) -> bool,
) -> Result<Run, RunError> {
    let going = AtomicBool::new(true);
    let (stated, other) = std::thread::scope(|scope| {
        let other = scope.spawn(|| run(twin, &mut |_| going.load(Ordering::Relaxed)));
        let stated = run_with_spread(scenario, &mut |progress| {
            let go_on = watch(progress);
            going.fetch_and(go_on, Ordering::Relaxed);
            go_on
        });
        (stated, other.join())
    });
    let mut stated = stated?;
    let other = other.map_err(|_| RunError::Start("the twin could not be run".to_owned()))?;
    match other {
        Ok(other) => measured::beside(&mut stated.outcomes, &other.outcomes),
        // What was computed of the run itself is kept.
        Err(RunError::Interrupted) => {}
        Err(error) => return Err(error),
    }
    Ok(stated)
}

/// A scenario as stated, with soft sutures, with stiff ones and with rigid bone, side by side.
fn four_ways(scenario: &Scenario, watch: &mut dyn FnMut(Progress) -> bool) -> Result<Vec<Run>, RunError> {
    // Each reduces a structure of its own, side by side.
    let ways = [Otherwise::SoftSutures, Otherwise::StiffSutures, Otherwise::RigidBone];
    let made = std::thread::scope(|scope| {
        let threads = ways.map(|how| scope.spawn(move || scenario.otherwise(how)));
        threads.map(std::thread::ScopedJoinHandle::join)
    });
    let mut others = Vec::new();
    for other in made {
        let other = other.map_err(|_| RunError::Start("the bones could not be reduced".to_owned()))?;
        others.extend(other.map_err(|error| RunError::Start(error.to_string()))?);
    }
    let first = Subject::prepare(scenario, None, watch)?;
    let mut subjects = Vec::new();
    for other in &others {
        subjects.push(Subject::prepare(other, Some(first.origin()), watch)?);
    }
    subjects.insert(0, first);
    course::<Four>(&subjects, watch)
}

/// Runs four scenarios side by side, each as [`run`] would to the bit, in little more time than one of them takes. Their
/// models may differ in numbers, not in structure; their tolerance, longest step and settling time must agree.
///
/// # Errors
/// As for [`run`], and when the four cannot run side by side.
pub fn run_four(
    scenarios: [&Scenario; 4],
    watch: &mut dyn FnMut(Progress) -> bool,
) -> Result<[Run; 4], RunError> {
    run_four_near(scenarios, None, watch)
}

/// The same, with the starts sought near that of a run of a scenario that differs in numbers.
///
/// # Errors
/// As for [`run_four`].
pub fn run_four_near(
    scenarios: [&Scenario; 4],
    near: Option<&Origin>,
    watch: &mut dyn FnMut(Progress) -> bool,
) -> Result<[Run; 4], RunError> {
    let subjects: Result<Vec<_>, _> =
        scenarios.into_iter().map(|scenario| Subject::prepare(scenario, near, watch)).collect();
    let runs = course::<Four>(&subjects?, watch)?;
    <[Run; 4]>::try_from(runs).map_err(|_| RunError::Build(BuildError::LanesDiffer))
}
