//! Validation documents: found, read and checked against each other.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use cisterna_experiment::Scenario;
use cisterna_model::{Library, Problem, Problems};

use crate::error::ValidateError;

/// Every document of `validation/`, by its name inside that folder.
static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// A scenario with the name of its document.
pub(crate) struct Document {
    pub name: String,
    pub scenario: Scenario,
}

/// The text of the document called `name` (with or without its folder and its ending) that Cisterna brings along.
///
/// ```
/// assert!(cisterna_validate::embedded("supine_rest").is_some());
/// ```
#[must_use]
pub fn embedded(name: &str) -> Option<&'static str> {
    let bare = name.strip_prefix("validation/").unwrap_or(name);
    let bare = bare.strip_suffix(".toml").unwrap_or(bare);
    EMBEDDED.iter().find(|(file, _)| file.strip_suffix(".toml") == Some(bare)).map(|(_, text)| *text)
}

/// The documents of a folder, or those that Cisterna brings along, in the order of their names.
pub(crate) fn documents(dir: Option<&Path>) -> Result<Vec<Document>, ValidateError> {
    let read: Vec<(String, Result<Scenario, Problems>)> = match dir {
        None => {
            let library = Library::embedded();
            let read = |(name, text): &(&str, &str)| {
                let name = format!("validation/{name}");
                let scenario = Scenario::from_text(&name, text, &library);
                (name, scenario)
            };
            EMBEDDED.iter().map(read).collect()
        }
        Some(dir) => files(dir)?
            .into_iter()
            .map(|path| {
                let name = path.display().to_string();
                let scenario = Scenario::load(&name);
                (name, scenario)
            })
            .collect(),
    };
    checked(read)
}

/// The documents of a folder.
fn files(dir: &Path) -> Result<Vec<PathBuf>, ValidateError> {
    let failed = |reason: String| ValidateError::Folder { path: dir.to_owned(), reason };
    let entries = fs::read_dir(dir).map_err(|error| failed(format!("the folder cannot be read: {error}")))?;
    let mut paths = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| failed(format!("the folder cannot be read: {error}")))?;
        let path = entry.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        return Err(failed("there is no validation document in this folder: they end in .toml".to_owned()));
    }
    paths.sort();
    Ok(paths)
}

/// The documents, where all of them can be read, every row has its own name and can be judged.
fn checked(read: Vec<(String, Result<Scenario, Problems>)>) -> Result<Vec<Document>, ValidateError> {
    let mut problems = Problems::default();
    let mut documents: Vec<Document> = Vec::new();
    let mut first: HashMap<String, String> = HashMap::new();
    for (name, scenario) in read {
        let scenario = match scenario {
            Ok(scenario) => scenario,
            Err(wrong) => {
                problems.list.extend(wrong.list);
                continue;
            }
        };
        let mut judged = 0;
        for measure in &scenario.measures {
            let Some(published) = &measure.published else { continue };
            judged += 1;
            if let Some(other) = first.insert(measure.id.clone(), name.clone()) {
                let message = format!("the row `{}` stands in {other} and in {name}", measure.id);
                problems.list.push(Problem::of_file(&name, message).help("every row has its own name"));
            }
            if published.low.is_none() && published.high.is_none() {
                let message =
                    format!("the row `{}` has no `low` and no `high`: nothing could miss it", measure.id);
                let help = "give the published spread, or a tolerance that its `note` states";
                problems.list.push(Problem::of_file(&name, message).help(help));
            }
        }
        if judged == 0 {
            let message = "no measure of this document has a published value";
            let help = "a validation document compares: give a `[[measure]]` its `published` value";
            problems.list.push(Problem::of_file(&name, message).help(help));
        }
        documents.push(Document { name, scenario });
    }
    if problems.list.is_empty() { Ok(documents) } else { Err(ValidateError::Documents(problems)) }
}
