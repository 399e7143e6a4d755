//! A limited response.

use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// `centre + U tanh(g y / U)` for `y >= 0`, `centre + L tanh(g y / L)` below, `y = source - reference`: slope `g` at
/// the reference, limits `U` above and `L` below it (Ursino & Lodi 1997, eq. 10, whose sigmoid is this function).
pub static LAW: Law = Law {
    name: "saturation",
    summary: "sigmoid with a gain at its centre and different limits above and below (Ursino 1997)",
    equation: "s = centre + U tanh(gain y/U) for y >= 0, centre + L tanh(gain y/L) below; y = source - reference",
    ports: &[Port::First],
    parameters: &[
        Parameter::free("gain", Bounds::Any, None, "slope at the reference"),
        Parameter::free("reference", Bounds::Any, Some(0.0), "input that gives the centre"),
        Parameter::free("centre", Bounds::Any, Some(0.0), "output at the reference"),
        Parameter::free(
            "upper_range",
            Bounds::Positive,
            None,
            "most above the centre, for inputs above the reference (below it, for a negative gain)",
        ),
        Parameter::free(
            "lower_range",
            Bounds::Positive,
            None,
            "most below the centre, for inputs below the reference (above it, for a negative gain)",
        ),
    ],
    formula: Formula::Saturation,
    rate: None,
};

/// The signal.
#[inline(always)]
pub(crate) fn value<S: Real>(x: &[S]) -> S {
    let [source, gain, reference, centre, upper, lower] = [x[0], x[1], x[2], x[3], x[4], x[5]];
    let distance = source - reference;
    let steepness = distance.select(gain / upper, gain / lower);
    centre + distance.select(upper, lower) * (distance * steepness).tanh()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_response_has_its_gain_at_the_centre_and_its_limits_far_away() {
        let at = |source: f64| super::value(&[source, -2.0, 1.0, 0.5, 0.1, 0.4]);
        assert!((at(1.0) - 0.5).abs() < 1e-12);
        assert!((at(1.0 + 1e-6) - at(1.0 - 1e-6) + 4e-6).abs() < 1e-12);
        assert!((at(100.0) - 0.4).abs() < 1e-9);
        assert!((at(-100.0) - 0.9).abs() < 1e-9);
    }
}
