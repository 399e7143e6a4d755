//! Infusion tests of the dynamics of cerebrospinal fluid: from a recorded pressure and what was infused to outflow resistance,
//! elastance and what else the test tells, each with a 95 % interval, or with the reason why it does not.
//!
//! The model is Marmarou's, in closed form for an inflow that is constant piece by piece, so that constant rates, held
//! pressures, boluses, drainage and steps are one and the same problem. Slow waves, drift and sensor noise are estimated from
//! the residuals and carried into all intervals. Beside it stand the classical figures of each kind of test: steady pressures
//! over rates, flows over held pressures, Marmarou's formulas for boluses, and formation from drainage; [`recognise`] says of
//! what kind a test is. Tissue yields on for longer than most tests last, so that Marmarou's own
//! resistance comes out low; `steady_resistance` weighs tissue that yields slowly beside tissue that does not. This crate knows recordings only; it knows no subject and no file.
//!
//! ```
//! use cisterna_infusion::{Dose, Inflow, Kind, Options, Protocol, analyse};
//! use cisterna_recording::{Channel, Recording};
//!
//! // A space with an outflow resistance of 12 mmHg/(mL/min) and an elastance coefficient of 0.15 1/mL; 1.5 mL/min from 300 s.
//! let (resistance, coefficient, rest, rate) = (12.0_f64, 0.15_f64, 10.0_f64, 1.5);
//! let end = rest + rate * resistance;
//! let pressure = |time: f64| {
//!     let turns = coefficient * end / resistance * ((time - 300.0) / 60.0).max(0.0);
//!     end * rest / (rest + (end - rest) * (-turns).exp())
//! };
//! let values = (0..1800).map(|second| pressure(f64::from(second))).collect();
//! let mut recording = Recording::default();
//! recording.channels.push(Channel::new("icp", "mmHg", 0.0, 1.0, values));
//!
//! let protocol = Protocol {
//!     kind: Kind::ConstantRate,
//!     pressure: "icp".to_owned(),
//!     inflow: Inflow::Stated(vec![Dose { from: 300.0, until: 1800.0, rate }]),
//!     phases: None,
//! };
//! let report = analyse(&recording, &protocol, &Options::default())?;
//! let found = report.figure("dynamic_resistance").and_then(|figure| figure.value);
//! assert!((found.unwrap_or(0.0) - resistance).abs() < 0.01);
//! // What an infusion cannot tell has a reason.
//! let formation = report.figure("formation").and_then(|figure| figure.reason.as_deref());
//! assert!(formation.is_some_and(|reason| reason.contains("sagittal sinus")));
//! # Ok::<(), cisterna_infusion::Problem>(())
//! ```

// The spaces of the tests say what crate they use.
#[cfg(test)]
extern crate self as cisterna_infusion;

mod analyse;
mod figures;
mod fit;
mod held;
mod inflow;
mod kind;
mod levels;
mod marmarou;
mod noise;
mod phases;
mod problem;
mod protocol;
mod report;
mod series;
#[cfg(test)]
#[path = "../tests/space/mod.rs"]
mod space;
mod tissue;

pub use analyse::analyse;
pub use inflow::steps;
pub use kind::recognise;
pub use problem::Problem;
pub use protocol::{Dose, Inflow, Kind, Options, Part, Phase, Protocol};
pub use report::{Factors, Figure, Fitted, Noise, Report};
