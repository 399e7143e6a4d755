//! The shape of a quiet breath.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// From the phase `f` within the breath and the share `i` of inspiration: `(1 - cos(pi f/i))/2` while breathing in,
/// `(1 + cos(pi (f - i)/(1 - i)))/2` while breathing out, times the amplitude, plus the level at the end of expiration.
pub static LAW: Law = Law {
    name: "breath",
    summary: "a smooth breath from a clock: rises in inspiration, falls in expiration",
    equation: "s = resting_level + amplitude (1 - cos(pi f/i))/2 in, (1 + cos(pi (f - i)/(1 - i)))/2 out",
    ports: &[Port::First],
    parameters: &[
        Parameter::free("resting_level", Bounds::Any, None, "value at the end of expiration"),
        Parameter::free(
            "amplitude",
            Bounds::Any,
            None,
            "change from the end of expiration to the end of inspiration",
        ),
        Parameter::required(
            "inspiration",
            Dimension::NUMBER,
            Bounds::Positive,
            "share of the breath spent breathing in",
        ),
    ],
    formula: Formula::Breath,
    rate: None,
};

/// The signal, in the unit of its amplitude.
#[inline(always)]
pub(crate) fn value<S: Real>(x: &[S]) -> S {
    let [phase, resting, amplitude, inspiration] = [x[0], x[1], x[2], x[3]];
    let half = S::constant(0.5);
    let within = phase - phase.floor();
    let filling = half * within / inspiration;
    let emptying = half + half * (within - inspiration) / (S::constant(1.0) - inspiration);
    let turns = (within - inspiration).select(emptying, filling);
    resting + amplitude * (half - half * turns.cos_turns())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_breath_is_full_at_the_end_of_inspiration() {
        let at = |phase: f64| super::value(&[phase, -4.0, -3.0, 0.4]);
        assert!((at(7.0) + 4.0).abs() < 1e-9);
        assert!((at(7.4) + 7.0).abs() < 1e-9);
        assert!((at(7.7) + 5.5).abs() < 1e-9);
    }
}
