//! Experiments: scenarios of what is done to a model, what is recorded and what is measured.
//!
//! A scenario document is read into a [`Scenario`], every name resolved, every number in canonical units and every
//! mistake told with its place.

mod scenario;

pub use scenario::{Effect, Event, Kind, Measure, Probe, Published, Scenario, Up};
