//! What is wrong with a document of taught motion.

use std::fmt;
use std::ops::Range;

use cisterna_quantity::nearest;

/// Why a document of taught motion cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaughtError {
    /// What the document is called.
    pub about: String,
    /// The line that is wrong; none where the message shows it.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
}

impl TaughtError {
    /// A word that is none of the valid ones, with the nearest of them.
    pub(super) fn unknown<'a, S: AsRef<str> + ?Sized + 'a>(
        what: &str,
        word: &str,
        valid: impl IntoIterator<Item = &'a S>,
    ) -> String {
        let near = nearest(word, valid).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        format!("`{word}` is no {what}{near}")
    }

    /// A fault at a place of the text.
    pub(super) fn at(about: &str, text: &str, place: Range<usize>, message: String) -> Self {
        let before = text.get(..place.start).unwrap_or(text);
        Self { about: about.to_owned(), line: Some(1 + before.matches('\n').count()), message }
    }
}

impl fmt::Display for TaughtError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(formatter, "{}, line {line}: {}", self.about, self.message),
            None => write!(formatter, "{}: {}", self.about, self.message),
        }
    }
}

impl std::error::Error for TaughtError {}
