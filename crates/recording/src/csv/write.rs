//! A recording as a table of text.

use std::io::{self, Write};
use std::path::Path;

use super::comments;
use super::heading::Heading;
use crate::atomic::WriteError;
use crate::description::{Part, write_parts};
use crate::types::Recording;

/// Writes `recording` to `path` as CSV: comma, decimal point, `time [s]` and one column a channel, an empty cell
/// where nothing was recorded, and all else as comment lines before the heading.
///
/// Every number has the fewest digits that give the same number back, so a read returns the same recording.
/// Channels with another clock (start, rate or length) go into `x.2.csv`, `x.3.csv`, ... beside `x.csv`, whose
/// comments describe them all. The files appear whole or not at all.
pub fn write_csv(recording: &Recording, path: &Path) -> Result<(), WriteError> {
    write_parts(recording, path, write_part)
}

fn write_part(out: &mut (dyn Write + Send), part: &Part<'_>) -> io::Result<()> {
    comments::write(out, &part.description)?;
    let mut heading = csv::Writer::from_writer(Vec::new());
    heading.write_field("time [s]")?;
    for channel in &part.channels {
        heading.write_field(Heading::written(&channel.name, &channel.unit))?;
    }
    heading.write_record(None::<&[u8]>)?;
    out.write_all(&heading.into_inner().map_err(csv::IntoInnerError::into_error)?)?;

    let Some(first) = part.channels.first() else { return Ok(()) };
    let mut row = Vec::new();
    for index in 0..first.values.len() {
        row.clear();
        number(&mut row, first.time(index))?;
        for channel in &part.channels {
            row.push(b',');
            number(&mut row, channel.values[index])?;
        }
        row.push(b'\n');
        out.write_all(&row)?;
    }
    Ok(())
}

/// The shortest text that reads back as the same number; nothing for NaN.
fn number(out: &mut Vec<u8>, value: f64) -> io::Result<()> {
    let size = value.abs();
    if value.is_nan() {
        Ok(())
    } else if value == 0.0 || !value.is_finite() || (1e-5..1e16).contains(&size) {
        write!(out, "{value}")
    } else {
        write!(out, "{value:e}")
    }
}
