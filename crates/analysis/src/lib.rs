//! Named statistics ("measures") of signals, simulated or recorded: means, pulse amplitudes, volumes per beat,
//! spectra, delays, fits. Each is one small file under `statistics` with its definition, equation and unit.
//!
//! This crate knows recordings only; it knows nothing of models and files. Missing samples (NaN, and all samples
//! under a mark of kind artefact or gap) never poison a result: they are left out, the valid fraction is reported,
//! and what cannot be determined is an error with its reason in words.
//!
//! ```
//! use cisterna_analysis::{measure, Request, Statistic, Window};
//! use cisterna_recording::{Channel, Recording};
//!
//! let mut recording = Recording::default();
//! recording.channels.push(Channel::new("vault.pressure", "mmHg", 0.0, 10.0, vec![8.0; 100]));
//! let request = Request::new(Statistic::Mean, "vault.pressure", Window { from: 0.0, to: 10.0 });
//! let measured = measure(&recording, &request)?;
//! assert_eq!((measured.value, measured.unit.as_str()), (8.0, "mmHg"));
//! # Ok::<(), cisterna_analysis::MeasureError>(())
//! ```

pub mod agreement;
mod artefact;
mod beat_average;
mod beat_series;
mod beats;
mod breath;
mod cross;
mod cycles;
mod detect;
mod distribution;
mod error;
mod extremum;
mod hinge;
pub mod index;
mod info;
mod integrate;
mod intervals;
mod least_squares;
mod measure;
mod pulse;
mod pulse_shape;
mod signal;
mod slow;
mod spectrum;
mod statistics;
mod subject;
#[cfg(test)]
mod testing;
mod trend;
mod unit;
mod window;

pub use artefact::{Artefact, Plausible, Reason, find_artefacts, revise};
pub use beat_average::{BeatAverage, beat_average};
pub use beat_series::{BeatSeries, beat_amplitudes, beat_means};
pub use breath::{Breath, DetectedBreaths, detect_breaths, detect_breaths_in_pulse};
pub use detect::{DetectedBeats, Fiducials, Notch, Polarity, Wave, detect_beats, detect_beats_of};
pub use distribution::{f_quantile, normal_cdf, normal_quantile};
pub use error::{MeasureError, StatisticError};
pub use info::{Need, ParameterInfo, StatisticInfo, UnitRule};
pub use measure::{Measured, Request, measure};
pub use pulse::{Harmonic, harmonics};
pub use pulse_shape::{PulsePeak, PulseShape, pulse_shape};
pub use spectrum::{Spectrum, spectrum};
pub use statistics::{STATISTICS, Statistic};
pub use trend::{Findings, Reducer, Role, Trends};
pub use window::Window;
