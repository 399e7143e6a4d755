//! A Parquet table that somebody else wrote.

use super::columns::{Columns, Holds};
use super::pages::OnlyPlain;
use super::read::{BATCH, File};
use super::unpack::{READABLE, is_readable};
use crate::clock::{Clock, Finder, Spread, Uneven};
use crate::csv::{Heading, Stamps, TimeUnit, gap_marks};
use crate::error::ReadError;
use crate::names::tell_apart;
use crate::pieces::Pieces;
use crate::types::{Basis, Channel, Recording};

/// The column of time.
struct Time {
    column: usize,
    holds: Holds,
    unit: TimeUnit,
    is_dated: bool,
}

/// The table in pieces: its column of time goes by once before.
pub(crate) fn pieces(file: File, seconds: f64) -> Result<Pieces, ReadError> {
    let schema = file.metadata.file_metadata().schema_descr_ptr();
    let columns: Vec<(String, Holds)> =
        schema.columns().iter().map(|column| (column.path().string(), Holds::of(column))).collect();
    let time = find_time(&file, &columns)?;
    let numbers: Vec<usize> = (0..columns.len())
        .filter(|index| *index != time.column && columns[*index].1 == Holds::Numbers)
        .collect();
    if numbers.is_empty() {
        return Err(file.wrong("no column of numbers beside the time", "at least one column of numbers"));
    }
    file.check_chunks(is_readable, &format!("columns packed with {READABLE}"))?;
    file.rows(numbers.len() + 1)?;
    let (clock, stamps) = survey(&file, &time, &columns[time.column].0)?;

    let mut channels: Vec<Channel> = numbers
        .iter()
        .map(|column| {
            let heading = Heading::read(&columns[*column].0, column + 1);
            let channel = Channel::new(&heading.name, &heading.unit, clock.start, clock.rate, Vec::new());
            Channel { basis: Basis::Recorded, ..channel }
        })
        .collect();
    tell_apart(&mut channels);
    let left_out = (0..columns.len())
        .filter(|index| *index != time.column && columns[*index].1 != Holds::Numbers)
        .map(|index| columns[index].0.as_str())
        .collect::<Vec<_>>()
        .join(", ");
    let head = Recording {
        title: file.source.name.clone(),
        channels,
        marks: gap_marks(&clock).collect(),
        facts: Vec::new(),
        provenance: provenance(&file, &clock, &stamps, left_out),
    };
    Ok(Pieces::stitched(head, file.blocks(clock, numbers, OnlyPlain::No), seconds))
}

fn find_time(file: &File, columns: &[(String, Holds)]) -> Result<Time, ReadError> {
    let usable = || columns.iter().enumerate().filter(|(_, (_, holds))| *holds != Holds::Other);
    let named = usable().find_map(|(column, (name, holds))| {
        let heading = Heading::read(name, column + 1);
        let is_dated = heading.name.to_lowercase().contains("date");
        heading.as_time().map(|unit| Time { column, holds: *holds, unit, is_dated })
    });
    let by_type =
        || {
            usable().find(|(_, (_, holds))| matches!(holds, Holds::Moments(_))).map(|(column, (_, holds))| {
                Time { column, holds: *holds, unit: TimeUnit::Assumed, is_dated: false }
            })
        };
    match named.or_else(by_type) {
        Some(Time { column, unit: TimeUnit::Unknown, .. }) => Err(file.wrong(
            format!("the unit of `{}` is not read", columns[column].0),
            "time in s, ms, us, min, h or days",
        )),
        Some(time) => Ok(time),
        None => {
            let listed: Vec<_> = columns.iter().take(12).map(|(name, _)| format!("`{name}`")).collect();
            Err(file.wrong(
                format!("no column of time among {}", listed.join(", ")),
                "a column of stamps, or a column of numbers named `time [s]`, `time_s`, `t` or the like",
            ))
        }
    }
}

fn survey(file: &File, time: &Time, name: &str) -> Result<(Clock, Stamps), ReadError> {
    let mut column = Columns::new(file.clone(), vec![time.column], OnlyPlain::No);
    let mut stamps = match time.holds {
        Holds::Moments(parts) => Some(Stamps::since_1970(parts)),
        _ => None,
    };
    let mut finder = Finder::default();
    let mut row = 0;
    while let Some(batch) = column.next(BATCH).map_err(|cause| file.broken(cause))? {
        let numbers = batch.first().map_or(&[][..], Vec::as_slice);
        if stamps.is_none() {
            stamps = Stamps::of_numbers(numbers, time.unit, time.is_dated);
        }
        let Some(stamps) = &mut stamps else { break };
        for number in numbers {
            let stamp = stamps.number(*number).filter(|stamp| stamp.is_finite()).ok_or_else(|| {
                file.wrong(format!("row {} of `{name}` holds no time", row + 1), "a time in every row")
            })?;
            finder.push(stamp).map_err(|uneven| wrong_time(file, name, uneven))?;
            row += 1;
        }
    }
    let clock = finder.finish().map_err(|uneven| wrong_time(file, name, uneven))?;
    let stamps = stamps.ok_or_else(|| wrong_time(file, name, Uneven::TooFew))?;
    Ok((clock, stamps))
}

fn wrong_time(file: &File, name: &str, uneven: Uneven) -> ReadError {
    let (problem, allowed) = match &uneven {
        Uneven::TooFew => ("too few rows to tell a sampling rate".to_owned(), "two rows or more"),
        Uneven::Backwards { row, from, to } => (
            format!("`{name}` goes from {from} s to {to} s in row {}", row + 1),
            "times that rise from row to row",
        ),
        Uneven::Irregular { .. } => (told(&uneven), "even steps, or few uneven rows"),
        Uneven::Vast { row, gap } => (
            format!("a gap of {gap} s before row {} is out of proportion to the data", row + 1),
            "gaps up to 16 times as long as what was recorded; split the file there",
        ),
    };
    file.wrong(problem, allowed)
}

fn told(uneven: &Uneven) -> String {
    let Uneven::Irregular { rows, step, usual, count } = uneven else { return String::new() };
    let rows: Vec<_> = rows.iter().map(|row| (row + 1).to_string()).collect();
    format!(
        "uneven sampling: a step of {step:.6} s where {usual:.6} s is usual; {count} such steps, first in row {}",
        rows.join(", ")
    )
}

fn provenance(file: &File, clock: &Clock, stamps: &Stamps, left_out: String) -> Vec<(String, String)> {
    let mut provenance =
        vec![("file".to_owned(), file.source.name.clone()), ("format".to_owned(), "Parquet".to_owned())];
    let mut note = |key: &str, text: String| provenance.push((key.to_owned(), text));
    if let Some(at) = stamps.recorded_at() {
        note("recorded at", at);
    }
    if let Some(assumed) = stamps.assumed {
        note("time unit", assumed.to_owned());
    }
    if clock.jitter * clock.rate > 1e-3 {
        note("time jitter", format!("at most {:.3} ms", 1e3 * clock.jitter));
    }
    if let Spread::Sparse(_, uneven) = &clock.spread {
        note("warning", told(uneven));
        note("time grid", format!("rows lie on a grid of {} Hz, NaN between", clock.rate));
    }
    if !left_out.is_empty() {
        note("columns left out", left_out);
    }
    provenance
}
