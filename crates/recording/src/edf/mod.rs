//! EDF, EDF+ and BDF files.
//!
//! The format is a header of fixed fields and records of integers, so a reader of our own is short; the crates
//! for it read neither discontinuous files nor files without a number of records, and stop at dead channels.

mod annotations;
mod header;
mod read;

pub(crate) use header::is_edf;
pub(crate) use read::edf_pieces;
pub use read::read_edf;
