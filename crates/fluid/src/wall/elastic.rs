//! A wall of constant compliance.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// `p = (V - V0) / C`.
pub static LAW: Law = Law {
    name: "elastic",
    summary: "constant compliance",
    equation: "p = (V - rest_volume) / compliance",
    ports: &[Port::Volume],
    parameters: &[
        Parameter::required(
            "rest_volume",
            Dimension::VOLUME,
            Bounds::Any,
            "volume at no pressure across the wall",
        ),
        Parameter::required(
            "compliance",
            Dimension::COMPLIANCE,
            Bounds::Positive,
            "volume taken up per pressure",
        ),
    ],
    formula: Formula::Elastic,
    rate: None,
};

/// Transmural pressure, mmHg.
#[inline(always)]
pub(crate) fn pressure<S: Real>(x: &[S]) -> S {
    let [volume, rest_volume, compliance] = [x[0], x[1], x[2]];
    (volume - rest_volume) / compliance
}

#[cfg(test)]
mod tests {
    #[test]
    fn pressure_rises_in_proportion_to_what_is_added() {
        assert_eq!(super::pressure(&[12.0, 10.0, 0.5]), 4.0);
        assert_eq!(super::pressure(&[9.0, 10.0, 0.5]), -2.0);
    }
}
