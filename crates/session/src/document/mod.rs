//! Sessions as documents: intake, practitioner, evaluation and techniques in their order.

mod read;
mod schema;
mod types;

pub use read::session_names;
pub use schema::session_schema;
pub use types::{Evaluation, Practitioner, Session, Step};
