//! A passage of constant resistance.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// `q = drive / R`.
pub static LAW: Law = Law {
    name: "resistance",
    summary: "constant resistance",
    equation: "q = drive / resistance",
    ports: &[Port::Drive],
    parameters: &[Parameter::required(
        "resistance",
        Dimension::RESISTANCE,
        Bounds::Positive,
        "pressure lost per flow",
    )],
    formula: Formula::Resistance,
    rate: None,
};

/// Flow, mL/s.
#[inline(always)]
pub(crate) fn flow<S: Real>(x: &[S]) -> S {
    x[0] / x[1]
}

#[cfg(test)]
mod tests {
    #[test]
    fn flow_reverses_with_the_pressure_difference() {
        assert_eq!(super::flow(&[6.0, 2.0]), 3.0);
        assert_eq!(super::flow(&[-6.0, 2.0]), -3.0);
    }
}
