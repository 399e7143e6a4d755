//! Stiff differential-algebraic equations `M y' = f(t, y)`: Rosenbrock steps of order four with a fixed-pattern
//! sparse factorisation, exact Jacobians, located crossings and dense output, in one or several lanes.
//!
//! This crate knows no physiology and reads no files.

mod dual;
mod elementary;
mod four;
mod scalar;
mod system;

pub use dual::Dual;
pub use four::Four;
pub use scalar::{Lanes, Real};
pub use system::{Pattern, System};
