//! The fluid engine: spaces, passages, substances and signals, compiled to straight-line code.
//!
//! A [`Network`] says what there is; [`Compiled`] puts it into an order of computation; an [`Engine`] is the system
//! of equations that the solver integrates, for one subject or several side by side. Pressures are in mmHg, volumes
//! in mL, times in s, lengths in mm. This crate knows no physiology and reads no files.

mod driver;
mod engine;
pub mod gas;
mod law;
mod network;
pub mod passage;
pub mod signal;
pub mod wall;

pub use driver::{Change, Driver, Schedule, Spline};
pub use engine::{BuildError, Compiled, Engine, Inputs, Packed, Plan};
pub use law::{Bounds, Formula, Law, Parameter, Port};
pub use network::{
    Action, Address, Bodies, BodyOutput, BodyState, Drive, Fluid, FluidId, How, Kind, Landmark, Network,
    Observable, Owner, Passage, PassageId, Release, Segment, Side, Signal, SignalId, Space, SpaceId,
    Substance, SubstanceId,
};
