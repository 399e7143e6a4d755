//! Everything that a lane needs to go on.

use serde::{Deserialize, Serialize};

use super::control::Memory;
use super::corner::Corners;

/// A lane at a moment: plain data, from which it goes on as if it had never stopped, to the bit.
/// A search for a crossing that was under way is begun anew.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The time that the lane has reached (s).
    pub time: f64,
    /// Its unknowns there.
    pub state: Vec<f64>,
    /// The step to try next (s); to be estimated where it is `None`.
    pub next_step: Option<f64>,
    /// The last accepted step, where no crossing or break came after it.
    pub memory: Option<Memory>,
    /// Whether the last trial was rejected.
    pub rejected: bool,
    /// The corners that it has seen coming.
    pub corners: Corners,
    /// What [`System::discrete`](crate::System::discrete) tells of the lane.
    pub discrete: Vec<u64>,
    /// The last accepted step with its dense output, for output that is still due within it.
    pub last: Option<Span>,
}

/// A step as plain data: at the fraction `s` of it each unknown is
/// `(1 - s) from + s (to + (1 - s) (bend + s twist))`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// Where the step starts (s).
    pub start: f64,
    /// Where it ends (s).
    pub end: f64,
    /// The unknowns at its start.
    pub from: Vec<f64>,
    /// The unknowns at its end.
    pub to: Vec<f64>,
    /// The quadratic term.
    pub bend: Vec<f64>,
    /// The cubic term.
    pub twist: Vec<f64>,
}
