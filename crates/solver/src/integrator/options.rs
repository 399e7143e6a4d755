//! How finely to integrate.

use serde::{Deserialize, Serialize};

/// How finely, and how far, an [`Integrator`](super::Integrator) may step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Options {
    /// Largest error of a step in any unknown, as a fraction of `max(scale, |y|)` or of the sizes that
    /// [`measure_against`](super::Integrator::measure_against) gives.
    pub tolerance: f64,
    /// No step is longer (s).
    pub max_step: f64,
    /// A step that fails at this length (s), or at the rounding of the time, is given up.
    pub min_step: f64,
    /// The first step (s); estimated from the rates where it is `None`.
    pub initial_step: Option<f64>,
    /// How many trial steps a lane may take in one call of `advance`.
    pub max_steps: u64,
}

impl Default for Options {
    /// Tolerance 1e-4, any step from 1e-12 s upwards, at most 100 million trial steps in one go.
    fn default() -> Self {
        Options {
            tolerance: 1e-4,
            max_step: f64::INFINITY,
            min_step: 1e-12,
            initial_step: None,
            max_steps: 100_000_000,
        }
    }
}

impl Options {
    /// What is wrong with the options, if anything.
    pub(super) fn fault(&self) -> Option<&'static str> {
        let positive = |x: f64| x > 0.0;
        if !(positive(self.tolerance) && self.tolerance < 1.0) {
            Some("the tolerance must lie between 0 and 1")
        } else if !positive(self.max_step) || !positive(self.min_step) || self.min_step > self.max_step {
            Some("the steps must be positive, the smallest not above the largest")
        } else if self.initial_step.is_some_and(|step| !positive(step) || !step.is_finite()) {
            Some("the first step must be positive and finite")
        } else {
            None
        }
    }

    /// The smallest step worth trying at a time (s).
    pub(super) fn smallest_step(&self, time: f64) -> f64 {
        self.min_step.max(16.0 * f64::EPSILON * time.abs())
    }
}
