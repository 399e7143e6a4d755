//! The spinal canal of a body.

use crate::catalogue::Catalogue;
use crate::geometry::{Bounds, Tree, Vector};
use crate::inner::{Canal, Ring, canal};

use super::body::Body;

/// The canal lies this near to the plane between left and right, mm.
const ASIDE: f64 = 6.0;
/// Distance of the levels on which a ring is looked for, mm.
const LEVEL: f64 = 2.0;
/// Walls further than this from a ring's middle are not its own, mm.
const WITHIN: f64 = 30.0;
/// How far the planes of rings are tilted against the line of the column, degrees.
const TILTS: [f64; 5] = [-30.0, -15.0, 0.0, 15.0, 30.0];
/// Narrower rings are canals of vessels or nerves, mm.
const NARROWEST: f64 = 4.0;
/// No foramen magnum is narrower, mm.
const NARROWEST_FORAMEN: f64 = 8.0;

/// The rings of the column with the bones that have them, from top to bottom, and the canal through them.
pub struct Column {
    /// The bone of each ring.
    pub bones: Vec<String>,
    /// The rings.
    pub rings: Vec<Ring>,
    /// The canal.
    pub canal: Canal,
}

/// The column's canal from the foramen magnum to where the sacrum's ends; none where fewer than two rings are found.
pub fn column_of(body: &Body, catalogue: &Catalogue) -> Option<Column> {
    let spine: Vec<&str> = ["cervical", "thoracic", "lumbar"]
        .into_iter()
        .flat_map(|region| catalogue.bones_of(region))
        .collect();
    let mut found: Vec<(String, Ring)> = Vec::new();
    found.extend(foramen_magnum(body).map(|ring| ("occipital_bone".to_owned(), ring)));
    for (at, bone) in spine.iter().enumerate() {
        let neighbour = |place: Option<usize>| place.and_then(|place| body.centroid(spine.get(place)?));
        let axis = axis_between(neighbour(at.checked_sub(1)), body.centroid(bone), neighbour(Some(at + 1)));
        found.extend(vertebral_ring(body, bone, &axis).map(|ring| ((*bone).to_owned(), ring)));
    }
    found.extend(sacral_rings(body).into_iter().map(|ring| ("sacrum".to_owned(), ring)));
    let (bones, rings): (Vec<String>, Vec<Ring>) = found.into_iter().unzip();
    let walls = ["disks", "sacrum"].into_iter().flat_map(|region| catalogue.bones_of(region));
    let (owners, tree) = body.together(["occipital_bone"].into_iter().chain(spine).chain(walls));
    let canal = canal(&tree, &rings, &owners)?;
    Some(Column { bones, rings, canal })
}

/// The narrowest ring of the occipital bone's lower part.
pub fn foramen_magnum(body: &Body) -> Option<Ring> {
    let low = body.mesh("occipital_bone")?.bounds().low.z;
    rings(body, "occipital_bone", &Vector::z(), (0..18).map(|i| low + LEVEL * f64::from(i)))
        .into_iter()
        .filter(|ring| ring.radius > NARROWEST_FORAMEN)
        .min_by(|a, b| a.radius.total_cmp(&b.radius))
}

/// The widest ring of a vertebra.
fn vertebral_ring(body: &Body, bone: &str, axis: &Vector) -> Option<Ring> {
    let middle = body.centroid(bone)?.z;
    rings(body, bone, axis, (-8..=8).map(|i| middle + LEVEL * f64::from(i)))
        .into_iter()
        .max_by(|a, b| a.radius.total_cmp(&b.radius))
}

/// The rings of the sacrum from its top down to where it no longer closes; every third level.
fn sacral_rings(body: &Body) -> Vec<Ring> {
    let Some(bounds) = body.mesh("sacrum").map(|mesh| mesh.bounds()) else { return Vec::new() };
    let count = (bounds.size().z / (3.0 * LEVEL)) as i32;
    rings(body, "sacrum", &Vector::z(), (0..count).map(|i| bounds.high.z - 3.0 * LEVEL * f64::from(i)))
}

/// The rings of a bone on some levels, each in the plane among some tilted ones in which it is widest.
fn rings(body: &Body, bone: &str, axis: &Vector, levels: impl Iterator<Item = f64>) -> Vec<Ring> {
    let Some((tree, bounds)) = body.tree(bone).map(|tree| (tree, around(tree, body.middle))) else {
        return Vec::new();
    };
    let widest = |z: f64| {
        let level = Vector::new(body.middle, bounds.middle().y, z);
        TILTS
            .iter()
            .filter_map(|tilt| Ring::on_plane(tree, &level, &tilted(axis, *tilt), &bounds, WITHIN))
            .max_by(|a, b| a.radius.total_cmp(&b.radius))
    };
    levels.filter_map(widest).filter(|ring| ring.radius > NARROWEST).collect()
}

/// An axis turned to the front by some degrees.
fn tilted(axis: &Vector, degrees: f64) -> Vector {
    let (sine, cosine) = degrees.to_radians().sin_cos();
    Vector::new(axis.x, cosine * axis.y + sine * axis.z, cosine * axis.z - sine * axis.y)
}

/// The part of a bone's box about the middle plane.
fn around(tree: &Tree, middle: f64) -> Bounds {
    let mut bounds = tree.bounds();
    bounds.low.x = middle - ASIDE;
    bounds.high.x = middle + ASIDE;
    bounds
}

/// Upward along the column at a bone, from the bone below to the bone above.
fn axis_between(above: Option<Vector>, here: Option<Vector>, below: Option<Vector>) -> Vector {
    let along = above.or(here).zip(below.or(here)).map(|(above, below)| above - below);
    let flat = along.map(|along| Vector::new(0.0, along.y, along.z));
    flat.and_then(|flat| flat.try_normalize(1e-6)).unwrap_or_else(Vector::z)
}
