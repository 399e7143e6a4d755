//! Which separator and which decimal sign a table uses.

use csv::{ByteRecord, ReaderBuilder, Trim};

/// Rows on which the dialect is judged.
const ROWS: usize = 40;

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
    const ALL: [Dialect; 5] = [
        Dialect { separator: b',', decimal: b'.' },
        Dialect { separator: b';', decimal: b'.' },
        Dialect { separator: b'\t', decimal: b'.' },
        Dialect { separator: b';', decimal: b',' },
        Dialect { separator: b'\t', decimal: b',' },
    ];

    /// The dialect under which most cells of the first data rows are numbers, in rows as wide as the heading.
    pub(crate) fn of(table: &[u8]) -> Dialect {
        let mut best = (0, Dialect::ALL[0]);
        for dialect in Dialect::ALL {
            let numbers = dialect.numbers(table);
            if numbers > best.0 {
                best = (numbers, dialect);
            }
        }
        best.1
    }

    /// A reader of the records of `table`, the heading included.
    pub(crate) fn reader(self, table: &[u8]) -> csv::Reader<&[u8]> {
        ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.separator)
            .comment(Some(b'#'))
            .trim(Trim::All)
            .from_reader(table)
    }

    fn numbers(self, table: &[u8]) -> usize {
        let mut reader = self.reader(table);
        let mut record = ByteRecord::new();
        let mut next = |record: &mut ByteRecord| reader.read_byte_record(record).unwrap_or(false);
        if !next(&mut record) {
            return 0;
        }
        let width = width(&record);
        let mut numbers = 0;
        for _ in 0..ROWS {
            if width < 2 || !next(&mut record) {
                break;
            }
            if record.len() >= width && record.iter().skip(width).all(<[u8]>::is_empty) {
                numbers += record.iter().filter(|cell| matches!(self.cell(cell), Cell::Number(_))).count();
            }
        }
        numbers
    }

    /// What `cell` holds.
    pub(crate) fn cell(self, cell: &[u8]) -> Cell {
        const MISSING: [&str; 8] = ["", "nan", "na", "n/a", "null", "none", "-", "?"];
        let Ok(text) = std::str::from_utf8(cell) else { return Cell::Text };
        if MISSING.iter().any(|word| text.eq_ignore_ascii_case(word)) {
            return Cell::Missing;
        }
        let number = match self.decimal {
            b',' if text.contains('.') => None,
            b',' => text.replace(',', ".").parse().ok(),
            _ => text.parse::<f64>().ok(),
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

/// The number of columns without empty ones at the end (a separator after the last column).
pub(crate) fn width(heading: &ByteRecord) -> usize {
    heading.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialect(table: &str) -> (char, char) {
        let found = Dialect::of(table.as_bytes());
        (found.separator as char, found.decimal as char)
    }

    #[test]
    fn separator_and_decimal_sign_are_found_together_on_the_rows() {
        assert_eq!(dialect("t;icp\n0,1;1,5\n0,2;1,6\n"), (';', ','));
        assert_eq!(dialect("t,icp\n0.1,1.5\n"), (',', '.'));
        assert_eq!(dialect("t\ticp\n0,1\t1,5\n"), ('\t', ','));
        assert_eq!(dialect("t;icp\n1;5\n2;6\n"), (';', '.'));
        assert_eq!(dialect("t;icp, raw\n0,1;1,5\n"), (';', ','));
        assert_eq!(dialect("t,icp,\n0.1,1.5,\n"), (',', '.'));
    }

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
