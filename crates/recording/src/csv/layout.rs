//! Where in a text the table is and what its columns are.

use csv::ByteRecord;

use super::calendar::{self, Order};
use super::dialect::{Cell, Dialect, width};
use super::heading::{Heading, TimeUnit, is_unit};
use super::stamp::Stamps;
use super::table::Hand;
use super::text::Text;
use crate::error::{Place, ReadError};
use crate::text::lenient;

/// Records on which the layout is judged.
const RECORDS: usize = 400;
/// What a time column may look like.
const TIME_ALLOWED: &str = "a column named `time [s]`, `time [ms]`, `time_s`, `t`, `DateTime`, `seconds` or \
     `milliseconds`, a column of clock times or dates, or a comment `# sampling rate: 250`";

/// Where the table is and how it is written.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    /// Separator and decimal sign.
    pub dialect: Dialect,
    /// What names the columns; numbers them, where nothing does.
    pub headings: Vec<String>,
    /// A row of units below the names, or nothing.
    pub units: Vec<String>,
    /// Whether the names come from the file.
    pub is_named: bool,
    /// Columns whose first cells are mostly text.
    pub texts: Vec<bool>,
    /// Columns whose first cells hold numbers and are not mostly text.
    pub numeric: Vec<bool>,
    /// Whether some of the first rows have the time of the row before and differ in a column of text.
    pub shares_times: bool,
    /// Where the first row of numbers begins in the text.
    pub data_at: u64,
    /// Where the heading begins, or the data without one.
    pub heading_at: u64,
    /// The column of time and how it is read.
    pub time: Option<(usize, Stamps)>,
    /// A date that stands in a column of its own.
    pub date: Option<String>,
    /// Lines before the heading.
    pub before: Vec<String>,
}

/// A record with its place in the sample and what its cells are.
struct Row {
    at: u64,
    record: ByteRecord,
    numbers: usize,
    texts: usize,
}

impl Row {
    fn is_data(&self) -> bool {
        // A long table has more texts than numbers: name, unit, device beside time and value.
        self.numbers > 0 && (self.texts <= self.numbers || self.numbers >= 2)
    }
}

impl Layout {
    /// Judges the layout from a `sample` of the text that begins at byte `at`; `is_cut` where it goes on.
    pub(crate) fn of(
        text: &Text,
        sample: &[u8],
        at: u64,
        is_cut: bool,
        hand: Hand,
    ) -> Result<Layout, ReadError> {
        let mut best: Option<(usize, Dialect, Vec<Row>, usize)> = None;
        for dialect in Dialect::ALL {
            let rows = rows(dialect, sample, is_cut);
            let (first, score) = first_data(&rows, hand);
            if best.as_ref().is_none_or(|(other, ..)| score > *other) {
                best = Some((score, dialect, rows, first));
            }
        }
        let nothing = || text.at(at, "no heading", "a row of column names, then rows of numbers");
        let (_, dialect, rows, first) = best.ok_or_else(nothing)?;
        if rows.is_empty() {
            return Err(nothing());
        }
        let data = rows.get(first..).unwrap_or_default();
        let (named_by, units) = heading(&rows, first, hand);
        let (headings, is_named) = match named_by.and_then(|row| rows.get(row)) {
            Some(row) => (
                row.record.iter().take(width(&row.record)).map(|c| lenient(c).trim().to_owned()).collect(),
                true,
            ),
            None => (vec![String::new(); data.first().map_or(0, |row| width(&row.record))], false),
        };
        let end = at + sample.len() as u64;
        let data_at = data.first().map_or(end, |row| at + row.at);
        let mut layout = Layout {
            dialect,
            texts: (0..headings.len()).map(|column| is_text(dialect, data, column)).collect(),
            numeric: (0..headings.len()).map(|column| is_numeric(dialect, data, column)).collect(),
            shares_times: false,
            headings,
            units,
            is_named,
            data_at,
            heading_at: named_by.and_then(|row| rows.get(row)).map_or(data_at, |row| at + row.at),
            time: None,
            date: None,
            before: rows[..named_by.unwrap_or(first)].iter().map(|row| joined(&row.record)).collect(),
        };
        layout.time = layout.find_time(text, data)?;
        layout.date = layout.find_date(data);
        layout.shares_times = layout.finds_shared_times(data);
        Ok(layout)
    }

    /// The heading of a column, with its unit.
    pub(crate) fn heading(&self, column: usize) -> Heading {
        let text = self.headings.get(column).map_or("", String::as_str);
        let mut heading = Heading::read(text, column + 1);
        if let Some(unit) = self.units.get(column).filter(|unit| !unit.is_empty()) {
            heading = Heading {
                name: if text.is_empty() { heading.name } else { text.to_owned() },
                unit: unit.clone(),
            };
        }
        heading
    }

