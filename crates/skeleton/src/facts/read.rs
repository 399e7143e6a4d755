//! Reading, writing and asking a document of facts.

use std::fmt;

use cisterna_quantity::nearest;

use super::document::{Facts, InterfaceFacts};
use crate::embedded;

/// Why facts cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactsError {
    /// The document, or what was asked.
    pub about: String,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for FactsError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.about, self.message)
    }
}

impl std::error::Error for FactsError {}

/// Whatever has a name in a document of facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A bone.
    Bone,
    /// A membrane.
    Membrane,
    /// A site.
    Site,
}

impl Facts {
    /// The bodies that come along.
    pub const BODIES: [&'static str; 1] = ["adult"];

    /// The facts of a body that comes along.
    ///
    /// # Errors
    /// An unknown body, with the nearest one.
    pub fn embedded(body: &str) -> Result<Self, FactsError> {
        let path = format!("{body}/facts.toml");
        match embedded::document(&path) {
            Some(text) => Self::from_text(&path, text),
            None => Err(unknown("body", body, Self::BODIES)),
        }
    }

    /// Facts from the text of a document; `about` is what it is called in an error.
    ///
    /// # Errors
    /// Where the text is no document of facts, with line and column.
    pub fn from_text(about: &str, text: &str) -> Result<Self, FactsError> {
        toml::from_str(text).map_err(|error| FactsError {
            about: about.to_owned(),
            message: error.to_string().trim_end().to_owned(),
        })
    }

    /// The document as text.
    ///
    /// # Errors
    /// Never for facts that were derived; TOML cannot hold every value that Rust can.
    pub fn to_text(&self) -> Result<String, FactsError> {
        let body = toml::to_string(self)
            .map_err(|error| FactsError { about: self.title.clone(), message: error.to_string() })?;
        Ok(format!(
            "# Facts of one body's bones, derived from meshes by `cisterna anatomy derive`.\n# {}\n# Licence: {}\n\n{body}",
            self.credit, self.licence
        ))
    }

    /// What a name stands for.
    ///
    /// # Errors
    /// An unknown name, with the nearest one.
    pub fn find(&self, name: &str) -> Result<Named, FactsError> {
        let kinds = [
            (Named::Bone, self.bone.contains_key(name)),
            (Named::Membrane, self.membrane.contains_key(name)),
            (Named::Site, self.site.contains_key(name)),
        ];
        let found = kinds.into_iter().find(|(_, known)| *known).map(|(kind, _)| kind);
        let names = self.bone.keys().chain(self.membrane.keys()).chain(self.site.keys());
        found.ok_or_else(|| unknown("bone, membrane or site", name, names))
    }

    /// The interfaces of a bone, or of two bones with each other.
    #[must_use]
    pub fn interfaces_of(&self, bones: &[&str]) -> Vec<&InterfaceFacts> {
        let joins =
            |own: &&InterfaceFacts| bones.iter().all(|bone| own.between.iter().any(|name| name == bone));
        self.interface.iter().filter(joins).collect()
    }
}

fn unknown<'a, S: AsRef<str> + ?Sized + 'a>(
    what: &str,
    name: &str,
    valid: impl IntoIterator<Item = &'a S>,
) -> FactsError {
    let near = nearest(name, valid).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    FactsError { about: name.to_owned(), message: format!("this is no {what} of these facts{near}") }
}
