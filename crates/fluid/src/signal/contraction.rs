//! Contraction of a ventricle.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use super::activation::DELAY;
use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// With the time `t` since the last onset, and the time to the peak `Tp = peak_time + peak_time_growth (RR - 1 s)`: two
/// Hill functions of `x = t/Tp`, `e = 1.55 h(x/0.7, 1.9) (1 - h(x/1.17, 21.9))` with `h(y, n) = y^n/(1 + y^n)`
/// (Stergiopulos, Meister and Westerhof 1996). The muscle tightens fast and late lets go faster still, so that a ventricle
/// ejects for most of its systole, where a cosine's would be half over before its valve opens.
pub static LAW: Law = Law {
    name: "contraction",
    summary: "contraction of a ventricle between 0 and 1 from a heart clock, by two Hill functions (Stergiopulos 1996)",
    equation: "e = 1.55 (x/0.7)^1.9/(1 + (x/0.7)^1.9)/(1 + (x/1.17)^21.9), x = t/(peak_time + peak_time_growth (RR - 1 s))",
    ports: &[Port::First, Port::ClockRate],
    parameters: &[
        Parameter::required(
            "peak_time",
            Dimension::TIME,
            Bounds::Positive,
            "from the onset to the height of contraction, at a heart period of one second",
        ),
        Parameter::required(
            "peak_time_growth",
            Dimension::NUMBER,
            Bounds::NotNegative,
            "by how much it grows with the heart period",
        ),
        DELAY,
    ],
    formula: Formula::Contraction,
    rate: None,
};

/// Contraction, 0 to 1.
#[inline(always)]
pub(crate) fn value<S: Real>(x: &[S]) -> S {
    let [phase, clock_rate, peak_time, growth, delay] = [x[0], x[1], x[2], x[3], x[4]];
    let one = S::constant(1.0);
    let period = one / clock_rate;
    let cycles = phase - delay * clock_rate;
    let time = (cycles - cycles.floor()) * period;
    // Neither nothing, whose logarithm has no slope, nor so long after the beat that its power overflows.
    let fraction =
        (time / (peak_time + growth * (period - one))).max(S::constant(1e-3)).min(S::constant(10.0));
    // The two powers share their logarithm.
    let logarithm = fraction.ln();
    let tightening = (S::constant(1.9) * (logarithm - S::constant(0.7_f64.ln()))).exp();
    let letting_go = (S::constant(21.9) * (logarithm - S::constant(1.17_f64.ln()))).exp();
    S::constant(1.55) * tightening / ((one + tightening) * (one + letting_go))
}

#[cfg(test)]
mod tests {
    /// Contraction `seconds` after the onset, at a heart period of 0.8 s: the peak comes at 0.32 s.
    fn at(seconds: f64) -> f64 {
        super::value(&[5.0 + seconds / 0.8, 1.0 / 0.8, 0.35, 0.15, 0.0])
    }

    #[test]
    fn it_peaks_at_its_peak_time_near_one() {
        let peak = (0..800_i32).map(|ms| (at(f64::from(ms) * 1e-3), ms)).max_by(|a, b| a.0.total_cmp(&b.0));
        let (height, ms) = peak.unwrap_or_default();
        assert!((height - 1.0).abs() < 0.01 && (ms - 320).abs() < 10, "{height} at {ms} ms");
    }

    #[test]
    fn it_begins_and_ends_with_nothing() {
        assert!(at(0.0) < 1e-4 && at(0.64) < 1e-3 && at(0.79) < 1e-5);
    }

    #[test]
    fn a_quick_heart_contracts_for_a_longer_share_of_its_beat() {
        let relaxed_share = |period: f64| {
            let value = |turn: f64| super::value(&[turn, 1.0 / period, 0.35, 0.15, 0.0]);
            (0..1000).filter(|i| value(f64::from(*i) * 1e-3) < 0.05).count()
        };
        assert!(relaxed_share(0.5) + 100 < relaxed_share(1.0));
    }
}
