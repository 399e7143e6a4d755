//! Oxygen content of blood.

use cisterna_solver::Real;

use super::{MOLAR_VOLUME, Spencer, spencer};
use crate::law::{Formula, Law, Port};

/// Spencer 1979 with constants for normal blood as used by Albanese 2016; the Bohr effect is in it.
pub static LAW: Law = Law {
    name: "oxygen_content",
    summary: "oxygen content of blood, mL/mL, from PO2 and PCO2 (Spencer 1979)",
    equation: "C = Cs X^(1/a)/(1 + X^(1/a)), X = PO2 (1 + b PCO2)/(K (1 + c PCO2))",
    ports: &[Port::First, Port::Second],
    parameters: &[],
    formula: Formula::OxygenContent,
    rate: None,
};

/// Content, mL (STPD) of oxygen per mL of blood, from the partial pressures of oxygen and carbon dioxide, mmHg.
#[inline(always)]
pub(crate) fn content<S: Real>(x: &[S]) -> S {
    // Saturated content 9 mmol/L.
    let saturation = 9.0e-3 * MOLAR_VOLUME;
    spencer(x[0], x[1], Spencer { saturation, k: 14.99, a: 0.3836, b: 0.008_275, c: 0.031_98 })
}

#[cfg(test)]
mod tests {
    #[test]
    fn arterial_and_venous_blood_have_their_known_saturations() {
        let saturation =
            |oxygen: f64, carbon_dioxide: f64| super::content(&[oxygen, carbon_dioxide]) / (9.0e-3 * 22.414);
        assert!((0.96..0.985).contains(&saturation(95.0, 40.0)));
        assert!((0.70..0.78).contains(&saturation(40.0, 46.0)));
        assert!((0.45..0.55).contains(&saturation(26.8, 40.0)), "half saturated near 26.8 mmHg");
    }

    #[test]
    fn carbon_dioxide_drives_oxygen_off() {
        assert!(super::content(&[40.0, 60.0]) < super::content(&[40.0_f64, 40.0]));
    }
}
