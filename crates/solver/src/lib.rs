//! Stiff differential-algebraic equations `M y' = f(t, y)`: Rosenbrock steps of order four with a fixed-pattern
//! sparse factorisation, exact Jacobians, located crossings and dense output, in one or several lanes.
//!
//! This crate knows no physiology and reads no files.

mod consistent;
mod dual;
mod elementary;
mod failure;
mod four;
mod integrator;
mod monodromy;
mod periodic;
mod rodas;
mod scalar;
mod shooting;
mod sparse;
mod system;

pub use dual::Dual;
pub use failure::{Cause, Failure};
pub use four::Four;
pub use integrator::{
    Corners, Counts, Crossing, Integrator, Memory, Observer, Options, Snapshot, Span, Step,
};
pub use monodromy::Monodromy;
pub use periodic::{FixedPoint, NoFixedPoint, Periodic, fixed_point};
pub use scalar::{Lanes, Real};
pub use shooting::{Period, shoot};
pub use sparse::SparseLu;
pub use system::{Pattern, System};
