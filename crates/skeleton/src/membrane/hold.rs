//! A line along which a membrane holds on to bones.

use crate::geometry::Vector;

/// A point on a bone.
#[derive(Clone, Debug, PartialEq)]
pub struct Hold {
    /// The bone.
    pub bone: String,
    /// The point, mm.
    pub point: Vector,
}

/// A line, or single points, along which a membrane holds on to bones.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The membrane.
    pub membrane: &'static str,
    /// Which of its edges.
    pub edge: &'static str,
    /// How it was found, or why it is assumed.
    pub basis: &'static str,
    /// The points in order.
    pub holds: Vec<Hold>,
}

impl Line {
    /// A line of points, or nothing where there are none.
    pub fn of(
        membrane: &'static str,
        edge: &'static str,
        basis: &'static str,
        holds: impl IntoIterator<Item = Hold>,
    ) -> Option<Self> {
        let holds: Vec<Hold> = holds.into_iter().collect();
        (!holds.is_empty()).then_some(Self { membrane, edge, basis, holds })
    }
}
