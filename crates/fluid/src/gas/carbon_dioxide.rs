//! Carbon dioxide content of blood.

use cisterna_solver::Real;

use super::{MOLAR_VOLUME, Spencer, spencer};
use crate::law::{Formula, Law, Port};

/// Spencer 1979 with constants for normal blood as used by Albanese 2016; the Haldane effect is in it.
pub static LAW: Law = Law {
    name: "carbon_dioxide_content",
    summary: "carbon dioxide content of blood, mL/mL, from PCO2 and PO2 (Spencer 1979)",
    equation: "C = Cs X^(1/a)/(1 + X^(1/a)), X = PCO2 (1 + b PO2)/(K (1 + c PO2))",
    ports: &[Port::First, Port::Second],
    parameters: &[],
    formula: Formula::CarbonDioxideContent,
    rate: None,
};

/// Content, mL (STPD) of carbon dioxide per mL of blood, from the partial pressures of carbon dioxide and oxygen, mmHg.
#[inline(always)]
pub(crate) fn content<S: Real>(x: &[S]) -> S {
    let saturation = 86.11e-3 * MOLAR_VOLUME;
    spencer(x[0], x[1], Spencer { saturation, k: 194.4, a: 1.819, b: 0.032_55, c: 0.055_91 })
}

#[cfg(test)]
mod tests {
    #[test]
    fn arterial_blood_holds_about_48_millilitres_a_decilitre() {
        assert!((0.46..0.50).contains(&super::content(&[40.0_f64, 95.0])));
    }

    #[test]
    fn oxygen_drives_carbon_dioxide_off() {
        assert!(super::content(&[46.0, 95.0]) < super::content(&[46.0_f64, 40.0]));
    }
}
