//! Runs of the beat-by-beat model with the slow part held still.

use cisterna_experiment::{Origin, Probe, Progress, Run, Scenario, Stop, run_four_near, run_near};
use cisterna_fluid::signal::constant;
use cisterna_fluid::{Observable, SignalId};
use cisterna_recording::{Channel, Mark, MarkKind, Recording};

use crate::CourseError;

/// From the periodic start until reflexes, gases and breath have settled, s …
const SETTLE: f64 = 180.0;
/// … and how long averages are then taken, s: fifteen breaths of an adult.
const AVERAGED: f64 = 60.0;
/// Samples per second: some tens a beat.
pub(crate) const RATE: f64 = 50.0;

/// The averages of observables with the roots held at each of some points, in the order of both; `origin` is where the
/// first start was found from.
pub(crate) fn averages(
    scenario: &Scenario,
    roots: &[SignalId],
    points: &[Vec<f64>],
    observed: &[Observable],
    origin: &mut Option<Origin>,
    go_on: &mut dyn FnMut() -> bool,
) -> Result<Vec<Vec<f64>>, CourseError> {
    let held: Vec<Scenario> = points.iter().map(|point| held(scenario, roots, point, observed)).collect();
    let mut watch = |_: Progress| go_on();
    let mut found = Vec::new();
    let mut rest = &held[..];
    if origin.is_none()
        && let [first, others @ ..] = rest
    {
        let run = run_near(first, None, &mut watch)?;
        *origin = Some(run.origin.clone());
        found.push(means(&run)?);
        rest = others;
    }
    for group in rest.chunks(4) {
        // Bones let go of what would have to push, which lanes do not do by themselves.
        if scenario.model.bones.is_some() || group.len() == 1 {
            for one in group {
                found.push(means(&run_near(one, origin.as_ref(), &mut watch)?)?);
            }
            continue;
        }
        let lane = |lane: usize| &group[lane.min(group.len() - 1)];
        let runs = run_four_near([lane(0), lane(1), lane(2), lane(3)], origin.as_ref(), &mut watch)?;
        for run in runs.iter().take(group.len()) {
            found.push(means(run)?);
        }
    }
    Ok(found)
}

/// A scenario in which the roots are given numbers and nothing happens.
fn held(scenario: &Scenario, roots: &[SignalId], point: &[f64], observed: &[Observable]) -> Scenario {
    let mut held = scenario.clone();
    for (root, value) in roots.iter().zip(point) {
        let signal = &mut held.model.network.signals[root.0];
        signal.law = &constant::LAW;
        signal.values = vec![*value];
        signal.senses.clear();
    }
    held.changes.clear();
    held.measures.clear();
    (held.settle, held.duration, held.rate) = (SETTLE, AVERAGED, RATE);
    let probe = |(place, observable): (usize, &Observable)| Probe {
        name: format!("{place}"),
        label: String::new(),
        unit: "1".to_owned(),
        scale: 1.0,
        observable: *observable,
        reference: None,
    };
    held.probes = observed.iter().enumerate().map(probe).collect();
    held
}

/// The means of all channels over whole breaths; over all of the run where nobody breathes.
fn means(run: &Run) -> Result<Vec<f64>, CourseError> {
    match &run.stopped {
        Some(Stop::Interrupted) => return Err(CourseError::Interrupted),
        Some(Stop::Failed(reason)) => return Err(CourseError::Failed(reason.clone())),
        None => {}
    }
    Ok(means_between(&run.recording, 0.0, f64::INFINITY))
}

/// The means of all channels over the whole breaths between two times; over all of the time where nobody breathes.
pub(crate) fn means_between(recording: &Recording, from: f64, to: f64) -> Vec<f64> {
    let inside = |mark: &&Mark| mark.kind == MarkKind::Breath && mark.start >= from && mark.end <= to;
    let breaths = recording.marks.iter().filter(inside);
    let (first, last) = breaths.fold((f64::INFINITY, f64::NEG_INFINITY), |(first, last), mark| {
        (first.min(mark.start), last.max(mark.end))
    });
    let (from, to) = if first < last { (first, last) } else { (from, to) };
    let mean = |channel: &Channel| {
        let taken =
            channel.values.iter().enumerate().filter(|(index, _)| (from..to).contains(&channel.time(*index)));
        let (sum, count) = taken.fold((0.0, 0.0), |(sum, count), (_, value)| (sum + value, count + 1.0));
        sum / count
    };
    recording.channels.iter().map(mean).collect()
}
