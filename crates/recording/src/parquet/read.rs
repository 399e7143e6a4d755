//! A Parquet file as a recording.

use std::io::{BufReader, Cursor, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader};

use super::columns::Columns;
use super::pages::{OnlyPlain, Raw};
use super::{KEY, TIME, plain, thrift};
use crate::clock::Clock;
use crate::description::{Described, Description, assemble};
use crate::error::{Place, ReadError};
use crate::pieces::{Block, Pieces};
use crate::source::Source;
use crate::types::Recording;

/// Bytes of samples that a byte of the file may become: far more than any recording needs, far less than a
/// hostile file could claim.
const EXPANSION: usize = 256;
/// Bytes of samples that any file may become.
const FREE: usize = 1 << 20;
/// Rows read at once.
pub(crate) const BATCH: usize = 1 << 16;

/// Reads a Parquet file; `name` is the file's name, for messages.
///
/// A file that Cisterna wrote gives back the same recording. In any other, columns of numbers become channels,
/// with units as in the headings of CSV; one column is the time, as stamps or numbers; other columns are left
/// out and named in the provenance.
pub fn read_parquet(name: &str, bytes: &[u8]) -> Result<Recording, ReadError> {
    parquet_pieces(Source::memory(name, bytes), f64::INFINITY)?.whole()
}

/// Reads a Parquet file in pieces; one of ours may go on in files beside it.
pub(crate) fn parquet_pieces(source: Source, seconds: f64) -> Result<Pieces, ReadError> {
    let file = File::open(source)?;
    match file.description()? {
        Some(description) => ours(file, description, seconds),
        None => plain::pieces(file, seconds),
    }
}

fn broken(name: &str, cause: ParquetError) -> ReadError {
    ReadError::new(name, Place::File, format!("broken Parquet ({cause})"), "a whole Parquet file")
}

/// An open file: what its end says, and where its bytes are.
#[derive(Clone)]
pub(crate) struct File {
    pub source: Source,
    pub metadata: Arc<ParquetMetaData>,
    /// All bytes, where they cannot be read from the disk at any place.
    held: Option<Bytes>,
}

impl File {
    fn open(source: Source) -> Result<File, ReadError> {
        let broken = |cause| broken(&source.name, cause);
        let on_disk = source.at_random();
        let held = match on_disk {
            Some(_) => None,
            None => Some(source.bytes().map_err(|cause| source.failed(cause))?),
        };
        let read = || {
            let mut reader = ParquetMetaDataReader::new();
            match (&on_disk, &held) {
                (Some(file), _) => {
                    check_end(&mut &*file)?;
                    reader.try_parse(file)?;
                }
                (None, Some(bytes)) => {
                    check_end(&mut Cursor::new(bytes))?;
                    reader.try_parse(bytes)?;
                }
                (None, None) => {}
            }
            reader.finish()
        };
        // What the library panics on is broken too.
        let metadata = catch_unwind(AssertUnwindSafe(read))
            .unwrap_or_else(|_| Err(ParquetError::General("its end contradicts itself".to_owned())))
            .map_err(broken)?;
        Ok(File { metadata: Arc::new(metadata), held, source })
    }

    /// The bytes of the file, from the beginning.
    pub(crate) fn raw(&self) -> Result<Box<dyn Raw>, ParquetError> {
        match (&self.held, self.source.at_random()) {
            (Some(bytes), _) => Ok(Box::new(Cursor::new(bytes.clone()))),
            (None, Some(file)) => Ok(Box::new(BufReader::with_capacity(1 << 16, file))),
            (None, None) => Err(ParquetError::General("it is gone".to_owned())),
        }
    }

    pub(crate) fn broken(&self, cause: ParquetError) -> ReadError {
        broken(&self.source.name, cause)
    }

    pub(crate) fn wrong(&self, problem: impl Into<String>, allowed: impl Into<String>) -> ReadError {
        ReadError::new(&self.source.name, Place::File, problem, allowed)
    }

    /// What a file of ours says of itself.
    fn description(&self) -> Result<Option<Description>, ReadError> {
        let pairs = self.metadata.file_metadata().key_value_metadata();
        let found = pairs.and_then(|pairs| pairs.iter().find(|pair| pair.key == KEY)?.value.as_deref());
        let Some(found) = found else { return Ok(None) };
        serde_json::from_str(found).map(Some).map_err(|cause| {
            self.wrong(
                format!("the description under the key `cisterna` cannot be read ({cause})"),
                "the JSON that Cisterna wrote there",
            )
        })
    }

    /// The columns asked for, batch by batch.
    pub(crate) fn blocks(self, clock: Clock, columns: Vec<usize>, only_plain: OnlyPlain) -> Blocks {
        let columns = Columns::new(self.clone(), columns, only_plain);
        Blocks { file: self, columns, clock, row: 0 }
    }

    /// Columns lie in the file and are packed in a way that is read.
    pub(crate) fn check_chunks(
        &self,
        readable: impl Fn(Compression) -> bool,
        allowed: &str,
    ) -> Result<(), ReadError> {
        let size = self.source.size().map_err(|cause| self.source.failed(cause))?;
        for chunk in self.metadata.row_groups().iter().flat_map(|group| group.columns()) {
            // The dictionary, where there is one, comes first.
            let (data, dictionary) = (chunk.data_page_offset(), chunk.dictionary_page_offset());
            let length = chunk.compressed_size();
            let start = dictionary.unwrap_or(data);
            let end = start.checked_add(length).unwrap_or(i64::MAX);
            if start < 0 || data < 0 || length < 0 || end as u64 > size {
                return Err(self.broken(ParquetError::General("a column lies outside the file".to_owned())));
            }
            if !readable(chunk.compression()) {
                return Err(self.wrong(format!("a column is packed with {}", chunk.compression()), allowed));
            }
        }
        Ok(())
    }

