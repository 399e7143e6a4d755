//! Scenario documents: read, checked and resolved into one [`Scenario`].

mod types;

pub use types::{Effect, Event, Kind, Measure, Probe, Published, Scenario, Up};
