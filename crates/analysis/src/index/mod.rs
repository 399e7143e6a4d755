//! Indices of recordings: correlations, spectra, transfer functions, waves and flow curves as they are published,
//! each one small file with its definition, default window, source, interval and reasons for having no result.
//!
//! They take channels whose artefacts and gaps are already missing (NaN): waves, or trends of about 0.1 Hz, so that a
//! day costs little. [`INDICES`] lists them all.
//!
//! ```
//! use cisterna_analysis::index::prx;
//! use cisterna_recording::Channel;
//!
//! let wave = |level: f64| (0..360).map(|i| level + (0.7 * f64::from(i)).sin()).collect();
//! let icp = Channel::new("icp", "mmHg", 0.0, 0.1, wave(12.0));
//! let abp = Channel::new("abp", "mmHg", 0.0, 0.1, wave(90.0));
//! let found = prx(&icp, &abp, None);
//! assert!((found.summary.number().unwrap_or(0.0) - 1.0).abs() < 1e-9);
//! assert_eq!(found.series.rate, 1.0 / 60.0);
//! ```

mod aligned;
mod amplitude_pressure;
mod bands;
mod baroreflex;
mod beat_intervals;
mod chance;
mod critical_closing;
mod dose;
mod figure;
mod flow;
mod info;
mod levels;
mod list;
mod lundberg;
mod mean_icp;
mod moving;
mod mx;
mod optimal_cpp;
mod over_time;
mod pax;
mod perfusion;
mod prx;
mod pulsatility;
mod pulse_transmission;
mod rap;
mod transfer;
mod windows_of;

pub use amplitude_pressure::{AmplitudePressure, amplitude_pressure};
pub use bands::band_powers;
pub use baroreflex::baroreflex;
pub use beat_intervals::beat_intervals;
pub use critical_closing::{critical_closing_harmonic, critical_closing_linear};
pub use dose::{DOSE_LEVELS, icp_dose};
pub use figure::{Estimate, Figure};
pub use flow::{FlowCurves, flow_curves};
pub use info::{IndexInfo, Settings};
pub use levels::{fundamental_amplitude, pulse_amplitude, respiratory_rate};
pub use list::INDICES;
pub use lundberg::{LundbergWaves, PressureWave, WaveKind, lundberg};
pub use mean_icp::mean_icp;
pub use mx::{mx, mxa};
pub use optimal_cpp::{CppBin, OptimalCpp, optimal_cpp};
pub use over_time::OverTime;
pub use pax::pax;
pub use perfusion::{ArterialZero, cpp};
pub use prx::prx;
pub use pulsatility::pulsatility;
pub use pulse_transmission::pulse_transmission;
pub use rap::rap;
pub use transfer::{Band, Phases, Transfer, TransferLine, transfer, transfer_over_time};
