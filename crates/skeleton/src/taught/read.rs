//! Reading the document of taught motion.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::error::TaughtError;
use super::lesson::{Lesson, Seen, Taught};
use crate::catalogue::Catalogue;
use crate::embedded;
use crate::geometry::Vector;
use crate::screw::mirrored_axis;

/// The document that comes along.
const DOCUMENT: &str = "taught.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    source: BTreeMap<String, String>,
    motion: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    bones: Vec<Spanned<String>>,
    #[serde(default)]
    left: Vec<Spanned<String>>,
    #[serde(default)]
    halves: bool,
    words: String,
    axis: Spanned<[f64; 3]>,
    shift: Option<Spanned<[f64; 3]>>,
    through: String,
    driver: String,
    source: Vec<Spanned<String>>,
    seen: Seen,
}

impl Taught {
    /// What comes along.
    ///
    /// # Errors
    /// Where a line of the document is wrong.
    pub fn embedded() -> Result<Self, TaughtError> {
        let whole = |message: String| TaughtError { about: DOCUMENT.to_owned(), line: None, message };
        let text = embedded::document(DOCUMENT)
            .ok_or_else(|| whole("the document does not come along".to_owned()))?;
        let catalogue = Catalogue::embedded().map_err(|error| whole(error.to_string()))?;
        Self::from_text(DOCUMENT, text, &catalogue)
    }

    /// What is taught, from the text of a document; `about` is what it is called in an error.
    ///
    /// # Errors
    /// The first line that is wrong: one that cannot be read, a bone that is not known or taught twice, a source that
    /// the document does not list, an axis or a shift without length.
    pub fn from_text(about: &str, text: &str, catalogue: &Catalogue) -> Result<Self, TaughtError> {
        let document: Document = toml::from_str(text).map_err(|error| TaughtError {
            about: about.to_owned(),
            line: None,
            message: error.to_string().trim_end().to_owned(),
        })?;
        let Document { source: sources, motion } = document;
        let mut taught = Self { sources, lessons: Vec::new() };
        for entry in &motion {
            taught
                .add(entry, catalogue)
                .map_err(|(place, message)| TaughtError::at(about, text, place, message))?;
        }
        Ok(taught)
    }

    fn add(&mut self, entry: &Entry, catalogue: &Catalogue) -> Result<(), Fault> {
        let axis = direction(&entry.axis, "axis")?;
        let shift = entry.shift.as_ref().map(|shift| direction(shift, "shift")).transpose()?;
        for key in &entry.source {
            if !self.sources.contains_key(key.get_ref()) {
                let message =
                    TaughtError::unknown("source of this document", key.get_ref(), self.sources.keys());
                return Err((key.span(), message));
            }
        }
        for bone in &entry.bones {
            self.teach(entry, bone, axis, shift, catalogue)?;
        }
        for bone in &entry.left {
            let shift = shift.map(|s| Vector::new(-s.x, s.y, s.z));
            self.teach(entry, bone, mirrored_axis(&axis), shift, catalogue)?;
        }
        Ok(())
    }

    fn teach(
        &mut self,
        entry: &Entry,
        bone: &Spanned<String>,
        axis: Vector,
        shift: Option<Vector>,
        catalogue: &Catalogue,
    ) -> Result<(), Fault> {
        let name = bone.get_ref();
        if catalogue.region_of(name).is_none() {
            return Err((bone.span(), TaughtError::unknown("bone", name, catalogue.bones())));
        }
        if let Some(known) = self.of(name) {
            return Err((bone.span(), format!("`{name}` is taught already, in `{}`", known.group)));
        }
        self.lessons.push(Lesson {
            bone: name.clone(),
            group: entry.name.clone(),
            words: entry.words.clone(),
            axis,
            shift,
            through: entry.through.clone(),
            driver: entry.driver.clone(),
            halves: entry.halves,
            sources: entry.source.iter().map(|key| key.get_ref().clone()).collect(),
            seen: entry.seen,
        });
        Ok(())
    }
}

/// Where something is wrong, and what.
type Fault = (std::ops::Range<usize>, String);

fn direction(triple: &Spanned<[f64; 3]>, what: &str) -> Result<Vector, Fault> {
    let vector = Vector::from(*triple.get_ref());
    let length = vector.norm();
    if length.is_finite() && length > 0.0 {
        Ok(vector)
    } else {
        Err((triple.span(), format!("the {what} must be three finite numbers that are not all zero")))
    }
}
