//! Courses over weeks: stress, sleep, exercises and sessions by the day, and what becomes of a person.
//!
//! A model holds what follows within a beat and what follows within days. A course keeps the slow equations of the
//! documents as they are and puts in the place of all that is fast its averages over beats and breaths, taken from the
//! model itself at a few states of what the slow acts with: [`Split`] finds the two parts, runs of the held model give
//! the averages, and both together are again a network of signals, integrated as any other.

mod averaged;
mod check;
mod course;
mod document;
mod error;
mod fast;
mod nodes;
mod schema;
mod spelled;
mod split;
mod surface;

pub use check::{Agreement, agreement};
pub use course::{Channel, Course, run};
pub use document::{CourseDocument, names};
pub use error::CourseError;
pub use schema::course_schema;
pub use split::Split;
