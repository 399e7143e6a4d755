//! The rows of a table as columns of numbers.

use csv::ByteRecord;

use super::dialect::{Cell, Dialect, width};
use super::heading::{Heading, TimeUnit};
use crate::error::{Place, ReadError};
use crate::text::lenient;

/// What a time column may look like.
const TIME_ALLOWED: &str =
    "a column named `time [s]`, `time [ms]`, `time_s`, `t`, `seconds` or `milliseconds`";

/// Where the bytes of a table come from and how its numbers are written.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    /// The file's name, for messages.
    pub name: &'a str,
    /// The bytes from the heading on.
    pub bytes: &'a [u8],
    /// The line of the heading, counted from 1.
    pub line: u64,
    /// Separator and decimal sign.
    pub dialect: Dialect,
    /// Who wrote the numbers.
    pub hand: Hand,
}

/// Who wrote a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hand {
    /// Cisterna: a number is what it says.
    Ours,
    /// Any other: -9999 means missing, infinity is a mistake.
    Foreign,
}

/// A table of numbers: times in seconds and the columns beside them.
pub(crate) struct Table {
    /// The time of each row, s.
    pub times: Vec<f64>,
    /// The unit of time, as far as the heading tells it.
    pub time_unit: TimeUnit,
    /// The columns of numbers, in the file's order.
    pub columns: Vec<Column>,
    /// Headings of columns that hold text.
    pub left_out: Vec<String>,
}

/// A column of numbers.
pub(crate) struct Column {
    /// The heading as it stands in the file.
    pub heading: String,
    /// One value a row; NaN where missing.
    pub values: Vec<f64>,
    numbers: usize,
    texts: usize,
    first_text: Option<usize>,
}

