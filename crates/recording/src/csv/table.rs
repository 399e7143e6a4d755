//! The rows of a table, gone through twice: once for the clock, once for the numbers.

use std::io::{BufReader, Read};

use csv::ByteRecord;

use super::dialect::{Cell, is_missing};
use super::layout::Layout;
use super::text::Text;
use crate::clock::{Clock, Finder, Spread, Uneven};
use crate::error::{Place, ReadError};
use crate::pieces::Block;
use crate::text::lenient;

/// Rows in a block.
const ROWS: usize = 4096;

/// Who wrote a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hand {
    /// Cisterna: a number is what it says.
    Ours,
    /// Any other: -9999 means missing, infinity is a mistake.
    Foreign,
}

/// A table of which the layout is known.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub text: Text,
    pub layout: Layout,
    pub hand: Hand,
}

/// What the first walk through a table finds.
#[derive(Debug)]
pub(crate) struct Survey {
    pub clock: Clock,
    /// The columns of numbers beside the time.
    pub numbers: Vec<usize>,
    /// The columns that hold text.
    pub texts: Vec<usize>,
    /// The stamps as read, with what they assume and when the first was.
    pub assumed: Option<&'static str>,
    pub recorded_at: Option<String>,
}

type Records = csv::Reader<BufReader<Box<dyn Read + Send>>>;

/// How many cells of a column are what.
#[derive(Clone, Debug, Default)]
struct Tally {
    numbers: usize,
    texts: usize,
    first_text: Option<u64>,
}

impl Table {
    fn records(&self) -> Result<Records, ReadError> {
        let text = self.text.from(self.layout.data_at).map_err(|cause| self.text.source.failed(cause))?;
        Ok(self.layout.dialect.reader(text))
    }

    /// Reads the next record; the byte at which it begins, `None` at the end.
    fn next(&self, records: &mut Records, record: &mut ByteRecord) -> Result<Option<u64>, ReadError> {
        match records.read_byte_record(record) {
            Ok(true) => Ok(Some(self.layout.data_at + record.position().map_or(0, csv::Position::byte))),
            Ok(false) => Ok(None),
            Err(cause) => Err(ReadError::new(
                &self.text.source.name,
                Place::File,
                cause.to_string(),
                "a whole table of text",
            )),
        }
    }

    /// Walks through all rows for the clock and for what the columns are. `told` is the clock that a file of
    /// ours states (start, rate), which holds if every stamp agrees with it to the bit; `rate` is that of a
    /// table without a column of time.
    pub(crate) fn survey(
        &self,
        told: Option<(f64, f64, usize)>,
        rate: Option<f64>,
    ) -> Result<Survey, ReadError> {
        let (time_at, mut stamps) = match &self.layout.time {
            Some((column, stamps)) => (*column, Some(stamps.clone())),
            None => (usize::MAX, None),
        };
        let width = self.layout.headings.len();
        let mut tallies = vec![Tally::default(); width];
        let (mut finder, mut refused) = (Finder::default(), None);
        let (mut rows, mut fits) = (0, told.is_some());
        let mut records = self.records()?;
        let mut record = ByteRecord::new();
        while let Some(at) = self.next(&mut records, &mut record)? {
            self.check_width(&record, at, width)?;
            for (column, tally) in tallies.iter_mut().enumerate().filter(|(column, _)| *column != time_at) {
                tally.add(self, column, record.get(column).unwrap_or_default(), at);
            }
            if let Some(stamps) = &mut stamps {
                let cell = record.get(time_at).unwrap_or_default();
                let time = stamps.read(cell).ok_or_else(|| {
                    self.at_cell(
                        at,
                        time_at,
                        format!("{} is not a time", shown(cell)),
                        "a time like those before",
                    )
                })?;
                fits = fits && told.is_some_and(|(start, rate, _)| time == start + rows as f64 / rate);
                if refused.is_none()
                    && let Err(uneven) = finder.push(time)
                {
                    refused = Some(uneven);
                    // Only a file of ours may still know better.
                    if !fits {
                        break;
                    }
                }
            }
            rows += 1;
        }
        let clock = match (told, rate) {
            (Some((start, rate, samples)), _) if fits && samples == rows => {
                Ok(Clock::told(start, rate, rows))
            }
            _ if self.hand == Hand::Ours && rows == 0 => Ok(Clock::told(0.0, 1.0, 0)),
            (_, Some(rate)) if stamps.is_none() => Ok(Clock::told(0.0, rate, rows)),
            _ => refused.map_or_else(|| finder.finish(), Err),
        };
        let clock = clock.map_err(|uneven| self.uneven(uneven, rows))?;
        if matches!(clock.spread, Spread::Shared(..))
            && let Some(column) = (0..width).find(|column| rows > 0 && tallies[*column].texts == rows)
        {
            return Err(self.long(column));
        }
        let (mut numbers, mut texts) = (Vec::new(), Vec::new());
        for (column, tally) in tallies.iter().enumerate().filter(|(column, _)| *column != time_at) {
            match tally.first_text {
                Some(at) if tally.texts <= tally.numbers => return Err(self.no_number(at, column)),
                Some(_) => texts.push(column),
                None => numbers.push(column),
            }
        }
        Ok(Survey {
            clock,
            numbers,
            texts,
            assumed: stamps.as_ref().and_then(|stamps| stamps.assumed),
            recorded_at: stamps.and_then(|stamps| stamps.recorded_at()),
        })
    }

