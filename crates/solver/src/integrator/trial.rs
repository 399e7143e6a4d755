//! One trial step: planned, computed for all lanes, judged and taken over for each alone.

use super::control::{Control, Unknown, careful_step};
use super::locate::Search;
use super::step::copy_lane;
use super::{Crossing, Integrator, Observer};
use crate::rodas::{Rodas, interpolate};
use crate::{Cause, Failure, Lanes, System};

/// Where a trial is checked for margins that dip below zero and come back, and its end.
const SAMPLES: [f64; 4] = [0.25, 0.5, 0.75, 1.0];
/// A crossing is settled to this (s), or to the rounding of the time.
const RESOLUTION: f64 = 1e-11;
/// How many rounds of switching are allowed at one moment.
const SWITCHES: usize = 16;

/// What becomes of a lane's trial.
enum Verdict {
    Again,
    Accept { error: f64, crossed: bool },
}

/// The worst error of a trial as a fraction of the tolerance; `health` is zero where all is finite.
struct Measure<F> {
    error: F,
    health: F,
}

impl<F: Lanes> Integrator<F> {
    /// One trial step of all lanes, of which those under way take notice.
    pub(super) fn trial<S, O>(&mut self, system: &mut S, end: f64, observer: &mut O)
    where
        S: System<F> + ?Sized,
        O: Observer<F, S>,
    {
        let time = self.times();
        if !self.prepared {
            self.rodas.prepare(system, time, &self.state);
            system.corners(&mut self.corners);
            system.margins(time, &self.state, &mut self.start_margins);
            for (index, lane) in self.lanes.iter_mut().enumerate() {
                lane.corners.see(lane.time, self.corners.iter().map(|distance| distance.lane(index)));
            }
            self.prepared = true;
        }
        for index in 0..F::COUNT {
            if self.lanes[index].is_under_way(end) {
                let wanted = self.lanes[index].control.next.unwrap_or_else(|| self.careful_step(index));
                let lane = &mut self.lanes[index];
                lane.plan(&self.options, system.next_break(index), wanted);
                lane.trials += 1;
            }
        }
        let mut step = F::constant(1.0);
        for (index, lane) in self.lanes.iter().enumerate() {
            step.set_lane(index, lane.step);
        }
        let factored = self.rodas.step(system, time, step, &self.state);
        self.rodas.bend();
        let measure = self.measure();
        self.sample_margins(system, time, step);
        for index in 0..F::COUNT {
            if self.lanes[index].is_under_way(end) {
                let healthy = factored.lane(index).is_finite();
                match self.judge(index, healthy, measure.error.lane(index), measure.health.lane(index)) {
                    Verdict::Again => self.lanes[index].counts.discarded += 1,
                    Verdict::Accept { error, crossed } => {
                        self.accept(system, observer, index, error, crossed)
                    }
                }
            }
        }
    }

    fn times(&self) -> F {
        let mut time = F::constant(0.0);
        for (index, lane) in self.lanes.iter().enumerate() {
            time.set_lane(index, lane.time);
        }
        time
    }

    fn careful_step(&self, lane: usize) -> f64 {
        let numbers =
            self.rodas.start_rates.iter().zip(&self.rodas.time_slope).zip(&self.scales).zip(&self.mass);
        let differential = numbers.filter(|&(_, &mass)| mass != 0.0);
        careful_step(
            self.options.tolerance,
            differential.map(|(((rate, slope), scale), _)| Unknown {
                scale: scale.lane(lane),
                rate: rate.lane(lane),
                time_slope: slope.lane(lane),
            }),
        )
    }

    /// The largest error of the last trial, lane by lane.
    fn measure(&self) -> Measure<F> {
        let zero = F::constant(0.0);
        let (mut worst, mut health) = (zero, zero);
        let sizes = self.state.iter().zip(&self.rodas.end).zip(&self.scales);
        for (&error, ((&start, &end), &scale)) in self.rodas.error().iter().zip(sizes) {
            let value = magnitude(start).max(magnitude(end));
            let relative = magnitude(error) / scale.max(self.by_value * value);
            worst = worst.max(relative);
            // Zero times a number is zero exactly if the number is finite.
            health += zero * relative + zero * end;
        }
        Measure { error: worst / F::constant(self.options.tolerance), health }
    }

