//! A valve that snaps open above one pressure and shut below another.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// Open: `q = (drive - pc) / R` with the closing pressure `pc`; shut: none. Opens when the drive rises past the opening
/// pressure, shuts when it falls past the closing pressure; both moments are located.
pub static LAW: Law = Law {
    name: "threshold",
    summary: "valve that opens above one pressure and closes below a lower one (hysteresis)",
    equation: "q = (drive - closing_pressure) / resistance while open; opens at drive > opening_pressure, closes at drive < closing_pressure",
    ports: &[Port::Drive, Port::Mode],
    parameters: &[
        Parameter::required(
            "resistance",
            Dimension::RESISTANCE,
            Bounds::Positive,
            "pressure lost per flow when open",
        ),
        Parameter::required(
            "opening_pressure",
            Dimension::PRESSURE,
            Bounds::Any,
            "pressure difference at which it opens",
        ),
        Parameter::required(
            "closing_pressure",
            Dimension::PRESSURE,
            Bounds::Any,
            "pressure difference at which it closes; below the opening pressure",
        ),
    ],
    formula: Formula::Threshold,
    rate: None,
};

/// Flow, mL/s.
#[inline(always)]
pub(crate) fn flow<S: Real>(x: &[S]) -> S {
    let [drive, open, resistance, closing] = [x[0], x[1], x[2], x[4]];
    open * (drive - closing) / resistance
}

/// How far the drive is from switching the valve, mmHg.
#[inline(always)]
pub(crate) fn margin<S: Real>(x: &[S]) -> S {
    let [drive, open, opening, closing] = [x[0], x[1], x[3], x[4]];
    open * (drive - closing) + (S::constant(1.0) - open) * (opening - drive)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_valve_holds_its_mode_between_the_two_pressures() {
        let at = |drive: f64, open: f64| [drive, open, 2.0, 10.0, 7.0];
        assert_eq!(super::flow(&at(9.0, 0.0)), 0.0);
        assert_eq!(super::flow(&at(9.0, 1.0)), 1.0);
        assert!(super::margin(&at(9.0, 0.0)) > 0.0 && super::margin(&at(9.0, 1.0)) > 0.0);
        assert!(super::margin(&at(10.1, 0.0)) < 0.0 && super::margin(&at(6.9, 1.0)) < 0.0);
    }
}
