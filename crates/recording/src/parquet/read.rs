//! A Parquet file of our own as a recording.

use bytes::Bytes;
use parquet::basic::Compression;
use parquet::column::reader::{ColumnReader, get_column_reader};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};

use super::pages::PlainPages;
use super::{KEY, TIME};
use crate::description::{Described, Description, Fetch, alone, assemble};
use crate::error::{Place, ReadError};
use crate::pieces::Pieces;
use crate::source::Source;
use crate::types::Recording;

/// Bytes of samples that a byte of the file may become: far more than any recording needs, far less than a
/// hostile file could claim.
const EXPANSION: usize = 256;
/// Bytes of samples that any file may become.
const FREE: usize = 1 << 20;

/// Reads a Parquet file that Cisterna wrote; `name` is the file's name, for messages.
pub fn read_parquet(name: &str, bytes: &[u8]) -> Result<Recording, ReadError> {
    read_parquet_beside(name, bytes, &alone)
}

/// Reads in pieces.
pub(crate) fn parquet_pieces(source: Source, seconds: f64) -> Result<Pieces, ReadError> {
    let bytes = source.bytes().map_err(|cause| source.failed(cause))?;
    read_parquet_beside(&source.name, &bytes, &|f| source.beside(f)).map(|r| Pieces::cut(r, seconds))
}

/// Reads a Parquet file of ours that may go on in files beside it.
pub(crate) fn read_parquet_beside(
    name: &str,
    bytes: &[u8],
    fetch: Fetch<'_>,
) -> Result<Recording, ReadError> {
    let broken = |cause: ParquetError| {
        ReadError::new(
            name,
            Place::File,
            format!("broken Parquet ({cause})"),
            "a whole Parquet file that Cisterna wrote",
        )
    };
    let reader = SerializedFileReader::new(Bytes::copy_from_slice(bytes)).map_err(broken)?;
    let description = description(name, &reader)?;
    let table: Vec<(usize, &Described)> =
        description.channels.iter().enumerate().filter(|(_, channel)| channel.file == 1).collect();
    check_columns(name, &reader, &table)?;
    check_chunks(bytes.len(), &reader).map_err(broken)?;
    let rows = rows(name, bytes.len(), &reader, &table)?;

    let mut channels = Vec::with_capacity(table.len());
    for (column, (place, described)) in table.into_iter().enumerate() {
        if !(described.start.is_finite() && described.rate.is_finite() && described.rate > 0.0) {
            let problem = format!(
                "channel `{}` has no clock: start {} s, rate {} Hz",
                described.name, described.start, described.rate
            );
            return Err(ReadError::new(name, Place::File, problem, "a finite start and a rate over zero"));
        }
        let values = values(&reader, column + 1, rows).map_err(broken)?;
        channels.push((place, described.channel(described.start, described.rate, values)));
    }
    assemble(name, description, channels, fetch, read_parquet)
}

fn description(name: &str, reader: &SerializedFileReader<Bytes>) -> Result<Description, ReadError> {
    let pairs = reader.metadata().file_metadata().key_value_metadata();
    let found = pairs.and_then(|pairs| pairs.iter().find(|pair| pair.key == KEY)?.value.as_deref());
    let found = found.ok_or_else(|| {
        ReadError::new(
            name,
            Place::File,
            "this Parquet file was not written by Cisterna (no key `cisterna` in its metadata)",
            "Parquet of our own; other tables as CSV",
        )
    })?;
    serde_json::from_str(found).map_err(|cause| {
        ReadError::new(
            name,
            Place::File,
            format!("the description under the key `cisterna` cannot be read ({cause})"),
            "the JSON that Cisterna wrote there",
        )
    })
}

fn check_columns(
    name: &str,
    reader: &SerializedFileReader<Bytes>,
    table: &[(usize, &Described)],
) -> Result<(), ReadError> {
    let columns = reader.metadata().file_metadata().schema_descr().columns();
    let wanted = || std::iter::once(TIME).chain(table.iter().map(|(_, channel)| channel.name.as_str()));
    let flat = |column: &parquet::schema::types::ColumnDescriptor| {
        column.max_rep_level() == 0
            && column.max_def_level() <= 1
            && column.physical_type() == parquet::basic::Type::DOUBLE
    };
    let fits = columns.len() == table.len() + 1
        && columns.iter().zip(wanted()).all(|(column, want)| column.name() == want && flat(column));
    if fits {
        return Ok(());
    }
    Err(ReadError::new(
        name,
        Place::File,
        "the columns are not those of the description",
        wanted().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ") + ", all doubles",
    ))
}

