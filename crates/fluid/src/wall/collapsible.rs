//! A vein: compliant when it is full, diverging to negative pressure as it empties.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// `p = s/C - pc ((V0/V)^(3/2) - 1)`, `s = softplus((V - V0)/w) w`.
///
/// Above the rest volume the wall has its distended compliance; below it the tube law of a collapsed vein
/// (Shapiro 1977, similarity law with exponent -3/2) lets the pressure fall without limit, so that no vein can be
/// emptied below zero.
pub static LAW: Law = Law {
    name: "collapsible",
    summary: "vein: distends above its rest volume, collapses below it, never empties (Shapiro 1977)",
    equation: "p = max(0, V - rest_volume)/compliance - collapse_pressure ((rest_volume/V)^1.5 - 1)",
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
            "volume taken up per pressure when distended",
        ),
        Parameter::required(
            "collapse_pressure",
            Dimension::PRESSURE,
            Bounds::Positive,
            "bending stiffness of the wall as a pressure",
        ),
        Parameter::required(
            "knee_width",
            Dimension::VOLUME,
            Bounds::Positive,
            "volume over which collapse and distension are joined",
        ),
    ],
    formula: Formula::CollapsibleWall,
    rate: None,
};

/// Transmural pressure, mmHg.
#[inline(always)]
pub(crate) fn pressure<S: Real>(x: &[S]) -> S {
    let [volume, rest_volume, compliance, collapse, width] = [x[0], x[1], x[2], x[3], x[4]];
    let distension = (volume - rest_volume).positive_part(width);
    // A trial step may try a volume below zero: the law goes on steeply there, and the step is refused.
    let emptiness = rest_volume / volume.max(rest_volume * S::constant(1e-6));
    distension * compliance.inverse() - collapse * (emptiness * emptiness.sqrt() - S::constant(1.0))
}

#[cfg(test)]
mod tests {
    use super::pressure;

    const VEIN: [f64; 4] = [10.0, 2.0, 0.3, 0.2];

    fn at(volume: f64) -> f64 {
        pressure(&[volume, VEIN[0], VEIN[1], VEIN[2], VEIN[3]])
    }

    #[test]
    fn a_full_vein_has_its_compliance_and_an_empty_one_pulls_without_limit() {
        let slope = (at(40.0) - at(39.0)) / 1.0;
        assert!((slope - 0.5).abs() < 5e-3);
        assert!(at(1.0) < -9.0 && at(0.1) < -290.0);
    }

    #[test]
    fn pressure_always_rises_with_volume() {
        let mut last = f64::NEG_INFINITY;
        for i in 1..4000 {
            let p = at(f64::from(i) * 0.01);
            assert!(p > last);
            last = p;
        }
    }
}
