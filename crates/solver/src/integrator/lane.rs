//! What belongs to one lane alone.

use super::control::Control;
use super::corner::{Ahead, Corners};
use super::locate::Location;
use super::options::Options;
use crate::Failure;

/// How many steps a lane took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Steps that were accepted.
    pub accepted: u64,
    /// Trials that were not: too large an error, or probes for a crossing.
    pub discarded: u64,
}

/// The clock, the step control and the searches of one lane.
pub(super) struct Lane {
    pub(super) time: f64,
    pub(super) control: Control,
    pub(super) corners: Corners,
    pub(super) location: Location,
    pub(super) failure: Option<Failure>,
    pub(super) counts: Counts,
    /// Trials since `advance` was called.
    pub(super) trials: u64,
    /// The step on trial: its length and the time at which it ends (s).
    pub(super) step: f64,
    pub(super) step_end: f64,
}

impl Lane {
    pub(super) fn new(time: f64, first_step: Option<f64>, crossings: usize, corners: usize) -> Self {
        Lane {
            time,
            control: Control::new(first_step),
            corners: Corners::new(corners),
            location: Location::new(crossings),
            failure: None,
            counts: Counts::default(),
            trials: 0,
            step: 1.0,
            step_end: time,
        }
    }

    pub(super) fn is_under_way(&self, end: f64) -> bool {
        self.failure.is_none() && self.time < end
    }

    /// Chooses the step to try, near the one wanted (s). Only corners and breaks shorten it: the end of the run does not,
    /// so that a run in pieces takes the steps of a run in one.
    pub(super) fn plan(&mut self, options: &Options, next_break: f64, wanted: f64) {
        if let Some(probe) = self.location.probe {
            self.step = probe;
            let whole = probe == self.location.trial;
            self.step_end = if whole { self.location.trial_end } else { self.time + probe };
            return;
        }
        let clear = match self.corners.ahead(wanted) {
            Ahead::Clear => wanted,
            Ahead::Stop(step) => step,
            Ahead::Across(step) => {
                self.control.memory = None;
                step
            }
        };
        let step = clear.max(options.smallest_step(self.time)).min(options.max_step);
        let left = next_break - self.time;
        if left <= step {
            (self.step, self.step_end) = (left, next_break);
        } else {
            // Two even steps rather than one and a sliver.
            self.step = if left < 2.0 * step { 0.5 * left } else { step };
            self.step_end = self.time + self.step;
        }
    }
}
