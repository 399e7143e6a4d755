//! Takes samples, beats and breaths from the steps of the solver.

use cisterna_fluid::Engine;
use cisterna_recording::{Mark, MarkKind};
use cisterna_solver::{Observer, Step};

/// Writes channels and marks while a run goes on.
pub(super) struct Sampler {
    plan: Vec<Option<u32>>,
    scales: Vec<f64>,
    rate: f64,
    duration: f64,
    taken: usize,
    /// The samples so far, channel by channel.
    pub channels: Vec<Vec<f64>>,
    state: Vec<f64>,
    row: Vec<f64>,
    clocks: Vec<Clock>,
    /// The beats and breaths so far.
    pub marks: Vec<Mark>,
}

/// A phase whose whole numbers are marked.
struct Clock {
    unknown: usize,
    kind: MarkKind,
    last: Option<f64>,
}

impl Sampler {
    pub fn new(
        plan: Vec<Option<u32>>,
        scales: Vec<f64>,
        unknowns: usize,
        rate: f64,
        duration: f64,
        clocks: &[(usize, MarkKind)],
    ) -> Self {
        let count = (duration * rate) as usize + 2;
        Sampler {
            channels: plan.iter().map(|_| Vec::with_capacity(count)).collect(),
            row: vec![0.0; plan.len()],
            plan,
            scales,
            rate,
            duration,
            taken: 0,
            state: vec![0.0; unknowns],
            clocks: clocks.iter().map(|&(unknown, kind)| Clock { unknown, kind, last: None }).collect(),
            marks: Vec::with_capacity(count / 16),
        }
    }

    /// The time of the next sample, s.
    fn due(&self) -> f64 {
        self.taken as f64 / self.rate
    }

    fn sample(&mut self, engine: &mut Engine<f64>, step: &Step<'_, f64>) {
        while self.due() <= step.end() && self.due() <= self.duration + 1e-9 {
            let time = self.due();
            step.at(time, &mut self.state);
            engine.read(time, &self.state, &self.plan, 0, &mut self.row);
            for ((channel, value), scale) in self.channels.iter_mut().zip(&self.row).zip(&self.scales) {
                channel.push(value * scale);
            }
            self.taken += 1;
        }
    }

    fn mark(&mut self, step: &Step<'_, f64>) {
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

impl Observer<f64, Engine<f64>> for Sampler {
    fn step(&mut self, engine: &mut Engine<f64>, step: &Step<'_, f64>) {
        if step.end() >= 0.0 {
            self.sample(engine, step);
        }
        self.mark(step);
    }
}
