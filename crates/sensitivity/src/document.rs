//! The documents of a study.

use std::path::Path;

use cisterna_experiment::Scenario;
use cisterna_model::{Library, Problems};

use crate::error::StudyError;

/// A validation document: one that Cisterna brings along, or a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its name, or its path.
    pub name: String,
    /// The text of one that comes along.
    text: Option<&'static str>,
}

impl Document {
    /// The document called `name`; a file that is there stands before one that comes along.
    ///
    /// # Errors
    /// A name that no document has.
    pub fn named(name: &str) -> Result<Self, StudyError> {
        let text = if Path::new(name).is_file() { None } else { cisterna_validate::embedded(name) };
        if text.is_none() && !Path::new(name).is_file() {
            return Err(StudyError::NoDocument(name.to_owned()));
        }
        Ok(Self { name: name.to_owned(), text })
    }

    /// What it says, on a model of the library.
    pub(crate) fn scenario(&self, library: &Library) -> Result<Scenario, Problems> {
        match self.text {
            Some(text) => Scenario::from_text(&self.name, text, library),
            None => Scenario::load_with(&self.name, library),
        }
    }
}
