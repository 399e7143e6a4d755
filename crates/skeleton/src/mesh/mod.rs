//! Triangle meshes: welded, checked for holes, turned the right way out.

mod closing;
mod edges;
mod shape;
mod weld;

pub use edges::Edges;
pub use shape::Mesh;
pub use weld::weld;