    fn find_time(&self, text: &Text, data: &[Row]) -> Result<Option<(usize, Stamps)>, ReadError> {
        let stamps = |column: usize, unit: TimeUnit| {
            let is_dated = self.heading(column).name.to_lowercase().contains("date");
            Stamps::of(&cells(data, column), unit, is_dated, self.dialect).map(|stamps| (column, stamps))
        };
        let mut named: Vec<_> = (0..self.headings.len())
            .filter(|_| self.is_named)
            .filter_map(|column| self.heading(column).as_time().map(|unit| (column, unit)))
            .collect();
        // A date beside a time of day changes once a day; a start is a time where there is no other.
        named.sort_by_key(|(column, _)| match self.heading(*column).name.to_lowercase().as_str() {
            "start" | "onset" | "begin" => 2,
            "date" => 1,
            _ => 0,
        });
        if let Some((column, TimeUnit::Unknown)) = named.first() {
            return Err(text.at(
                self.heading_at,
                format!("the unit of `{}` is not read", self.headings[*column]),
                "time in s, ms, us, min, h or days",
            ));
        }
        if let Some(found) = named.iter().find_map(|(column, unit)| stamps(*column, *unit)) {
            return Ok(Some(found));
        }
        if let (Some((column, _)), true) = (named.first(), data.is_empty()) {
            return Ok(Stamps::of(&[b"0"], TimeUnit::Times(1.0), false, self.dialect).map(|s| (*column, s)));
        }
        let by_cells =
            |column: usize| stamps(column, TimeUnit::Assumed).filter(|(_, stamps)| !stamps.is_numeric());
        if let Some(found) = (0..self.headings.len()).find_map(by_cells) {
            return Ok(Some(found));
        }
        if !self.is_named && self.headings.len() > 1 && self.rises(data) {
            return Ok(stamps(0, TimeUnit::Assumed));
        }
        Ok(None)
    }

    fn finds_shared_times(&self, data: &[Row]) -> bool {
        let Some((time, _)) = &self.time else { return false };
        let texts: Vec<usize> = (0..self.headings.len()).filter(|column| self.texts[*column]).collect();
        let cell =
            |row: &Row, column: usize| row.record.get(column).unwrap_or_default().trim_ascii().to_vec();
        let named = data.iter().all(|row| texts.iter().all(|column| !cell(row, *column).is_empty()));
        named
            && data.windows(2).any(|pair| {
                let differs = |column: &usize| cell(&pair[0], *column) != cell(&pair[1], *column);
                !differs(time) && texts.iter().any(differs)
            })
    }

    /// Whether the first column rises from row to row, but for slips that are told later with their line.
    fn rises(&self, data: &[Row]) -> bool {
        let numbers: Vec<f64> = cells(data, 0)
            .iter()
            .map_while(|cell| match self.dialect.cell(cell) {
                Cell::Number(number) => Some(number),
                _ => None,
            })
            .collect();
        let rising = numbers.windows(2).filter(|pair| pair[0] <= pair[1]).count();
        numbers.len() == data.len() && numbers.len() > 1 && 10 * rising >= 9 * (numbers.len() - 1)
    }

    fn find_date(&self, data: &[Row]) -> Option<String> {
        let time = self.time.as_ref().map(|(column, _)| *column);
        let column = (0..self.headings.len())
            .find(|column| Some(*column) != time && self.headings[*column].eq_ignore_ascii_case("date"))?;
        let cell = lenient(data.first()?.record.get(column)?);
        let days = calendar::date(cell.trim(), Order::DayFirst)?;
        calendar::written(days, 0.0, None).split_once('T').map(|(date, _)| date.to_owned())
    }

    /// Why there is no clock: no column of time and no rate.
    pub(crate) fn no_time(&self, text: &Text) -> ReadError {
        if !self.numeric.contains(&true) {
            return ReadError::new(
                &text.source.name,
                Place::File,
                "this is no table: no row holds numbers",
                "a row of column names, then rows of numbers with comma, semicolon or tab between them",
            );
        }
        if !self.is_named {
            return text.at(
                self.heading_at,
                "no heading, the first row holds numbers, and the first column is no time that rises",
                "a first row of column names, for example `time [s],abp [mmHg]`",
            );
        }
        let listed: Vec<_> = self.headings.iter().take(12).map(|h| format!("`{h}`")).collect();
        text.at(self.heading_at, format!("no column of time among {}", listed.join(", ")), TIME_ALLOWED)
    }
}

