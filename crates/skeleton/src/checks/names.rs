//! Names that are unknown, come twice, or are missing.

use std::collections::BTreeMap;

use cisterna_quantity::nearest;

use crate::catalogue::Catalogue;
use crate::finding::Findings;
use crate::mesh::Mesh;

/// The meshes of known bones by name, each once: of two with one name the finer.
pub fn known(meshes: Vec<Mesh>, catalogue: &Catalogue, findings: &mut Findings) -> Vec<Mesh> {
    let mut by_name: BTreeMap<String, Mesh> = BTreeMap::new();
    let mut twice = Vec::new();
    for mut mesh in meshes {
        let Some(bone) = catalogue.bone_named(&mesh.name) else {
            let near = nearest(&mesh.name, catalogue.bones());
            let help = near.map(|near| format!("did you mean `{near}`?")).unwrap_or_default();
            findings.warning(&mesh.file, format!("`{}` is no known bone and is left out", mesh.name), help);
            continue;
        };
        mesh.name = bone.to_owned();
        match by_name.get_mut(bone) {
            None => {
                by_name.insert(bone.to_owned(), mesh);
            }
            Some(other) => {
                twice.push(bone.to_owned());
                if mesh.triangles.len() > other.triangles.len() {
                    *other = mesh;
                }
            }
        }
    }
    if !twice.is_empty() {
        let message = format!("of {} bones that come twice the finer mesh is taken", twice.len());
        findings.warning(&listed(&twice), message, "");
    }
    if by_name.is_empty() {
        let some: Vec<&str> = catalogue.bones().take(4).collect();
        findings.error(
            "the meshes",
            "none of them is a known bone",
            format!("bones are called {}, …", some.join(", ")),
        );
    }
    by_name.into_values().collect()
}

/// Tells which bones that a body has are not there, region by region.
pub fn tell_missing(meshes: &[Mesh], catalogue: &Catalogue, findings: &mut Findings) {
    for region in catalogue.regions().iter().filter(|region| region.expected) {
        let missing: Vec<String> = region
            .bones
            .iter()
            .filter(|bone| !meshes.iter().any(|mesh| mesh.name == **bone))
            .cloned()
            .collect();
        if !missing.is_empty() {
            let message = format!("{} of {} bones missing", missing.len(), region.bones.len());
            findings.warning(&region.name, message, format!("missing: {}", listed(&missing)));
        }
    }
}

/// The first few names.
fn listed(names: &[String]) -> String {
    const SHOWN: usize = 8;
    match names.len() {
        count if count <= SHOWN => names.join(", "),
        count => format!("{}, … ({count} in all)", names[..SHOWN].join(", ")),
    }
}
