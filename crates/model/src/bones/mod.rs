//! Bones, tissue and loads in documents: what their laws are called and which values they have.

mod laws;
mod read;

pub(crate) use laws::{
    BONE, CABLES, ItemLaw, JOINT, LOADS, MEMBRANES, SECTIONS, TISSUES, laws_of, values_of,
};
pub(crate) use read::output;
pub use read::{Bones, Otherwise};
