//! A bone as a body: volume, mass, centre and inertia.

mod moments;

pub use moments::Solid;
