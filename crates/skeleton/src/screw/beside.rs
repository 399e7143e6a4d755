//! One axis beside another.

use super::Screw;
use crate::geometry::Vector;

/// Whether two turns go the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// Their axes point into one half of space.
    Same,
    /// They do not.
    Opposite,
}

/// How one screw lies to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beside {
    /// Between the lines along the axes, rad: from none to a right angle.
    pub angle: f64,
    /// Whether they turn the same way.
    pub sense: Sense,
    /// The turn of the first over that of the second.
    pub ratio: f64,
}

impl Screw {
    /// How this screw lies to another.
    #[must_use]
    pub fn beside(&self, other: &Self) -> Beside {
        let (angle, sense) = between_axes(&self.axis, &other.axis);
        Beside { angle, sense, ratio: self.angle / other.angle }
    }
}

/// The angle between the lines along two axes, rad, and whether the axes point the same way along them. Neither may be
/// without length.
#[must_use]
pub fn between_axes(first: &Vector, second: &Vector) -> (f64, Sense) {
    let along = first.dot(second);
    // The arc of the cosine alone would lose half the digits near zero.
    let angle = first.cross(second).norm().atan2(along.abs());
    (angle, if along < 0.0 { Sense::Opposite } else { Sense::Same })
}

/// The axis of the same turn on the other side of the body. A turn is not an arrow: what lies along the mirror is turned
/// round, what stands across it is not.
#[must_use]
pub fn mirrored_axis(axis: &Vector) -> Vector {
    Vector::new(axis.x, -axis.y, -axis.z)
}
