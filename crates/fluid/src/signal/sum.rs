//! A weighted sum of two signals.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// `first_weight a + second_weight b`.
pub static LAW: Law = Law {
    name: "sum",
    summary: "weighted sum of two signals",
    equation: "s = first_weight a + second_weight b",
    ports: &[Port::First, Port::Second],
    parameters: &[
        Parameter::optional("first_weight", Dimension::NUMBER, Bounds::Any, 1.0, "weight of the first"),
        Parameter::optional("second_weight", Dimension::NUMBER, Bounds::Any, 1.0, "weight of the second"),
    ],
    formula: Formula::Sum,
    rate: None,
};

/// The signal.
#[inline(always)]
pub(crate) fn value<S: Real>(x: &[S]) -> S {
    x[2] * x[0] + x[3] * x[1]
}
