//! Exact integrals over what a closed mesh holds.

use crate::geometry::{Matrix, Vector};
use crate::mesh::Mesh;

/// What a closed mesh of uniform density holds.
///
/// Each triangle makes a tetrahedron with a point of reference. With corners `a`, `b`, `c` seen from there, and
/// `d = a · (b × c)`, its volume is `d / 6`, its first moment `d / 24 (a + b + c)` and its second moment
/// `d / 120 (a aᵀ + b bᵀ + c cᵀ + s sᵀ)` with `s = a + b + c`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Solid {
    /// Volume, mm³.
    pub volume: f64,
    /// Centre of volume, mm.
    pub centroid: Vector,
    /// Second moment of volume about the centroid, `∫ r rᵀ dV`, mm⁵.
    pub second_moment: Matrix,
}

impl Solid {
    /// The solid inside a closed mesh.
    #[must_use]
    pub fn of(mesh: &Mesh) -> Self {
        let reference = mesh.bounds().middle();
        let (mut volume, mut first, mut second) = (0.0, Vector::zeros(), Matrix::zeros());
        for triangle in &mesh.triangles {
            let [a, b, c] = mesh.corners(triangle).map(|corner| corner - reference);
            let sum = a + b + c;
            let triple = a.dot(&b.cross(&c));
            volume += triple / 6.0;
            first += triple / 24.0 * sum;
            let outer = |v: &Vector| v * v.transpose();
            second += triple / 120.0 * (outer(&a) + outer(&b) + outer(&c) + outer(&sum));
        }
        let centre = first / volume;
        Self {
            volume,
            centroid: reference + centre,
            second_moment: second - volume * centre * centre.transpose(),
        }
    }

    /// The tensor of inertia about the centroid for a density of one, `∫ (r² 1 - r rᵀ) dV`, mm⁵.
    #[must_use]
    pub fn inertia(&self) -> Matrix {
        Matrix::identity() * self.second_moment.trace() - self.second_moment
    }

    /// The tensor of inertia about another point for a density of one, mm⁵ (Steiner).
    #[must_use]
    pub fn inertia_about(&self, point: &Vector) -> Matrix {
        let arm = self.centroid - point;
        self.inertia() + self.volume * (Matrix::identity() * arm.norm_squared() - arm * arm.transpose())
    }
}