impl<'a> Source<'a> {
    /// Reads the table.
    pub(crate) fn read(self) -> Result<Table, ReadError> {
        let mut reader = self.dialect.reader(self.bytes);
        let mut record = ByteRecord::new();
        let mut next = |record: &mut ByteRecord| {
            reader
                .read_byte_record(record)
                .map_err(|cause| ReadError::new(self.name, Place::File, cause.to_string(), "a table of text"))
        };
        if !next(&mut record)? {
            return Err(self.at_line(self.line, "no heading", "a row of column names, then rows of numbers"));
        }
        let width = width(&record);
        let headings: Vec<String> = record.iter().take(width).map(lenient).collect();
        self.check_heading(&record, width)?;
        let (time_at, time_unit) = self.time_column(&headings)?;
        let scale = match time_unit {
            TimeUnit::Known(seconds) => seconds,
            _ => 1.0,
        };

        let mut times = Vec::new();
        let mut columns: Vec<Column> = headings
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != time_at)
            .map(|(_, h)| Column::new(h))
            .collect();
        while next(&mut record)? {
            let row = times.len();
            if record.len() < width || !record.iter().skip(width).all(<[u8]>::is_empty) {
                return Err(self.at_row(
                    row,
                    format!("{} cells", record.len()),
                    format!("{width} cells, as in the heading"),
                ));
            }
            let mut column = columns.iter_mut();
            for (at, cell) in record.iter().take(width).enumerate() {
                if at != time_at {
                    if let Some(column) = column.next() {
                        column.push(row, self.cell(cell));
                    }
                    continue;
                }
                match self.cell(cell) {
                    // Divided, because 8 * 0.001 is not 0.008.
                    Cell::Number(time) if scale == 1e-3 => times.push(time / 1000.0),
                    Cell::Number(time) => times.push(time * scale),
                    _ => {
                        return Err(self.at_cell(
                            row,
                            &headings[time_at],
                            format!("{} is not a time", shown(cell)),
                            "a number of seconds or milliseconds",
                        ));
                    }
                }
            }
        }
        self.keep_numbers(times, time_unit, columns)
    }

    fn keep_numbers(
        self,
        times: Vec<f64>,
        time_unit: TimeUnit,
        columns: Vec<Column>,
    ) -> Result<Table, ReadError> {
        let (mut kept, mut left_out) = (Vec::new(), Vec::new());
        for column in columns {
            match column.first_text {
                Some(row) if column.texts <= column.numbers => {
                    return Err(self.at_cell(
                        row,
                        &column.heading,
                        format!("{} is not a number", shown(&self.cell_at(row, &column.heading))),
                        format!(
                            "a number with a decimal {}; nothing, NaN or -9999 where it is missing",
                            self.dialect.decimal_name()
                        ),
                    ));
                }
                Some(_) => left_out.push(column.heading),
                None => kept.push(column),
            }
        }
        if kept.is_empty() && self.hand == Hand::Foreign {
            return Err(self.at_line(
                self.line,
                "no column of numbers beside the time",
                "at least one column of numbers; comma, semicolon or tab between the columns",
            ));
        }
        Ok(Table { times, time_unit, columns: kept, left_out })
    }

    fn check_heading(self, record: &ByteRecord, width: usize) -> Result<(), ReadError> {
        let number = |cell: &[u8]| matches!(self.dialect.cell(cell), Cell::Number(_) | Cell::Missing);
        if width > 0 && record.iter().take(width).all(number) {
            return Err(self.at_line(
                self.line_of(0),
                "no heading, the first row holds numbers",
                "a first row of column names, for example `time [s],abp [mmHg]`",
            ));
        }
        Ok(())
    }

    fn time_column(self, headings: &[String]) -> Result<(usize, TimeUnit), ReadError> {
        let found = headings
            .iter()
            .enumerate()
            .find_map(|(at, text)| Heading::read(text, at + 1).as_time().map(|unit| (at, unit)));
        match found {
            Some((at, TimeUnit::Unknown)) => Err(self.at_line(
                self.line_of(0),
                format!("the unit of `{}` is not read", headings[at]),
                "time in s or ms",
            )),
            Some(found) => Ok(found),
            None => {
                let listed: Vec<_> = headings.iter().take(12).map(|h| format!("`{h}`")).collect();
                Err(self.at_line(
                    self.line_of(0),
                    format!("no column of time among {}", listed.join(", ")),
                    TIME_ALLOWED,
                ))
            }
        }
    }

    fn cell(self, cell: &[u8]) -> Cell {
        if self.hand == Hand::Ours && self.dialect.decimal == b'.' {
            let number = std::str::from_utf8(cell).ok().and_then(|text| text.parse::<f64>().ok());
            if let Some(number) = number.filter(|number| !number.is_nan()) {
                return Cell::Number(number);
            }
        }
        self.dialect.cell(cell)
    }

    /// An error at data row `row`, counted from 0.
    pub(crate) fn at_row(
        self,
        row: usize,
        problem: impl Into<String>,
        allowed: impl Into<String>,
    ) -> ReadError {
        self.at_line(self.line_of(row + 1), problem, allowed)
    }

    fn at_line(self, line: u64, problem: impl Into<String>, allowed: impl Into<String>) -> ReadError {
        ReadError::new(self.name, Place::Line(line), problem, allowed)
    }

    fn at_cell(
        self,
        row: usize,
        heading: &str,
        problem: impl Into<String>,
        allowed: impl Into<String>,
    ) -> ReadError {
        ReadError::new(self.name, Place::Cell(self.line_of(row + 1), heading.to_owned()), problem, allowed)
    }

    /// The line of a record; the heading is record 0. Read again, because only an error asks for it.
    fn line_of(self, record: usize) -> u64 {
        let mut at = self.record(record).position().map_or(0, |position| position.byte() as usize);
        loop {
            let rest = self.bytes.get(at..).unwrap_or_default();
            let end = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1);
            let skipped = rest[..end].trim_ascii().is_empty() || rest.starts_with(b"#");
            if !skipped || end == rest.len() {
                break;
            }
            at += end;
        }
        self.line + self.bytes.iter().take(at).filter(|byte| **byte == b'\n').count() as u64
    }

    fn record(self, record: usize) -> ByteRecord {
        let mut reader = self.dialect.reader(self.bytes);
        let mut found = ByteRecord::new();
        for _ in 0..=record {
            if !reader.read_byte_record(&mut found).unwrap_or(false) {
                break;
            }
        }
        found
    }

    fn cell_at(self, row: usize, heading: &str) -> Vec<u8> {
        let column = self.record(0).iter().position(|cell| lenient(cell) == heading).unwrap_or(0);
        self.record(row + 1).get(column).unwrap_or_default().to_vec()
    }
}

impl Column {
    fn new(heading: &str) -> Self {
        Column { heading: heading.to_owned(), values: Vec::new(), numbers: 0, texts: 0, first_text: None }
    }

    fn push(&mut self, row: usize, cell: Cell) {
        match cell {
            Cell::Number(number) => {
                self.numbers += 1;
                self.values.push(number);
            }
            Cell::Missing => self.values.push(f64::NAN),
            Cell::Text => {
                self.texts += 1;
                self.first_text.get_or_insert(row);
                self.values.push(f64::NAN);
            }
        }
    }
}

fn shown(cell: &[u8]) -> String {
    match lenient(cell) {
        text if text.is_empty() => "an empty cell".to_owned(),
        text => format!("`{}`", text.chars().take(40).collect::<String>()),
    }
}