    /// The unknown with the largest error in the last trial of a lane, the first that is not finite before all.
    fn worst(&self, lane: usize) -> Option<usize> {
        let mut worst = (0.0, None);
        for (i, error) in self.rodas.error().iter().enumerate() {
            let (start, end) = (self.state[i].lane(lane), self.rodas.end[i].lane(lane));
            let value = self.by_value.lane(lane) * start.abs().max(end.abs());
            let relative = error.lane(lane).abs() / self.scales[i].lane(lane).max(value);
            if !relative.is_finite() || !end.is_finite() {
                return Some(i);
            }
            if relative > worst.0 {
                worst = (relative, Some(i));
            }
        }
        worst.1
    }

    /// The margins at the samples of the last trial.
    fn sample_margins<S: System<F> + ?Sized>(&mut self, system: &mut S, time: F, step: F) {
        if self.crossings == 0 {
            return;
        }
        for (fraction, margins) in SAMPLES.into_iter().zip(&mut self.margins) {
            let s = F::constant(fraction);
            let Rodas { end, bend, twist, .. } = &self.rodas;
            for (i, point) in self.point.iter_mut().enumerate() {
                *point = interpolate(s, self.state[i], end[i], bend[i], twist[i]);
            }
            system.margins(time + s * step, &self.point, margins);
        }
    }

    /// Decides on the last trial of a lane.
    fn judge(&mut self, index: usize, factored: bool, error: f64, health: f64) -> Verdict {
        let margins_are_numbers = self.margins[3].iter().all(|margin| !margin.lane(index).is_nan());
        let smallest = self.options.smallest_step(self.lanes[index].time);
        let step = self.lanes[index].step;
        if !(factored && health.is_finite() && error.is_finite() && margins_are_numbers) {
            if step <= smallest {
                let (cause, unknown) = match factored {
                    true => (Cause::NotFinite, self.worst(index)),
                    false => (Cause::Singular, self.rodas.broken_pivot(index)),
                };
                self.fail(index, unknown, cause);
            }
            self.lanes[index].location.probe = None;
            self.lanes[index].control.refuse(step);
            return Verdict::Again;
        }
        let end_margins = self.margins[3].iter().map(|margin| margin.lane(index));
        let lane = &mut self.lanes[index];
        let resolution = RESOLUTION.max(4.0 * f64::EPSILON * lane.time.abs());
        if lane.location.probe.is_some() {
            lane.location.record(step, end_margins);
            return match lane.location.search(resolution) {
                Search::GoesOn => Verdict::Again,
                Search::Found => Verdict::Accept { error, crossed: true },
            };
        }
        if error > 1.0 {
            lane.control.reject(step, error);
            if step <= smallest {
                let unknown = self.worst(index);
                self.fail(index, unknown, Cause::Inaccurate { step });
            }
            return Verdict::Again;
        }
        let negative = |margins: &Vec<F>| margins.iter().any(|margin| margin.lane(index) < 0.0);
        match self.margins.iter().position(negative) {
            Some(sample) if sample < 3 && step > smallest => {
                lane.control.next = Some(step * SAMPLES[sample]);
                Verdict::Again
            }
            Some(_) if end_margins.clone().any(|margin| margin < 0.0) => {
                let starts = self.start_margins.iter().map(|margin| margin.lane(index));
                let before = self.margins[2].iter().map(|margin| margin.lane(index));
                let guess = first_root(before, end_margins.clone());
                lane.control.next = Some(step);
                lane.location.begin(step, lane.step_end, starts.zip(end_margins), step * guess);
                match lane.location.search(resolution) {
                    Search::GoesOn => Verdict::Again,
                    Search::Found => Verdict::Accept { error, crossed: true },
                }
            }
            _ => Verdict::Accept { error, crossed: false },
        }
    }

