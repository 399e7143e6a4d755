//! Bones, tissue and loads in documents: what their laws are called and which values they have.

mod body;
mod joints;
mod laws;
mod loads;
mod membranes;
mod read;
mod surfaces;
mod values;

pub(crate) use body::output;
pub use body::{Bones, Otherwise};
pub(crate) use laws::{
    BONE, CABLES, ItemLaw, JOINT, LOADS, MEMBRANES, SECTIONS, TISSUES, laws_of, values_of,
};
