//! Tables of text: comma, semicolon or tab between the columns.

mod calendar;
mod comments;
mod dialect;
mod heading;
mod layout;
mod read;
mod stamp;
mod table;
mod text;
mod write;

pub(crate) use heading::{Heading, TimeUnit};
pub use read::read_csv;
pub(crate) use read::{csv_pieces, gap_marks};
pub(crate) use stamp::Stamps;
pub use write::write_csv;
