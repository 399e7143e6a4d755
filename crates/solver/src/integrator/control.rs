//! How long the next step of a lane is.

use serde::{Deserialize, Serialize};

/// The last accepted step, from which the trend of the error is read.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    /// Its length (s).
    pub step: f64,
    /// Its error as a fraction of the tolerance.
    pub error: f64,
}

/// A new step is at most this many times the old one …
const GROWTH: f64 = 5.0;
/// … and at least this fraction of it.
const SHRINKAGE: f64 = 1.0 / 6.0;
/// Aimed at below the step that would just do.
const SAFETY: f64 = 0.8;

/// Step control with the error as a fraction of the tolerance, predictive (Gustafsson 1994, as in Hairer &
/// Wanner, Solving Ordinary Differential Equations II, section IV.8):
/// `h' = 0.8 h min((1/e)^(1/4), (h/h_last) (e_last/e^2)^(1/4))`, not growing right after a rejected step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Control {
    /// The step to try next (s); to be estimated where it is `None`.
    pub(super) next: Option<f64>,
    pub(super) memory: Option<Memory>,
    pub(super) rejected: bool,
}

impl Control {
    pub(super) fn new(next: Option<f64>) -> Self {
        Control { next, memory: None, rejected: false }
    }

    pub(super) fn accept(&mut self, step: f64, error: f64) {
        let mut growth = SAFETY / fourth_root(error);
        if let Some(last) = self.memory {
            growth = growth.min(step / last.step * fourth_root(last.error / (error * error)) * SAFETY);
        }
        let ceiling = if self.rejected { 1.0 } else { GROWTH };
        // An error of zero gives an infinite or an undefined ratio: both mean to grow.
        let growth = if growth.is_nan() { ceiling } else { growth.max(SHRINKAGE).min(ceiling) };
        self.next = Some(step * growth);
        self.memory = Some(Memory { step, error: error.max(0.01) });
        self.rejected = false;
    }

    pub(super) fn reject(&mut self, step: f64, error: f64) {
        self.next = Some(step * (SAFETY / fourth_root(error)).max(SHRINKAGE));
        self.rejected = true;
    }

    /// After a step whose error is not even a number.
    pub(super) fn refuse(&mut self, step: f64) {
        self.next = Some(step * SHRINKAGE);
        self.rejected = true;
    }
}

/// The first step where nothing moves (s).
const AT_REST: f64 = 1.0;

/// By two square roots, which are rounded alike on every machine.
fn fourth_root(x: f64) -> f64 {
    x.sqrt().sqrt()
}

/// A careful step from a point at which nothing is known of the error: the fastest differential unknown moves
/// by `0.1 tolerance^(1/4)` of its scale, by its rate and by the slope of its rate in time.
pub(super) fn careful_step(tolerance: f64, unknowns: impl Iterator<Item = Unknown>) -> f64 {
    let portion = 0.1 * fourth_root(tolerance);
    let step = unknowns.fold(f64::INFINITY, |step, unknown| {
        let by_rate = portion * unknown.scale / unknown.rate.abs();
        let by_slope = (2.0 * portion * unknown.scale / unknown.time_slope.abs()).sqrt();
        // `min` leaves out what is not a number: such rates are met again, and refused, in the step itself.
        step.min(by_rate).min(by_slope)
    });
    if step.is_finite() { step } else { AT_REST }
}

/// What [`careful_step`] asks of a differential unknown.
pub(super) struct Unknown {
    pub(super) scale: f64,
    pub(super) rate: f64,
    pub(super) time_slope: f64,
}
