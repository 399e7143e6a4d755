//! Takes samples, beats and breaths from the steps of the solver.

use cisterna_fluid::{Engine, Observable, Packed, Plan};
use cisterna_recording::{Mark, MarkKind};
use cisterna_solver::{Observer, Step};

use crate::scenario::Scenario;

/// A push smaller than this, N, counts as none.
const LEAST_PUSH: f64 = 5e-3;

/// Writes what each lane samples while the lanes go on.
pub(super) struct Sampler {
    /// The samples of each lane.
    pub lanes: Vec<Samples>,
}

/// The samples of one lane.
pub(super) struct Samples {
    /// Reads the states of this lane: an engine of its own, as the lanes take their steps at different times.
    engine: Engine<f64>,
    plan: Plan<f64>,
    state: Vec<f64>,
    row: Vec<f64>,
    scales: Vec<f64>,
    rate: f64,
    duration: f64,
    taken: usize,
    clocks: Vec<Clock>,
    /// What pulls only, and how it is read.
    pulls: Vec<Observable>,
    pull_plan: Plan<f64>,
    pulled: Vec<f64>,
    /// The samples so far, channel by channel.
    pub channels: Vec<Vec<f64>>,
    /// The beats and breaths so far.
    pub marks: Vec<Mark>,
    /// The state at time zero.
    pub before: Vec<f64>,
    /// The state at the end.
    pub after: Vec<f64>,
}

/// A phase whose whole numbers are marked.
struct Clock {
    unknown: usize,
    kind: MarkKind,
    last: Option<f64>,
}

impl Samples {
    pub fn new(
        engine: Engine<f64>,
        observables: &[Observable],
        scales: Vec<f64>,
        state: &[f64],
        scenario: &Scenario,
        clocks: &[(usize, MarkKind)],
    ) -> Self {
        let count = (scenario.duration * scenario.rate) as usize + 2;
        let blocks = scenario.model.network.bodies.iter().enumerate();
        let pulls: Vec<Observable> = blocks
            .flat_map(|(block, bodies)| {
                bodies.pulls.iter().map(move |&place| Observable::Motion(block, place))
            })
            .collect();
        Samples {
            pull_plan: engine.plan(&pulls),
            pulled: vec![0.0; pulls.len()],
            pulls,
            plan: engine.plan(observables),
            engine,
            state: state.to_vec(),
            row: vec![0.0; scales.len()],
            channels: scales.iter().map(|_| Vec::with_capacity(count)).collect(),
            scales,
            rate: scenario.rate,
            duration: scenario.duration,
            taken: 0,
            clocks: clocks.iter().map(|&(unknown, kind)| Clock { unknown, kind, last: None }).collect(),
            marks: Vec::with_capacity(count / 16),
            before: state.to_vec(),
            after: state.to_vec(),
        }
    }

    /// The cables that would have to push at a state of this lane.
    pub fn pushes<F: Packed>(
        &mut self,
        engine: &Engine<F>,
        lane: usize,
        time: f64,
        state: &[f64],
    ) -> impl Iterator<Item = Observable> {
        if !self.pulls.is_empty() {
            self.engine.follow(engine, lane);
            self.engine.read(time, state, &self.pull_plan, &mut self.pulled);
        }
        let pulls = self.pulls.iter().zip(&self.pulled);
        pulls.filter(|(_, pulled)| **pulled < -LEAST_PUSH).map(|(pull, _)| *pull)
    }

    /// How a switch stood when it was last read.
    pub fn mode(&self, mode: usize) -> Option<f64> {
        self.engine.mode(0, mode)
    }

    /// Ends the samples early, at a state.
    pub fn stop(&mut self, state: &[f64]) {
        self.after.copy_from_slice(state);
    }

    /// The time of the next sample, s.
    fn due(&self) -> f64 {
        self.taken as f64 / self.rate
    }

    fn sample<F: Packed>(&mut self, engine: &Engine<F>, step: &Step<'_, F>) {
        self.engine.follow(engine, step.lane());
        while self.due() <= step.end() && self.due() <= self.duration + 1e-9 {
            let time = self.due();
            step.at(time, &mut self.state);
            self.engine.read(time, &self.state, &self.plan, &mut self.row);
            for ((channel, value), scale) in self.channels.iter_mut().zip(&self.row).zip(&self.scales) {
                channel.push(value * scale);
            }
            self.taken += 1;
        }
    }

    fn mark<F: Packed>(&mut self, step: &Step<'_, F>) {
        for clock in &mut self.clocks {
            let at = |time: f64| step.value(time, clock.unknown);
            let whole = at(step.end()).floor();
            if at(step.start()) >= whole {
                continue;
            }
            let (mut low, mut high) = (step.start(), step.end());
            while high - low > 1e-12 * high.abs().max(1.0) {
                let middle = 0.5 * (low + high);
                if middle <= low || middle >= high {
                    break;
                }
                if at(middle) < whole { low = middle } else { high = middle }
            }
            if let Some(last) = clock.last.filter(|_| high <= self.duration) {
                self.marks.push(Mark { kind: clock.kind, start: last, end: high, label: String::new() });
            }
            clock.last = Some(high).filter(|&time| time >= 0.0);
        }
    }
}

impl<F: Packed> Observer<F, Engine<F>> for Sampler {
    fn step(&mut self, engine: &mut Engine<F>, step: &Step<'_, F>) {
        let samples = &mut self.lanes[step.lane()];
        for (moment, state) in [(0.0, &mut samples.before), (samples.duration, &mut samples.after)] {
            if step.start() <= moment && moment <= step.end() {
                step.at(moment, state);
            }
        }
        if step.end() >= 0.0 {
            samples.sample(engine, step);
        }
        samples.mark(step);
    }
}
