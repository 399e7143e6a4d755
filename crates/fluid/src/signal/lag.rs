//! A first-order lag.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// `time_constant s' = source - s`.
pub static LAW: Law = Law {
    name: "lag",
    summary: "follows its source with a time constant",
    equation: "time_constant ds/dt = source - s",
    ports: &[Port::First, Port::Own],
    parameters: &[
        Parameter::required(
            "time_constant",
            Dimension::TIME,
            Bounds::Positive,
            "time in which 63 % of a step is followed",
        ),
        Parameter::free("start", Bounds::Any, Some(0.0), "value at the start of a run"),
    ],
    formula: Formula::OwnState,
    rate: Some(Formula::LagRate),
};

/// Rate of the signal, its unit per s.
#[inline(always)]
pub(crate) fn rate<S: Real>(x: &[S]) -> S {
    (x[0] - x[1]) / x[2]
}
