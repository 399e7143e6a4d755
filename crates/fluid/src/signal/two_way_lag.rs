//! A lag that rises and falls at different speeds.

use cisterna_quantity::Dimension;
use cisterna_solver::Real;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// `rise s' = source - s` while the source lies above, `fall s' = source - s` while it lies below (Poulin 1996: the flow of
/// the brain rises faster with carbon dioxide than it falls). The rate is continuous where the two meet: it is zero there.
pub static LAW: Law = Law {
    name: "two_way_lag",
    summary: "follows its source with one time constant upwards and another downwards (Poulin 1996)",
    equation: "rise ds/dt = source - s for source >= s, fall ds/dt = source - s below",
    ports: &[Port::First, Port::Own],
    parameters: &[
        Parameter::required(
            "rise",
            Dimension::TIME,
            Bounds::Positive,
            "time constant while the source is higher",
        ),
        Parameter::required(
            "fall",
            Dimension::TIME,
            Bounds::Positive,
            "time constant while the source is lower",
        ),
        Parameter::free("start", Bounds::Any, Some(0.0), "value at the start of a run"),
    ],
    formula: Formula::OwnState,
    rate: Some(Formula::TwoWayLagRate),
};

/// Rate of the signal, its unit per s.
#[inline(always)]
pub(crate) fn rate<S: Real>(x: &[S]) -> S {
    let [source, own, rise, fall] = [x[0], x[1], x[2], x[3]];
    let distance = source - own;
    distance / distance.select(rise, fall)
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_rises_in_one_time_and_falls_in_another() {
        let rate = |source: f64| super::rate(&[source, 40.0, 6.8, 14.3, 0.0]);
        assert!((rate(46.8) - 1.0).abs() < 1e-12);
        assert!((rate(25.7) + 1.0).abs() < 1e-12);
        assert!(rate(40.0).abs() < 1e-12);
    }
}
