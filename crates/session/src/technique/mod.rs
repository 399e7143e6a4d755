//! Techniques of practice as documents: where hands lie, which way they press, how hard and how long.

mod path;
mod read;
mod schema;
mod types;

pub use read::technique_names;
pub use schema::technique_schema;
pub use types::{Contact, Direction, Mode, Place, STATIONS, Technique};
