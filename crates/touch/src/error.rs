//! Why nothing can be said of a motion.

use std::fmt;

/// Why nothing can be said of a motion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TouchError {
    /// The document of values is wrong.
    Values(String),
    /// The motion cannot be felt as it is given.
    Motion {
        /// What moves.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl fmt::Display for TouchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TouchError::Values(reason) => write!(f, "touch.toml: {reason}"),
            TouchError::Motion { name, reason } => write!(f, "the motion `{name}` {reason}"),
        }
    }
}

impl std::error::Error for TouchError {}
