//! One bone's share of an inner surface.

use crate::geometry::Vector;

/// One bone's share of an inner surface.
///
/// A pressure `p` inside pushes the bone with the force `p A` and turns it about its centroid with `p M`. Where the
/// bone moves by `u` and turns by `w` about its centroid, the space inside grows by `u · A + w · M`: the same
/// numbers, by reciprocity.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// The bone.
    pub bone: String,
    /// Area, mm².
    pub area: f64,
    /// Vector area `A = ∫ n dA`, outward, away from the fluid, mm².
    pub vector_area: Vector,
    /// First moment about the bone's centroid `M = ∫ r × n dA`, mm³.
    pub moment: Vector,
}

/// Area, vector area and moment of some pieces of a surface.
#[derive(Clone, Copy, Debug, Default)]
pub struct Moments {
    /// Area, mm².
    pub area: f64,
    /// Vector area, mm².
    pub vector_area: Vector,
    /// First moment about the origin of the frame, mm³.
    pub moment: Vector,
}

impl Moments {
    /// Adds a piece at a point with its unit normal, away from the fluid.
    pub fn add(&mut self, point: &Vector, normal: &Vector, area: f64) {
        self.area += area;
        self.vector_area += area * normal;
        self.moment += area * point.cross(normal);
    }

    /// A bone's share, with the moment about its centroid; each number times `factor`.
    #[must_use]
    pub fn share(&self, bone: &str, centroid: &Vector, factor: f64) -> Share {
        Share {
            bone: bone.to_owned(),
            area: factor * self.area,
            vector_area: factor * self.vector_area,
            moment: factor * (self.moment - centroid.cross(&self.vector_area)),
        }
    }
}
