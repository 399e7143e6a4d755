//! What holds two bodies together at a point.

use nalgebra::Matrix6;

use crate::geometry::{Matrix, Vector};

/// The stiffness between two bodies at a point: shift (mm) and turn (rad) of the second against the first there give
/// force (N) and moment (N mm), `f = K d`.
#[derive(Clone, Debug, PartialEq)]
pub struct Tissue {
    /// The point, mm.
    pub at: Vector,
    /// Force and moment by shift and turn, symmetric.
    pub stiffness: Matrix6<f64>,
}

impl Tissue {
    /// Tissue whose stiffness is known along the axes of a frame of its own, as that of a spinal unit is: the columns of
    /// `frame` are those axes.
    pub fn along(at: Vector, frame: &Matrix, stiffness: &Matrix6<f64>) -> Self {
        let mut turned = Matrix6::zeros();
        turned.fixed_view_mut::<3, 3>(0, 0).copy_from(frame);
        turned.fixed_view_mut::<3, 3>(3, 3).copy_from(frame);
        Tissue { at, stiffness: turned * stiffness * turned.transpose() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::{Rotation3, Vector6};

    #[test]
    fn a_turned_frame_turns_the_stiff_axis() {
        let soft_but_x = Matrix6::from_diagonal(&Vector6::new(100.0, 1.0, 1.0, 1.0, 1.0, 1.0));
        let quarter = Rotation3::from_axis_angle(&Vector::z_axis(), std::f64::consts::FRAC_PI_2);
        let tissue = Tissue::along(Vector::zeros(), quarter.matrix(), &soft_but_x);
        assert!((tissue.stiffness[(1, 1)] - 100.0).abs() < 1e-12);
        assert!((tissue.stiffness[(0, 0)] - 1.0).abs() < 1e-12);
    }
}
