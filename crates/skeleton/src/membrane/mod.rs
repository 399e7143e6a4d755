//! Where membranes hold on to bones, from landmarks that are found on the bones.

mod falx;
mod hold;
mod landmarks;
mod sella;
mod tentorium;
mod tube;

pub use falx::falx;
pub use hold::{Hold, Line};
pub use landmarks::{Inside, Landmarks};
pub use sella::Sella;
pub use tentorium::tentorium;
pub use tube::{Rung, dural_tube};
