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

/// A clock that stands still and yet tells its rate: breath held in the middle of a breath, while ventilation goes on. No
/// document names it; the search for a periodic start puts it in the place of every clock but the heart's.
pub static STILL: Law = Law { rate: Some(Formula::StandStill), ..LAW };

/// Whether a law is a clock.
pub fn is_clock(law: &'static Law) -> bool {
    std::ptr::eq(law, &LAW) || std::ptr::eq(law, &STILL)
}

/// No rate, 1/s.
#[inline(always)]
pub(crate) fn stand_still<S: Real>(_: &[S]) -> S {
    S::constant(0.0)
}

/// Rate of the phase, 1/s.
#[inline(always)]
pub(crate) fn rate<S: Real>(x: &[S]) -> S {
    x[0]
}
