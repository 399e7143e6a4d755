//! An integral of the distance from a reference.

use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// `s' = gain (source - reference)`: drives the source to the reference (integral control).
pub static LAW: Law = Law {
    name: "integrator",
    summary: "integral of the distance from a reference: holds the source there",
    equation: "ds/dt = gain (source - reference)",
    ports: &[Port::First, Port::Own],
    parameters: &[
        Parameter::free("gain", Bounds::Any, None, "rate of the output per input"),
        Parameter::free("reference", Bounds::Any, None, "input at which the output rests"),
        Parameter::free("start", Bounds::Any, Some(0.0), "output at the start of a run"),
    ],
    formula: Formula::OwnState,
    rate: Some(Formula::IntegratorRate),
};

/// Rate of the signal, its unit per s.
#[inline(always)]
pub(crate) fn rate<S: Real>(x: &[S]) -> S {
    let [source, gain, reference] = [x[0], x[2], x[3]];
    gain * (source - reference)
}
