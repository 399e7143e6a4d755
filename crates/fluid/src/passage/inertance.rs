//! A passage whose fluid has to be set in motion.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// `L dq/dt = drive - R q`.
pub static LAW: Law = Law {
    name: "inertance",
    summary: "resistance in series with the inertia of the fluid",
    equation: "inertance dq/dt = drive - resistance q",
    ports: &[Port::Drive, Port::Flow],
    parameters: &[
        Parameter::required(
            "resistance",
            Dimension::RESISTANCE,
            Bounds::NotNegative,
            "pressure lost per flow",
        ),
        Parameter::required(
            "inertance",
            Dimension::INERTANCE,
            Bounds::Positive,
            "pressure needed per change of flow",
        ),
    ],
    formula: Formula::OwnState,
    rate: Some(Formula::InertanceRate),
};

/// Rate of flow, mL/s^2.
#[inline(always)]
pub(crate) fn rate<S: Real>(x: &[S]) -> S {
    let [drive, flow, resistance, inertance] = [x[0], x[1], x[2], x[3]];
    (drive - resistance * flow) / inertance
}

#[cfg(test)]
mod tests {
    #[test]
    fn steady_flow_needs_no_inertia() {
        assert_eq!(super::rate(&[6.0, 3.0, 2.0, 0.1]), 0.0);
    }
}
