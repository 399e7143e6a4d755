//! A vein from empty to taut: it collapses, distends, and stiffens.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use super::grown;
use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// `p = s/C - pc ((V0/V)^(3/2) - 1) + ((exp(E u) - 1)/E - u)/C`, `s = softplus((V - V0)/w) w`,
/// `u = softplus((V - V0 - pk C)/w) w`.
///
/// Below the rest volume it is the collapsed vein of [`collapsible`](super::collapsible), above the knee the wall of
/// [`stiffening`](super::stiffening); between them it has one compliance.
pub static LAW: Law = Law {
    name: "vein",
    summary: "vein: collapses below its rest volume, distends, stiffens above a knee, never empties",
    equation: "as collapsible below the knee, dp/dV = 1/compliance + elastance_coefficient (p - knee_pressure) above it",
    ports: &[Port::Volume],
    parameters: &[
        Parameter::required(
            "rest_volume",
            Dimension::VOLUME,
            Bounds::Positive,
            "volume at no pressure across the wall",
        ),
        Parameter::required(
            "compliance",
            Dimension::COMPLIANCE,
            Bounds::Positive,
            "volume taken up per pressure when distended below the knee",
        ),
        Parameter::required(
            "collapse_pressure",
            Dimension::PRESSURE,
            Bounds::Positive,
            "bending stiffness of the wall as a pressure",
        ),
        Parameter::required(
            "knee_pressure",
            Dimension::PRESSURE,
            Bounds::Any,
            "transmural pressure above which the wall stiffens",
        ),
        Parameter::required(
            "elastance_coefficient",
            Dimension::PER_VOLUME,
            Bounds::Positive,
            "growth of elastance with pressure above the knee",
        ),
        Parameter::required(
            "knee_width",
            Dimension::VOLUME,
            Bounds::Positive,
            "volume over which the pieces are joined",
        ),
    ],
    formula: Formula::Vein,
    rate: None,
};

/// Transmural pressure, mmHg.
#[inline(always)]
pub(crate) fn pressure<S: Real>(x: &[S]) -> S {
    let [volume, rest_volume, compliance, collapse, knee, coefficient, width] =
        [x[0], x[1], x[2], x[3], x[4], x[5], x[6]];
    let stretch = (volume - (rest_volume + knee * compliance)).positive_part(width);
    let vein = super::collapsible::pressure(&[volume, rest_volume, compliance, collapse, width]);
    vein + (grown(coefficient, stretch) - stretch) * compliance.inverse()
}

#[cfg(test)]
mod tests {
    use super::pressure;

    fn at(volume: f64) -> f64 {
        pressure(&[volume, 350.0, 20.0, 1.0, 20.0, 0.006, 5.0])
    }

    #[test]
    fn a_squeezed_vein_collapses_and_a_full_one_stiffens() {
        assert!(at(100.0) < -5.0 && at(10.0) < -200.0);
        assert!((at(500.0) - 7.5).abs() < 1.0);
        assert!((at(1000.0) - at(999.0)) > 2.0 * (at(501.0) - at(500.0)));
    }

    #[test]
    fn pressure_always_rises_with_volume() {
        let mut last = f64::NEG_INFINITY;
        for volume in (1..1200).map(f64::from) {
            let p = at(volume);
            assert!(p > last);
            last = p;
        }
    }
}
