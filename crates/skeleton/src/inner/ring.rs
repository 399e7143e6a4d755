//! The hole in a bone, as in a vertebra or about the foramen magnum.

use std::f64::consts::TAU;

use crate::geometry::{Bounds, Tree, Vector};

/// Rays about a point.
const RAYS: usize = 24;
/// A hole leads on to both sides for this far, mm; a hollow does not.
const THROUGH: f64 = 15.0;
/// The finest step of the search, mm.
const FINEST: f64 = 0.5;

/// The largest circle that a bone encloses on one level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ring {
    /// Its middle, mm.
    pub middle: Vector,
    /// Its radius, mm.
    pub radius: f64,
    /// The unit normal of its plane.
    pub axis: Vector,
}

impl Ring {
    /// The largest circle round a hole, on the plane through a point across `axis`, about which every ray meets the bone from
    /// outside within `within` mm; looked for within `around`. None where the bone encloses nothing there.
    #[must_use]
    pub fn on_plane(
        tree: &Tree,
        level: &Vector,
        axis: &Vector,
        around: &Bounds,
        within: f64,
    ) -> Option<Self> {
        let (across, along) = across(axis);
        let mut best: Option<Self> = None;
        let reach = 0.5 * around.size().norm();
        let coarse = 3.0;
        let steps = (reach / coarse).ceil() as i32;
        for i in -steps..=steps {
            for j in -steps..=steps {
                let point = level + coarse * (f64::from(i) * across + f64::from(j) * along);
                if around.holds(&point) {
                    better(&mut best, tree, &point, axis, within);
                }
            }
        }
        let mut step = 0.5 * coarse;
        while step >= FINEST {
            let at = best?.middle;
            for (i, j) in [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)] {
                better(&mut best, tree, &(at + step * (i * across + j * along)), axis, within);
            }
            if best.is_some_and(|ring| ring.middle == at) {
                step *= 0.5;
            }
        }
        best
    }

    /// Where a ray passes through the circle, as a distance in lengths of its direction.
    #[must_use]
    pub fn crossed_by(&self, origin: &Vector, direction: &Vector) -> Option<f64> {
        let distance = self.axis.dot(&(self.middle - origin)) / self.axis.dot(direction);
        let aside = (origin + distance * direction - self.middle).norm();
        (distance > 0.0 && aside <= self.radius).then_some(distance)
    }
}

/// Takes the circle about a point where it is larger than the best so far.
fn better(best: &mut Option<Ring>, tree: &Tree, point: &Vector, axis: &Vector, within: f64) {
    let needed = best.map_or(0.0, |ring| ring.radius);
    if let Some(radius) = enclosed(tree, point, axis, within, needed) {
        *best = Some(Ring { middle: *point, radius, axis: *axis });
    }
}

/// The distance to the nearest of the walls that every ray about a point meets from outside, where it is larger
/// than `needed`.
fn enclosed(tree: &Tree, point: &Vector, axis: &Vector, within: f64, needed: f64) -> Option<f64> {
    let mut radius = within;
    for ray in rays(axis, RAYS) {
        let hit = tree.first_hit(point, &ray, within)?;
        if hit.facet.normal.dot(&ray) >= 0.0 || hit.distance <= needed {
            return None;
        }
        radius = radius.min(hit.distance);
    }
    let through = [*axis, -axis].iter().all(|way| tree.first_hit(point, way, THROUGH).is_none());
    through.then_some(radius)
}

/// Directions across an axis, evenly about it; the first is forward where the axis is not.
pub fn rays(axis: &Vector, count: usize) -> impl Iterator<Item = Vector> {
    let (across, along) = across(axis);
    (0..count).map(move |i| {
        let (sine, cosine) = (TAU * i as f64 / count as f64).sin_cos();
        cosine * along + sine * across
    })
}

/// Two directions across an axis: as far as can be to the right, and forward.
fn across(axis: &Vector) -> (Vector, Vector) {
    let forward = Vector::y() - axis.y * axis;
    let forward = forward.try_normalize(1e-3).unwrap_or_else(Vector::z);
    (forward.cross(axis), forward)
}
