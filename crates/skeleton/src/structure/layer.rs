//! A layer of soft tissue between two facing surfaces: a suture, a cartilage.

use nalgebra::Matrix6;

use super::Tissue;
use crate::facts::InterfaceFacts;
use crate::geometry::{Matrix, Vector};

/// Tissue spread between two surfaces.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// Its area, mm^2.
    pub area: f64,
    /// How far the surfaces are apart, mm.
    pub gap: f64,
    /// Its mean point, mm.
    pub centre: Vector,
    /// How its points are spread about the mean one: the mean of `r r^T`, mm^2.
    pub spread: Matrix,
    /// The mean normal, a unit vector.
    pub normal: Vector,
    /// The length of the mean of the unit normals: one where the layer is flat.
    pub coherence: f64,
}

impl Layer {
    /// The layer where two bones face each other.
    pub fn of(interface: &InterfaceFacts) -> Self {
        let axes = interface.axes.iter().zip(interface.spread);
        let spread = axes.fold(Matrix::zeros(), |sum, (axis, spread)| {
            let axis = Vector::from(*axis);
            sum + axis * axis.transpose() * (spread * spread)
        });
        Layer {
            area: interface.area * 100.0,
            gap: interface.gap,
            centre: interface.centroid.into(),
            spread,
            normal: interface.normal.into(),
            coherence: interface.coherence,
        }
    }

    /// The layer as tissue, from its moduli across and along (MPa): a foundation of springs whose shift against each
    /// other by `d` costs `(E (n d)^2 + G |d - n (n d)|^2) / (2 gap)` for each mm^2 (Winkler 1867), added up over the
    /// area. Normals that differ along the layer are taken to be spread evenly about the mean one, the same everywhere:
    /// the mean of `(n m)^2` over them is then `(1 + 2 c^2)/3`, which is one for a flat layer (coherence `c` one) and a
    /// third where no side is preferred.
    pub fn tissue(&self, across: f64, along: f64) -> Tissue {
        let axial = (1.0 + 2.0 * self.coherence * self.coherence) / 3.0;
        let mean = self.normal * self.normal.transpose();
        let normals = mean * axial + (Matrix::identity() - mean) * (0.5 * (1.0 - axial));
        let foundation = (Matrix::identity() * along + normals * (across - along)) / self.gap;
        let mut stiffness = Matrix6::zeros();
        stiffness.fixed_view_mut::<3, 3>(0, 0).copy_from(&(foundation * self.area));
        stiffness.fixed_view_mut::<3, 3>(3, 3).copy_from(&(turning(&foundation, &self.spread) * self.area));
        Tissue { at: self.centre, stiffness, relaxation: Vec::new() }
    }
}

/// The mean of `[r]^T K [r]` over points whose mean of `r r^T` is known, `[r]` the matrix of the cross product: what a turn
/// about their mean point costs.
fn turning(foundation: &Matrix, spread: &Matrix) -> Matrix {
    let unit = |axis: usize| Vector::from_fn(|row, _| f64::from(u8::from(row == axis)));
    let mut sum = Matrix::zeros();
    for a in 0..3 {
        for b in 0..3 {
            let [first, second] = [unit(a).cross_matrix(), unit(b).cross_matrix()];
            sum += first.transpose() * foundation * second * spread[(a, b)];
        }
    }
    sum
}
