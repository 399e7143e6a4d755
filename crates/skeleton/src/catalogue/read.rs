//! Reading the list of bones.

use std::collections::BTreeMap;
use std::fmt;

use cisterna_quantity::{Dimension, Stated};
use serde::Deserialize;

use super::region::Region;
use crate::embedded;

/// The document that holds the list.
const DOCUMENT: &str = "bones.toml";

/// All bones that are known.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    regions: Vec<Region>,
    joints: Vec<([String; 2], f64)>,
    aliases: BTreeMap<String, String>,
}

/// Why the list of bones cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueError(String);

impl fmt::Display for CatalogueError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{DOCUMENT}: {}", self.0)
    }
}

impl std::error::Error for CatalogueError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    source: BTreeMap<String, String>,
    region: BTreeMap<String, RegionText>,
    joint: BTreeMap<String, JointText>,
    alias: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RegionText {
    expected: bool,
    density: String,
    length: String,
    bones: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JointText {
    between: [String; 2],
    within: String,
}

impl Catalogue {
    /// The list that comes along.
    ///
    /// # Errors
    /// Where a line of the document is wrong.
    pub fn embedded() -> Result<Self, CatalogueError> {
        let text = embedded::document(DOCUMENT)
            .ok_or_else(|| CatalogueError("it does not come along".to_owned()))?;
        Self::from_text(text)
    }

    /// A list from the text of a document.
    ///
    /// # Errors
    /// Where a line of the document is wrong.
    pub fn from_text(text: &str) -> Result<Self, CatalogueError> {
        let document: Document = toml::from_str(text).map_err(|error| CatalogueError(error.to_string()))?;
        let mut regions = Vec::new();
        for (name, region) in document.region {
            let told =
                |what: &str, why: &dyn fmt::Display| CatalogueError(format!("{what} of {name}: {why}"));
            let stated = |what: &str, text: &str, dimension| {
                Stated::parse(text, dimension).map_err(|error| told(what, &error))
            };
            let density = stated("density", &region.density, Dimension::DENSITY)?;
            if let Some(key) = density.sources.iter().find(|key| !document.source.contains_key(*key)) {
                return Err(told("density", &format!("`{key}` is no source of the document")));
            }
            let length = stated("length", &region.length, Dimension::LENGTH)?.value;
            let (expected, bones) = (region.expected, region.bones);
            regions.push(Region { name, expected, density, length, bones });
        }
        let mut joints = Vec::new();
        for (name, joint) in document.joint {
            let within = Stated::parse(&joint.within, Dimension::LENGTH)
                .map_err(|error| CatalogueError(format!("within of {name}: {error}")))?;
            joints.push((joint.between, within.value));
        }
        let catalogue = Self { regions, joints, aliases: document.alias };
        match catalogue.aliases.iter().find(|(_, bone)| catalogue.region_of(bone).is_none()) {
            Some((alias, bone)) => {
                Err(CatalogueError(format!("`{alias}` stands for `{bone}`, which is no bone")))
            }
            None => Ok(catalogue),
        }
    }

    /// The regions.
    #[must_use]
    pub fn regions(&self) -> &[Region] {
        &self.regions
    }

    /// The names of all bones.
    pub fn bones(&self) -> impl Iterator<Item = &str> {
        self.regions.iter().flat_map(|region| &region.bones).map(String::as_str)
    }

    /// The bones of a region, in the order of the list; none where there is no such region.
    pub fn bones_of(&self, region: &str) -> impl Iterator<Item = &str> {
        let found = self.regions.iter().find(|known| known.name == region);
        found.into_iter().flat_map(|region| &region.bones).map(String::as_str)
    }

    /// The region of a bone.
    #[must_use]
    pub fn region_of(&self, bone: &str) -> Option<&Region> {
        self.regions.iter().find(|region| region.bones.iter().any(|own| own == bone))
    }

    /// How far apart the bones of a joint may be, mm, where that is further than elsewhere.
    #[must_use]
    pub fn reach_of(&self, bone: &str, other: &str) -> Option<f64> {
        let is_it = |names: &[String; 2]| names.iter().all(|name| name == bone || name == other);
        self.joints.iter().find(|(names, _)| is_it(names)).map(|(_, within)| *within)
    }

    /// The bone that somebody's name stands for: in small letters, with `_` for what separates words, and through
    /// the list of other names.
    #[must_use]
    pub fn bone_named(&self, name: &str) -> Option<&str> {
        let plain = plain(name);
        let meant = self.aliases.get(&plain).unwrap_or(&plain);
        self.bones().find(|bone| bone == meant)
    }
}

/// A name in small letters with `_` for what separates its words.
pub(crate) fn plain(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_holds_every_bone_of_the_body_between_head_and_hips() {
        let catalogue = Catalogue::embedded().unwrap();
        let count = |region: &str| catalogue.bones_of(region).count();
        assert_eq!((count("cranium"), count("face") + count("mandible")), (8, 14));
        assert_eq!(count("cervical") + count("thoracic") + count("lumbar"), 24);
        assert_eq!((count("ribs"), count("hips"), count("sacrum"), count("coccyx")), (24, 2, 1, 1));
    }

    #[test]
    fn names_of_other_programs_are_understood() {
        let catalogue = Catalogue::embedded().unwrap();
        assert_eq!(catalogue.bone_named("Frontal Bone"), Some("frontal_bone"));
        assert_eq!(catalogue.bone_named("vertebrae_C1"), Some("atlas"));
        assert_eq!(catalogue.bone_named("rib-left-4"), Some("left_fourth_rib"));
        assert_eq!(catalogue.bone_named("brain"), None);
    }
}
