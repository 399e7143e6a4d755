//! A recording as a Parquet file.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{Compression, Encoding, Repetition, Type as Physical};
use parquet::data_type::DoubleType;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;

use super::{KEY, TIME};
use crate::atomic::WriteError;
use crate::description::{Part, write_parts};
use crate::types::Recording;

/// Rows in a row group: 8 MB a column, so that readers can work piece by piece.
const ROWS: usize = 1 << 20;

/// Writes `recording` to `path` as Parquet: a column `time` (s) and a column of doubles for each channel, null
/// where nothing was recorded; labels, units, reference levels, basis, marks, facts and provenance stand as JSON
/// under the key `cisterna` of the file's metadata.
///
/// Channels with another clock (start, rate or length) go into `x.2.parquet`, `x.3.parquet`, ... beside
/// `x.parquet`, whose description names them all. The files appear whole or not at all.
pub fn write_parquet(recording: &Recording, path: &Path) -> Result<(), WriteError> {
    write_parts(recording, path, write_part)
}

fn write_part(out: &mut (dyn Write + Send), part: &Part<'_>) -> io::Result<()> {
    let description = serde_json::to_string(&part.description)?;
    write_table(out, part, description).map_err(|error| match error {
        ParquetError::External(cause) => match cause.downcast::<io::Error>() {
            Ok(cause) => *cause,
            Err(cause) => io::Error::other(cause),
        },
        other => io::Error::other(other),
    })
}

fn write_table(
    out: &mut (dyn Write + Send),
    part: &Part<'_>,
    description: String,
) -> Result<(), ParquetError> {
    let column = |name: &str, repetition| {
        Type::primitive_type_builder(name, Physical::DOUBLE).with_repetition(repetition).build().map(Arc::new)
    };
    let mut fields = vec![column(TIME, Repetition::REQUIRED)?];
    for channel in &part.channels {
        fields.push(column(&channel.name, Repetition::OPTIONAL)?);
    }
    let schema = Type::group_type_builder("recording").with_fields(fields).build()?;
    let properties = WriterProperties::builder()
        .set_created_by(concat!("cisterna ", env!("CARGO_PKG_VERSION")).to_owned())
        // Doubles of a signal hardly compress, and a reader of plain pages cannot be made to unpack a bomb.
        .set_compression(Compression::UNCOMPRESSED)
        .set_dictionary_enabled(false)
        .set_encoding(Encoding::PLAIN)
        .set_key_value_metadata(Some(vec![KeyValue::new(KEY.to_owned(), description)]))
        .build();
    let mut writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
    if let Some(first) = part.channels.first() {
        for from in (0..first.values.len()).step_by(ROWS) {
            let rows = from..(from + ROWS).min(first.values.len());
            let mut group = writer.next_row_group()?;
            let times: Vec<f64> = rows.clone().map(|index| first.time(index)).collect();
            write_column(&mut group, &times, None)?;
            for channel in &part.channels {
                let values = &channel.values[rows.clone()];
                let present: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
                let levels: Vec<i16> = values.iter().map(|value| i16::from(!value.is_nan())).collect();
                write_column(&mut group, &present, Some(&levels))?;
            }
            group.close()?;
        }
    }
    writer.close()?;
    Ok(())
}

fn write_column<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: &[f64],
    levels: Option<&[i16]>,
) -> Result<(), ParquetError> {
    if let Some(mut column) = group.next_column()? {
        column.typed::<DoubleType>().write_batch(values, levels, None)?;
        column.close()?;
    }
    Ok(())
}
