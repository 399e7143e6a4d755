//! TOML documents read with places, so that every complaint can point at what it means.
//!
//! Model, scenario and validation documents are all read with these: [`parse`] turns a text into a [`Table`],
//! [`Fields`] takes typed values out of it, and a [`Collector`] gathers every problem, to be shown at once.

mod collector;
mod fields;
mod parse;
mod place;
mod problem;
mod table;
mod text;

pub(crate) use collector::clipped;
pub use collector::{Collector, allowed};
pub use fields::{Fields, Placed};
pub use parse::parse;
pub use place::Place;
pub use problem::{Problem, Problems};
pub use table::{Node, Table, Value};
pub use text::Text;
