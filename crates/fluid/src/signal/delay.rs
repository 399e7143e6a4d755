//! A delay with a spread.

use cisterna_quantity::Dimension;

use crate::law::{Bounds, Formula, Law, Parameter, Port};

/// A chain of `n = (mean/spread)^2` equal lags, whose answer to a pulse has the mean and the standard deviation that are
/// given (a gamma distribution). At most [`MOST_STAGES`]; the number of stages is fixed when the model is built.
pub static LAW: Law = Law {
    name: "delay",
    summary: "chain of equal lags with a mean delay and a spread",
    equation: "n = (mean/spread)^2 lags of mean/n each",
    ports: &[Port::First, Port::Own],
    parameters: &[
        Parameter::required("mean", Dimension::TIME, Bounds::Positive, "mean delay"),
        Parameter::required("spread", Dimension::TIME, Bounds::Positive, "standard deviation of the delay"),
        Parameter::free("start", Bounds::Any, Some(0.0), "value at the start of a run"),
    ],
    formula: Formula::OwnState,
    rate: Some(Formula::LagRate),
};

/// The longest chain that is built.
pub const MOST_STAGES: usize = 25;

/// The number of lags for a mean and a spread.
pub fn stages(mean: f64, spread: f64) -> usize {
    (((mean / spread).powi(2)).round().max(1.0) as usize).min(MOST_STAGES)
}
