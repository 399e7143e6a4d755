//! A product of two signals.

use cisterna_solver::Real;

use crate::law::{Formula, Law, Port};

/// `a b`.
pub static LAW: Law = Law {
    name: "product",
    summary: "product of two signals",
    equation: "s = a b",
    ports: &[Port::First, Port::Second],
    parameters: &[],
    formula: Formula::Product,
    rate: None,
};

/// The signal.
#[inline(always)]
pub(crate) fn value<S: Real>(x: &[S]) -> S {
    x[0] * x[1]
}
