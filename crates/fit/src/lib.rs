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

mod arterial;
mod document;
mod error;
mod free;
mod known;
mod noise;
mod profile;
mod scenario;
mod search;
mod task;
mod trial;
mod windows;

pub use document::subject_document;
pub use error::FitError;
pub use free::{DEFAULT_FREE, Free};
pub use known::{Found, MemberValue, Share, Value, Window};
pub use search::{Watch, fit};
pub use task::{Explained, Infused, Task};
