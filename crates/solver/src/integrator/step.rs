//! An accepted step of a lane.

use super::snapshot::Span;
use crate::Lanes;
use crate::rodas::interpolate;

/// The last accepted step of each lane: its start, end and dense output.
pub(super) struct Steps<F> {
    pub(super) start: Vec<F>,
    pub(super) end: Vec<F>,
    pub(super) bend: Vec<F>,
    pub(super) twist: Vec<F>,
    /// Start and end time of each lane (s); `None` before the first step.
    pub(super) times: Vec<Option<(f64, f64)>>,
}

impl<F: Lanes> Steps<F> {
    pub(super) fn new(dimension: usize) -> Self {
        let zeros = || vec![F::constant(0.0); dimension];
        Steps { start: zeros(), end: zeros(), bend: zeros(), twist: zeros(), times: vec![None; F::COUNT] }
    }

    pub(super) fn view(&self, lane: usize) -> Option<Step<'_, F>> {
        let (start, end) = self.times.get(lane).copied().flatten()?;
        Some(Step { lane, start, end, steps: self })
    }

    pub(super) fn span(&self, lane: usize) -> Option<Span> {
        let (start, end) = self.times[lane]?;
        let take = |numbers: &[F]| numbers.iter().map(|x| x.lane(lane)).collect();
        let (from, to) = (take(&self.start), take(&self.end));
        Some(Span { start, end, from, to, bend: take(&self.bend), twist: take(&self.twist) })
    }

    pub(super) fn set_span(&mut self, lane: usize, span: Option<&Span>) {
        self.times[lane] = span.map(|span| (span.start, span.end));
        let Some(span) = span else { return };
        put(&mut self.start, lane, &span.from);
        put(&mut self.end, lane, &span.to);
        put(&mut self.bend, lane, &span.bend);
        put(&mut self.twist, lane, &span.twist);
    }
}

/// Writes the numbers of one lane.
pub(super) fn put<F: Lanes>(target: &mut [F], lane: usize, numbers: &[f64]) {
    for (target, &number) in target.iter_mut().zip(numbers) {
        target.set_lane(lane, number);
    }
}

/// Copies one lane.
pub(super) fn copy_lane<F: Lanes>(target: &mut [F], source: &[F], lane: usize) {
    for (target, source) in target.iter_mut().zip(source) {
        target.set_lane(lane, source.lane(lane));
    }
}

/// An accepted step of a lane, with the solution at any time within.
pub struct Step<'a, F> {
    lane: usize,
    start: f64,
    end: f64,
    steps: &'a Steps<F>,
}

impl<F: Lanes> Step<'_, F> {
    /// The lane.
    pub fn lane(&self) -> usize {
        self.lane
    }

    /// Where the step starts (s).
    pub fn start(&self) -> f64 {
        self.start
    }

    /// Where it ends (s).
    pub fn end(&self) -> f64 {
        self.end
    }

    /// One unknown at a time (s) within the step, by the dense output (order 3, exact at both ends). A time
    /// outside counts as the nearer end.
    pub fn value(&self, time: f64, unknown: usize) -> f64 {
        self.mix(self.fraction(time), unknown)
    }

    /// All unknowns at a time (s) within the step, as in [`value`](Self::value).
    pub fn at(&self, time: f64, state: &mut [f64]) {
        let fraction = self.fraction(time);
        for (unknown, value) in state.iter_mut().enumerate().take(self.steps.start.len()) {
            *value = self.mix(fraction, unknown);
        }
    }

    fn fraction(&self, time: f64) -> f64 {
        ((time - self.start) / (self.end - self.start)).clamp(0.0, 1.0)
    }

    fn mix(&self, fraction: f64, unknown: usize) -> f64 {
        let number = |numbers: &[F]| numbers[unknown].lane(self.lane);
        let steps = self.steps;
        interpolate(
            fraction,
            number(&steps.start),
            number(&steps.end),
            number(&steps.bend),
            number(&steps.twist),
        )
    }
}
