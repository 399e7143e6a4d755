//! Words for the terminal.

use std::io::{self, ErrorKind, Write};

use super::exit::Failure;

/// Writes to the standard output.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let end = if text.ends_with('\n') { "" } else { "\n" };
    match out
        .write_all(text.as_bytes())
        .and_then(|()| out.write_all(end.as_bytes()))
        .and_then(|()| out.flush())
    {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Err(Failure::Unread),
        Err(error) => Err(Failure::Output(format!("the standard output could not be written: {error}"))),
    }
}

/// Writes JSON to the standard output.
pub fn print_json(value: &serde_json::Value) -> Result<(), Failure> {
    print(&format!("{value:#}"))
}

/// Writes a line to the standard error; where nobody reads that, there is nobody to tell.
pub fn note(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// Rows as aligned columns, two spaces apart; the last column is as long as it likes.
pub fn columns(rows: &[Vec<String>]) -> String {
    let width = |text: &str| text.chars().count();
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count)
        .map(|column| {
            rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max().unwrap_or(0)
        })
        .collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, wide) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', wide - width(cell) + 2));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// A range, open where an end is missing.
pub fn range(low: Option<f64>, high: Option<f64>) -> String {
    let number = cisterna::quantity::exact_number;
    match (low, high) {
        (Some(low), Some(high)) => format!("{} .. {}", number(low), number(high)),
        (Some(low), None) => format!("at least {}", number(low)),
        (None, Some(high)) => format!("at most {}", number(high)),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [["a", "10 mmHg", "x"], ["bcd", "9", ""]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(super::columns(&rows), "a    10 mmHg  x\nbcd  9\n");
    }
}
