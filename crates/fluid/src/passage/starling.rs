//! A vessel that is squeezed shut from outside: the waterfall of a Starling resistor.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// `q = (max(pu, pe) - max(pd, pe)) / R`: neither end falls below the pressure `pe` round the vessel, so that flow
/// follows `pu - pe` once the downstream pressure is below it (Permutt 1962; for bridging veins Ursino 1997). The maxima
/// are smooth over a width.
pub static LAW: Law = Law {
    name: "starling",
    summary: "collapsible vessel: neither end falls below the pressure round it (Starling resistor)",
    equation: "q = (max(p_from, p_outside) - max(p_to, p_outside)) / resistance",
    ports: &[Port::Upstream, Port::Downstream, Port::Squeeze],
    parameters: &[
        Parameter::required("resistance", Dimension::RESISTANCE, Bounds::Positive, "pressure lost per flow"),
        Parameter::required(
            "width",
            Dimension::PRESSURE,
            Bounds::Positive,
            "pressure over which the maxima are smooth",
        ),
    ],
    formula: Formula::Starling,
    rate: None,
};

/// Flow, mL/s.
#[inline(always)]
pub(crate) fn flow<S: Real>(x: &[S]) -> S {
    let [upstream, downstream, outside, resistance, width] = [x[0], x[1], x[2], x[3], x[4]];
    let open = |pressure: S| (pressure - outside).positive_part(width);
    (open(upstream) - open(downstream)) * resistance.inverse()
}

#[cfg(test)]
mod tests {
    fn at(upstream: f64, downstream: f64, outside: f64) -> f64 {
        super::flow(&[upstream, downstream, outside, 0.5, 0.02])
    }

    #[test]
    fn below_the_outside_pressure_the_downstream_end_no_longer_matters() {
        assert!((at(14.0, 6.0, 9.5) - 9.0).abs() < 1e-9);
        assert!((at(14.0, -20.0, 9.5) - 9.0).abs() < 1e-9);
        assert!((at(14.0, 12.0, 9.5) - 4.0).abs() < 1e-9);
    }

    #[test]
    fn a_vessel_squeezed_at_both_ends_is_shut() {
        assert!(at(4.0, 2.0, 9.5).abs() < 1e-9);
    }
}
