//! A value as a document states it: one line with range, basis and sources.
//!
//! ```text
//! stated = quantity "|" [ low ".." high ] "|" basis [ key { "," key } ] [ ":" note ]
//! ```

use std::fmt;

use crate::basis::Basis;
use crate::dimension::Dimension;
use crate::error::{ParseError, clipped};
use crate::nearest::{nearest, suggestion};
use crate::number::{self, exact_number};
use crate::quantity::parse_with_unit;
use crate::unit::{Unit, with_unit};

const SHAPE: &str = "write `VALUE UNIT | LOW .. HIGH | BASIS KEY: note`, \
                     or `VALUE UNIT || BASIS KEY: note` without a range";

/// One value of a document with its published range and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Stated {
    /// The value in the canonical unit of its dimension.
    pub value: f64,
    /// The unit in which it was written; range and value print in it.
    pub unit: Unit,
    /// Lower end of the published range, canonical unit; present exactly when `high` is.
    pub low: Option<f64>,
    /// Upper end of the published range, canonical unit.
    pub high: Option<f64>,
    /// How the value was come by.
    pub basis: Basis,
    /// Keys of the sources.
    pub sources: Vec<String>,
    /// The reason or derivation.
    pub note: Option<String>,
}

impl Stated {
    /// Reads `1.0 mL | 0.5 .. 2 | measured condon1986` for a value of the given dimension.
    ///
    /// # Errors
    /// Spans are byte ranges inside `text`: a wrong quantity or range, a value outside its
    /// range, a missing or unknown basis, a basis without the source or reason it needs.
    pub fn parse(text: &str, dimension: Dimension) -> Result<Self, ParseError> {
        let Some((quantity, rest)) = text.split_once('|') else {
            // A wrong quantity is the nearer complaint than the missing remainder.
            parse_with_unit(text, dimension)?;
            return Err(ParseError::new(text.len()..text.len(), "a value needs its basis").help(SHAPE));
        };
        let (value, unit) = parse_with_unit(quantity, dimension)?;
        let range_at = quantity.len() + 1;
        let Some((range, basis)) = rest.split_once('|') else {
            return Err(ParseError::new(range_at..text.len(), "a second `|` is missing").help(SHAPE));
        };
        let range_span = trimmed_span(range, range_at);
        let range = read_range(range, &unit).map_err(|error| error.shifted(range_at))?;
        if let Some((low, high)) = range
            && !(low <= value && value <= high)
        {
            return Err(ParseError::new(
                trimmed_span(quantity, 0),
                format!("{} lies outside its range", clipped(quantity.trim())),
            )
            .help(format!("the range is `{}`", clipped(&text[range_span]))));
        }
        let basis_at = range_at + rest.len() - basis.len();
        let (basis, sources, note) = read_basis(basis).map_err(|error| error.shifted(basis_at))?;
        Ok(Self {
            value,
            unit,
            low: range.map(|(low, _)| low),
            high: range.map(|(_, high)| high),
            basis,
            sources,
            note,
        })
    }

    /// What the value measures.
    #[must_use]
    pub fn dimension(&self) -> Dimension {
        self.unit.dimension()
    }
}

impl fmt::Display for Stated {
    /// The line as a document holds it, with all digits.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = |canonical| exact_number(self.unit.from_canonical(canonical));
        formatter.write_str(&with_unit(number(self.value), self.unit.text()))?;
        match self.low.zip(self.high) {
            Some((low, high)) => {
                write!(formatter, " | {} .. {} | ", number(low), number(high))?;
            }
            None => formatter.write_str(" || ")?,
        }
        write!(formatter, "{}", self.basis)?;
        if !self.sources.is_empty() {
            write!(formatter, " {}", self.sources.join(", "))?;
        }
        match &self.note {
            Some(note) => write!(formatter, ": {note}"),
            None => Ok(()),
        }
    }
}

