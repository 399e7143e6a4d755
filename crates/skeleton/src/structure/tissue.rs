//! What holds two bodies together at a point.

use nalgebra::Matrix6;

use crate::geometry::{Matrix, Vector};

/// The stiffness between two bodies at a point: shift (mm) and turn (rad) of the second against the first there give
/// force (N) and moment (N mm), `f = K d`.
#[derive(Clone, Debug, PartialEq)]
pub struct Tissue {
    /// The point, mm.
    pub at: Vector,
    /// Force and moment by shift and turn at once, symmetric.
    pub stiffness: Matrix6<f64>,
    /// What of it fades.
    pub relaxation: Vec<Relaxation>,
}

/// A part of a stiffness that fades with time: of a stretch that is held, `share exp(-t / time)` of the force at once is
/// still there after `t`; a sum of such terms is a Prony series (Wiechert 1893).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Relaxation {
    /// The share of the stiffness.
    pub share: f64,
    /// Its time constant, s.
    pub time: f64,
}

impl Relaxation {
    /// Whether terms may stand together: positive times, and shares that leave something.
    pub(super) fn is_sound(terms: &[Relaxation]) -> bool {
        let term = |term: &Relaxation| {
            term.share >= 0.0 && term.share.is_finite() && term.time > 0.0 && term.time.is_finite()
        };
        terms.iter().all(term) && terms.iter().map(|term| term.share).sum::<f64>() < 1.0
    }

    /// What is left in the end, as a share.
    pub(crate) fn left(terms: &[Relaxation]) -> f64 {
        1.0 - terms.iter().map(|term| term.share).sum::<f64>()
    }
}

impl Tissue {
    /// Tissue whose stiffness is known along the axes of a frame of its own, as that of a spinal unit is: the columns of
    /// `frame` are those axes.
    pub fn along(at: Vector, frame: &Matrix, stiffness: &Matrix6<f64>) -> Self {
        let mut turned = Matrix6::zeros();
        turned.fixed_view_mut::<3, 3>(0, 0).copy_from(frame);
        turned.fixed_view_mut::<3, 3>(3, 3).copy_from(frame);
        Tissue { at, stiffness: turned * stiffness * turned.transpose(), relaxation: Vec::new() }
    }

    /// The same tissue with a part of its stiffness that fades.
    #[must_use]
    pub fn relaxing(self, relaxation: Vec<Relaxation>) -> Self {
        Tissue { relaxation, ..self }
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
