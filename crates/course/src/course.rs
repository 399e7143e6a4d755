//! The course of a person over weeks.

use cisterna_experiment::{Effect, Event, Origin};
use cisterna_fluid::{
    Address, Change, Compiled, Driver, Engine, Inputs, Observable, Plan, Schedule, SignalId,
};
use cisterna_solver::{Integrator, Observer, Options, Step};

use crate::averaged::Averaged;
use crate::document::CourseDocument;
use crate::split::Split;
use crate::surface::{Surface, points};
use crate::{CourseError, nodes};

/// Largest error of a step of the slow equations, as a share of what an unknown is or of its scale.
const TOLERANCE: f64 = 1e-5;
/// A root that moves less than this acts by its value alone.
const STILL: f64 = 1e-4;
/// What the range of a root is widened by on either side.
const WIDER: f64 = 0.1;
/// How often the ranges are sought again where the course has left them.
const ROUNDS: usize = 4;

/// What came of a course.
#[derive(Clone, Debug)]
pub struct Course {
    /// Times of the samples from the beginning of the first day, s.
    pub times: Vec<f64>,
    /// What was recorded.
    pub channels: Vec<Channel>,
    /// The roots, with the range in which the beat-by-beat model was asked for its averages.
    pub roots: Vec<(String, f64, f64)>,
    /// How many states the beat-by-beat model was run in.
    pub nodes: usize,
    /// How far the averages between the nodes are from the model's own, in the middle of all ranges: by channel, a share.
    pub off: Vec<(String, f64)>,
    /// What the slow states are at the end: `NAME.start` of a session that follows.
    pub end_state: Vec<(String, f64)>,
}

/// Something that was recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct Channel {
    /// Its name.
    pub name: String,
    /// What a reader sees.
    pub label: String,
    /// Its unit.
    pub unit: String,
    /// One value for each time.
    pub values: Vec<f64>,
}

/// Runs a course. `go_on` is asked about once a heart beat or a simulated second of the beat-by-beat model.
///
/// # Errors
/// When the model cannot be run, or the slow equations cannot be integrated.
pub fn run(course: &CourseDocument, go_on: &mut dyn FnMut() -> bool) -> Result<Course, CourseError> {
    let network = &course.scenario.model.network;
    let split = Split::of(network, &course.changed());
    let observed = observed(course, &split);
    let starts: Vec<f64> = split.roots.iter().map(|&id| start_of(course, id)).collect();
    let mut origin: Option<Origin> = None;
    let rest =
        nodes::averages(&course.scenario, &split.roots, &[starts.clone()], &observed, &mut origin, go_on)?;
    let mut ranges: Vec<(f64, f64)> = starts.iter().map(|&start| (start, start)).collect();
    let mut moving: Vec<usize> = Vec::new();
    let mut surfaces: Vec<Surface> =
        rest[0].iter().map(|&value| Surface::through(&[value], &[], &[])).collect();
    let (mut count, mut off) = (1, Vec::new());
    for round in 0.. {
        let roots: Vec<(SignalId, f64)> =
            moving.iter().map(|&axis| (split.roots[axis], ranges[axis].0)).collect();
        let averages: Vec<(Observable, Surface)> = observed.iter().copied().zip(surfaces).collect();
        let averaged = Averaged::new(network, &split, &roots, &averages);
        let lived = live(course, &averaged, &split.roots)?;
        let beyond = |(range, lived): (&(f64, f64), &(f64, f64))| {
            lived.0 < range.0 - STILL || lived.1 > range.1 + STILL
        };
        if round == ROUNDS || !ranges.iter().zip(&lived.ranges).any(beyond) {
            return Ok(finished(course, &split, ranges, count, off, lived));
        }
        for (range, lived) in ranges.iter_mut().zip(&lived.ranges) {
            let (low, high) = (range.0.min(lived.0), range.1.max(lived.1));
            let more = if high - low > STILL { WIDER * (high - low) } else { 0.0 };
            *range = (low - more, high + more);
        }
        moving = (0..ranges.len()).filter(|&axis| ranges[axis].1 - ranges[axis].0 > STILL).collect();
        let low: Vec<f64> = moving.iter().map(|&axis| ranges[axis].0).collect();
        let high: Vec<f64> = moving.iter().map(|&axis| ranges[axis].1).collect();
        let places = points(&low, &high);
        let whole: Vec<Vec<f64>> = places.iter().map(|place| whole(&ranges, &moving, place)).collect();
        let values = nodes::averages(&course.scenario, &split.roots, &whole, &observed, &mut origin, go_on)?;
        count += values.len();
        let of = |place: usize| values.iter().map(|node| node[place]).collect::<Vec<f64>>();
        surfaces = (0..observed.len()).map(|place| Surface::through(&of(place), &low, &high)).collect();
        let middle: Vec<f64> = low.iter().zip(&high).map(|(low, high)| 0.5 * (high - low)).collect();
        off = surfaces
            .iter()
            .zip(values.last().unwrap_or(&Vec::new()))
            .map(|(surface, value)| (surface.at(&middle) - value) / value.abs().max(1e-9))
            .collect();
    }
    Err(CourseError::Failed("the ranges of the slow states could not be found".to_owned()))
}

