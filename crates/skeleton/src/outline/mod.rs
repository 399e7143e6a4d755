//! What is seen of bones from one side, as closed lines: each bone as far as no other lies before it.

mod contour;
mod raster;

pub use raster::Camera;

use crate::mesh::Mesh;

/// What is seen of one bone.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The bone.
    pub bone: String,
    /// Closed lines, mm to the right and up in the picture; one within another is the rim of a hole.
    pub rings: Vec<Vec<[f64; 2]>>,
}

/// The outlines of bones as a camera sees them, at cells of so many mm; bones of which nothing is seen are left out.
#[must_use]
pub fn seen(meshes: &[&Mesh], camera: &Camera, cell: f64) -> Vec<Seen> {
    let Some(raster) = raster::Raster::of(meshes, camera, cell) else { return Vec::new() };
    meshes
        .iter()
        .enumerate()
        .map(|(number, mesh)| Seen { bone: mesh.name.clone(), rings: contour::rings(&raster, number) })
        .filter(|seen| !seen.rings.is_empty())
        .collect()
}
