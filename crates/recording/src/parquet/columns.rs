//! Columns of numbers, batch by batch.

use std::panic::{AssertUnwindSafe, catch_unwind};

use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl, get_column_reader};
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::schema::types::ColumnDescriptor;

use super::pages::{OnlyPlain, Pages};
use super::read::File;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Holds {
    /// Numbers, whole or not.
    Numbers,
    /// Moments since 1970, so many in a second.
    Moments(f64),
    /// Anything else: text, lists, dates, ...
    Other,
}

impl Holds {
    /// What `column` holds.
    pub(crate) fn of(column: &ColumnDescriptor) -> Holds {
        if column.max_rep_level() > 0 || column.max_def_level() > 1 || column.path().parts().len() != 1 {
            return Holds::Other;
        }
        let moments = match (column.logical_type_ref(), column.converted_type()) {
            (Some(LogicalType::Timestamp(stamp)), _) => Some(match stamp.unit {
                TimeUnit::MILLIS => 1e3,
                TimeUnit::MICROS => 1e6,
                TimeUnit::NANOS => 1e9,
            }),
            (None, ConvertedType::TIMESTAMP_MILLIS) => Some(1e3),
            (None, ConvertedType::TIMESTAMP_MICROS) => Some(1e6),
            _ => None,
        };
        let is_number = matches!(
            (column.logical_type_ref(), column.converted_type()),
            (None | Some(LogicalType::Integer(_)), ConvertedType::NONE)
                | (
                    _,
                    ConvertedType::INT_8
                        | ConvertedType::INT_16
                        | ConvertedType::INT_32
                        | ConvertedType::INT_64
                        | ConvertedType::UINT_8
                        | ConvertedType::UINT_16
                        | ConvertedType::UINT_32
                        | ConvertedType::UINT_64
                )
        );
        match (column.physical_type(), moments) {
            (Type::INT64, Some(parts)) => Holds::Moments(parts),
            (Type::DOUBLE | Type::FLOAT, _) => Holds::Numbers,
            (Type::INT32 | Type::INT64, None) if is_number => Holds::Numbers,
            _ => Holds::Other,
        }
    }
}

/// Reads some columns of a file side by side.
pub(crate) struct Columns {
    file: File,
    columns: Vec<usize>,
    only_plain: OnlyPlain,
    /// The next group of rows.
    group: usize,
    open: Vec<ColumnReader>,
    /// Rows left in the open group.
    left: usize,
}

impl Columns {
    pub(crate) fn new(file: File, columns: Vec<usize>, only_plain: OnlyPlain) -> Self {
        Columns { file, columns, only_plain, group: 0, open: Vec::new(), left: 0 }
    }

    /// The next rows, at most `most` of them, NaN where null; `None` at the end.
    ///
    /// Some decoders of the library panic on pages that lie; what they say is an error like any other.
    pub(crate) fn next(&mut self, most: usize) -> Result<Option<Vec<Vec<f64>>>, ParquetError> {
        catch_unwind(AssertUnwindSafe(|| self.batch(most)))
            .unwrap_or_else(|_| Err(ParquetError::General("a page contradicts itself".to_owned())))
    }

    fn batch(&mut self, most: usize) -> Result<Option<Vec<Vec<f64>>>, ParquetError> {
        while self.left == 0 {
            if self.group == self.file.metadata.num_row_groups() {
                return Ok(None);
            }
            self.open_group()?;
        }
        let rows = self.left.min(most);
        let mut batch = Vec::with_capacity(self.open.len());
        for column in &mut self.open {
            batch.push(values(column, rows)?);
        }
        self.left -= rows;
        Ok(Some(batch))
    }

    fn open_group(&mut self) -> Result<(), ParquetError> {
        let group = self.file.metadata.row_group(self.group);
        let rows = usize::try_from(group.num_rows()).unwrap_or(0);
        self.open.clear();
        for column in &self.columns {
            let about = group.column(*column);
            let (start, length) = about.byte_range();
            let place = (start, start.saturating_add(length));
            let pages = Pages::new(self.file.raw()?, place, about.compression(), rows, self.only_plain);
            self.open.push(get_column_reader(about.column_descr_ptr(), Box::new(pages)));
        }
        self.left = rows;
        self.group += 1;
        Ok(())
    }
}

fn values(column: &mut ColumnReader, rows: usize) -> Result<Vec<f64>, ParquetError> {
    match column {
        ColumnReader::DoubleColumnReader(column) => typed(column, rows, |value| value),
        ColumnReader::FloatColumnReader(column) => typed(column, rows, f64::from),
        ColumnReader::Int32ColumnReader(column) => typed(column, rows, f64::from),
        ColumnReader::Int64ColumnReader(column) => typed(column, rows, |value| value as f64),
        _ => Err(ParquetError::General("a column holds no numbers".to_owned())),
    }
}

fn typed<T: DataType>(
    column: &mut ColumnReaderImpl<T>,
    rows: usize,
    number: impl Fn(T::T) -> f64,
) -> Result<Vec<f64>, ParquetError> {
    let (mut present, mut levels) = (Vec::new(), Vec::new());
    let mut got = 0;
    while got < rows {
        let (records, _, _) = column.read_records(rows - got, Some(&mut levels), None, &mut present)?;
        if records == 0 {
            return Err(ParquetError::General(format!("a column ends after {got} of {rows} rows")));
        }
        got += records;
    }
    let mut present = present.into_iter().map(number);
    // A column that is never null has no levels.
    let values: Vec<f64> = if levels.is_empty() {
        present.collect()
    } else {
        let mut value = |level: &i16| if *level == 0 { None } else { present.next() };
        levels.iter().map(|level| value(level).unwrap_or(f64::NAN)).collect()
    };
    if values.len() == rows {
        Ok(values)
    } else {
        Err(ParquetError::General(format!("a column has {} of {rows} rows", values.len())))
    }
}
