//! A space without a wall of its own: fluid that bathes what lies in the same enclosure.

use cisterna_solver::Real;

use crate::law::{Formula, Law, Port};

/// `p = 0`: the fluid has the pressure of the enclosure that it lies in.
pub static LAW: Law = Law {
    name: "bath",
    summary: "no wall of its own: the pressure is that of the enclosure",
    equation: "p = 0",
    ports: &[Port::Volume],
    parameters: &[],
    formula: Formula::Bath,
    rate: None,
};

/// Transmural pressure, mmHg.
#[inline(always)]
pub(crate) fn pressure<S: Real>(_x: &[S]) -> S {
    S::constant(0.0)
}
