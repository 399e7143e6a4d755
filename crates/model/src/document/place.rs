//! A stretch of a document.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::problem::Problem;
use super::text::Text;

/// Where something stands: a stretch of bytes in a document.
#[derive(Clone, Debug)]
pub struct Place {
    text: Arc<Text>,
    span: Range<usize>,
}

impl Place {
    /// The stretch `span` of `text`.
    #[must_use]
    pub fn new(text: &Arc<Text>, span: Range<usize>) -> Self {
        Self { text: Arc::clone(text), span }
    }

    /// A part of this place; `part` counts bytes from its beginning.
    #[must_use]
    pub fn part(&self, part: Range<usize>) -> Self {
        Self { text: Arc::clone(&self.text), span: self.span.start + part.start..self.span.start + part.end }
    }

    /// The name of the document.
    #[must_use]
    pub fn file(&self) -> &str {
        self.text.name()
    }

    /// The line, counted from one.
    #[must_use]
    pub fn line(&self) -> usize {
        self.text.line_number(self.span.start)
    }

    /// The bytes that stand there.
    #[must_use]
    pub fn source(&self) -> &str {
        self.text.content().get(self.span.clone()).unwrap_or_default()
    }

    /// A problem at this place.
    #[must_use]
    pub fn problem(&self, message: impl Into<String>) -> Problem {
        Problem::at(&self.text, &self.span, message.into())
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.file(), self.line())
    }
}
