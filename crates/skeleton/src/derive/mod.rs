//! From meshes to facts.

mod body;
mod column;
mod held;
mod skull;
mod whole;

pub use body::Body;
pub use whole::{Given, Known, derive};
