//! A round tube, from its length and bore.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// Poiseuille resistance and the inertia of a plug of fluid: `R = 8 mu l / (pi r^4)`, `L = rho l / (pi r^2)`.
pub static LAW: Law = Law {
    name: "tube",
    summary: "round tube: Poiseuille resistance and inertance from length and bore",
    equation: "L dq/dt = drive - R q; R = 8 mu length/(pi r^4); L = rho length/(pi r^2)",
    ports: &[Port::Drive, Port::Flow, Port::Weight, Port::Viscosity],
    parameters: &[
        Parameter::required("length", Dimension::LENGTH, Bounds::Positive, "length of the tube"),
        Parameter::required("bore", Dimension::LENGTH, Bounds::Positive, "inner diameter of the tube"),
    ],
    formula: Formula::OwnState,
    rate: Some(Formula::TubeRate),
};

/// Standard gravity, mm/s^2: turns the weight of a fluid (mmHg/mm) into its density (mmHg s^2/mm^2).
const GRAVITY: f64 = 9806.65;
/// mm^3 in one mL.
const CUBIC_MILLIMETRES: f64 = 1000.0;

/// Rate of flow, mL/s^2.
#[inline(always)]
pub(crate) fn rate<S: Real>(x: &[S]) -> S {
    let [drive, flow, weight, viscosity, length, bore] = [x[0], x[1], x[2], x[3], x[4], x[5]];
    let radius_squared = bore * bore * S::constant(0.25);
    let column = length * S::constant(CUBIC_MILLIMETRES / std::f64::consts::PI) / radius_squared;
    let resistance = S::constant(8.0) * viscosity * column / radius_squared;
    let inertance = weight * S::constant(1.0 / GRAVITY) * column;
    (drive - resistance * flow) / inertance
}

#[cfg(test)]
mod tests {
    /// Resistance 0.371 mmHg s/mL and inertance 0.0442 mmHg s^2/mL by hand from SI values (length 15 mm, bore 1.8 mm,
    /// viscosity 0.85 mPa s, density 1000 kg/m^3).
    #[test]
    fn the_aqueduct_has_its_poiseuille_resistance_and_inertance() {
        let weight = 1000.0 * 9.80665 * 1e-3 / 133.322_387_415;
        let viscosity = 0.85e-3 / 133.322_387_415;
        let at = |drive, flow| super::rate(&[drive, flow, weight, viscosity, 15.0, 1.8]);
        let inertance = 1.0 / at(1.0, 0.0);
        let resistance = -at(0.0, 1.0) * inertance;
        assert!((resistance - 0.3712).abs() < 5e-4, "{resistance}");
        assert!((inertance - 0.04421).abs() < 5e-5, "{inertance}");
    }
}
