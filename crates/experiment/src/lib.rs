//! Experiments: scenarios of what is done to a model, what is recorded and what is measured.
//!
//! A scenario document is read into a [`Scenario`], every name resolved, every number in canonical units and every
//! mistake told with its place.

mod pressure_volume;
mod run;
mod scenario;

pub use pressure_volume::{PressureVolume, pressure_volume};
pub use run::{
    Door, Ledger, Origin, Outcome, Progress, Run, RunError, Spread, StartReport, Stop, Verdict, run,
    run_beside, run_four, run_four_near, run_near, run_with_spread,
};
pub use scenario::{
    Comparison, Effect, Event, Injection, Kind, Measure, Points, Probe, Published, Scenario, Taken, Up,
    scenario_schema,
};
