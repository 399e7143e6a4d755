//! All of a recording but its samples: what our own CSV and Parquet files carry beside their tables.
//!
//! A table has one time column, so channels with different clocks go into one file each: `x.csv`, `x.2.csv`, ...
//! The first file describes them all; every further file is also a recording of its own. (One wide table on
//! the densest clock would invent samples, and a long table is read by nobody's scripts.)

use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::atomic::{Pending, WriteError, write_whole};
use crate::error::{Place, ReadError};
use crate::types::{Basis, Channel, Fact, Mark, Recording, Reference};

/// Gives the bytes of a file that stands beside the one being read.
pub(crate) type Fetch<'a> = &'a dyn Fn(&str) -> io::Result<Vec<u8>>;

/// A recording without its samples.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Description {
    pub title: String,
    pub channels: Vec<Described>,
    pub marks: Vec<Mark>,
    pub facts: Vec<Fact>,
    pub provenance: Vec<(String, String)>,
}

/// A channel without its samples.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Described {
    pub name: String,
    pub label: String,
    pub unit: String,
    #[serde(with = "crate::number")]
    pub start: f64,
    #[serde(with = "crate::number")]
    pub rate: f64,
    pub samples: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<Reference>,
    pub basis: Basis,
    /// Which file holds the samples, counted from 1.
    pub file: usize,
}

impl Described {
    fn new(channel: &Channel, file: usize) -> Self {
        Described {
            name: channel.name.clone(),
            label: channel.label.clone(),
            unit: channel.unit.clone(),
            start: channel.start,
            rate: channel.rate,
            samples: channel.values.len(),
            reference: channel.reference.clone(),
            basis: channel.basis.clone(),
            file,
        }
    }

    /// The channel, given its samples and its clock.
    pub(crate) fn channel(&self, start: f64, rate: f64, values: Vec<f64>) -> Channel {
        Channel {
            name: self.name.clone(),
            label: self.label.clone(),
            unit: self.unit.clone(),
            start,
            rate,
            values,
            reference: self.reference.clone(),
            basis: self.basis.clone(),
        }
    }
}

/// What goes into one file: its description and the channels of its table, all on one clock.
pub(crate) struct Part<'a> {
    pub description: Description,
    pub channels: Vec<&'a Channel>,
}

/// Splits a recording into one part for every clock; at least one.
fn parts(recording: &Recording) -> io::Result<Vec<Part<'_>>> {
    let clock = |c: &Channel| (c.start.to_bits(), c.rate.to_bits(), c.values.len());
    let mut tables: Vec<Vec<&Channel>> = Vec::new();
    let mut described = Vec::with_capacity(recording.channels.len());
    for channel in &recording.channels {
        if !(channel.start.is_finite() && channel.rate.is_finite() && channel.rate > 0.0) {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                format!(
                    "channel `{}` has no clock: start {} s, rate {} Hz",
                    channel.name, channel.start, channel.rate
                ),
            ));
        }
        let found = tables.iter().position(|t| t.first().is_some_and(|other| clock(other) == clock(channel)));
        let table = found.unwrap_or(tables.len());
        match tables.get_mut(table) {
            Some(table) => table.push(channel),
            None => tables.push(vec![channel]),
        }
        described.push(Described::new(channel, table + 1));
    }
    if tables.is_empty() {
        tables.push(Vec::new());
    }
    let whole = Description {
        title: recording.title.clone(),
        channels: described,
        marks: recording.marks.clone(),
        facts: recording.facts.clone(),
        provenance: recording.provenance.clone(),
    };
    let own = |table: &[&Channel]| Description {
        title: recording.title.clone(),
        channels: table.iter().map(|channel| Described::new(channel, 1)).collect(),
        ..Description::default()
    };
    let descriptions: Vec<_> =
        tables.iter().enumerate().map(|(i, table)| if i == 0 { whole.clone() } else { own(table) }).collect();
    Ok(descriptions
        .into_iter()
        .zip(tables)
        .map(|(description, channels)| Part { description, channels })
        .collect())
}

/// Writes a recording into one file for every clock, all of them or none.
pub(crate) fn write_parts(
    recording: &Recording,
    path: &Path,
    write: impl Fn(&mut (dyn Write + Send), &Part<'_>) -> io::Result<()>,
) -> Result<(), WriteError> {
    let parts = parts(recording).map_err(|cause| WriteError { path: path.to_owned(), cause })?;
    if let [part] = parts.as_slice() {
        return write_whole(path, |out| write(out, part));
    }
    let first = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut pending = Vec::with_capacity(parts.len());
    for (index, part) in parts.iter().enumerate() {
        let path = path.with_file_name(part_name(&first, index + 1));
        pending.push(Pending::write(&path, |out| write(out, part))?);
    }
    // The first file describes the others and so comes last.
    pending.into_iter().rev().try_for_each(Pending::appear)
}

/// The name of file number `file` of a recording whose first file is called `first`: `x.csv`, `x.2.csv`, ...
fn part_name(first: &str, file: usize) -> String {
    let path = Path::new(first);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    match path.extension() {
        _ if file <= 1 => first.to_owned(),
        Some(extension) => format!("{stem}.{file}.{}", extension.to_string_lossy()),
        None => format!("{stem}.{file}"),
    }
}

/// Puts a recording together from the `table` of its first file and, where its description names more files,
/// from those. A table's channel comes with its place in the description.
pub(crate) fn assemble(
    name: &str,
    description: Description,
    mut table: Vec<(usize, Channel)>,
    fetch: Fetch<'_>,
    read: impl Fn(&str, &[u8]) -> Result<Recording, ReadError>,
) -> Result<Recording, ReadError> {
    let mut files: Vec<usize> = description.channels.iter().map(|c| c.file).filter(|&f| f != 1).collect();
    files.sort_unstable();
    files.dedup();
    for file in files {
        let part = part_name(name, file);
        let bytes = fetch(&part).map_err(|cause| {
            ReadError::new(
                name,
                Place::File,
                format!("the recording goes on in `{part}`, which could not be read ({cause})"),
                format!("keep `{part}` in the same folder"),
            )
        })?;
        let recording = read(&part, &bytes)?;
        let wanted: Vec<_> =
            description.channels.iter().enumerate().filter(|(_, channel)| channel.file == file).collect();
        let fits = wanted.len() == recording.channels.len()
            && wanted.iter().zip(&recording.channels).all(|((_, want), got)| want.name == got.name);
        if !fits {
            return Err(ReadError::new(
                &part,
                Place::File,
                format!("its channels are not those that `{name}` describes"),
                wanted.iter().map(|(_, c)| format!("`{}`", c.name)).collect::<Vec<_>>().join(", "),
            ));
        }
        table.extend(wanted.iter().map(|(place, _)| *place).zip(recording.channels));
    }
    table.sort_by_key(|(place, _)| *place);
    Ok(Recording {
        title: description.title,
        channels: table.into_iter().map(|(_, channel)| channel).collect(),
        marks: description.marks,
        facts: description.facts,
        provenance: description.provenance,
    })
}
