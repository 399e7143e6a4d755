//! The averaged model beside the beat-by-beat model, after a step of stress that both live through.

use cisterna_experiment::{Effect, Event, Probe, Scenario, Stop, run};
use cisterna_fluid::Owner;

use crate::course::{Course, run as run_course};
use crate::document::CourseDocument;
use crate::{CourseError, nodes};

/// How long after the step the two are compared, s …
const AFTER: f64 = 2400.0;
/// … and over how long, s.
const OVER: f64 = 300.0;

/// One channel of both models.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// The channel.
    pub label: String,
    /// Its unit.
    pub unit: String,
    /// Its mean by the averaged model.
    pub averaged: f64,
    /// Its mean by the beat-by-beat model.
    pub by_beats: f64,
}

impl Agreement {
    /// How far the averaged model is off, as a share.
    #[must_use]
    pub fn off(&self) -> f64 {
        (self.averaged - self.by_beats) / self.by_beats.abs().max(1e-9)
    }
}

/// Sets a stressor to some size after a minute, in the model of a course beat by beat and averaged, and compares the means of
/// its channels 40 to 45 minutes later: reflexes, gases and what has been absorbed or formed have followed by then.
///
/// # Errors
/// When either cannot be run, or the model has no stressor.
pub fn agreement(
    course: &CourseDocument,
    stressor: f64,
    go_on: &mut dyn FnMut() -> bool,
) -> Result<Vec<Agreement>, CourseError> {
    let stepped = stepped(&course.scenario, stressor)?;
    let document = CourseDocument { scenario: stepped.clone(), days: 1, begins: 0.0, every: OVER / 10.0 };
    let averaged = run_course(&document, go_on)?;
    let by_beats = run(&stepped, &mut |_| go_on())?;
    if let Some(Stop::Failed(reason)) = by_beats.stopped {
        return Err(CourseError::Failed(reason));
    }
    let (from, to) = (60.0 + AFTER, 60.0 + AFTER + OVER);
    let beats = nodes::means_between(&by_beats.recording, from, to);
    let rows = stepped.probes.iter().zip(mean(&averaged, from, to)).zip(beats);
    let row = |((probe, averaged), by_beats): ((&Probe, f64), f64)| Agreement {
        label: probe.label.clone(),
        unit: probe.unit.clone(),
        averaged,
        by_beats,
    };
    Ok(rows.map(row).collect())
}

fn stepped(scenario: &Scenario, stressor: f64) -> Result<Scenario, CourseError> {
    let network = &scenario.model.network;
    let Some(owner @ Owner::Signal(_)) = network.owner("stressor") else {
        return Err(CourseError::Failed("the model of this course has no `stressor`".to_owned()));
    };
    let address = cisterna_fluid::Address { owner, parameter: 0 };
    let effect = Effect::Parameter { address, to: stressor };
    let mut stepped = scenario.clone();
    stepped.changes = vec![Event { label: None, start: 60.0, end: 60.0, effect }];
    (stepped.settle, stepped.duration, stepped.rate) = (0.0, 60.0 + AFTER + OVER, nodes::RATE);
    stepped.measures.clear();
    Ok(stepped)
}

/// The means of all channels of a course between two times.
fn mean(course: &Course, from: f64, to: f64) -> Vec<f64> {
    let within: Vec<usize> =
        (0..course.times.len()).filter(|&index| (from..=to).contains(&course.times[index])).collect();
    let of = |values: &[f64]| within.iter().map(|&index| values[index]).sum::<f64>() / within.len() as f64;
    course.channels.iter().map(|channel| of(&channel.values)).collect()
}
