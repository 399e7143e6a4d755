//! Takes samples, beats and breaths from the steps of the solver.

use cisterna_fluid::{Engine, Packed, Plan};
use cisterna_recording::{Mark, MarkKind};
use cisterna_solver::{Observer, Step};

use crate::scenario::Scenario;

/// Writes what each lane samples while the lanes go on.
pub(super) struct Sampler<F> {
    /// The samples of each lane.
    pub lanes: Vec<Samples<F>>,
    /// The state of the lane that is sampled.
    state: Vec<f64>,
    /// That state in its lane.
    packed: Vec<F>,
}

/// The samples of one lane.
pub(super) struct Samples<F> {
    plan: Plan<F>,
    row: Vec<F>,
    scales: Vec<f64>,
    rate: f64,
    duration: f64,
    taken: usize,
    clocks: Vec<Clock>,
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

impl<F: Packed> Sampler<F> {
    pub fn new(lanes: Vec<Samples<F>>) -> Self {
        let unknowns = lanes.first().map_or(0, |lane| lane.before.len());
        Sampler { lanes, state: vec![0.0; unknowns], packed: vec![F::constant(0.0); unknowns] }
    }
}

impl<F: Packed> Samples<F> {
    pub fn new(
        plan: Plan<F>,
        scales: Vec<f64>,
        state: &[f64],
        scenario: &Scenario,
        clocks: &[(usize, MarkKind)],
    ) -> Self {
        let count = (scenario.duration * scenario.rate) as usize + 2;
        Samples {
            row: vec![F::constant(0.0); scales.len()],
            channels: scales.iter().map(|_| Vec::with_capacity(count)).collect(),
            plan,
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

    /// Ends the samples early, at a state.
    pub fn stop(&mut self, state: &[f64]) {
        self.after.copy_from_slice(state);
    }

    /// The time of the next sample, s.
    fn due(&self) -> f64 {
        self.taken as f64 / self.rate
    }

    fn sample(&mut self, engine: &mut Engine<F>, step: &Step<'_, F>, state: &mut [f64], packed: &mut [F]) {
        let lane = step.lane();
        while self.due() <= step.end() && self.due() <= self.duration + 1e-9 {
            let time = self.due();
            step.at(time, state);
            for (packed, &number) in packed.iter_mut().zip(state.iter()) {
                packed.set_lane(lane, number);
            }
            engine.read(F::constant(time), packed, &self.plan, &mut self.row);
            for ((channel, value), scale) in self.channels.iter_mut().zip(&self.row).zip(&self.scales) {
                channel.push(value.lane(lane) * scale);
            }
            self.taken += 1;
        }
    }

    fn mark(&mut self, step: &Step<'_, F>) {
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

impl<F: Packed> Observer<F, Engine<F>> for Sampler<F> {
    fn step(&mut self, engine: &mut Engine<F>, step: &Step<'_, F>) {
        let samples = &mut self.lanes[step.lane()];
        for (moment, state) in [(0.0, &mut samples.before), (samples.duration, &mut samples.after)] {
            if step.start() <= moment && moment <= step.end() {
                step.at(moment, state);
            }
        }
        if step.end() >= 0.0 {
            samples.sample(engine, step, &mut self.state, &mut self.packed);
        }
        samples.mark(step);
    }
}
