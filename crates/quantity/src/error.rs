//! What is wrong with a text, where, and how to mend it.

use std::fmt;
use std::ops::Range;

/// One clear complaint about a unit, a quantity or a stated value, with its place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// Byte range of the offending part inside the text that was given to the parser.
    pub span: Range<usize>,
    /// What is wrong, in one sentence without its full stop.
    pub message: String,
    /// What is allowed and the nearest valid spelling.
    pub help: Option<String>,
}

impl ParseError {
    pub(crate) fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same complaint about a text that begins `bytes` later in a larger one.
    #[must_use]
    pub fn shifted(mut self, bytes: usize) -> Self {
        self.span = self.span.start + bytes..self.span.end + bytes;
        self
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(formatter, "; {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ParseError {}

/// The beginning of a word, enough to recognise it in a message.
pub(crate) fn clipped(word: &str) -> String {
    const LETTERS: usize = 40;
    match word.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", &word[..end]),
        None => word.to_owned(),
    }
}
