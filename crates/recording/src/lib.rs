//! Recordings: the one type for simulated and real signals, its readers (CSV, WFDB, EDF, Parquet) and its writers
//! (CSV, Parquet), and what a channel is ([`Kind`]).
//!
//! Only this crate reads signal files; it knows nothing of models. [`open`] picks the reader, [`open_pieces`] does so
//! for files larger than memory; each reader also
//! takes bytes, so that it can be tested and fuzzed without a disk. Every output of the program goes through
//! [`write_whole`], so that a file appears whole or not at all.
//!
//! ```
//! use cisterna_recording::read_csv;
//!
//! let recording = read_csv("bedside.csv", b"time [s];icp [mmHg]\n0,00;9,5\n0,01;9,7\n0,02;9,9\n")?;
//! let icp = recording.require("bedside.csv", "icp")?;
//! assert_eq!((icp.rate, icp.unit.as_str()), (100.0, "mmHg"));
//! # Ok::<(), cisterna_recording::ReadError>(())
//! ```

mod atomic;
mod clock;
mod csv;
mod description;
mod edf;
mod error;
mod kind;
mod names;
mod number;
mod open;
mod parquet;
mod pieces;
mod source;
mod text;
mod types;
pub mod wfdb;

pub use atomic::{WriteError, write_whole};
pub use csv::{read_csv, write_csv};
pub use edf::read_edf;
pub use error::{Place, ReadError};
pub use kind::{Guess, Kind, KindMap, guess_kind};
pub use open::{open, open_pieces};
pub use parquet::{read_parquet, write_parquet};
pub use pieces::Pieces;
pub use types::{Basis, Channel, Fact, Mark, MarkKind, Recording, Reference};
pub use wfdb::read_wfdb;