    /// A table with one value a row, whose kind stands in another column, is no signal.
    fn long(&self, column: usize) -> ReadError {
        self.text.at(
            self.layout.heading_at,
            format!("`{}` tells the rows of one time apart", self.layout.headings[column]),
            "one row for each time, with a column for each channel",
        )
    }

    fn check_width(&self, record: &ByteRecord, at: u64, width: usize) -> Result<(), ReadError> {
        let empty = |cell: &[u8]| cell.trim_ascii().is_empty();
        if record.len() == width || (record.len() > width && record.iter().skip(width).all(empty)) {
            return Ok(());
        }
        let allowed = if self.layout.is_named { "as in the heading" } else { "as in the first row" };
        Err(self.text.at(at, format!("{} cells", record.len()), format!("{width} cells, {allowed}")))
    }

    /// The rows as blocks of the columns asked for.
    pub(crate) fn blocks(self, clock: Clock, columns: Vec<usize>) -> Result<Blocks, ReadError> {
        let records = self.records()?;
        Ok(Blocks { table: self, records, record: ByteRecord::new(), clock, columns, row: 0 })
    }

    fn cell(&self, cell: &[u8]) -> Cell {
        if self.hand == Hand::Ours && self.layout.dialect.decimal == b'.' {
            let number = std::str::from_utf8(cell).ok().and_then(|text| text.trim().parse::<f64>().ok());
            if let Some(number) = number.filter(|number| !number.is_nan()) {
                return Cell::Number(number);
            }
        }
        self.layout.dialect.cell(cell)
    }

    fn at_cell(
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

    fn no_number(&self, at: u64, column: usize) -> ReadError {
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

    fn uneven(&self, uneven: Uneven, rows: usize) -> ReadError {
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

impl Tally {
    /// Counts a cell. Its first byte tells in most cases; the whole is read where the column may be text.
    fn add(&mut self, table: &Table, column: usize, cell: &[u8], at: u64) {
        let cell = cell.trim_ascii();
        let seems_text = table.layout.texts.get(column).copied().unwrap_or(false);
        let is_text = match cell.first() {
            None => return,
            Some(b'0'..=b'9' | b'+' | b'-' | b'.' | b',') if !seems_text => {
                self.numbers += usize::from(!is_missing(cell));
                return;
            }
            Some(_) => match table.cell(cell) {
                Cell::Number(_) => false,
                Cell::Missing => return,
                Cell::Text => true,
            },
        };
        if is_text {
            self.texts += 1;
            self.first_text.get_or_insert(at);
        } else {
            self.numbers += 1;
        }
    }
}

/// Rows on their way into pieces.
pub(crate) struct Blocks {
    table: Table,
    records: Records,
    record: ByteRecord,
    clock: Clock,
    columns: Vec<usize>,
    row: usize,
}

impl Blocks {
    fn block(&mut self) -> Result<Option<Block>, ReadError> {
        let (place, side_by_side) = self.clock.run(self.row);
        let most = side_by_side.min(self.clock.rows.saturating_sub(self.row)).min(ROWS);
        let mut block: Vec<(usize, Vec<f64>)> =
            self.columns.iter().map(|_| (place, Vec::with_capacity(most))).collect();
        for _ in 0..most {
            let Some(at) = self.table.next(&mut self.records, &mut self.record)? else { break };
            for (column, (_, values)) in self.columns.iter().zip(&mut block) {
                let cell = self.record.get(*column).unwrap_or_default();
                values.push(match self.table.cell(cell) {
                    Cell::Number(number) => number,
                    Cell::Missing => f64::NAN,
                    Cell::Text => return Err(self.table.no_number(at, *column)),
                });
            }
            self.row += 1;
        }
        Ok((most > 0).then_some(Block(block)))
    }
}

impl Iterator for Blocks {
    type Item = Result<Block, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.block().transpose()
    }
}

fn shown(cell: &[u8]) -> String {
    match lenient(cell).trim() {
        "" => "an empty cell".to_owned(),
        text => format!("`{}`", text.chars().take(40).collect::<String>()),
    }
}
