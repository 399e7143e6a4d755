//! Tables of text: comma, semicolon or tab between the columns.

mod comments;
mod dialect;
mod heading;
mod read;
mod table;
mod write;

pub use read::read_csv;
pub(crate) use read::read_csv_beside;
pub use write::write_csv;
