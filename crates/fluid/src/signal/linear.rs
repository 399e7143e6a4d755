//! A gain.

use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// `offset + gain (source - reference)`.
pub static LAW: Law = Law {
    name: "linear",
    summary: "gain on the distance from a reference, plus an offset",
    equation: "s = offset + gain (source - reference)",
    ports: &[Port::First],
    parameters: &[
        Parameter::free("gain", Bounds::Any, None, "output per input"),
        Parameter::free("reference", Bounds::Any, Some(0.0), "input that gives the offset"),
        Parameter::free("offset", Bounds::Any, Some(0.0), "output at the reference"),
    ],
    formula: Formula::Linear,
    rate: None,
};

/// The signal.
#[inline(always)]
pub(crate) fn value<S: Real>(x: &[S]) -> S {
    let [source, gain, reference, offset] = [x[0], x[1], x[2], x[3]];
    offset + gain * (source - reference)
}
