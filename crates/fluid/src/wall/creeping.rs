//! A wall that yields at once and then slowly further.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// Standard linear solid: `p = (V - V0 - x) / Cf`, `x' = (Cs p - x) / tau`; the quasi-static compliance is
/// `Cf + Cs` (Fung 1993, section 2.11).
pub static LAW: Law = Law {
    name: "creeping",
    summary: "yields at once by one compliance and slowly by a second (standard linear solid)",
    equation: "p = (V - rest_volume - x)/fast_compliance; dx/dt = (slow_compliance p - x)/time_constant",
    ports: &[Port::Volume, Port::Own],
    parameters: &[
        Parameter::required(
            "rest_volume",
            Dimension::VOLUME,
            Bounds::Any,
            "volume at no pressure, fully relaxed",
        ),
        Parameter::required(
            "fast_compliance",
            Dimension::COMPLIANCE,
            Bounds::Positive,
            "volume taken up at once per pressure",
        ),
        Parameter::required(
            "slow_compliance",
            Dimension::COMPLIANCE,
            Bounds::NotNegative,
            "further volume taken up by creep per pressure",
        ),
        Parameter::required(
            "time_constant",
            Dimension::TIME,
            Bounds::Positive,
            "time in which 63 % of the creep is done at constant pressure",
        ),
    ],
    formula: Formula::Creeping,
    rate: Some(Formula::CreepingRate),
};

/// Transmural pressure, mmHg.
#[inline(always)]
pub(crate) fn pressure<S: Real>(x: &[S]) -> S {
    let [volume, creep, rest_volume, fast] = [x[0], x[1], x[2], x[3]];
    (volume - rest_volume - creep) / fast
}

/// Rate of the crept volume, mL/s.
#[inline(always)]
pub(crate) fn rate<S: Real>(x: &[S]) -> S {
    let [creep, slow, time_constant] = [x[1], x[4], x[5]];
    (slow * pressure(x) - creep) / time_constant
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_fully_crept_wall_has_the_sum_of_both_compliances() {
        let (fast, slow, p) = (0.2, 0.3, 5.0);
        let x = [10.0 + p * (fast + slow), p * slow, 10.0, fast, slow, 600.0];
        assert!((super::pressure(&x) - p).abs() < 1e-12);
        assert!(super::rate(&x).abs() < 1e-15);
    }
}
