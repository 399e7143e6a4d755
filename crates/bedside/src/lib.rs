//! A whole recording analysed, as at a bedside or in a laboratory: what its channels are, what in them is no measurement,
//! their trends, the indices that can be had of them, and infusion tests.
//!
//! The recording is read once, in pieces, so that a day costs little memory. [`examine`] gives an [`Examination`], plain data
//! that is printed, drawn or written as JSON.
//!
//! ```
//! use cisterna_bedside::{Options, examine};
//!
//! let folder = tempfile::tempdir()?;
//! let path = folder.path().join("bed.csv");
//! let pulse = |i: i32| 10.0 + 3.0 * (-((f64::from(i % 50) - 10.0) / 5.0).powi(2)).exp();
//! let rows: String = (0..6000).map(|i| format!("{:.2},{:.4}\n", f64::from(i) / 50.0, pulse(i))).collect();
//! std::fs::write(&path, format!("time [s],ICP [mmHg]\n{rows}"))?;
//! let found = examine(&path, &Options::default(), &|_| true)?;
//! assert_eq!(found.channels[0].kind, "icp");
//! let rate = found.channels[0].heart_rate.ok_or("no pulse was found")?;
//! assert!((rate - 60.0).abs() < 0.5);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod channels;
mod examination;
mod export;
mod gather;
mod indices;
mod infused;
mod options;
mod waves;

pub use examination::{
    Break, ChannelFound, Examination, FigureFound, Pulse, PulsePeakFound, SeriesFound, SpectrumFound,
    TransferFound, WaveFound,
};
pub use export::derived;
pub use gather::examine;
pub use options::{Marked, Options, Test};
