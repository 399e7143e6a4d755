//! What is taught of each bone.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use crate::geometry::Vector;

/// All that is taught.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Taught {
    pub(super) sources: BTreeMap<String, String>,
    pub(super) lessons: Vec<Lesson>,
}

/// The motion that is taught for one bone while the system fills.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    /// The bone.
    pub bone: String,
    /// What it is taught together with, as "lower neck".
    pub group: String,
    /// In words, as for the bones of the right side.
    pub words: String,
    /// The axis about which the bone turns counterclockwise, seen against it. Its length beside that of the shift says
    /// how much turn goes with how much shift, in no unit; never zero.
    pub axis: Vector,
    /// The direction in which it is carried as well; none where none is taught.
    pub shift: Option<Vector>,
    /// What the axis goes through, in words.
    pub through: String,
    /// What is said to drive it.
    pub driver: String,
    /// Whether two halves are taught, axis and shift being those of the right one, though it is one bone: as a whole it
    /// then has no axis that is taught.
    pub halves: bool,
    /// The keys of the sources.
    pub sources: Vec<String>,
    /// How far to trust the line.
    pub seen: Seen,
}

/// How far to trust that a line says what is taught.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Seen {
    /// One of its sources was read for it.
    Text,
    /// It is well known; none of its sources was read again.
    Literature,
    /// It may be wrong.
    Uncertain,
}

impl fmt::Display for Seen {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Seen::Text => "a source was read",
            Seen::Literature => "well known, not read again",
            Seen::Uncertain => "uncertain",
        })
    }
}

impl Taught {
    /// What is taught of a bone.
    #[must_use]
    pub fn of(&self, bone: &str) -> Option<&Lesson> {
        self.lessons.iter().find(|lesson| lesson.bone == bone)
    }

    /// All of it, from head to foot.
    #[must_use]
    pub fn lessons(&self) -> &[Lesson] {
        &self.lessons
    }

    /// The source that a key stands for.
    #[must_use]
    pub fn source(&self, key: &str) -> Option<&str> {
        self.sources.get(key).map(String::as_str)
    }
}
