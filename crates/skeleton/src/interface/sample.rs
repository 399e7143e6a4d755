//! A surface as small pieces.

use crate::geometry::{Facet, Vector};

/// The longest edge of a piece, mm: small against what faces what.
const LONGEST: f64 = 1.0;

/// A small piece of a surface.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// Its middle, mm.
    pub point: Vector,
    /// The outward unit normal.
    pub normal: Vector,
    /// Area, mm².
    pub area: f64,
}

/// A triangle cut into equal pieces whose edges are 1 mm at most, each like the whole.
pub fn pieces(facet: &Facet) -> impl Iterator<Item = Piece> + '_ {
    let [a, b, c] = facet.corners;
    let longest = (b - a).norm().max((c - b).norm()).max((a - c).norm());
    let cuts = (longest / LONGEST).ceil().clamp(1.0, 1000.0) as usize;
    let share = 1.0 / cuts as f64;
    let (along, up) = (share * (b - a), share * (c - a));
    let area = facet.area() * share * share;
    (0..cuts).flat_map(move |row| {
        // A row holds triangles that stand on their base and, between them, ones that stand on their tip.
        let upright = (0..cuts - row).map(move |place| (place as f64 + 1.0 / 3.0, row as f64 + 1.0 / 3.0));
        let turned = (0..cuts - row - 1).map(move |place| (place as f64 + 2.0 / 3.0, row as f64 + 2.0 / 3.0));
        upright.chain(turned).map(move |(s, t)| Piece {
            point: a + s * along + t * up,
            normal: facet.normal,
            area,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_share_the_area_and_the_middle_of_their_triangle() {
        let corners = [[0.0, 0.0, 0.0], [7.3, 1.0, 0.0], [2.0, 5.1, 3.0]].map(Vector::from);
        let facet = Facet::new(corners, 0);
        let all: Vec<Piece> = pieces(&facet).collect();
        let area: f64 = all.iter().map(|piece| piece.area).sum();
        let middle = all.iter().map(|piece| piece.area * piece.point).sum::<Vector>() / area;
        assert!((area - facet.area()).abs() < 1e-9);
        assert!((middle - facet.middle()).norm() < 1e-9);
        assert_eq!(all.len(), 64);
    }
}
