//! A number that a scenario may change.

use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter};

/// `value`.
pub static LAW: Law = Law {
    name: "constant",
    summary: "a number that a scenario or a recording may drive",
    equation: "s = value",
    ports: &[],
    parameters: &[Parameter::free("value", Bounds::Any, None, "the number")],
    formula: Formula::Constant,
    rate: None,
};

/// The number.
#[inline(always)]
pub(crate) fn value<S: Real>(x: &[S]) -> S {
    x[0]
}
