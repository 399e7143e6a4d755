//! A heart chamber.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// Compliance at the height of contraction.
pub(super) const SYSTOLIC_COMPLIANCE: Parameter = Parameter::required(
    "systolic_compliance",
    Dimension::COMPLIANCE,
    Bounds::Positive,
    "compliance at the height of contraction",
);

/// How far a chamber has contracted.
pub const ACTIVATION: Parameter = Parameter::optional(
    "activation",
    Dimension::NUMBER,
    Bounds::NotNegative,
    0.0,
    "state of contraction, written by a signal",
);

/// `p = (1/Cd + (1/Cs - 1/Cd) e) (V - V0)` with the activation `e` between 0 and 1 (Suga & Sagawa 1974; in this
/// form Davis 1991, Heldt 2010).
pub static LAW: Law = Law {
    name: "time_varying_elastance",
    summary: "heart chamber whose elastance follows an activation between 0 and 1 (Suga 1974)",
    equation: "p = (1/diastolic_compliance + (1/systolic_compliance - 1/diastolic_compliance) activation) (V - rest_volume)",
    ports: &[Port::Volume],
    parameters: &[
        Parameter::required("rest_volume", Dimension::VOLUME, Bounds::Any, "volume at no pressure"),
        Parameter::required(
            "diastolic_compliance",
            Dimension::COMPLIANCE,
            Bounds::Positive,
            "compliance at rest",
        ),
        SYSTOLIC_COMPLIANCE,
        ACTIVATION,
    ],
    formula: Formula::TimeVaryingElastance,
    rate: None,
};

/// Transmural pressure, mmHg.
#[inline(always)]
pub(crate) fn pressure<S: Real>(x: &[S]) -> S {
    let [volume, rest_volume, diastolic, systolic, activation] = [x[0], x[1], x[2], x[3], x[4]];
    let one = S::constant(1.0);
    let relaxed = one / diastolic;
    (relaxed + (one / systolic - relaxed) * activation) * (volume - rest_volume)
}

#[cfg(test)]
mod tests {
    #[test]
    fn contraction_takes_the_chamber_from_its_diastolic_to_its_systolic_line() {
        let at = |activation| super::pressure(&[115.0, 15.0, 10.0, 0.4, activation]);
        assert_eq!(at(0.0), 10.0);
        assert!((at(1.0) - 250.0).abs() < 1e-12);
    }
}
