//! Sensitivity: how far the results of experiments move with the values of a model, and which values carry their
//! variance.
//!
//! A [`Study`] is a set of validation documents; its results are their measured rows. Every value that the models of
//! these documents state can be moved, whatever it is, and all documents run again. [`movements`] puts the results at
//! the ends of a value's range beside those of today; [`shares`] says which share of the variance of every result each
//! value carries; [`parts`] finds what could be left out.

mod document;
mod error;
mod idle;
mod movement;
mod share;
mod study;

pub use document::Document;
pub use error::StudyError;
pub use idle::{Part, PartKind, Parts, Standing, parts};
pub use movement::{Moved, Movement, Span, movements};
pub use share::{Share, Shares, shares};
pub use study::{Move, Study, Target, Watch};

/// The documents whose rows stand for the model where nobody names others: lying, sitting up, an infusion, the jugular
/// veins pressed shut and a strain.
pub const DOCUMENTS: [&str; 5] =
    ["supine_rest", "sitting", "lumbar_infusion", "jugular_compression", "valsalva"];
