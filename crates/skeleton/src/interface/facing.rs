//! The points of one bone that face another.

use crate::geometry::{Spread, Tree, Vector};

use super::sample::{Piece, pieces};

/// The cosine below which two normals oppose: within about 73 degrees of straight against each other.
const OPPOSED: f64 = -0.3;

/// All points of one bone that face another, summed.
#[derive(Clone, Debug, Default)]
pub struct Facing {
    /// Area, mm².
    pub area: f64,
    /// Gap times area, mm³.
    pub gap: f64,
    /// The points, weighted by area.
    pub spread: Spread,
    /// Normals of this bone times area, mm².
    pub normal: Vector,
    /// Points and their areas.
    pub points: Vec<(Vector, f64)>,
}

/// What of `bone` faces `other` within a distance.
pub fn facing(bone: &Tree, other: &Tree, within: f64) -> Facing {
    let around = other.bounds().wider(within);
    let mut facing = Facing::default();
    for facet in bone.facets() {
        let own = crate::geometry::Bounds::of(&facet.corners);
        if !own.meets(&around) {
            continue;
        }
        for piece in pieces(facet).filter(|piece| around.holds(&piece.point)) {
            if let Some(near) = other.nearest(&piece.point, within)
                && near.facet.normal.dot(&piece.normal) < OPPOSED
            {
                facing.add(&piece, near.distance);
            }
        }
    }
    facing
}

impl Facing {
    fn add(&mut self, piece: &Piece, gap: f64) {
        self.area += piece.area;
        self.gap += piece.area * gap;
        self.spread.add(&piece.point, piece.area);
        self.normal += piece.area * piece.normal;
        self.points.push((piece.point, piece.area));
    }
}
