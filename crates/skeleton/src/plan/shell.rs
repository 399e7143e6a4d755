//! The bone of the vault as a thin shell: how its edges give way.

use nalgebra::Matrix6;

use crate::facts::InterfaceFacts;
use crate::geometry::{Matrix, Vector};
use crate::structure::Tissue;

/// A thin curved shell of bone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shell {
    /// MPa.
    pub modulus: f64,
    /// Poisson's ratio.
    pub poisson: f64,
    /// mm.
    pub thickness: f64,
    /// Of its curvature, mm.
    pub radius: f64,
}

impl Shell {
    /// How far a sphere gives way under a force on one point, mm/N: `sqrt(3)/4 sqrt(1 - nu^2) R / (E t^2)` (Reissner 1946).
    pub fn dent(&self) -> f64 {
        let Shell { modulus, poisson, thickness, radius } = *self;
        0.25 * (3.0 * (1.0 - poisson * poisson)).sqrt() * radius / (modulus * thickness * thickness)
    }

    /// How two bones give way together where they meet, so far from both their middles (mm), as tissue between them.
    ///
    /// Along each mm of the course both bones are stretched from their middles to the edge, `N (1 - nu) l / (E t)` as in a
    /// vessel under pressure and `N l / (G t)` in shear; out of its surface an edge bends as that of a sphere: shear `Q` moves it
    /// by `2 k R / (E t) Q` and a moment `M` turns it by `4 k^3 / (E R t) M`, with `k^4 = 3 (1 - nu^2) (R/t)^2` (Geckeler;
    /// Timoshenko and Woinowsky-Krieger 1959, section 131). What one does to the other cancels between two alike.
    pub(super) fn edge(&self, interface: &InterfaceFacts, inside: &Vector, reach: f64) -> Tissue {
        let Shell { modulus, poisson, thickness, radius } = *self;
        let membrane = modulus * thickness;
        let k = (3.0 * (1.0 - poisson * poisson) * (radius / thickness).powi(2)).powf(0.25);
        let across = membrane / ((1.0 - poisson) * reach);
        let along = membrane / (2.0 * (1.0 + poisson) * reach);
        let out = membrane / (2.0 * (2.0 * k * radius));
        let bending = membrane * radius / (2.0 * (4.0 * k.powi(3)));
        let centre = Vector::from(interface.centroid);
        let course: Vec<Vector> = interface.course.iter().map(|&point| point.into()).collect();
        let mut stiffness = Matrix6::zeros();
        for piece in course.windows(2) {
            let way = piece[1] - piece[0];
            let length = way.norm();
            if length <= 0.0 {
                continue;
            }
            let middle = (piece[0] + piece[1]) * 0.5;
            let course = way / length;
            let outward = middle - inside;
            let outward = (outward - course * course.dot(&outward)).normalize();
            let normal = course.cross(&outward);
            let outer = |axis: &Vector, size: f64| axis * axis.transpose() * size;
            let shift: Matrix =
                (outer(&normal, across) + outer(&course, along) + outer(&outward, out)) * length;
            let arm = (middle - centre).cross_matrix();
            // What a piece resists by its own length counts too: a short suture has one piece only.
            let along_itself = course.cross_matrix() * (length / 12.0_f64.sqrt());
            let turn = arm.transpose() * shift * arm
                + along_itself.transpose() * shift * along_itself
                + outer(&course, bending * length);
            let mut own = Matrix6::zeros();
            own.fixed_view_mut::<3, 3>(0, 0).copy_from(&shift);
            own.fixed_view_mut::<3, 3>(3, 3).copy_from(&turn);
            own.fixed_view_mut::<3, 3>(0, 3).copy_from(&-(shift * arm));
            own.fixed_view_mut::<3, 3>(3, 0).copy_from(&-(shift * arm).transpose());
            stiffness += own;
        }
        Tissue { at: centre, stiffness: (stiffness + stiffness.transpose()) * 0.5, relaxation: Vec::new() }
    }
}
