//! Files of meshes, read alike: a name for each bone, points in mm, x to the subject's right, y forward, z up.

mod convention;
mod files;
mod gltf_fault;
mod gltf_file;
mod obj_file;
mod ply_file;
mod raw;
mod stl_file;

pub use convention::{Convention, Frame, LengthUnit};
pub use files::{KINDS, read_meshes};