/// All roots at a point of those that move; the others where they are.
fn whole(ranges: &[(f64, f64)], moving: &[usize], point: &[f64]) -> Vec<f64> {
    let mut all: Vec<f64> = ranges.iter().map(|range| range.0).collect();
    moving.iter().zip(point).for_each(|(&axis, value)| all[axis] = *value);
    all
}

/// What averages are wanted of: what the slow part senses, and what is recorded of the rest.
fn observed(course: &CourseDocument, split: &Split) -> Vec<Observable> {
    let mut observed = split.sensed.clone();
    for probe in &course.scenario.probes {
        let calm = matches!(probe.observable, Observable::Signal(id) if split.is_calm(id));
        if !calm && !observed.contains(&probe.observable) {
            observed.push(probe.observable);
        }
    }
    observed
}

/// What a root is at the start: its document's `start`, or the number that it is given.
fn start_of(course: &CourseDocument, id: SignalId) -> f64 {
    let signal = &course.scenario.model.network.signals[id.0];
    let place =
        signal.law.parameters.iter().position(|parameter| matches!(parameter.name, "start" | "value"));
    place.map_or(0.0, |place| signal.values[place])
}

/// What the slow equations give.
struct Lived {
    times: Vec<f64>,
    channels: Vec<Vec<f64>>,
    ranges: Vec<(f64, f64)>,
    end: Vec<(String, f64)>,
}

/// Integrates the averaged network over the days.
fn live(course: &CourseDocument, averaged: &Averaged, roots: &[SignalId]) -> Result<Lived, CourseError> {
    let inputs = Inputs { driven: driven(course, averaged), ..Inputs::supine() };
    let compiled =
        Compiled::new(&averaged.network, &inputs).map_err(|error| CourseError::Failed(error.to_string()))?;
    let mut engine = Engine::<f64>::new(std::slice::from_ref(&compiled))
        .map_err(|error| CourseError::Failed(error.to_string()))?;
    let failed = |failure: cisterna_solver::Failure| {
        CourseError::Failed(format!("the slow equations could not be integrated: {failure}"))
    };
    let asked = course.scenario.probes.iter().map(|probe| probe.observable);
    let asked = asked.chain(roots.iter().map(|&root| Observable::Signal(root)));
    let observables: Vec<Observable> = asked.filter_map(|old| averaged.observable(old)).collect();
    let end = course.days as f64 * 86400.0;
    let mut samples = Samples::new(&engine, &observables, course.every, end, compiled.start());
    let options = Options { tolerance: TOLERANCE, ..Options::default() };
    let start = compiled.start().to_vec();
    let mut integrator = Integrator::new(&mut engine, options, 0.0, &[start]).map_err(failed)?;
    integrator.advance(&mut engine, end, &mut samples).map_err(failed)?;
    let state = integrator.state(0);
    Ok(samples.finish(course, compiled.names(), &state, roots.len()))
}