/// `LOW .. HIGH` in the unit of the value, in canonical units; none where it is left empty.
fn read_range(text: &str, unit: &Unit) -> Result<Option<(f64, f64)>, ParseError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let Some((low_text, high_text)) = text.split_once("..") else {
        return Err(ParseError::new(trimmed_span(text, 0), "a range is written `LOW .. HIGH`").help(SHAPE));
    };
    let high_at = low_text.len() + "..".len();
    let low = read_end(low_text, unit)?;
    let high = read_end(high_text, unit).map_err(|error| error.shifted(high_at))?;
    if low <= high {
        Ok(Some((low, high)))
    } else {
        Err(ParseError::new(trimmed_span(text, 0), "the range ends below its beginning"))
    }
}

fn read_end(text: &str, unit: &Unit) -> Result<f64, ParseError> {
    let start = trimmed_span(text, 0).start;
    let number_text = &text[start..];
    let (number, length) = number::scan(number_text).map_err(|error| error.shifted(start))?;
    let surplus = number_text[length..].trim();
    if !surplus.is_empty() {
        return Err(ParseError::new(
            trimmed_span(&number_text[length..], start + length),
            format!("`{}` is too much here", clipped(surplus)),
        )
        .help(format!("both ends of a range are plain numbers in the unit of the value, {}", unit.text())));
    }
    let end = unit.to_canonical(number);
    if end.is_finite() {
        Ok(end)
    } else {
        Err(ParseError::new(start..start + length, "the number is too large"))
    }
}

type Ground = (Basis, Vec<String>, Option<String>);

/// `BASIS KEY, KEY: note`.
fn read_basis(text: &str) -> Result<Ground, ParseError> {
    let (claim, note) = match text.split_once(':') {
        Some((claim, note)) => (claim, Some(note.trim()).filter(|note| !note.is_empty())),
        None => (text, None),
    };
    let span = trimmed_span(claim, 0);
    let word = claim.split_whitespace().next().unwrap_or_default();
    let word_span = span.start..span.start + word.len();
    let Some(basis) = Basis::from_word(word) else {
        let words = Basis::ALL.map(Basis::word);
        let message = if word.is_empty() {
            "the basis of the value is missing".to_owned()
        } else {
            format!("`{}` is no basis", clipped(word))
        };
        return Err(ParseError::new(word_span, message).help(format!(
            "{}a basis is one of {}",
            suggestion(nearest(word, words)),
            words.join(", ")
        )));
    };
    let sources = read_keys(&claim[word_span.end..]).map_err(|error| error.shifted(word_span.end))?;
    let (grounded, need) = match basis {
        Basis::Measured => (!sources.is_empty(), "the key of its source"),
        Basis::Derived | Basis::Assumed | Basis::Hypothesis => {
            (!sources.is_empty() || note.is_some(), "a source key or a reason")
        }
        Basis::Definition => (true, ""),
    };
    if grounded {
        Ok((basis, sources, note.map(str::to_owned)))
    } else {
        Err(ParseError::new(word_span, format!("a value that is {word} needs {need}"))
            .help(format!("write `{word} author2001`, or with a note `{word} author2001: how it was found`")))
    }
}

fn read_keys(text: &str) -> Result<Vec<String>, ParseError> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let mut keys = Vec::new();
    let mut at = 0;
    for part in text.split(',') {
        let key = part.trim();
        let letters = |letter: char| letter.is_ascii_alphanumeric() || "_-.".contains(letter);
        let sound = key.starts_with(|first: char| first.is_ascii_alphabetic()) && key.chars().all(letters);
        if !sound {
            let message = if key.is_empty() {
                "a source key is missing".to_owned()
            } else {
                format!("`{}` is no source key", clipped(key))
            };
            return Err(ParseError::new(trimmed_span(part, at), message).help(
                "keys are one word of letters, digits, `_`, `-` and `.`, parted by commas; \
                 a reason stands after a colon, as in `assumed: why`",
            ));
        }
        keys.push(key.to_owned());
        at += part.len() + 1;
    }
    Ok(keys)
}

/// Where the text without its surrounding space lies, in a larger text where it begins at `at`.
fn trimmed_span(text: &str, at: usize) -> std::ops::Range<usize> {
    let start = at + text.len() - text.trim_start().len();
    start..start + text.trim().len()
}
