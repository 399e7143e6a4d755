//! All facts of a body.

use crate::catalogue::Catalogue;
use crate::checks::checked;
use crate::facts::{Facts, bone_facts, canal_facts, interface_facts, vault_facts};
use crate::finding::Findings;
use crate::interface::interfaces;
use crate::mesh::Mesh;
use crate::site::Sites;

use super::body::Body;
use super::column::column_of;
use super::held::{membranes, sites};
use super::skull::vault_of;

/// What meshes do not tell.
#[derive(Clone, Debug)]
pub struct Given {
    /// Whose bones these are.
    pub title: String,
    /// The credit that the source of the meshes asks for.
    pub credit: String,
    /// The licence under which the numbers may be passed on.
    pub licence: String,
}

/// What is known of bodies in general.
#[derive(Clone, Debug)]
pub struct Known {
    /// The bones.
    pub catalogue: Catalogue,
    /// The sites.
    pub sites: Sites,
}

impl Known {
    /// What comes along.
    ///
    /// # Errors
    /// Where one of its documents is wrong.
    pub fn embedded() -> Result<Self, String> {
        let catalogue = Catalogue::embedded().map_err(|error| error.to_string())?;
        Ok(Self { catalogue, sites: Sites::embedded().map_err(|error| error.to_string())? })
    }
}

/// How far apart facing points of two bones may be, mm: the width of a wide suture.
const NEAR: f64 = 2.0;
/// The same for joints, whose cartilage is not in the meshes: two layers of it.
const WIDE: f64 = 5.0;
/// Regions whose bones meet in sutures, or do not move against each other: no cartilage lies between them.
const SUTURED: [&str; 2] = ["cranium", "face"];

/// The distances over which two bones may face each other, mm.
fn distances(catalogue: &Catalogue, a: &str, b: &str) -> Vec<f64> {
    let sutured = |bone: &str| catalogue.region_of(bone).is_some_and(|r| SUTURED.contains(&r.name.as_str()));
    let joint = !(sutured(a) && sutured(b));
    [Some(NEAR), joint.then_some(WIDE), catalogue.reach_of(a, b)].into_iter().flatten().collect()
}

/// The facts of a body. What is odd is added to the findings; `step` hears what is done next.
///
/// # Errors
/// None where a finding is an error.
pub fn derive(
    meshes: Vec<Mesh>,
    given: &Given,
    known: &Known,
    findings: &mut Findings,
    step: &dyn Fn(&str),
) -> Option<Facts> {
    let catalogue = &known.catalogue;
    step("checking the meshes");
    let meshes = checked(meshes, catalogue, findings);
    if !findings.no_errors() {
        return None;
    }
    step(&format!("measuring {} bones", meshes.len()));
    let body = Body::new(meshes);
    let mut facts = Facts {
        title: given.title.clone(),
        credit: given.credit.clone(),
        licence: given.licence.clone(),
        missing: missing(&body, catalogue),
        ..Facts::default()
    };
    for (mesh, solid) in body.meshes.iter().zip(&body.solids) {
        if let Some(region) = catalogue.region_of(&mesh.name) {
            facts.bone.insert(mesh.name.clone(), bone_facts(mesh, solid, region));
        }
    }
    step("finding where bones face each other");
    let distances = |a: &str, b: &str| distances(catalogue, a, b);
    facts.interface = interfaces(&body.trees, &distances).iter().map(interface_facts).collect();
    step("looking round in the vault");
    let vault = vault_of(&body, catalogue);
    facts.vault = vault.as_ref().map(vault_facts);
    step("looking round in the spinal canal");
    let column = column_of(&body, catalogue);
    facts.canal = column.as_ref().map(|column| {
        let radii: Vec<f64> = column.rings.iter().map(|ring| ring.radius).collect();
        canal_facts(&column.canal, column.bones.clone(), &radii)
    });
    step("finding membranes and sites");
    let cranium: Vec<&str> = catalogue.bones_of("cranium").collect();
    facts.membrane = membranes(&body, vault.as_ref(), column.as_ref(), &cranium);
    facts.site = sites(&body, &known.sites);
    facts.notes = notes(&facts);
    Some(facts)
}

/// The bones that a body has and this one lacks.
fn missing(body: &Body, catalogue: &Catalogue) -> Vec<String> {
    let expected =
        catalogue.regions().iter().filter(|region| region.expected).flat_map(|region| &region.bones);
    expected.filter(|bone| body.place(bone).is_none()).cloned().collect()
}

/// How to read the numbers, and what they leave out.
fn notes(facts: &Facts) -> Vec<String> {
    let mut notes = vec![
        "frame: x to the subject's right, y forward, z up; the origin is that of the meshes".to_owned(),
        "interfaces: points of two bones within the distance whose normals oppose (cosine under -0.3); pairs whose cartilage is not in the meshes stand at two distances or more".to_owned(),
        "the middle plane, in which the falx lies, is taken as straight up and forward: turn a tilted head first".to_owned(),
        "inner surfaces: vector areas point away from the fluid; moments are about the bone's centre of mass".to_owned(),
        "masses: of uniform density; cavities that the meshes do not show (air cells, diploe) are not taken out".to_owned(),
        "not looked for: free edges of falx and tentorium and where the two meet, root sleeves, the myodural bridge, faces of single facet joints".to_owned(),
    ];
    if facts.bone.contains_key("sacrum") && !facts.bone.contains_key("coccyx") {
        notes.push("the coccyx is missing: where the mesh of the sacrum holds it, mass and inertia are those of both".to_owned());
    }
    match &facts.vault {
        None => notes.push(
            "the vault was not measured: one of its eight bones is missing, or it is not seen from inside"
                .to_owned(),
        ),
        Some(_) if !facts.membrane.contains_key("falx_cerebri") => {
            notes.push("the landmarks of falx and tentorium were not found".to_owned())
        }
        Some(_) => {}
    }
    match &facts.canal {
        None => notes.push("the spinal canal was not measured: fewer than two rings were found".to_owned()),
        Some(canal) if !canal.rings.iter().any(|bone| bone == "sacrum") => {
            notes
                .push("the canal ends above the sacrum: that has none in its mesh, or is missing".to_owned());
        }
        Some(_) => {}
    }
    notes
}