    /// Takes over the last trial of a lane.
    fn accept<S, O>(&mut self, system: &mut S, observer: &mut O, index: usize, error: f64, crossed: bool)
    where
        S: System<F> + ?Sized,
        O: Observer<F, S>,
    {
        let lane = &mut self.lanes[index];
        self.steps.times[index] = Some((lane.time, lane.step_end));
        copy_lane(&mut self.steps.start, &self.state, index);
        copy_lane(&mut self.steps.end, &self.rodas.end, index);
        copy_lane(&mut self.steps.bend, &self.rodas.bend, index);
        copy_lane(&mut self.steps.twist, &self.rodas.twist, index);
        copy_lane(&mut self.state, &self.rodas.end, index);
        lane.time = lane.step_end;
        lane.counts.accepted += 1;
        lane.control.accept(lane.step, error);
        self.prepared = false;
        if let Some(step) = self.steps.view(index) {
            observer.step(system, &step);
        }
        if crossed {
            let time = self.lanes[index].time;
            for crossing in 0..self.crossings {
                if self.margins[3][crossing].lane(index) < 0.0 {
                    system.cross(index, crossing);
                    observer.crossing(Crossing { lane: index, time, crossing });
                }
            }
        }
        if self.pass_breaks(system, index) > 0 || crossed {
            self.lanes[index].control = Control::new(None);
            self.lanes[index].corners.forget();
            if let Err(failure) = self.settle(system, index, observer) {
                self.lanes[index].failure = Some(failure);
            }
        }
    }

    /// Passes the breaks that a lane has reached; returns how many.
    pub(super) fn pass_breaks<S: System<F> + ?Sized>(&self, system: &mut S, lane: usize) -> usize {
        let mut passed = 0;
        while system.next_break(lane) <= self.lanes[lane].time {
            system.pass_break(lane);
            passed += 1;
        }
        passed
    }

    /// Makes the algebraic unknowns of a lane fit and switches modes until no margin is negative.
    pub(super) fn settle<S, O>(
        &mut self,
        system: &mut S,
        lane: usize,
        observer: &mut O,
    ) -> Result<(), Failure>
    where
        S: System<F> + ?Sized,
        O: Observer<F, S>,
    {
        let (times, time) = (self.times(), self.lanes[lane].time);
        let mut last = None;
        for _ in 0..SWITCHES {
            let restored = self.consistency.restore(system, times, &mut self.state, lane);
            restored.map_err(|(cause, unknown)| Failure { time, lane, unknown, cause })?;
            system.margins(times, &self.state, &mut self.start_margins);
            last = None;
            for crossing in 0..self.crossings {
                if self.start_margins[crossing].lane(lane) < 0.0 {
                    system.cross(lane, crossing);
                    observer.crossing(Crossing { lane, time, crossing });
                    last = Some(crossing);
                }
            }
            if last.is_none() {
                return Ok(());
            }
        }
        let cause = Cause::Chatter { crossing: last.unwrap_or_default() };
        Err(Failure { time, lane, unknown: None, cause })
    }

    fn fail(&mut self, lane: usize, unknown: Option<usize>, cause: Cause) {
        let time = self.lanes[lane].time;
        self.lanes[lane].failure = Some(Failure { time, lane, unknown, cause });
    }
}

/// The fraction of a step at which the first of the margins that are negative at its end crosses zero, by a
/// straight line through its values at three quarters and at the end.
fn first_root(before: impl Iterator<Item = f64>, end: impl Iterator<Item = f64>) -> f64 {
    let pairs = before.zip(end).filter(|&(_, end)| end < 0.0);
    pairs.map(|(before, end)| SAMPLES[2] + 0.25 * before / (before - end)).fold(1.0, f64::min)
}

#[inline(always)]
fn magnitude<F: Lanes>(x: F) -> F {
    x.select(x, -x)
}
