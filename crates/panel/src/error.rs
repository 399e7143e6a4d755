//! Why a panel could not be simulated.

use std::fmt;

use cisterna_touch::TouchError;

/// Why a panel could not be simulated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PanelError {
    /// What is given to the raters cannot be felt.
    Touch(TouchError),
    /// The user stopped it.
    Interrupted,
}

impl From<TouchError> for PanelError {
    fn from(error: TouchError) -> Self {
        Self::Touch(error)
    }
}

impl fmt::Display for PanelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PanelError::Touch(error) => write!(f, "{error}"),
            PanelError::Interrupted => write!(f, "interrupted before the panels were drawn"),
        }
    }
}

impl std::error::Error for PanelError {}
