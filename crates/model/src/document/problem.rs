//! What is wrong with a document, as plain data that prints with the line it is about.

use std::fmt;
use std::ops::Range;

use super::text::Text;

/// Letters of the source line that are shown before and after the place of a problem.
const BEFORE: usize = 60;
const AFTER: usize = 100;
/// Problems printed in full; the rest is counted.
const PRINTED: usize = 50;

/// One thing that is wrong, where, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The document.
    pub file: String,
    /// Line, counted from one; zero where the problem has no place inside the document.
    pub line: usize,
    /// Column in letters, counted from one.
    pub column: usize,
    /// What is wrong, without a full stop.
    pub message: String,
    /// What is allowed, and the nearest valid name.
    pub help: Option<String>,
    excerpt: Option<Excerpt>,
}

/// The part of the source line that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Excerpt {
    line: String,
    indent: usize,
    width: usize,
}

impl Problem {
    /// A problem with a document as a whole, as one that cannot be read.
    #[must_use]
    pub fn of_file(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self { file: file.into(), line: 0, column: 0, message: message.into(), help: None, excerpt: None }
    }

    pub(super) fn at(text: &Text, span: &Range<usize>, message: String) -> Self {
        let number = text.line_number(span.start);
        let (start, line) = text.line(number);
        let before = line.get(..span.start.saturating_sub(start)).unwrap_or(line);
        let inside = line.get(before.len()..).unwrap_or_default();
        let marked = inside.get(..span.len()).unwrap_or(inside);
        let column = before.chars().count();
        let cut = column.saturating_sub(BEFORE);
        let shown: String = line
            .chars()
            .skip(cut)
            .take(BEFORE + AFTER)
            .map(|letter| if letter.is_control() { ' ' } else { letter })
            .collect();
        let indent = column - cut;
        let excerpt = Excerpt {
            indent,
            width: marked.trim_end().chars().count().clamp(1, (BEFORE + AFTER).saturating_sub(indent).max(1)),
            line: shown.trim_end().to_owned(),
        };
        Self {
            file: text.name().to_owned(),
            line: number,
            column: column + 1,
            message,
            help: None,
            excerpt: Some(excerpt),
        }
    }

    /// The same problem with what is allowed.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into()).filter(|help: &String| !help.is_empty());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "error: {}", self.message)?;
        let gutter = self.line.to_string().len();
        match &self.excerpt {
            Some(Excerpt { line, indent, width }) => {
                writeln!(formatter, "{:gutter$}--> {}:{}:{}", "", self.file, self.line, self.column)?;
                writeln!(formatter, "{:gutter$} |", "")?;
                writeln!(formatter, "{} | {line}", self.line)?;
                writeln!(formatter, "{:gutter$} | {:indent$}{:^<width$}", "", "", "")?;
            }
            None => writeln!(formatter, "{:gutter$}--> {}", "", self.file)?,
        }
        match &self.help {
            Some(help) => writeln!(formatter, "{:gutter$} = {help}", ""),
            None => Ok(()),
        }
    }
}

/// Everything that is wrong with a set of documents; never empty when it is returned as an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    /// The problems, in the order in which they were met.
    pub list: Vec<Problem>,
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self { list: vec![problem] }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, problem) in self.list.iter().take(PRINTED).enumerate() {
            let gap = if number == 0 { "" } else { "\n" };
            write!(formatter, "{gap}{problem}")?;
        }
        match self.list.len().saturating_sub(PRINTED) {
            0 => Ok(()),
            more => writeln!(formatter, "\nand {more} more"),
        }
    }
}

impl std::error::Error for Problems {}
