//! The list of sites.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::embedded;
use crate::facts::FactsError;

/// The document that holds the list.
const DOCUMENT: &str = "sites.toml";

/// How a site is found: the bone's furthest point in a direction.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteRule {
    /// The bone.
    pub bone: String,
    /// The direction: to the right, forward, up.
    pub furthest: [f64; 3],
    /// What it is for.
    pub serves: String,
}

/// All sites by name.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sites {
    /// The rules.
    pub site: BTreeMap<String, SiteRule>,
}

impl Sites {
    /// The list that comes along.
    ///
    /// # Errors
    /// Where the document is wrong.
    pub fn embedded() -> Result<Self, FactsError> {
        let text = embedded::document(DOCUMENT).unwrap_or_default();
        toml::from_str(text)
            .map_err(|error| FactsError { about: DOCUMENT.to_owned(), message: error.to_string() })
    }
}
