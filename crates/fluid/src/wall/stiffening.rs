//! A wall of constant compliance that stiffens above a pressure.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use super::grown;
use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// Two slopes: `dp/dV = 1/C` below the knee, `1/C + E (p - pk)` above it, joined smoothly.
///
/// Above the knee the equation has the closed form `p - pk = (exp(E u) - 1) / (E C)`, `u = V - Vk`; below it a
/// straight line remains. `u` is `softplus((V - Vk)/w) w`, so that both pieces and all derivatives join.
pub static LAW: Law = Law {
    name: "stiffening",
    summary: "constant compliance up to a knee, elastance growing with pressure above it, viscous yielding",
    equation: "p = e + viscosity dV/dt, de/dV = 1/compliance + elastance_coefficient max(0, e - knee_pressure)",
    ports: &[Port::Volume, Port::Inflow],
    parameters: &[
        Parameter::required(
            "rest_volume",
            Dimension::VOLUME,
            Bounds::Any,
            "volume at no pressure across the wall",
        ),
        Parameter::required(
            "compliance",
            Dimension::COMPLIANCE,
            Bounds::Positive,
            "volume taken up per pressure below the knee",
        ),
        Parameter::required(
            "knee_pressure",
            Dimension::PRESSURE,
            Bounds::Any,
            "transmural pressure above which the wall stiffens",
        ),
        Parameter::required(
            "elastance_coefficient",
            Dimension::PER_VOLUME,
            Bounds::Positive,
            "growth of elastance with pressure above the knee",
        ),
        Parameter::required(
            "knee_width",
            Dimension::VOLUME,
            Bounds::Positive,
            "volume over which the two slopes are joined",
        ),
        Parameter::optional(
            "viscosity",
            Dimension::RESISTANCE,
            Bounds::NotNegative,
            0.0,
            "pressure needed per flow into the space; of the flows that have inertance",
        ),
    ],
    formula: Formula::Stiffening,
    rate: None,
};

/// Transmural pressure, mmHg.
#[inline(always)]
pub(crate) fn pressure<S: Real>(x: &[S]) -> S {
    let [volume, inflow, rest_volume, compliance, knee] = [x[0], x[1], x[2], x[3], x[4]];
    let [coefficient, width, viscosity] = [x[5], x[6], x[7]];
    let stretch = (volume - (rest_volume + knee * compliance)).positive_part(width);
    let whole = volume - rest_volume + (grown(coefficient, stretch) - stretch);
    whole * compliance.inverse() + viscosity * inflow
}

#[cfg(test)]
mod tests {
    use super::pressure;

    fn slope(volume: f64) -> f64 {
        let x = |v| [v, 0.0, 0.0, 0.5, 4.0, 0.6, 0.01, 0.0];
        (pressure(&x(volume + 1e-6)) - pressure(&x(volume - 1e-6))) / 2e-6
    }

    #[test]
    fn elastance_is_constant_below_the_knee_and_grows_with_pressure_above() {
        assert!((slope(0.5) - 2.0).abs() < 1e-6);
        assert!((slope(1.5) - 2.0).abs() < 1e-6);
        let p = pressure(&[4.0, 0.0, 0.0, 0.5, 4.0, 0.6, 0.01, 0.0]);
        assert!((slope(4.0) - (2.0 + 0.6 * (p - 4.0))).abs() < 1e-4);
    }

    #[test]
    fn a_viscous_wall_resists_what_flows_in() {
        let with = |viscosity| pressure(&[1.0, 3.0, 0.0, 0.5, 4.0, 0.6, 0.01, viscosity]);
        assert!((with(0.2) - with(0.0) - 0.6).abs() < 1e-12);
    }
}
