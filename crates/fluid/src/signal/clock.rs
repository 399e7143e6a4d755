//! A clock that counts cycles: heart or breath.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter};

/// `phase' = rate`: the phase grows by one a cycle.
pub static LAW: Law = Law {
    name: "clock",
    summary: "counts cycles at a rate: heart beats, breaths",
    equation: "dphase/dt = rate",
    ports: &[],
    parameters: &[
        Parameter::required("rate", Dimension::FREQUENCY, Bounds::NotNegative, "cycles per time"),
        Parameter::optional("start", Dimension::NUMBER, Bounds::Any, 0.0, "phase at the start of a run"),
    ],
    formula: Formula::OwnState,
    rate: Some(Formula::ClockRate),
};

/// Rate of the phase, 1/s.
#[inline(always)]
pub(crate) fn rate<S: Real>(x: &[S]) -> S {
    x[0]
}
