//! A ventricle: a chamber that contracts, and stiffens as it fills.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use super::grown;
use super::time_varying_elastance::{ACTIVATION, SYSTOLIC_COMPLIANCE};
use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// `p = (1 - e) (exp(k (V - Vd)) - 1)/(k Cd) + e (V - Vs)/Cs` with the activation `e` between 0 and 1: at rest an
/// exponential curve, at the height of contraction a straight line, each with a volume of its own at which it has no
/// pressure (Ursino 1998). Below its rest volume the relaxed chamber keeps the slope that it has there, and sucks.
pub static LAW: Law = Law {
    name: "ventricle",
    summary: "heart chamber that contracts by an activation between 0 and 1, and stiffens as it fills (Ursino 1998)",
    equation: "p = (1 - activation) (exp(k (V - rest_volume)) - 1)/(k diastolic_compliance) + activation (V - systolic_rest_volume)/systolic_compliance, k = stiffening_coefficient",
    ports: &[Port::Volume],
    parameters: &[
        Parameter::required(
            "rest_volume",
            Dimension::VOLUME,
            Bounds::Any,
            "volume of the relaxed chamber at no pressure",
        ),
        Parameter::required(
            "diastolic_compliance",
            Dimension::COMPLIANCE,
            Bounds::Positive,
            "compliance of the relaxed chamber at its rest volume",
        ),
        Parameter::required(
            "stiffening_coefficient",
            Dimension::PER_VOLUME,
            Bounds::Positive,
            "growth of the relaxed chamber's elastance with its volume",
        ),
        Parameter::required(
            "systolic_rest_volume",
            Dimension::VOLUME,
            Bounds::Any,
            "volume at which the chamber at the height of contraction has no pressure",
        ),
        SYSTOLIC_COMPLIANCE,
        ACTIVATION,
    ],
    formula: Formula::Ventricle,
    rate: None,
};

/// Transmural pressure, mmHg.
#[inline(always)]
pub(crate) fn pressure<S: Real>(x: &[S]) -> S {
    let [volume, rest_volume, diastolic, coefficient] = [x[0], x[1], x[2], x[3]];
    let [systolic_rest_volume, systolic, activation] = [x[4], x[5], x[6]];
    let stretch = volume - rest_volume;
    let zero = S::constant(0.0);
    let relaxed = (grown(coefficient, stretch.max(zero)) + stretch.min(zero)) * diastolic.inverse();
    relaxed + ((volume - systolic_rest_volume) * systolic.inverse() - relaxed) * activation
}

#[cfg(test)]
mod tests {
    fn at(volume: f64, activation: f64) -> f64 {
        super::pressure(&[volume, 80.0, 26.0, 0.032, 20.0, 0.4, activation])
    }

    #[test]
    fn contraction_takes_the_chamber_from_its_curve_to_its_systolic_line() {
        assert_eq!(at(80.0, 0.0), 0.0);
        assert_eq!(at(54.0, 0.0), -1.0);
        assert!((at(120.0, 0.0) - (1.28_f64.exp() - 1.0) / (0.032 * 26.0)).abs() < 1e-12);
        assert!((at(120.0, 1.0) - 250.0).abs() < 1e-12);
    }

    #[test]
    fn the_relaxed_chamber_yields_less_the_fuller_it_is() {
        let compliance = |volume: f64| 2e-3 / (at(volume + 1e-3, 0.0) - at(volume - 1e-3, 0.0));
        assert!((compliance(70.0) - 26.0).abs() < 1e-6);
        assert!((compliance(120.0) - 26.0 / 1.28_f64.exp()).abs() < 1e-6);
    }
}
