//! Why there is no fit.

use std::fmt;

/// Why there is no fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FitError {
    /// The task asks for something that there is not: what, and what is allowed.
    Input(String),
    /// The model could not be run.
    Run(String),
    /// Whoever watched ended it.
    Interrupted,
}

impl fmt::Display for FitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FitError::Input(what) => write!(f, "{what}"),
            FitError::Run(what) => write!(f, "the model could not be run: {what}"),
            FitError::Interrupted => write!(f, "interrupted before the fit was found"),
        }
    }
}

impl std::error::Error for FitError {}

/// Input that is wrong, with what is allowed.
pub(crate) fn input<T>(what: impl Into<String>) -> Result<T, FitError> {
    Err(FitError::Input(what.into()))
}
