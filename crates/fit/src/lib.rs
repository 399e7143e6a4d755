//! Fits of a subject to a recording: which values of the full model explain what was recorded, how well the recording
//! tells them, and which it does not tell.
//!
//! A [`Task`] names the recording, the channels that are to be explained, what drives the model (its recorded arterial
//! pressure, what was infused), and the values that are free. [`fit`] runs the model again and again with other values and
//! gives [`Found`]: each value with an interval, beside its published range. A value of which the recording tells little
//! more than the published range already says is called *not determined*, and is not written as a result.
//!
//! What is compared are means and pulse amplitudes of windows, not single samples: a model's heart beats at other moments
//! than the recorded one.
//!
//! ```
//! use cisterna_fit::{Explained, Task, Watch, fit, subject_document};
//! use cisterna_recording::{Channel, Recording};
//!
//! let pulse = |i: i32| 13.0 + (std::f64::consts::TAU * f64::from(i) / 50.0).sin();
//! let mut recording = Recording::default();
//! recording.channels.push(Channel::new("icp", "mmHg", 0.0, 50.0, (0..2400).map(pulse).collect()));
//! let task = Task {
//!     recording: &recording,
//!     file: "bed.csv",
//!     subject: "adult",
//!     explained: vec![Explained { channel: "icp".to_owned(), of: "vault.pressure".to_owned() }],
//!     arterial: None,
//!     infused: None,
//!     free: vec!["arachnoid_villi.resistance".to_owned()],
//!     from: 0.0,
//!     to: 48.0,
//!     posture: "supine".to_owned(),
//!     draws: 0,
//! };
//! let found = fit(&task, &Watch { told: &|_, _| {}, going: &|| true })?;
//! let resistance = &found.values[0];
//! // A pressure above the adult's is explained by a higher resistance to outflow.
//! assert!(resistance.determined && resistance.factor > 1.0);
//! assert!(subject_document(&found).contains("[passage.arachnoid_villi]"));
//! # Ok::<(), cisterna_fit::FitError>(())
//! ```

mod arterial;
mod document;
mod draws;
mod error;
mod free;
mod known;
mod noise;
mod profile;
mod scenario;
mod search;
mod task;
mod test;
mod trial;
mod windows;

pub use document::subject_document;
pub use draws::Draws;
pub use error::FitError;
pub use free::{DEFAULT_FREE, Free};
pub use known::{Found, MemberValue, Share, Value, Window};
pub use search::{Watch, fit};
pub use task::{Explained, Infused, Task};
pub use test::Test;
