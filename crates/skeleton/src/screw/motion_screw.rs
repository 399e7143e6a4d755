//! The screw of a motion.

use super::mirrored_axis;
use crate::geometry::Vector;
use crate::structure::Motion;

/// A turn counts as none where, within a metre of the centre, it moves nothing by more than this share of the shift.
const NO_TURN: f64 = 1e-9;
/// The metre, mm.
const METRE: f64 = 1000.0;

/// A small motion as a turn about an axis in space, with a slide along it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Screw {
    /// The direction of the axis, a unit vector: the turn is counterclockwise seen against it.
    pub axis: Vector,
    /// The point of the axis that is nearest to the body's centre, mm.
    pub point: Vector,
    /// The slide along the axis for each rad, mm/rad; positive along the direction.
    pub pitch: f64,
    /// How far it turns, rad, positive.
    pub angle: f64,
}

impl Screw {
    /// The screw of a motion about a centre: `a = w/|w|`, `p = c + w x s / |w|^2`, `h = a s / |w|` for shift `s`, turn
    /// `w` and centre `c` (Chasles 1830). None where the body does not turn.
    #[must_use]
    pub fn of(motion: &Motion, centre: &Vector) -> Option<Self> {
        let angle = motion.turn.norm();
        if !(angle > 0.0 && angle * METRE > NO_TURN * motion.shift.norm()) {
            return None;
        }
        let axis = motion.turn / angle;
        Some(Self {
            axis,
            point: centre + axis.cross(&motion.shift) / angle,
            pitch: axis.dot(&motion.shift) / angle,
            angle,
        })
    }

    /// The motion about a centre of whatever moves as this screw.
    #[must_use]
    pub fn motion(&self, centre: &Vector) -> Motion {
        let turn = self.axis * self.angle;
        Motion { shift: turn * self.pitch + turn.cross(&(centre - self.point)), turn }
    }

    /// The same screw with the point of its axis that is nearest to another centre.
    #[must_use]
    pub fn seen_from(&self, centre: &Vector) -> Self {
        let along = self.axis.dot(&(centre - self.point));
        Self { point: self.point + self.axis * along, ..*self }
    }

    /// The screw of the bone on the other side, mirrored in the plane of all points with this x, mm.
    #[must_use]
    pub fn mirrored(&self, x: f64) -> Self {
        let [px, py, pz] = self.point.into();
        Self {
            axis: mirrored_axis(&self.axis),
            point: Vector::new(2.0 * x - px, py, pz),
            pitch: -self.pitch,
            ..*self
        }
    }
}
