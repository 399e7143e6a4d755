//! The bones that are known by name, and what a mesh does not tell of them.

mod read;
mod region;

pub use read::{Catalogue, CatalogueError};
pub use region::Region;
