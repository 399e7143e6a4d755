//! How one clock pulls at another.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// `gain sin(2 pi (first_turns a - second_turns b))`, a and b the phases of two clocks (Kuramoto 1984). Acting on the rate
/// `f_b` of the second clock it pulls that along: the difference `d = first_turns a - second_turns b` then follows
/// `d' = first_turns f_a - second_turns f_b - second_turns gain sin(2 pi d)`, which comes to rest where
/// `|first_turns f_a - second_turns f_b| <= second_turns gain` and else drifts at the mean rate
/// `sqrt((first_turns f_a - second_turns f_b)^2 - (second_turns gain)^2)` (Adler 1946).
pub static LAW: Law = Law {
    name: "coupling",
    summary: "pull between two clocks by how far apart their phases are (Kuramoto 1984)",
    equation: "s = gain sin(2 pi (first_turns a - second_turns b))",
    ports: &[Port::First, Port::Second],
    parameters: &[
        Parameter::free("gain", Bounds::Any, None, "greatest pull"),
        Parameter::optional("first_turns", Dimension::NUMBER, Bounds::Positive, 1.0, "turns of the first …"),
        Parameter::optional(
            "second_turns",
            Dimension::NUMBER,
            Bounds::Positive,
            1.0,
            "… that so many of the second are to go with",
        ),
    ],
    formula: Formula::Coupling,
    rate: None,
};

/// The signal, in the unit of its gain.
#[inline(always)]
pub(crate) fn value<S: Real>(x: &[S]) -> S {
    let [first, second, gain, first_turns, second_turns] = [x[0], x[1], x[2], x[3], x[4]];
    gain * (first_turns * first - second_turns * second).sin_turns()
}

#[cfg(test)]
mod tests {
    /// The mean rate of a clock of 1 Hz that one of `other` Hz pulls at, by steps of a hundredth of a second.
    fn pulled(other: f64, gain: f64) -> f64 {
        let (mut own, step) = (0.0, 0.01);
        let steps = 200_000;
        for count in 0..steps {
            let at = |own: f64, time: f64| 1.0 + super::value(&[other * time, own, gain, 1.0, 1.0]);
            let time = f64::from(count) * step;
            let first = at(own, time);
            own += step * at(own + 0.5 * step * first, time + 0.5 * step);
        }
        own / (f64::from(steps) * step)
    }

    #[test]
    fn clocks_lock_within_the_range_and_drift_beyond_it() {
        assert!((pulled(1.09, 0.1) - 1.09).abs() < 1e-3);
        let drift = (0.2_f64.powi(2) - 0.1_f64.powi(2)).sqrt();
        assert!((pulled(1.2, 0.1) - (1.2 - drift)).abs() < 1e-3);
        assert!((pulled(1.2, 0.0) - 1.0).abs() < 1e-9);
    }
}