    /// The number of rows, after a look at whether the file can hold that many in so many columns.
    pub(crate) fn rows(&self, columns: usize) -> Result<usize, ReadError> {
        let size = self.source.size().map_err(|cause| self.source.failed(cause))? as usize;
        let groups = self.metadata.row_groups();
        let total = groups
            .iter()
            .try_fold(0usize, |sum, group| sum.checked_add(usize::try_from(group.num_rows()).ok()?));
        let most = size.saturating_mul(EXPANSION).saturating_add(FREE) / 8 / columns.max(1);
        match total {
            Some(rows) if rows <= most => Ok(rows),
            Some(rows) => Err(self
                .wrong(format!("{rows} rows cannot be in a file of {size} bytes"), "a whole Parquet file")),
            None => Err(self.wrong("a row group with a negative length", "a whole Parquet file")),
        }
    }
}

/// Goes through the end of a file, whose length stands in its last eight bytes; what is no Parquet at all is left to
/// the library, which says so.
fn check_end(file: &mut (impl Read + Seek)) -> Result<(), ParquetError> {
    let size = file.seek(SeekFrom::End(0))?;
    let mut last = [0; 8];
    if size < last.len() as u64 {
        return Ok(());
    }
    file.seek(SeekFrom::End(-8))?;
    file.read_exact(&mut last)?;
    let [a, b, c, d, magic @ ..] = last;
    let length = u64::from(u32::from_le_bytes([a, b, c, d]));
    if &magic != b"PAR1" || length > size - 8 {
        return Ok(());
    }
    file.seek(SeekFrom::Start(size - 8 - length))?;
    let mut end = Vec::new();
    file.take(length).read_to_end(&mut end)?;
    thrift::check(&end).map_err(ParquetError::from)
}

/// A recording that Cisterna wrote.
fn ours(file: File, description: Description, seconds: f64) -> Result<Pieces, ReadError> {
    let table: Vec<(usize, &Described)> =
        description.channels.iter().enumerate().filter(|(_, channel)| channel.file == 1).collect();
    check_columns(&file, &table)?;
    file.check_chunks(
        |packing| packing == Compression::UNCOMPRESSED,
        "columns that are not packed, as Cisterna wrote them",
    )?;
    let rows = file.rows(table.len() + 1)?;
    if let Some((_, channel)) = table.iter().find(|(_, channel)| channel.samples != rows) {
        return Err(file.wrong(
            format!("{rows} rows, but channel `{}` is described with {}", channel.name, channel.samples),
            "the table as Cisterna wrote it; write a part of a table as CSV",
        ));
    }
    for (_, channel) in &table {
        if !(channel.start.is_finite() && channel.rate.is_finite() && channel.rate > 0.0) {
            let problem = format!(
                "channel `{}` has no clock: start {} s, rate {} Hz",
                channel.name, channel.start, channel.rate
            );
            return Err(file.wrong(problem, "a finite start and a rate over zero"));
        }
    }
    let channels = table.iter().map(|(_, channel)| channel.channel(channel.start, channel.rate, Vec::new()));
    let head = Recording {
        title: description.title.clone(),
        channels: channels.collect(),
        marks: description.marks.clone(),
        facts: description.facts.clone(),
        provenance: description.provenance.clone(),
    };
    let source = file.source.clone();
    let places: Vec<usize> = table.iter().map(|(place, _)| *place).collect();
    let blocks = file.blocks(Clock::told(0.0, 1.0, rows), (1..=table.len()).collect(), OnlyPlain::Yes);
    if places.len() == description.channels.len() {
        return Ok(Pieces::stitched(head, blocks, seconds));
    }
    let first = Pieces::stitched(head, blocks, f64::INFINITY).whole()?;
    let placed = places.into_iter().zip(first.channels).collect();
    let fetch = |name: &str| source.beside(name);
    assemble(&source.name, description, placed, &fetch, read_parquet).map(|whole| Pieces::cut(whole, seconds))
}

/// Batches of rows as blocks.
pub(crate) struct Blocks {
    file: File,
    columns: Columns,
    clock: Clock,
    row: usize,
}

impl Iterator for Blocks {
    type Item = Result<Block, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let (place, side_by_side) = self.clock.run(self.row);
        let batch = match self.columns.next(side_by_side.min(BATCH)) {
            Ok(batch) => batch?,
            Err(cause) => return Some(Err(self.file.broken(cause))),
        };
        self.row += batch.first().map_or(0, Vec::len);
        Some(Ok(Block(batch.into_iter().map(|values| (place, values)).collect())))
    }
}

fn check_columns(file: &File, table: &[(usize, &Described)]) -> Result<(), ReadError> {
    let columns = file.metadata.file_metadata().schema_descr().columns();
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
    Err(file.wrong(
        "the columns are not those of the description",
        wanted().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ") + ", all doubles",
    ))
}