/// The library panics on negative places and unpacks whatever size a page claims, so both are ruled out here.
fn check_chunks(size: usize, reader: &SerializedFileReader<Bytes>) -> Result<(), ParquetError> {
    for chunk in reader.metadata().row_groups().iter().flat_map(|group| group.columns()) {
        let starts = [Some(chunk.data_page_offset()), chunk.dictionary_page_offset()];
        let length = chunk.compressed_size();
        let inside = |start: &i64| {
            *start >= 0
                && length >= 0
                && start.checked_add(length).is_some_and(|end| end as u64 <= size as u64)
        };
        if !starts.iter().flatten().all(inside) {
            return Err(ParquetError::General("a column lies outside the file".to_owned()));
        }
        if chunk.compression() != Compression::UNCOMPRESSED {
            return Err(ParquetError::General(format!("a column is packed with {}", chunk.compression())));
        }
    }
    Ok(())
}

/// The number of rows, after a look at whether the file can hold that many.
fn rows(
    name: &str,
    size: usize,
    reader: &SerializedFileReader<Bytes>,
    table: &[(usize, &Described)],
) -> Result<usize, ReadError> {
    let groups = reader.metadata().row_groups();
    let total =
        groups.iter().try_fold(0usize, |sum, group| sum.checked_add(usize::try_from(group.num_rows()).ok()?));
    let most = size.saturating_mul(EXPANSION).saturating_add(FREE) / 8 / (table.len() + 1);
    let refuse = |problem: String, allowed: &str| Err(ReadError::new(name, Place::File, problem, allowed));
    match total {
        Some(rows) if rows > most => refuse(
            format!("{rows} rows cannot be in a file of {size} bytes"),
            "a whole Parquet file that Cisterna wrote",
        ),
        None => refuse(
            "a row group with a negative length".to_owned(),
            "a whole Parquet file that Cisterna wrote",
        ),
        Some(rows) => match table.iter().find(|(_, channel)| channel.samples != rows) {
            Some((_, channel)) => refuse(
                format!("{rows} rows, but channel `{}` is described with {}", channel.name, channel.samples),
                "the table as Cisterna wrote it; write a part of a table as CSV",
            ),
            None => Ok(rows),
        },
    }
}

/// The values of a column, NaN where null.
fn values(
    reader: &SerializedFileReader<Bytes>,
    column: usize,
    rows: usize,
) -> Result<Vec<f64>, ParquetError> {
    let mut values = Vec::new();
    for index in 0..reader.num_row_groups() {
        let group = reader.get_row_group(index)?;
        let wanted = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
        let about = group.metadata().column(column).column_descr_ptr();
        let nullable = about.max_def_level() > 0;
        let pages = PlainPages(group.get_column_page_reader(column)?);
        let ColumnReader::DoubleColumnReader(mut chunk) = get_column_reader(about, Box::new(pages)) else {
            return Err(ParquetError::General(format!("column {column} holds no doubles")));
        };
        let (mut present, mut levels) = (Vec::new(), Vec::new());
        let mut got = 0;
        while got < wanted {
            let (records, _, _) =
                chunk.read_records(wanted - got, nullable.then_some(&mut levels), None, &mut present)?;
            if records == 0 {
                return Err(ParquetError::General(format!(
                    "column {column} ends after {got} of {wanted} rows"
                )));
            }
            got += records;
        }
        if nullable {
            let mut present = present.into_iter();
            values.extend(levels.iter().map(|level| match level {
                0 => f64::NAN,
                _ => present.next().unwrap_or(f64::NAN),
            }));
        } else {
            values.append(&mut present);
        }
    }
    if values.len() == rows {
        Ok(values)
    } else {
        Err(ParquetError::General(format!("column {column} has {} of {rows} rows", values.len())))
    }
}
