//! A wall whose pressure grows exponentially with volume.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// `p = P0 + (Pr - P0) exp(E1 (V - Vr))`: compliance `1 / (E1 (p - P0))` (Marmarou 1975, 1978).
pub static LAW: Law = Law {
    name: "exponential",
    summary: "pressure grows exponentially with volume (Marmarou 1975)",
    equation: "p = reference_pressure + (rest_pressure - reference_pressure) exp(elastance_coefficient (V - rest_volume))",
    ports: &[Port::Volume],
    parameters: &[
        Parameter::required("rest_volume", Dimension::VOLUME, Bounds::Any, "volume at the rest pressure"),
        Parameter::required(
            "rest_pressure",
            Dimension::PRESSURE,
            Bounds::Any,
            "pressure at the rest volume; must lie above the reference pressure",
        ),
        Parameter::required(
            "elastance_coefficient",
            Dimension::PER_VOLUME,
            Bounds::Positive,
            "E1 = 1 / (0.4343 PVI)",
        ),
        Parameter::optional(
            "reference_pressure",
            Dimension::PRESSURE,
            Bounds::Any,
            0.0,
            "pressure at which the wall would be infinitely compliant",
        ),
    ],
    formula: Formula::Exponential,
    rate: None,
};

/// Transmural pressure, mmHg.
#[inline(always)]
pub(crate) fn pressure<S: Real>(x: &[S]) -> S {
    let [volume, rest_volume, rest_pressure, coefficient, reference] = [x[0], x[1], x[2], x[3], x[4]];
    reference + (rest_pressure - reference) * (coefficient * (volume - rest_volume)).exp()
}

#[cfg(test)]
mod tests {
    #[test]
    fn one_pressure_volume_index_raises_the_pressure_tenfold() {
        let index = 1.0 / (0.11 * std::f64::consts::LOG10_E);
        let p = |v: f64| super::pressure(&[v, 100.0, 10.0, 0.11, 2.0]);
        assert!((p(100.0) - 10.0).abs() < 1e-12);
        assert!(((p(100.0 + index) - 2.0) / (p(100.0) - 2.0) - 10.0).abs() < 1e-9);
    }
}
