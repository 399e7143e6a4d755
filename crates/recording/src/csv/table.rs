//! The rows of a table, gone through twice: once for the clock, once for the numbers.

use std::io::{BufReader, Read};

use csv::ByteRecord;

use super::dialect::{Cell, is_missing};
use super::layout::Layout;
use super::order::{self, Order};
use super::refuse::shown;
use super::stamp::Stamps;
use super::text::Text;
use crate::clock::{Clock, Finder, Spread, Uneven};
use crate::error::{Place, ReadError};

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
    /// The order of rows that do not stand in that of time.
    pub order: Option<Order>,
    /// The columns of numbers beside the time.
    pub numbers: Vec<usize>,
    /// The columns that hold text.
    pub texts: Vec<usize>,
    /// The stamps as read, with what they assume and when the first was.
    pub assumed: Option<&'static str>,
    pub recorded_at: Option<String>,
}

pub(super) type Records = csv::Reader<BufReader<Box<dyn Read + Send>>>;

/// How many cells of a column are what.
#[derive(Clone, Debug, Default)]
struct Tally {
    numbers: usize,
    texts: usize,
    first_text: Option<u64>,
}

impl Table {
    pub(super) fn records(&self) -> Result<Records, ReadError> {
        let text = self.text.from(self.layout.data_at).map_err(|cause| self.text.source.failed(cause))?;
        Ok(self.layout.dialect.reader(text))
    }

    /// Reads the next record; the byte at which it begins, `None` at the end.
    pub(super) fn next(
        &self,
        records: &mut Records,
        record: &mut ByteRecord,
    ) -> Result<Option<u64>, ReadError> {
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
    /// ours states (start, rate, rows), which holds if every stamp agrees with it to the bit; `rate` is that of a
    /// table without a column of time. Where dates may be read in two ways, the one counts by which the recording
    /// is shorter.
    pub(crate) fn survey(
        &self,
        told: Option<(f64, f64, usize)>,
        rate: Option<f64>,
    ) -> Result<Survey, ReadError> {
        let time = self.layout.time.clone();
        let other = time.as_ref().and_then(|(column, stamps)| Some((*column, stamps.in_other_order()?)));
        let first = self.walk(told, rate, time);
        let Some(other) = other else { return first };
        let length = |survey: &Survey| survey.clock.length();
        match (self.walk(told, rate, Some(other)), &first) {
            (Ok(second), Err(_)) => Ok(second),
            (Ok(second), Ok(first)) if length(&second) < length(first) => Ok(second),
            _ => first,
        }
    }

    fn walk(
        &self,
        told: Option<(f64, f64, usize)>,
        rate: Option<f64>,
        time: Option<(usize, Stamps)>,
    ) -> Result<Survey, ReadError> {
        let (time_at, mut stamps) =
            time.map_or((usize::MAX, None), |(column, stamps)| (column, Some(stamps)));
        let width = self.layout.headings.len();
        let mut tallies = vec![Tally::default(); width];
        let mut times = Times { told, fits: told.is_some(), ..Times::default() };
        let mut records = self.records()?;
        let mut record = ByteRecord::new();
        while let Some(at) = self.next(&mut records, &mut record)? {
            self.check_width(&record, at, width)?;
            for (column, tally) in tallies.iter_mut().enumerate().filter(|(column, _)| *column != time_at) {
                tally.add(self, column, record.get(column).unwrap_or_default(), at);
            }
            if let Some(stamps) = &mut stamps {
                let cell = record.get(time_at).unwrap_or_default();
                let wrong = || {
                    let problem = format!("{} is not a time", shown(cell));
                    self.at_cell(at, time_at, problem, "a time like those before")
                };
                times.push(stamps.read(cell).ok_or_else(wrong)?);
                if times.is_settled(self.hand) {
                    break;
                }
            }
            times.rows += 1;
        }
        let rows = times.rows;
        let (clock, order) = match rate {
            Some(rate) if stamps.is_none() => (Clock::told(0.0, rate, rows), None),
            _ => times.clock(self.hand).map_err(|uneven| self.uneven(uneven, rows))?,
        };
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
        let assumed = stamps.as_ref().and_then(|stamps| stamps.assumed);
        let recorded_at = stamps.and_then(|stamps| stamps.recorded_at());
        Ok(Survey { clock, order, numbers, texts, assumed, recorded_at })
    }

    pub(super) fn cell(&self, cell: &[u8]) -> Cell {
        if self.hand == Hand::Ours && self.layout.dialect.decimal == b'.' {
            let number = std::str::from_utf8(cell).ok().and_then(|text| text.trim().parse::<f64>().ok());
            if let Some(number) = number.filter(|number| !number.is_nan()) {
                return Cell::Number(number);
            }
        }
        self.layout.dialect.cell(cell)
    }
}

/// The times of a table as they go by.
#[derive(Default)]
struct Times {
    told: Option<(f64, f64, usize)>,
    /// Whether all of them are those that were told.
    fits: bool,
    rows: usize,
    finder: Finder,
    refused: Option<Uneven>,
    /// The first of them, from which points of a curve are put in order.
    first: Vec<f64>,
}

impl Times {
    fn push(&mut self, time: f64) {
        let row = self.rows as f64;
        self.fits = self.fits && self.told.is_some_and(|(start, rate, _)| time == start + row / rate);
        if self.refused.is_none() {
            self.refused = self.finder.push(time).err();
        }
        if self.first.len() <= order::MOST {
            self.first.push(time);
        }
    }

    /// Whether what comes cannot change that there is no clock: only a file of ours may still know better, and a
    /// short table may be a curve.
    fn is_settled(&self, hand: Hand) -> bool {
        let may_be_curve = hand == Hand::Foreign && self.first.len() <= order::MOST;
        self.refused.is_some() && !self.fits && !may_be_curve
    }

    fn clock(self, hand: Hand) -> Result<(Clock, Option<Order>), Uneven> {
        let as_told = self.told.filter(|(.., samples)| self.fits && *samples == self.rows);
        if let Some((start, rate, _)) = as_told {
            return Ok((Clock::told(start, rate, self.rows), None));
        }
        if hand == Hand::Ours && self.rows == 0 {
            return Ok((Clock::told(0.0, 1.0, 0), None));
        }
        let found = self.refused.map_or_else(|| self.finder.finish(), Err);
        match found {
            Err(uneven @ Uneven::Backwards { .. })
                if hand == Hand::Foreign && self.first.len() <= order::MOST =>
            {
                match order::of(&self.first) {
                    Some(found) => found.map(|(order, clock)| (clock, Some(order))),
                    None => Err(uneven),
                }
            }
            found => found.map(|clock| (clock, None)),
        }
    }
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
