//! Why there is nothing to study.

use std::fmt;

use cisterna_model::Problems;

/// Why there is nothing to study.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StudyError {
    /// No document has this name.
    NoDocument(String),
    /// Everything that is wrong with a document.
    Document(Problems),
    /// A document could not be run as it is.
    Run(String),
    /// No document has a measured row.
    NoRows,
    /// The user stopped it before the runs of today were done.
    Interrupted,
}

impl fmt::Display for StudyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StudyError::NoDocument(name) => write!(
                f,
                "there is no validation document `{name}`: name one that comes along, as `supine_rest`, or the path of a file"
            ),
            StudyError::Document(problems) => write!(f, "{problems}"),
            StudyError::Run(reason) => write!(f, "{reason}"),
            StudyError::NoRows => write!(f, "no document has a row with a measured value"),
            StudyError::Interrupted => write!(f, "interrupted before there was anything to compare with"),
        }
    }
}

impl std::error::Error for StudyError {}