/// Watches the slow equations: samples, and the range of each root.
struct Samples {
    engine: Engine<f64>,
    plan: Plan<f64>,
    every: f64,
    end: f64,
    state: Vec<f64>,
    row: Vec<f64>,
    times: Vec<f64>,
    rows: Vec<Vec<f64>>,
    ranges: Vec<(f64, f64)>,
}

impl Samples {
    fn new(engine: &Engine<f64>, observables: &[Observable], every: f64, end: f64, state: &[f64]) -> Self {
        Samples {
            engine: engine.clone(),
            plan: engine.plan(observables),
            every,
            end,
            state: state.to_vec(),
            row: vec![0.0; observables.len()],
            times: Vec::new(),
            rows: Vec::new(),
            ranges: vec![(f64::INFINITY, f64::NEG_INFINITY); observables.len()],
        }
    }

    fn read(&mut self, time: f64, step: &Step<'_, f64>) {
        step.at(time, &mut self.state);
        self.engine.read(time, &self.state, &self.plan, &mut self.row);
        for (range, value) in self.ranges.iter_mut().zip(&self.row) {
            *range = (range.0.min(*value), range.1.max(*value));
        }
    }

    fn finish(self, course: &CourseDocument, names: &[String], state: &[f64], roots: usize) -> Lived {
        let probes = &course.scenario.probes;
        let channel = |place: usize| self.rows.iter().map(|row| row[place] * probes[place].scale).collect();
        Lived {
            channels: (0..probes.len()).map(channel).collect(),
            ranges: self.ranges[self.ranges.len() - roots..].to_vec(),
            end: names.iter().cloned().zip(state.iter().copied()).collect(),
            times: self.times,
        }
    }
}

impl Observer<f64, Engine<f64>> for Samples {
    fn step(&mut self, engine: &mut Engine<f64>, step: &Step<'_, f64>) {
        self.engine.follow(engine, 0);
        let due = |samples: &Self| samples.times.len() as f64 * samples.every;
        while due(self) <= step.end() && due(self) <= self.end + 1e-6 {
            let time = due(self);
            self.read(time, step);
            self.times.push(time);
            self.rows.push(self.row.clone());
        }
        self.read(step.end().min(self.end.max(step.start())), step);
    }
}

/// The changes of a course as schedules of the averaged network.
fn driven(course: &CourseDocument, averaged: &Averaged) -> Vec<(Address, Driver)> {
    let mut all: Vec<(Address, Driver)> = Vec::new();
    let network = &course.scenario.model.network;
    for Event { start, end, effect, .. } in &course.scenario.changes {
        let Effect::Parameter { address, to } = effect else { continue };
        let Some(own) = averaged.address(*address) else { continue };
        let change = Change { start: *start, end: *end, to: *to, turn: 0.0 };
        match all.iter_mut().find(|(known, _)| *known == own) {
            Some((_, Driver::Schedule(schedule))) => schedule.changes.push(change),
            _ => {
                let initial = network.values(address.owner)[address.parameter];
                all.push((own, Driver::Schedule(Schedule { initial, changes: vec![change] })));
            }
        }
    }
    all
}

fn finished(
    course: &CourseDocument,
    split: &Split,
    ranges: Vec<(f64, f64)>,
    nodes: usize,
    off: Vec<f64>,
    lived: Lived,
) -> Course {
    let probes = &course.scenario.probes;
    let channels = probes.iter().zip(lived.channels).map(|(probe, values)| Channel {
        name: probe.name.clone(),
        label: probe.label.clone(),
        unit: probe.unit.clone(),
        values,
    });
    let network = &course.scenario.model.network;
    let named = split.roots.iter().zip(ranges);
    let observed = observed(course, split);
    let off = observed.iter().zip(off).filter_map(|(observable, off)| {
        let probe = probes.iter().find(|probe| probe.observable == *observable)?;
        Some((probe.name.clone(), off))
    });
    Course {
        times: lived.times,
        channels: channels.collect(),
        roots: named.map(|(id, (low, high))| (network.signals[id.0].name.clone(), low, high)).collect(),
        nodes,
        off: off.collect(),
        end_state: lived.end,
    }
}
