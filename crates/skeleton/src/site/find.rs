//! Finding a site on a bone.

use crate::geometry::{Tree, Vector};

/// The normal is a mean over the surface within this distance of the point, mm: the width of a finger pad.
const PATCH: f64 = 5.0;

/// A point on a bone with the outward normal of the surface about it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Site {
    /// The point, mm.
    pub point: Vector,
    /// The outward unit normal.
    pub normal: Vector,
}

/// The furthest point of a surface in a direction.
#[must_use]
pub fn site(tree: &Tree, direction: &Vector) -> Option<Site> {
    let along = |point: &Vector| point.dot(direction);
    let corners = tree.facets().iter().flat_map(|facet| facet.corners);
    let point = corners.max_by(|a, b| along(a).total_cmp(&along(b)))?;
    let about = tree.facets().iter().filter(|facet| (facet.middle() - point).norm() < PATCH);
    let sum: Vector = about
        .filter(|facet| facet.normal.dot(direction) > 0.0)
        .map(|facet| facet.area() * facet.normal)
        .sum();
    let normal = sum.try_normalize(f64::MIN_POSITIVE).unwrap_or_else(|| direction.normalize());
    Some(Site { point, normal })
}
