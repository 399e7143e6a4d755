//! One triangle of a surface.

use super::Vector;

/// One triangle of a surface, its outward normal and the bone it belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Facet {
    /// The corners, counterclockwise as seen from outside, mm.
    pub corners: [Vector; 3],
    /// The outward unit normal; zero where the triangle has no area.
    pub normal: Vector,
    /// The bone's place in the list that the facets were made of.
    pub owner: usize,
}

impl Facet {
    /// The triangle of three corners.
    #[must_use]
    pub fn new(corners: [Vector; 3], owner: usize) -> Self {
        let doubled = (corners[1] - corners[0]).cross(&(corners[2] - corners[0]));
        let normal = doubled.try_normalize(f64::MIN_POSITIVE).unwrap_or_else(Vector::zeros);
        Self { corners, normal, owner }
    }

    /// Area, mm².
    #[must_use]
    pub fn area(&self) -> f64 {
        let [a, b, c] = self.corners;
        0.5 * (b - a).cross(&(c - a)).norm()
    }

    /// The mean of the corners.
    #[must_use]
    pub fn middle(&self) -> Vector {
        (self.corners[0] + self.corners[1] + self.corners[2]) / 3.0
    }

    /// The point of the triangle that is nearest to another point (Ericson 2005, Real-Time Collision Detection,
    /// 5.1.5: the regions of corners, edges and face in turn).
    #[must_use]
    pub fn nearest_to(&self, point: &Vector) -> Vector {
        let [a, b, c] = self.corners;
        let (ab, ac) = (b - a, c - a);
        let (d1, d2) = (ab.dot(&(point - a)), ac.dot(&(point - a)));
        if d1 <= 0.0 && d2 <= 0.0 {
            return a;
        }
        let (d3, d4) = (ab.dot(&(point - b)), ac.dot(&(point - b)));
        if d3 >= 0.0 && d4 <= d3 {
            return b;
        }
        let across_c = d1 * d4 - d3 * d2;
        if across_c <= 0.0 && d1 >= 0.0 && d3 <= 0.0 {
            return a + ab * (d1 / (d1 - d3));
        }
        let (d5, d6) = (ab.dot(&(point - c)), ac.dot(&(point - c)));
        if d6 >= 0.0 && d5 <= d6 {
            return c;
        }
        let across_b = d5 * d2 - d1 * d6;
        if across_b <= 0.0 && d2 >= 0.0 && d6 <= 0.0 {
            return a + ac * (d2 / (d2 - d6));
        }
        let across_a = d3 * d6 - d5 * d4;
        if across_a <= 0.0 && d4 >= d3 && d5 >= d6 {
            return b + (c - b) * ((d4 - d3) / ((d4 - d3) + (d5 - d6)));
        }
        let whole = across_a + across_b + across_c;
        a + ab * (across_b / whole) + ac * (across_c / whole)
    }

    /// Where a ray meets the triangle, as a distance in lengths of its direction (Möller and Trumbore 1997).
    #[must_use]
    pub fn hit_by(&self, origin: &Vector, direction: &Vector) -> Option<f64> {
        let [a, b, c] = self.corners;
        let (ab, ac) = (b - a, c - a);
        let across = direction.cross(&ac);
        let determinant = ab.dot(&across);
        if determinant == 0.0 {
            return None;
        }
        let from = origin - a;
        let u = from.dot(&across) / determinant;
        let turned = from.cross(&ab);
        let v = direction.dot(&turned) / determinant;
        let distance = ac.dot(&turned) / determinant;
        (u >= 0.0 && v >= 0.0 && u + v <= 1.0 && distance > 0.0).then_some(distance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_point_lies_on_a_corner_an_edge_or_the_face() {
        let corners = [[0.0, 0.0, 0.0], [2.0, 0.0, 0.0], [0.0, 2.0, 0.0]].map(Vector::from);
        let facet = Facet::new(corners, 0);
        let cases = [
            ([-1.0, -1.0, 3.0], [0.0, 0.0, 0.0]),
            ([1.0, -1.0, 0.5], [1.0, 0.0, 0.0]),
            ([2.0, 2.0, 0.0], [1.0, 1.0, 0.0]),
            ([0.5, 0.5, -4.0], [0.5, 0.5, 0.0]),
        ];
        for (point, nearest) in cases {
            assert!(
                (facet.nearest_to(&Vector::from(point)) - Vector::from(nearest)).norm() < 1e-12,
                "{point:?}"
            );
        }
        assert_eq!(facet.normal, Vector::z());
        assert_eq!(facet.area(), 2.0);
    }
}
