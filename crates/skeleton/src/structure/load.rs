//! Forces from outside.

use cisterna_quantity::MERCURY;
use nalgebra::Vector6;

use super::Structure;
use crate::facts::InnerFacts;
use crate::geometry::Vector;

/// N/mm^2 in one mmHg.
const MMHG: f64 = MERCURY * 1e-6;

/// What acts on a body from outside.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Load {
    /// The body.
    pub body: usize,
    /// N.
    pub force: Vector,
    /// About the body's centre, N mm.
    pub moment: Vector,
}

impl Load {
    /// A force (N) at a point (mm).
    pub fn at(body: usize, point: &Vector, force: Vector, structure: &Structure) -> Self {
        let arm = point - structure.bodies()[body].centre;
        Load { body, force, moment: arm.cross(&force) }
    }

    /// A pressure (mmHg) on a bone's share of an inner surface.
    pub fn of_pressure(body: usize, surface: &InnerFacts, pressure: f64) -> Self {
        let [area, moment] = [Vector::from(surface.vector_area), Vector::from(surface.moment)];
        // cm^2 and cm^3 into mm^2 and mm^3.
        Load { body, force: area * (100.0 * MMHG * pressure), moment: moment * (1000.0 * MMHG * pressure) }
    }

    pub(super) fn six(&self) -> Vector6<f64> {
        let [force, moment] = [self.force, self.moment];
        Vector6::new(force.x, force.y, force.z, moment.x, moment.y, moment.z)
    }
}
