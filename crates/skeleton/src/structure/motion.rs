//! How a rigid body moves.

use nalgebra::{Matrix6, Vector6};

use crate::geometry::Vector;

/// A small motion of a rigid body.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Motion {
    /// Of its centre, mm.
    pub shift: Vector,
    /// About its centre, rad: the axis times the angle.
    pub turn: Vector,
}

impl Motion {
    /// Without any.
    pub const NONE: Motion = Motion { shift: Vector::new(0.0, 0.0, 0.0), turn: Vector::new(0.0, 0.0, 0.0) };

    pub(crate) fn of(six: &Vector6<f64>) -> Self {
        Motion { shift: six.fixed_rows::<3>(0).into(), turn: six.fixed_rows::<3>(3).into() }
    }

    pub(super) fn six(&self) -> Vector6<f64> {
        let [shift, turn] = [self.shift, self.turn];
        Vector6::new(shift.x, shift.y, shift.z, turn.x, turn.y, turn.z)
    }

    /// How far a point of the body moves, mm, from the arm that leads there from its centre.
    pub fn of_point(&self, arm: &Vector) -> Vector {
        self.shift + self.turn.cross(arm)
    }
}

/// The matrix that makes of a body's motion the motion of what is fixed to it at an arm: shift and turn there.
pub(super) fn carried_to(arm: &Vector) -> Matrix6<f64> {
    let mut matrix = Matrix6::identity();
    matrix.fixed_view_mut::<3, 3>(0, 3).copy_from(&-arm.cross_matrix());
    matrix
}
