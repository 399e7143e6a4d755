//! Scenario documents: read, checked and resolved into one [`Scenario`].

mod bodies;
mod derived;
mod drive;
mod embedded;
mod event;
mod gaps;
mod injection;
mod line;
mod load;
mod manoeuvre;
mod measure;
mod points;
mod posture;
mod probe;
mod reader;
mod schema;
mod state;
mod timeline;
mod types;

pub use injection::Injection;
pub use points::Points;
pub use schema::scenario_schema;
pub use types::{Comparison, Effect, Event, Kind, Measure, Probe, Published, Scenario, Taken, Up};
