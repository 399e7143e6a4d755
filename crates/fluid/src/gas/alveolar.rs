//! Partial pressure of a gas in the alveoli.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// Pressure times volume at body temperature, saturated with water, of one unit of dry gas at 0 degrees Celsius and 760
/// mmHg: 760 mmHg times 310/273 (West 2012, the factor of the alveolar ventilation equation).
const BODY_CONDITIONS: f64 = 863.0;

/// `V p' = ventilation (inspired - p) + 863 given`: mass balance of one well-mixed alveolar gas (West 2012, the alveolar
/// ventilation equation with its store; Albanese 2016). `given` is what the blood gives to the gas, mL of dry gas at
/// standard conditions per s: positive for carbon dioxide, negative for oxygen. Ventilation is even, without the tide of a breath.
pub static LAW: Law = Law {
    name: "alveolar_gas",
    summary: "partial pressure of a gas in well-mixed alveoli from what the blood gives and what ventilation takes (West 2012)",
    equation: "volume ds/dt = ventilation (inspired - s) + 863 mmHg given; senses given (mL/s, standard conditions), ventilation (mL/s)",
    ports: &[Port::First, Port::Second, Port::Own],
    parameters: &[
        Parameter::required("volume", Dimension::VOLUME, Bounds::Positive, "volume of the alveolar gas"),
        Parameter::required(
            "inspired",
            Dimension::PRESSURE,
            Bounds::NotNegative,
            "partial pressure in the air breathed in",
        ),
        Parameter::optional(
            "start",
            Dimension::PRESSURE,
            Bounds::Positive,
            40.0,
            "pressure at the start of a run",
        ),
    ],
    formula: Formula::OwnState,
    rate: Some(Formula::AlveolarGasRate),
};

/// Rate of the partial pressure, mmHg/s.
#[inline(always)]
pub(crate) fn rate<S: Real>(x: &[S]) -> S {
    let [given, ventilation, own, volume, inspired] = [x[0], x[1], x[2], x[3], x[4]];
    (ventilation * (inspired - own) + S::constant(BODY_CONDITIONS) * given) / volume
}

#[cfg(test)]
mod tests {
    #[test]
    fn four_litres_a_minute_hold_carbon_dioxide_near_forty() {
        let given = 200.0 / 60.0;
        let rate = |pressure: f64| super::rate(&[given, 4200.0 / 60.0, pressure, 2400.0, 0.0]);
        assert!(rate(40.0) > 0.0 && rate(42.0) < 0.0);
    }

    #[test]
    fn a_held_breath_keeps_what_the_blood_gives() {
        let rate = super::rate(&[200.0 / 60.0, 0.0, 40.0, 2400.0, 0.0]);
        assert!((rate * 2400.0 / 863.0 - 200.0 / 60.0_f64).abs() < 1e-12);
    }
}
