//! How a rigid body moves.

use nalgebra::{Matrix6, Vector3, Vector6};

/// A small motion of a rigid body.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Motion {
    /// Of its centre, mm.
    pub shift: Vector3<f64>,
    /// About its centre, rad: the axis times the angle.
    pub turn: Vector3<f64>,
}

impl Motion {
    /// None.
    pub const NONE: Motion = Motion { shift: Vector3::new(0.0, 0.0, 0.0), turn: Vector3::new(0.0, 0.0, 0.0) };

    pub(super) fn of(six: &Vector6<f64>) -> Self {
        Motion { shift: six.fixed_rows::<3>(0).into(), turn: six.fixed_rows::<3>(3).into() }
    }

    pub(super) fn six(&self) -> Vector6<f64> {
        let [shift, turn] = [self.shift, self.turn];
        Vector6::new(shift.x, shift.y, shift.z, turn.x, turn.y, turn.z)
    }

    /// How far a point of the body moves, mm, from the arm that leads there from its centre.
    pub fn of_point(&self, arm: &Vector3<f64>) -> Vector3<f64> {
        self.shift + self.turn.cross(arm)
    }
}

/// The matrix that makes of a body's motion the motion of what is fixed to it at an arm: shift and turn there.
pub(super) fn carried_to(arm: &Vector3<f64>) -> Matrix6<f64> {
    let mut matrix = Matrix6::identity();
    matrix.fixed_view_mut::<3, 3>(0, 3).copy_from(&-arm.cross_matrix());
    matrix
}
