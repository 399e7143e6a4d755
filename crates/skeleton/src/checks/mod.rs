//! What is wrong with the meshes of a body, all at once.

mod names;
mod sides;
mod sizes;
mod surfaces;

use crate::catalogue::Catalogue;
use crate::finding::Findings;
use crate::mesh::Mesh;

/// The meshes of known bones, closed and turned the right way out, in the order of their names. What is wrong is
/// added to the findings, with what was done about it.
pub fn checked(meshes: Vec<Mesh>, catalogue: &Catalogue, findings: &mut Findings) -> Vec<Mesh> {
    let mut meshes = names::known(meshes, catalogue, findings);
    sizes::check(&meshes, catalogue, findings);
    sides::check(&meshes, findings);
    meshes = surfaces::whole(meshes, findings);
    names::tell_missing(&meshes, catalogue, findings);
    meshes
}
