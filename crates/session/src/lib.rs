//! Sessions: techniques as documents, what a visit consists of, its runs and its record.

mod document;
mod source;
mod technique;

pub use document::{Evaluation, Practitioner, Session, Step, session_names, session_schema};
pub use technique::{
    Contact, Direction, Mode, Place, STATIONS, Technique, technique_names, technique_schema,
};
