//! A name that means nothing in a model.

use std::fmt;

use crate::document::Place;
use crate::document::Problem;

/// A name that means nothing in a model, with the nearest one that does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotFound {
    /// What is wrong.
    pub message: String,
    /// What is allowed, and the nearest valid name.
    pub help: String,
}

impl NotFound {
    pub(crate) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }

    /// The same as a problem of a document.
    #[must_use]
    pub fn at(self, place: &Place) -> Problem {
        place.problem(self.message).help(self.help)
    }
}

impl fmt::Display for NotFound {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)?;
        if self.help.is_empty() { Ok(()) } else { write!(formatter, "; {}", self.help) }
    }
}

impl std::error::Error for NotFound {}
