//! A table of text as a recording.

use std::collections::{HashMap, HashSet, VecDeque};

use super::comments::{self, Preamble};
use super::dialect::Dialect;
use super::heading::{Heading, TimeUnit};
use super::table::{Hand, Source, Table};
use crate::clock::{Clock, Uneven};
use crate::description::{Described, Description, Fetch, alone, assemble};
use crate::error::{Place, ReadError};
use crate::types::{Basis, Channel, Mark, MarkKind, Recording};

/// Reads a table of text; `name` is the file's name, for messages.
///
/// The first row names the columns, with units as in `icp [mmHg]`, `abp (mmHg)`, `abp/mmHg` or `abp_mmHg`; one
/// column is the time in seconds or milliseconds. Comma, semicolon or tab separate the columns and a point or
/// a comma the decimals, found on the data rows. Empty cells, NaN and -9999 become NaN; missing rows become NaN
/// and a [`MarkKind::Gap`]. The rate comes from the whole column. What was found out (separator, decimal sign,
/// jitter, columns of text left out) stands in the provenance. A file of ours gives back the same recording.
pub fn read_csv(name: &str, bytes: &[u8]) -> Result<Recording, ReadError> {
    read_csv_beside(name, bytes, &alone)
}

/// Reads a table of text that may go on in files beside it.
pub(crate) fn read_csv_beside(name: &str, bytes: &[u8], fetch: Fetch<'_>) -> Result<Recording, ReadError> {
    let Preamble { description, table, line } = comments::split(name, text(name, bytes)?)?;
    let hand = if description.is_some() { Hand::Ours } else { Hand::Foreign };
    let source = Source { name, bytes: table, line, dialect: Dialect::of(table), hand };
    let table = source.read()?;
    match description {
        Some(description) => ours(source, table, description, fetch),
        None => foreign(source, table),
    }
}

/// Takes off the byte order mark and refuses what is not a text of bytes.
fn text<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a [u8], ReadError> {
    let whole = |problem: &str, allowed: &str| Err(ReadError::new(name, Place::File, problem, allowed));
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return whole("UTF-16 text is not read", "UTF-8 (in a spreadsheet: save as \"CSV UTF-8\")");
    }
    if bytes.contains(&0) {
        return whole("this is no text (it holds zero bytes)", "a table of text, a WFDB header, or Parquet");
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.trim_ascii().is_empty() {
        return whole("the file is empty", "a row of column names, then rows of numbers");
    }
    Ok(bytes)
}

/// A recording from a table that Cisterna wrote and somebody may have edited since.
fn ours(
    source: Source<'_>,
    table: Table,
    mut description: Description,
    fetch: Fetch<'_>,
) -> Result<Recording, ReadError> {
    let mut places: HashMap<String, VecDeque<usize>> = HashMap::new();
    for (place, channel) in description.channels.iter().enumerate().filter(|(_, c)| c.file == 1) {
        let heading = Heading::written(&channel.name, &channel.unit).trim().to_owned();
        places.entry(heading).or_default().push_back(place);
    }
    let declared = declared_clock(&description, &table.times);
    let clock = match declared {
        Some(clock) => clock,
        None => found_clock(source, &table.times)?,
    };
    let mut channels = Vec::with_capacity(table.columns.len());
    for (number, column) in table.columns.into_iter().enumerate() {
        let values = spread(&clock, column.values);
        let place = places.get_mut(&column.heading).and_then(VecDeque::pop_front);
        channels.push(match place.and_then(|place| Some((place, description.channels.get(place)?))) {
            Some((place, described)) => (place, described.channel(clock.start, clock.rate, values)),
            None => (usize::MAX, recorded(Heading::read(&column.heading, number + 1), &clock, values)),
        });
    }
    description.marks.extend(gap_marks(&clock));
    assemble(source.name, description, channels, fetch, read_csv)
}

