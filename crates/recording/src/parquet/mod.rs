//! Parquet files: our own (one wide table a clock, `time` and one column a channel) and plain tables.

mod columns;
mod pages;
mod plain;
mod read;
mod shapes;
mod thrift;
mod unpack;
mod write;

pub(crate) use read::parquet_pieces;
pub use read::read_parquet;
pub use write::write_parquet;

/// The key under which a file's description stands as JSON.
const KEY: &str = "cisterna";
/// The name of the column of time, s.
const TIME: &str = "time";
