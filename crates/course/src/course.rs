//! The course of a person over weeks.

use cisterna_experiment::{Effect, Event};
use cisterna_fluid::{
    Address, Change, Compiled, Driver, Engine, Inputs, Observable, Plan, Schedule, SignalId,
};
use cisterna_solver::{Integrator, Observer, Options, Step};

use crate::CourseError;
use crate::averaged::Averaged;
use crate::document::CourseDocument;
use crate::fast::Fast;

/// Largest error of a step of the slow equations, as a share of what an unknown is or of its scale.
const TOLERANCE: f64 = 1e-5;
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
    let mut fast = Fast::at_rest(course, go_on)?;
    for _ in 0..ROUNDS {
        let averaged = fast.averaged(course);
        let lived = live(course, &averaged, &fast.split.roots)?;
        if !fast.widened(&lived.ranges) {
            return Ok(finished(course, fast, lived));
        }
        fast.ask(course, go_on)?;
    }
    Err(CourseError::Failed("the slow states run away: no range holds them".to_owned()))
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

fn finished(course: &CourseDocument, fast: Fast, lived: Lived) -> Course {
    let probes = &course.scenario.probes;
    let channels = probes.iter().zip(lived.channels).map(|(probe, values)| Channel {
        name: probe.name.clone(),
        label: probe.label.clone(),
        unit: probe.unit.clone(),
        values,
    });
    let network = &course.scenario.model.network;
    let named = fast.split.roots.iter().zip(fast.ranges);
    let off = fast.observed.iter().zip(fast.off).filter_map(|(observable, off)| {
        let probe = probes.iter().find(|probe| probe.observable == *observable)?;
        Some((probe.name.clone(), off))
    });
    Course {
        times: lived.times,
        channels: channels.collect(),
        roots: named.map(|(id, (low, high))| (network.signals[id.0].name.clone(), low, high)).collect(),
        nodes: fast.nodes,
        off: off.collect(),
        end_state: lived.end,
    }
}
