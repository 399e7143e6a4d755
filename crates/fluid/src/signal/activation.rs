//! Contraction of a heart chamber.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// By how much the heart's clock is ahead of a chamber.
pub(super) const DELAY: Parameter =
    Parameter::optional("delay", Dimension::TIME, Bounds::NotNegative, 0.0, "onset after the clock's");

/// With the time `t` since the last onset and `Ts = systole sqrt(RR / 1 s)`: `e = (1 - cos(pi t/Ts))/2` up to `Ts`,
/// `(1 + cos(2 pi (t - Ts)/Ts))/2` up to `1.5 Ts`, then zero (Davis 1991; Heldt 2002, eq. 2.9). The duration of systole
/// goes with the square root of the heart period, not with the period.
pub static LAW: Law = Law {
    name: "activation",
    summary: "contraction between 0 and 1 from a heart clock (Davis 1991, Heldt 2002)",
    equation: "e = (1 - cos(pi t/Ts))/2 to Ts, (1 + cos(2 pi (t - Ts)/Ts))/2 to 1.5 Ts, then 0; Ts = systole sqrt(RR / 1 s)",
    ports: &[Port::First, Port::ClockRate],
    parameters: &[
        Parameter::required(
            "systole",
            Dimension::TIME,
            Bounds::Positive,
            "duration of systole at a heart period of one second; goes with the square root of the period",
        ),
        DELAY,
    ],
    formula: Formula::Activation,
    rate: None,
};

/// Activation, 0 to 1.
#[inline(always)]
pub(crate) fn value<S: Real>(x: &[S]) -> S {
    let [phase, clock_rate, systole, delay] = [x[0], x[1], x[2], x[3]];
    let half = S::constant(0.5);
    let period = S::constant(1.0) / clock_rate;
    let cycles = phase - delay * clock_rate;
    let time = (cycles - cycles.floor()) * period;
    let fraction = time / (systole * period.sqrt());
    // One turn of a cosine, up in its first half, down in its second; beyond 1.5 Ts it rests at the end.
    let beyond = fraction - S::constant(1.0);
    let turns = beyond.select(half + beyond.min(half), half * fraction);
    half - half * turns.cos_turns()
}

#[cfg(test)]
mod tests {
    #[test]
    fn systole_is_complete_at_its_end_and_gone_after_half_as_long_again() {
        let at = |seconds: f64| super::value(&[5.0 + seconds / 0.81, 1.0 / 0.81, 0.3, 0.0]);
        assert!(at(0.0).abs() < 1e-12);
        assert!((at(0.27) - 1.0).abs() < 1e-9);
        assert!((at(0.135) - 0.5).abs() < 1e-9);
        assert!(at(0.41).abs() < 1e-9 && at(0.7).abs() < 1e-12);
    }

    #[test]
    fn systole_does_not_stretch_with_the_period() {
        let duration = |rate: f64| 0.3 / rate.sqrt();
        assert!((super::value(&[duration(0.5) * 0.5, 0.5, 0.3, 0.0]) - 1.0_f64).abs() < 1e-9);
    }
}
