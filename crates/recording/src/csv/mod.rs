//! Tables of text: comma, semicolon or tab between the columns.

mod blocks;
mod calendar;
mod comments;
mod dialect;
mod events;
mod heading;
mod layout;
mod long;
mod order;
mod read;
mod refuse;
mod stamp;
mod table;
mod text;
mod write;

pub(crate) use heading::{Heading, TimeUnit};
pub use read::read_csv;
pub(crate) use read::{csv_pieces, gap_marks};
pub(crate) use stamp::Stamps;
pub use write::write_csv;
