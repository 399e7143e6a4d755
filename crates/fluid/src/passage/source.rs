//! A pump: a given flow, whatever the pressures.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter};

/// `q = rate`.
pub static LAW: Law = Law {
    name: "source",
    summary: "a given flow, whatever the pressures",
    equation: "q = rate",
    ports: &[],
    parameters: &[Parameter::required(
        "rate",
        Dimension::FLOW,
        Bounds::Any,
        "flow from the start to the end",
    )],
    formula: Formula::Source,
    rate: None,
};

/// Flow, mL/s.
#[inline(always)]
pub(crate) fn flow<S: Real>(x: &[S]) -> S {
    x[0]
}
