//! A vessel whose resistance follows the volume that it holds.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// `q = drive (V/Vn)^2 / R`: by Poiseuille the resistance of a vessel of fixed length goes with the inverse square of
/// its volume (Ursino & Lodi 1997, eq. 4).
pub static LAW: Law = Law {
    name: "volume_resistance",
    summary: "vessel whose resistance falls with the square of the volume at its start (Ursino 1997)",
    equation: "q = drive (V_from / nominal_volume)^2 / resistance",
    ports: &[Port::Drive, Port::VolumeFrom],
    parameters: &[
        Parameter::required(
            "resistance",
            Dimension::RESISTANCE,
            Bounds::Positive,
            "resistance at the nominal volume",
        ),
        Parameter::required(
            "nominal_volume",
            Dimension::VOLUME,
            Bounds::Positive,
            "volume at which the resistance is given",
        ),
    ],
    formula: Formula::VolumeResistance,
    rate: None,
};

/// Flow, mL/s.
#[inline(always)]
pub(crate) fn flow<S: Real>(x: &[S]) -> S {
    let [drive, volume, resistance, nominal] = [x[0], x[1], x[2], x[3]];
    drive * (volume / nominal).squared() / resistance
}

#[cfg(test)]
mod tests {
    #[test]
    fn half_the_volume_lets_a_quarter_through() {
        assert_eq!(super::flow(&[8.0, 1.0, 2.0, 2.0]), 1.0);
    }
}
