//! Integration in lanes: each at its own time, with its own step, modes and breaks.

mod control;
mod corner;
mod lane;
mod locate;
mod observer;
mod options;
mod run;
mod snapshot;
mod step;
mod trial;

pub use control::Memory;
pub use corner::Corners;
pub use lane::Counts;
pub use observer::{Crossing, Observer};
pub use options::Options;
pub use run::Integrator;
pub use snapshot::{Snapshot, Span};
pub use step::Step;
