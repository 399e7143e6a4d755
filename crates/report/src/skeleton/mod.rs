//! Pictures of bones that move: outlines in six views, filled by how far each bone moves, with arrows for shift and turn.
//!
//! The outlines are our own drawings ([`plate`]) or, where meshes are given, what is seen of them.

mod arrows;
mod curve;
mod figure;
mod key;
mod labels;
mod names;
mod outlines;
mod plate;
mod steps;
mod view;

pub use outlines::Outlines;
pub use view::View;

pub(crate) use figure::{Drawing, figure};
pub(crate) use key::key;
pub(crate) use names::short_name;
pub(crate) use steps::{Magnified, Steps};
