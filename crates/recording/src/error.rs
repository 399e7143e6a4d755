//! What stopped a reader, told so that a person can mend the file.

use std::fmt;

/// Why a recording could not be read: the file, the place in it, what is wrong and what is allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// The file, as the caller named it.
    pub file: String,
    /// Where in the file.
    pub place: Place,
    /// What is wrong there.
    pub problem: String,
    /// What would have been accepted, or how to mend it.
    pub allowed: String,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The file as a whole.
    File,
    /// A line of text, counted from 1.
    Line(u64),
    /// A cell of a table: the line, counted from 1, and the column's name.
    Cell(u64, String),
    /// A byte, counted from 0.
    Byte(u64),
}

impl ReadError {
    /// An error about `file` at `place`.
    pub(crate) fn new(
        file: &str,
        place: Place,
        problem: impl Into<String>,
        allowed: impl Into<String>,
    ) -> Self {
        ReadError { file: file.to_owned(), place, problem: problem.into(), allowed: allowed.into() }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        match &self.place {
            Place::File => {}
            Place::Line(line) => write!(f, ", line {line}")?,
            Place::Cell(line, column) => write!(f, ", line {line}, column `{column}`")?,
            Place::Byte(byte) => write!(f, ", byte {byte}")?,
        }
        write!(f, ": {}; allowed: {}", self.problem, self.allowed)
    }
}

impl std::error::Error for ReadError {}

/// The name most like `wanted`, if one is like it at all.
pub(crate) fn nearest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let lower = wanted.to_lowercase();
    names
        .map(|name| (strsim::jaro_winkler(&lower, &name.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}
