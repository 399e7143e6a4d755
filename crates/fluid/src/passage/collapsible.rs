//! A vein between two collapsible ends.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// `q = drive s(2 pu/w) s(2 pd/w) / R`, `s` the logistic function, `pu` and `pd` the transmural pressures of both ends:
/// the conductance closes exponentially as either end collapses. (Gadda 2015 uses an arctangent, whose tail still carries
/// a third of the open flow at -3 mmHg.)
pub static LAW: Law = Law {
    name: "collapsible",
    summary: "vein whose conductance closes exponentially as either end collapses",
    equation: "q = drive s(2 p_from/width) s(2 p_to/width) / resistance, s(x) = 1/(1 + exp(-x))",
    ports: &[Port::Drive, Port::TransmuralFrom, Port::TransmuralTo],
    parameters: &[
        Parameter::required(
            "resistance",
            Dimension::RESISTANCE,
            Bounds::Positive,
            "pressure lost per flow when both ends are open",
        ),
        Parameter::required(
            "width",
            Dimension::PRESSURE,
            Bounds::Positive,
            "transmural pressure over which an end closes",
        ),
    ],
    formula: Formula::CollapsibleTube,
    rate: None,
};

/// Flow, mL/s.
#[inline(always)]
pub(crate) fn flow<S: Real>(x: &[S]) -> S {
    let [drive, from, to, resistance, width] = [x[0], x[1], x[2], x[3], x[4]];
    let steepness = S::constant(2.0) / width;
    drive * (from * steepness).sigmoid() * (to * steepness).sigmoid() / resistance
}

#[cfg(test)]
mod tests {
    fn at(from: f64, to: f64) -> f64 {
        super::flow(&[2.0, from, to, 0.05, 0.6])
    }

    #[test]
    fn an_open_vein_has_its_resistance_and_a_collapsed_end_shuts_it() {
        assert!((at(5.0, 5.0) - 40.0).abs() < 1e-4);
        assert!(at(-3.0, 5.0) < 0.01 && at(5.0, -3.0) < 0.01);
    }
}
