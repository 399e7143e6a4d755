//! The lower end of a vein that empties through a valve: a jugular vein at the thoracic inlet.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// `q = s(2 pu/w) max(0, drive) / R`, `s` the logistic function and `pu` the transmural pressure of the upstream end: the
/// conductance closes exponentially as the vein that feeds it collapses; suction from downstream pulls the end flat until
/// the flow that arrives just passes (a waterfall: Permutt 1962, for jugular veins Holmlund 2017), and a valve lets nothing
/// back. The maximum is smooth over a width.
pub static LAW: Law = Law {
    name: "draining_vein",
    summary: "valved end of a vein: closes as its upstream end collapses, passes forwards only",
    equation: "q = s(2 p_from/width) max(0, drive) / resistance, s(x) = 1/(1 + exp(-x)), smooth over valve_width",
    ports: &[Port::Drive, Port::TransmuralFrom],
    parameters: &[
        Parameter::required(
            "resistance",
            Dimension::RESISTANCE,
            Bounds::Positive,
            "pressure lost per flow when open",
        ),
        Parameter::required(
            "width",
            Dimension::PRESSURE,
            Bounds::Positive,
            "transmural pressure over which the upstream end closes",
        ),
        Parameter::required(
            "valve_width",
            Dimension::PRESSURE,
            Bounds::Positive,
            "pressure over which the valve opens",
        ),
    ],
    formula: Formula::DrainingVein,
    rate: None,
};

/// Flow, mL/s.
#[inline(always)]
pub(crate) fn flow<S: Real>(x: &[S]) -> S {
    let [drive, from, resistance, width, valve_width] = [x[0], x[1], x[2], x[3], x[4]];
    let open = (from * (S::constant(2.0) / width)).sigmoid();
    open * drive.positive_part(valve_width) * resistance.inverse()
}

#[cfg(test)]
mod tests {
    fn at(drive: f64, from: f64) -> f64 {
        super::flow(&[drive, from, 0.05, 0.6, 0.1])
    }

    #[test]
    fn a_full_vein_drains_by_its_resistance_and_nothing_returns() {
        assert!((at(2.0, 5.0) - 40.0).abs() < 1e-5);
        assert!(at(-3.0, 5.0) < 1e-11);
    }

    #[test]
    fn suction_does_not_shut_it_but_an_empty_vein_gives_nothing() {
        assert!(at(10.0, 0.5) > 100.0);
        assert!(at(10.0, -3.0) < 0.01);
    }
}
