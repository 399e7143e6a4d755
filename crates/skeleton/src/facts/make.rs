//! Facts from what was measured, in the document's units.

use crate::catalogue::Region;
use crate::inner::{Canal, Share, Vault};
use crate::interface::Interface;
use crate::mesh::Mesh;
use crate::solid::Solid;

use super::document::{BoneFacts, CanalFacts, InnerFacts, InterfaceFacts, VaultFacts};
use super::round::{decimals, round_point, rounded};

/// mm³ in a mL, and mm² in a cm².
const MILLILITRE: f64 = 1e3;
const SQUARE_CENTIMETRE: f64 = 1e2;
/// Decimals of unit vectors, areas and moments.
const UNIT: i32 = 4;
const MOMENT: i32 = 3;

/// A bone as a body.
#[must_use]
pub fn bone_facts(mesh: &Mesh, solid: &Solid, region: &Region) -> BoneFacts {
    let volume = solid.volume / MILLILITRE;
    // kg/m³ are thousandths of g/mL.
    let density = region.density.value * density_in_grams_per_millilitre();
    let inertia = solid.inertia() * (density / MILLILITRE / SQUARE_CENTIMETRE);
    let elements = [(0, 0), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2)];
    let bounds = mesh.bounds();
    BoneFacts {
        region: region.name.clone(),
        volume: rounded(volume),
        density: region.density.to_string(),
        mass: rounded(volume * density),
        area: rounded(mesh.area() / SQUARE_CENTIMETRE),
        centroid: round_point(&solid.centroid),
        inertia: elements.map(|element| rounded(inertia[element])),
        bounds: [round_point(&bounds.low), round_point(&bounds.high)],
    }
}

/// What the canonical unit of a density is in g/mL.
fn density_in_grams_per_millilitre() -> f64 {
    1.0 / cisterna_quantity::Quantity::parse("1 g/mL", cisterna_quantity::Dimension::DENSITY)
        .unwrap_or(f64::NAN)
}

/// Where two bones face each other.
#[must_use]
pub fn interface_facts(interface: &Interface) -> InterfaceFacts {
    InterfaceFacts {
        between: interface.bones.clone(),
        within: interface.within,
        area: rounded(interface.area / SQUARE_CENTIMETRE),
        gap: rounded(interface.gap),
        centroid: round_point(&interface.centroid),
        spread: interface.spread.map(rounded),
        axes: interface.axes.map(|axis| decimals(&axis, UNIT)),
        normal: decimals(&interface.normal, UNIT),
        coherence: rounded(interface.coherence),
        course: interface.course.iter().map(round_point).collect(),
    }
}

/// The inside of the skull.
#[must_use]
pub fn vault_facts(vault: &Vault) -> VaultFacts {
    VaultFacts {
        origin: round_point(&vault.origin),
        volume: rounded(vault.volume / MILLILITRE),
        volumes: vault.volumes.map(|volume| rounded(volume / MILLILITRE)),
        scatter: rounded(vault.scatter),
        inner: vault.shares.iter().map(inner).collect(),
    }
}

/// The inside of the spinal canal through rings of the given bones.
#[must_use]
pub fn canal_facts(canal: &Canal, rings: Vec<String>, radii: &[f64]) -> CanalFacts {
    CanalFacts {
        rings,
        radii: radii.iter().map(|radius| rounded(*radius)).collect(),
        line: canal.line.iter().map(round_point).collect(),
        volume: rounded(canal.volume / MILLILITRE),
        walled: rounded(canal.walled),
        inner: canal.shares.iter().map(inner).collect(),
    }
}

fn inner(share: &Share) -> (String, InnerFacts) {
    let facts = InnerFacts {
        area: rounded(share.area / SQUARE_CENTIMETRE),
        vector_area: decimals(&(share.vector_area / SQUARE_CENTIMETRE), MOMENT),
        moment: decimals(&(share.moment / MILLILITRE), MOMENT),
    };
    (share.bone.clone(), facts)
}
