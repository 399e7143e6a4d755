//! Why nothing could be validated.

use std::fmt;
use std::path::PathBuf;

use cisterna_model::Problems;

/// Why nothing could be validated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValidateError {
    /// The folder cannot be read or holds no document.
    Folder {
        /// The folder.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Everything that is wrong with the documents.
    Documents(Problems),
}

impl fmt::Display for ValidateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ValidateError::Folder { path, reason } => write!(f, "{}: {reason}", path.display()),
            ValidateError::Documents(problems) => write!(f, "{problems}"),
        }
    }
}

impl std::error::Error for ValidateError {}
