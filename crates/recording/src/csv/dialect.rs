//! Which separator and which decimal sign a table uses.

use std::io::Read;

use csv::{ByteRecord, ReaderBuilder};

/// The separator and the decimal sign, found together: a comma can be either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    /// Between the columns: comma, semicolon or tab.
    pub separator: u8,
    /// Between whole and fraction: point or comma.
    pub decimal: u8,
}

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cell {
    /// A finite number.
    Number(f64),
    /// Nothing was recorded: empty, a word for it, or -9999.
    Missing,
    /// Anything else.
    Text,
}

impl Dialect {
    /// The first wins a tie, so that `1;2` reads with a point.
    pub(crate) const ALL: [Dialect; 5] = [
        Dialect { separator: b',', decimal: b'.' },
        Dialect { separator: b';', decimal: b'.' },
        Dialect { separator: b'\t', decimal: b'.' },
        Dialect { separator: b';', decimal: b',' },
        Dialect { separator: b'\t', decimal: b',' },
    ];

    /// A reader of the records of `table`. Cells are trimmed by whoever reads them, which is cheaper.
    pub(crate) fn reader<R: Read>(self, table: R) -> csv::Reader<R> {
        ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.separator)
            .comment(Some(b'#'))
            .buffer_capacity(1 << 16)
            .from_reader(table)
    }

    /// What `cell` holds.
    pub(crate) fn cell(self, cell: &[u8]) -> Cell {
        let cell = cell.trim_ascii();
        if is_missing(cell) {
            return Cell::Missing;
        }
        let number = match self.decimal {
            b',' => with_point(cell),
            _ => std::str::from_utf8(cell).ok().and_then(|text| text.parse::<f64>().ok()),
        };
        match number {
            Some(-9999.0) => Cell::Missing,
            Some(number) if number.is_finite() => Cell::Number(number),
            _ => Cell::Text,
        }
    }

    /// The separator by name.
    pub(crate) fn separator_name(self) -> &'static str {
        match self.separator {
            b';' => "semicolon",
            b'\t' => "tab",
            _ => "comma",
        }
    }

    /// The decimal sign by name.
    pub(crate) fn decimal_name(self) -> &'static str {
        if self.decimal == b',' { "comma" } else { "point" }
    }
}

/// Whether a cell without blanks round it says that nothing was recorded.
pub(crate) fn is_missing(cell: &[u8]) -> bool {
    const MISSING: [&[u8]; 7] = [b"nan", b"na", b"n/a", b"null", b"none", b"-", b"?"];
    match cell.first() {
        None => true,
        Some(b'0'..=b'9') => false,
        Some(_) => cell.len() <= 4 && MISSING.iter().any(|word| cell.eq_ignore_ascii_case(word)),
    }
}

/// A number with a decimal comma.
fn with_point(cell: &[u8]) -> Option<f64> {
    let mut text = [0; 40];
    let text = text.get_mut(..cell.len())?;
    for (to, from) in text.iter_mut().zip(cell) {
        *to = match from {
            b',' => b'.',
            b'.' => return None,
            other => *other,
        };
    }
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// The number of columns without empty ones at the end (a separator after the last column).
pub(crate) fn width(heading: &ByteRecord) -> usize {
    heading.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_is_not_text() {
        let plain = Dialect { separator: b',', decimal: b'.' };
        for missing in ["", "NaN", "nan", "-9999", "-9999.0", "NA"] {
            assert_eq!(plain.cell(missing.as_bytes()), Cell::Missing, "{missing}");
        }
        assert_eq!(plain.cell(b"1e999"), Cell::Text);
        assert_eq!(plain.cell(b"inf"), Cell::Text);
        assert_eq!(plain.cell(b"1,5"), Cell::Text);
    }
}
