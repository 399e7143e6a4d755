//! What stops a reader of a table, told with its line.

use csv::ByteRecord;

use super::table::Table;
use crate::clock::Uneven;
use crate::error::{Place, ReadError};
use crate::text::lenient;

impl Table {
    /// A table with one value a row, whose kind stands in another column, is no signal.
    pub(super) fn long(&self, column: usize) -> ReadError {
        self.text.at(
            self.layout.heading_at,
            format!("`{}` tells the rows of one time apart", self.layout.headings[column]),
            "one row for each time with a column for each channel, or columns of time, name and value",
        )
    }

    pub(super) fn check_width(&self, record: &ByteRecord, at: u64, width: usize) -> Result<(), ReadError> {
        let empty = |cell: &[u8]| cell.trim_ascii().is_empty();
        if record.len() == width || (record.len() > width && record.iter().skip(width).all(empty)) {
            return Ok(());
        }
        let allowed = if self.layout.is_named { "as in the heading" } else { "as in the first row" };
        Err(self.text.at(at, format!("{} cells", record.len()), format!("{width} cells, {allowed}")))
    }

    pub(super) fn at_cell(
        &self,
        at: u64,
        column: usize,
        problem: impl Into<String>,
        allowed: impl Into<String>,
    ) -> ReadError {
        let heading = match self.layout.headings.get(column) {
            Some(heading) if !heading.is_empty() => heading.clone(),
            _ => (column + 1).to_string(),
        };
        let place = Place::Cell(self.text.line_of(at), heading);
        ReadError::new(&self.text.source.name, place, problem, allowed)
    }

    pub(super) fn no_number(&self, at: u64, column: usize) -> ReadError {
        let cell = self.record_at(at).and_then(|record| record.get(column).map(<[u8]>::to_vec));
        self.at_cell(
            at,
            column,
            format!("{} is not a number", shown(&cell.unwrap_or_default())),
            format!(
                "a number with a decimal {}; nothing, NaN or -9999 where it is missing",
                self.layout.dialect.decimal_name()
            ),
        )
    }

    fn record_at(&self, at: u64) -> Option<ByteRecord> {
        let mut record = ByteRecord::new();
        let mut records = self.layout.dialect.reader(self.text.from(at).ok()?);
        records.read_byte_record(&mut record).ok()?.then_some(record)
    }

    /// Where row `row` begins, counted from 0.
    fn byte_of(&self, row: usize) -> u64 {
        let find = || {
            let mut records = self.records()?;
            let mut record = ByteRecord::new();
            let mut at = self.layout.data_at;
            for _ in 0..=row {
                at = self.next(&mut records, &mut record)?.unwrap_or(at);
            }
            Ok::<_, ReadError>(at)
        };
        find().unwrap_or(self.layout.data_at)
    }

    pub(super) fn uneven(&self, uneven: Uneven, rows: usize) -> ReadError {
        match uneven {
            Uneven::TooFew => ReadError::new(
                &self.text.source.name,
                Place::File,
                format!("{rows} rows of numbers tell no sampling rate"),
                "two rows or more",
            ),
            Uneven::Backwards { row, from, to } => self.text.at(
                self.byte_of(row),
                format!("time goes from {from} s to {to} s"),
                "times that rise from row to row",
            ),
            Uneven::Irregular { rows, step, usual, count } => {
                let lines: Vec<u64> = rows.iter().map(|row| self.text.line_of(self.byte_of(*row))).collect();
                ReadError::new(
                    &self.text.source.name,
                    Place::Line(lines.first().copied().unwrap_or(0)),
                    irregular(step, usual, count, &lines),
                    "even steps; whole steps may be missing, one step in twenty may be odd; uneven rows only where \
                     a grid of 16 places a row can hold them",
                )
            }
            Uneven::Vast { row, gap } => self.text.at(
                self.byte_of(row),
                format!("a gap of {gap} s is out of proportion to {rows} rows of data"),
                "gaps up to 16 times as long as what was recorded; split the file there",
            ),
        }
    }

    /// What is uneven, for the provenance.
    pub(crate) fn told_uneven(&self, uneven: &Uneven) -> Option<String> {
        let Uneven::Irregular { rows, step, usual, count } = uneven else { return None };
        let lines: Vec<u64> = rows.iter().map(|row| self.text.line_of(self.byte_of(*row))).collect();
        Some(irregular(*step, *usual, *count, &lines))
    }
}

fn irregular(step: f64, usual: f64, count: usize, lines: &[u64]) -> String {
    let lines: Vec<String> = lines.iter().map(u64::to_string).collect();
    format!(
        "uneven sampling: a step of {step:.6} s where {usual:.6} s is usual; {count} such steps, first on line {}",
        lines.join(", ")
    )
}

/// A cell as a message shows it.
pub(super) fn shown(cell: &[u8]) -> String {
    match lenient(cell).trim() {
        "" => "an empty cell".to_owned(),
        text => format!("`{}`", text.chars().take(40).collect::<String>()),
    }
}
