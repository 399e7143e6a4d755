//! Records of the WFDB family (PhysioNet): a text header `x.hea`, signal files beside it, and annotations.
//!
//! A record is read in pieces by [`pieces`], whole by [`crate::open`] or [`read_wfdb`]; what beat detectors and
//! people marked in it, by [`annotations`].

mod annotations;
mod build;
mod checks;
mod files;
mod flac;
mod format;
mod header;
mod pieces;
mod plain;
mod record;
mod segment;
mod signal;
mod spans;
mod stream;

pub use annotations::{Annotation, annotations, read_annotations};
pub use pieces::{Pieces, pieces, read_wfdb};
