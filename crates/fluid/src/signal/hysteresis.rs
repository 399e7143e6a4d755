//! A relay.

use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// `off_value` or `on_value`: goes on when the source rises past `on_above`, off when it falls past `off_below`; both
/// moments are located.
pub static LAW: Law = Law {
    name: "hysteresis",
    summary: "relay: on above one value of its source, off below a lower one",
    equation: "s = on_value while on, off_value while off; on at source > on_above, off at source < off_below",
    ports: &[Port::First, Port::Mode],
    parameters: &[
        Parameter::free("on_above", Bounds::Any, None, "source at which it goes on"),
        Parameter::free("off_below", Bounds::Any, None, "source at which it goes off; below on_above"),
        Parameter::free("on_value", Bounds::Any, None, "output while on"),
        Parameter::free("off_value", Bounds::Any, None, "output while off"),
    ],
    formula: Formula::Hysteresis,
    rate: None,
};

/// The signal.
#[inline(always)]
pub(crate) fn value<S: Real>(x: &[S]) -> S {
    let [on, on_value, off_value] = [x[1], x[4], x[5]];
    off_value + on * (on_value - off_value)
}

/// How far the source is from switching the relay.
#[inline(always)]
pub(crate) fn margin<S: Real>(x: &[S]) -> S {
    let [source, on, on_above, off_below] = [x[0], x[1], x[2], x[3]];
    on * (source - off_below) + (S::constant(1.0) - on) * (on_above - source)
}
