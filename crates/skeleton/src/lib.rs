//! Bones.
//!
//! Knows nothing of fluids.

pub mod catalogue;
pub mod checks;
mod embedded;
pub mod finding;
pub mod geometry;
pub mod mesh;
pub mod reading;
pub mod solid;
pub mod inner;
pub mod interface;
pub mod derive;
pub mod facts;
pub mod membrane;
pub mod site;
