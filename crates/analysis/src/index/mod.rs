//! Indices of recordings: correlations, spectra, transfer functions, waves and flow curves as they are published,
//! each one small file with its definition, default window, source, interval and reasons for having no result.
//!
//! They take channels whose artefacts and gaps are already missing (NaN): waves, or trends of about 0.1 Hz, so that a
//! day costs little. [`INDICES`] lists them all.

mod aligned;
mod chance;
mod figure;
mod info;
mod list;
mod over_time;
mod transfer;

pub use figure::{Estimate, Figure};
pub use info::{IndexInfo, Settings};
pub use list::INDICES;
pub use over_time::OverTime;
pub use transfer::{Band, Phases, Transfer, TransferLine, transfer};