/// The clock that the description gives, if every stamp agrees with it to the bit.
fn declared_clock(description: &Description, times: &[f64]) -> Option<Clock> {
    let fits = |channel: &Described| {
        channel.samples == times.len()
            && channel.rate.is_finite()
            && channel.rate > 0.0
            && times.iter().enumerate().all(|(i, time)| *time == channel.start + i as f64 / channel.rate)
    };
    let first = description.channels.iter().find(|channel| channel.file == 1);
    match first {
        Some(channel) if fits(channel) => {
            let (start, rate) = (channel.start, channel.rate);
            Some(Clock { start, rate, places: (0..times.len()).collect(), jitter: 0.0 })
        }
        None if times.is_empty() => Some(Clock { start: 0.0, rate: 1.0, places: Vec::new(), jitter: 0.0 }),
        _ => None,
    }
}

/// A recording from anybody's table.
fn foreign(source: Source<'_>, table: Table) -> Result<Recording, ReadError> {
    let clock = found_clock(source, &table.times)?;
    let mut provenance = vec![
        ("file".to_owned(), source.name.to_owned()),
        ("separator".to_owned(), source.dialect.separator_name().to_owned()),
        ("decimal sign".to_owned(), source.dialect.decimal_name().to_owned()),
    ];
    let mut note = |key: &str, text: String| provenance.push((key.to_owned(), text));
    if table.time_unit == TimeUnit::Assumed {
        note("time unit", "s (assumed, the heading names none)".to_owned());
    }
    if clock.jitter * clock.rate > 1e-3 {
        let share = 100.0 * clock.jitter * clock.rate;
        note("time jitter", format!("at most {:.3} ms ({share:.1} % of a step)", 1e3 * clock.jitter));
    }
    if !table.left_out.is_empty() {
        note("columns of text left out", table.left_out.join(", "));
    }
    let mut taken = HashSet::new();
    let channels = table.columns.into_iter().enumerate().map(|(number, column)| {
        let mut heading = Heading::read(&column.heading, number + 1);
        if taken.contains(&heading.name) {
            heading.name = format!("{}.{}", heading.name, number + 1);
        }
        taken.insert(heading.name.clone());
        recorded(heading, &clock, spread(&clock, column.values))
    });
    Ok(Recording {
        title: source.name.to_owned(),
        channels: channels.collect(),
        marks: gap_marks(&clock).collect(),
        facts: Vec::new(),
        provenance,
    })
}

fn recorded(heading: Heading, clock: &Clock, values: Vec<f64>) -> Channel {
    let channel = Channel::new(&heading.name, &heading.unit, clock.start, clock.rate, values);
    Channel { basis: Basis::Recorded, ..channel }
}

/// The values at their places, NaN between.
fn spread(clock: &Clock, values: Vec<f64>) -> Vec<f64> {
    if clock.len() == values.len() {
        return values;
    }
    let mut spread = vec![f64::NAN; clock.len()];
    for (place, value) in clock.places.iter().zip(values) {
        spread[*place] = value;
    }
    spread
}

fn gap_marks(clock: &Clock) -> impl Iterator<Item = Mark> {
    clock.gaps().map(|(from, to)| Mark {
        kind: MarkKind::Gap,
        start: clock.start + from as f64 / clock.rate,
        end: clock.start + to as f64 / clock.rate,
        label: match to - from {
            1 => "1 sample missing".to_owned(),
            missing => format!("{missing} samples missing"),
        },
    })
}

fn found_clock(source: Source<'_>, times: &[f64]) -> Result<Clock, ReadError> {
    Clock::of(times).map_err(|uneven| match uneven {
        Uneven::TooFew => ReadError::new(
            source.name,
            Place::File,
            format!("{} rows of numbers tell no sampling rate", times.len()),
            "two rows or more",
        ),
        Uneven::Backwards { row } => source.at_row(
            row,
            format!("time goes from {} s to {} s", times[row - 1], times[row]),
            "times that rise from row to row",
        ),
        Uneven::Irregular { row, step, usual, count } => source.at_row(
            row,
            format!("uneven sampling: a step of {step:.6} s where {usual:.6} s is usual; {count} such steps"),
            "even steps; whole steps may be missing, one step in twenty may be odd",
        ),
        Uneven::Vast { row, gap } => source.at_row(
            row,
            format!("a gap of {gap} s is out of proportion to {} rows of data", times.len()),
            "gaps up to 16 times as long as what was recorded; split the file there",
        ),
    })
}