fn rows(dialect: Dialect, sample: &[u8], is_cut: bool) -> Vec<Row> {
    let mut reader = dialect.reader(sample);
    let mut rows = Vec::new();
    let mut record = ByteRecord::new();
    while rows.len() < RECORDS && reader.read_byte_record(&mut record).unwrap_or(false) {
        let at = record.position().map_or(0, csv::Position::byte);
        let (mut numbers, mut texts) = (0, 0);
        for cell in &record {
            match dialect.cell(cell) {
                Cell::Number(_) => numbers += 1,
                Cell::Missing => {}
                Cell::Text if is_time(cell) => numbers += 1,
                Cell::Text => texts += 1,
            }
        }
        rows.push(Row { at, record: record.clone(), numbers, texts });
    }
    if is_cut && rows.len() < RECORDS {
        rows.pop();
    }
    rows
}

fn is_time(cell: &[u8]) -> bool {
    std::str::from_utf8(cell).is_ok_and(|text| {
        calendar::clock(text).is_some()
            || calendar::moment(text, Order::DayFirst).is_some()
            || calendar::moment(text, Order::MonthFirst).is_some()
    })
}

/// Where rows of numbers begin, all of the usual width, and how much speaks for this: their numbers less texts.
fn first_data(rows: &[Row], hand: Hand) -> (usize, usize) {
    let mut widths: Vec<(usize, usize)> = Vec::new();
    for row in rows.iter().filter(|row| row.is_data()) {
        match widths.iter_mut().find(|(width, _)| *width == row.record.len()) {
            Some((_, count)) => *count += 1,
            None => widths.push((row.record.len(), 1)),
        }
    }
    // The first of equals.
    let usual = widths.iter().rev().max_by_key(|(_, count)| *count).map_or(0, |(width, _)| *width);
    let fits = |row: &Row| row.is_data() && row.record.len() == usual;
    let fitting = || rows.iter().filter(|row| fits(row));
    let score = fitting().map(|row| row.numbers).sum::<usize>() * 4;
    let score = score.saturating_sub(fitting().map(|row| row.texts.min(row.numbers)).sum::<usize>() * 3);
    // A single column is what is left when the separator is wrong.
    let score = if usual == 1 { score / 4 } else { score };
    if hand == Hand::Ours {
        return (1.min(rows.len()), score);
    }
    let settled = |at: &usize| fits(&rows[*at]) && rows.get(at + 1).is_none_or(fits);
    let first = (0..rows.len()).find(settled).or_else(|| rows.iter().position(fits));
    (first.unwrap_or(1.min(rows.len())), score)
}

/// The row that names the columns, and the units where these have a row of their own.
fn heading(rows: &[Row], first: usize, hand: Hand) -> (Option<usize>, Vec<String>) {
    let Some(above) = first.checked_sub(1) else { return (None, Vec::new()) };
    let row = &rows[above];
    let columns = rows.get(first).map_or(0, |row| row.record.len());
    if hand == Hand::Foreign && (row.numbers > row.texts || (width(&row.record) < 2 && columns > 1)) {
        return (None, Vec::new());
    }
    let texts: Vec<String> = row.record.iter().map(|cell| lenient(cell).trim().to_owned()).collect();
    let are_units = texts.iter().all(|text| text.is_empty() || is_unit(text));
    let names = above.checked_sub(1).and_then(|above| rows.get(above));
    match names {
        Some(names) if are_units && names.record.len() == row.record.len() && names.numbers == 0 => {
            let bare = |text: &String| text.trim_matches(['[', ']', '(', ')']).trim().to_owned();
            (Some(above - 1), texts.iter().map(bare).collect())
        }
        _ => (Some(above), Vec::new()),
    }
}

fn cells(data: &[Row], column: usize) -> Vec<&[u8]> {
    data.iter().filter_map(|row| row.record.get(column)).map(<[u8]>::trim_ascii).collect()
}

fn is_text(dialect: Dialect, data: &[Row], column: usize) -> bool {
    let cells = cells(data, column);
    let count = |wanted: fn(&Cell) -> bool| cells.iter().filter(|cell| wanted(&dialect.cell(cell))).count();
    count(|cell| *cell == Cell::Text) > count(|cell| matches!(cell, Cell::Number(_)))
}

fn is_numeric(dialect: Dialect, data: &[Row], column: usize) -> bool {
    let is_number = |cell: &&[u8]| matches!(dialect.cell(cell), Cell::Number(_));
    !is_text(dialect, data, column) && cells(data, column).iter().any(is_number)
}

fn joined(record: &ByteRecord) -> String {
    record.iter().map(|cell| lenient(cell).trim().to_owned()).collect::<Vec<_>>().join(" ")
}
