//! Where documents come from.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use indexmap::IndexMap;

use crate::document::{Collector, Problem, Problems, Text};
use crate::sources::Sources;

/// Every file of `models/`, by its path inside that folder.
static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The file that holds the sources.
const SOURCES: &str = "sources.bib";
/// A file beyond this size is no document, bytes.
const LARGEST: u64 = 4 << 20;

/// A set of named documents with their sources.
#[derive(Clone, Debug, Default)]
pub struct Library {
    documents: IndexMap<String, Arc<Text>>,
    sources: Vec<Arc<Text>>,
    /// What some values are instead of what the documents say, by their name in the evidence; canonical units.
    moved: IndexMap<String, f64>,
}

/// A document that was found, and from where it names others.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// The same for two finds exactly when they are the same document.
    pub identity: String,
    pub text: Arc<Text>,
    /// The folder of a document that is a file.
    pub folder: Option<PathBuf>,
}

impl Library {
    /// The documents that Cisterna brings along.
    #[must_use]
    pub fn embedded() -> Self {
        let mut library = Self::default();
        for (name, content) in EMBEDDED {
            library.add(name, Text::new(format!("models/{name}"), *content));
        }
        library
    }

    /// Documents given as pairs of name and text; `sources.bib` holds their sources.
    #[must_use]
    pub fn from_pairs(pairs: &[(&str, &str)]) -> Self {
        let mut library = Self::default();
        for (name, content) in pairs {
            let file = if Path::new(name).extension().is_some() {
                (*name).to_owned()
            } else {
                format!("{name}.toml")
            };
            library.add(&file, Text::new(file.clone(), *content));
        }
        library
    }

    /// The same documents with one more, or another one in the place of that called `name`.
    ///
    /// ```
    /// use cisterna_model::{Library, Model};
    ///
    /// let ours = r#"
    ///     title   = "An adult of ours"
    ///     extends = "adult"
    /// "#;
    /// let model = Model::from_library(&Library::embedded().with("ours", ours), "ours", &[])?;
    /// assert!(model.documents.iter().any(|document| document == "ours.toml"));
    /// # Ok::<(), cisterna_model::Problems>(())
    /// ```
    #[must_use]
    pub fn with(mut self, name: &str, text: &str) -> Self {
        let file = format!("{name}.toml");
        self.add(&file, Text::new(file.clone(), text));
        self
    }

    /// The same documents, of which the value called `name` in the evidence is read as another one, in its canonical
    /// unit: whatever it is, a parameter, a landmark, a fluid's density. A name that no model states changes nothing.
    ///
    /// ```
    /// use cisterna_model::{Library, Model};
    ///
    /// let higher = Library::embedded().with_value("landmark.head.up", 300.0);
    /// let model = Model::from_library(&higher, "adult", &[])?;
    /// assert_eq!(model.evidence_of("landmark.head.up").unwrap()[0].value, 300.0);
    /// # Ok::<(), cisterna_model::Problems>(())
    /// ```
    #[must_use]
    pub fn with_value(mut self, name: &str, value: f64) -> Self {
        self.moved.insert(name.to_owned(), value);
        self
    }

    /// What the value called `name` is instead of what its document says.
    pub(crate) fn moved(&self) -> &IndexMap<String, f64> {
        &self.moved
    }

    fn add(&mut self, file: &str, text: Text) {
        let text = Arc::new(text);
        match file.strip_suffix(".toml") {
            Some(name) => {
                self.documents.insert(name.to_owned(), text);
            }
            None => self.sources.push(text),
        }
    }

    /// The names of the documents.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.documents.keys().map(String::as_str)
    }

    /// The text of the condition called `name`, where the library has one.
    #[must_use]
    pub fn condition(&self, name: &str) -> Option<Arc<Text>> {
        let known = crate::assembly::laid_on(self, "condition");
        let (_, document) = known.iter().find(|(known, _)| known == name)?;
        self.documents.get(document).map(Arc::clone)
    }

    /// The documents with their names.
    pub(crate) fn documents(&self) -> impl Iterator<Item = (&str, &Arc<Text>)> {
        self.documents.iter().map(|(name, text)| (name.as_str(), text))
    }

    /// The sources of all documents.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn read_sources(&self) -> Result<Sources, Problems> {
        let problems = Collector::new();
        let mut sources = Sources::default();
        self.sources.iter().for_each(|text| sources.read(text, &problems));
        problems.finish(sources)
    }

    /// The texts of the sources.
    pub(crate) fn sources(&self) -> &[Arc<Text>] {
        &self.sources
    }

    /// The document that a person calls `name`: one of the library, or a file.
    pub(crate) fn open(&self, name: &str) -> Result<Option<Found>, Problems> {
        if let Some(found) = self.own(name) {
            return Ok(Some(found));
        }
        for path in [PathBuf::from(name), PathBuf::from(format!("{name}.toml"))] {
            if path.is_file() {
                return read_document(&path).map(Some);
            }
        }
        Ok(name.strip_suffix(".toml").and_then(|name| self.own(name)))
    }

    /// The document that another one calls `name`.
    ///
    /// A file means one in its own folder first, then one in the folder `models` above it; what is found in
    /// neither is one of the library.
    pub(crate) fn refer(&self, name: &str, asker: &Found) -> Result<Option<Found>, Problems> {
        let name = name.strip_suffix(".toml").unwrap_or(name);
        if let Some(folder) = &asker.folder {
            for root in [Some(folder.as_path()), models_above(folder)].into_iter().flatten() {
                let path = root.join(format!("{name}.toml"));
                if path.is_file() {
                    return read_document(&path).map(Some);
                }
            }
        }
        Ok(self.own(name))
    }

    fn own(&self, name: &str) -> Option<Found> {
        let text = self.documents.get(name)?;
        Some(Found { identity: format!("library:{name}"), text: Arc::clone(text), folder: None })
    }
}

/// The sources that lie beside a document that is a file, or in the folder `models` above it.
pub(crate) fn sources_beside(found: &Found) -> Result<Vec<Arc<Text>>, Problems> {
    let Some(folder) = &found.folder else { return Ok(Vec::new()) };
    let mut paths: Vec<PathBuf> = [Some(folder.as_path()), models_above(folder)]
        .into_iter()
        .flatten()
        .map(|root| root.join(SOURCES))
        .filter(|path| path.is_file())
        .collect();
    paths.dedup();
    paths.iter().map(|path| read(path)).collect()
}

fn models_above(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|ancestor| ancestor.file_name().is_some_and(|name| name == "models"))
}

fn read_document(path: &Path) -> Result<Found, Problems> {
    let text = read(path)?;
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = real.parent().map(Path::to_owned);
    Ok(Found { identity: format!("file:{}", real.display()), text, folder })
}

fn read(path: &Path) -> Result<Arc<Text>, Problems> {
    let name = path.display().to_string();
    let failed =
        |error: std::io::Error| Problems::from(Problem::of_file(&name, format!("cannot be read: {error}")));
    if fs::metadata(path).map_err(failed)?.len() > LARGEST {
        return Err(Problem::of_file(&name, "a document may be 4 MiB long, this one is longer").into());
    }
    let content = fs::read_to_string(path).map_err(failed)?;
    Ok(Arc::new(Text::new(name, content)))
}
