//! A valve.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// `q = w softplus(drive/w) / R`: the smooth form of `max(0, drive)/R` with exponential tails of width `w`.
pub static LAW: Law = Law {
    name: "one_way",
    summary: "valve: resistance forwards, closed backwards, smooth over a width",
    equation: "q = max(0, drive - opening_pressure) / resistance, smooth over width",
    ports: &[Port::Drive],
    parameters: &[
        Parameter::required(
            "resistance",
            Dimension::RESISTANCE,
            Bounds::Positive,
            "pressure lost per flow when open",
        ),
        Parameter::required("width", Dimension::PRESSURE, Bounds::Positive, "pressure over which it opens"),
        Parameter::optional(
            "opening_pressure",
            Dimension::PRESSURE,
            Bounds::Any,
            0.0,
            "pressure difference at which it opens",
        ),
    ],
    formula: Formula::OneWay,
    rate: None,
};

/// Flow, mL/s.
#[inline(always)]
pub(crate) fn flow<S: Real>(x: &[S]) -> S {
    let [drive, resistance, width, opening] = [x[0], x[1], x[2], x[3]];
    (drive - opening).positive_part(width) * resistance.inverse()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_valve_passes_forwards_only() {
        let at = |drive| super::flow(&[drive, 2.0, 0.1, 0.0]);
        assert!((at(6.0) - 3.0_f64).abs() < 1e-12);
        assert!(at(-3.0) > 0.0 && at(-3.0) < 1e-13);
    }
}
