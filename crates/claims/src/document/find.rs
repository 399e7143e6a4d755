//! Documents of claims: those that come along, or those of a folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cisterna_model::document::{Collector, Text, parse};
use cisterna_model::{Problem, Problems, Sources};

use super::Claim;
use super::read::claim;

/// Every file of `claims/`, by its path inside that folder.
static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// Where claims and the scenarios of their runs come from.
#[derive(Clone, Debug, Default)]
pub enum Folder {
    /// Those that come along.
    #[default]
    Embedded,
    /// A folder.
    Own(PathBuf),
}

impl Folder {
    /// The text of a scenario that a run names: a file of the folder, or one that comes along.
    pub(crate) fn scenario(&self, name: &str) -> Option<(String, String)> {
        let file = format!("{name}.toml");
        if let Folder::Own(folder) = self {
            let path = folder.join(&file);
            if let Ok(text) = fs::read_to_string(&path) {
                return Some((path.display().to_string(), text));
            }
        }
        let embedded = EMBEDDED.iter().find(|(known, _)| *known == file);
        embedded.map(|(known, text)| (format!("claims/{known}"), (*text).to_owned())).or_else(|| {
            let text = cisterna_experiment::Scenario::embedded(name)?;
            Some((format!("scenarios/{file}"), text.to_owned()))
        })
    }

    /// The scenarios that a run may name.
    pub(crate) fn scenarios(&self) -> Vec<String> {
        let stem = |file: &str| file.strip_suffix(".toml").map(str::to_owned);
        let mut names: Vec<String> = EMBEDDED
            .iter()
            .filter(|(file, _)| file.contains('/'))
            .filter_map(|(file, _)| stem(file))
            .collect();
        if let Folder::Own(folder) = self {
            let files = fs::read_dir(folder.join("runs")).into_iter().flatten().flatten();
            names.extend(
                files.filter_map(|file| stem(file.file_name().to_str()?)).map(|name| format!("runs/{name}")),
            );
        }
        names.extend(cisterna_experiment::Scenario::names().into_iter().map(str::to_owned));
        names
    }
}

/// The names of the claims that Cisterna brings along.
pub fn names() -> impl Iterator<Item = &'static str> {
    EMBEDDED.iter().filter_map(|(file, _)| file.strip_suffix(".toml")).filter(|name| !name.contains('/'))
}

/// All claims of a folder, in the order of their ids.
pub(crate) fn documents(folder: &Folder, sources: &Sources) -> Result<Vec<Claim>, Problems> {
    let problems = Collector::new();
    let scenarios = folder.scenarios();
    let mut claims = Vec::new();
    for (name, text) in texts(folder)? {
        let text = Arc::new(Text::new(name, text));
        let table = parse(&text, &problems);
        claims.extend(claim(&table, text.name(), &scenarios, sources, &problems));
    }
    let mut claims = problems.finish(claims)?;
    claims.sort_by_key(|claim| order(&claim.id));
    let twice = claims.windows(2).find(|pair| pair[0].id == pair[1].id);
    match twice {
        None => Ok(claims),
        Some(pair) => {
            let message = format!("the claim `{}` stands in {} too", pair[1].id, pair[0].name);
            Err(Problem::of_file(&pair[1].name, message).into())
        }
    }
}

/// C2 before C10.
fn order(id: &str) -> (String, u64) {
    let digits = id.find(|letter: char| letter.is_ascii_digit()).unwrap_or(id.len());
    (id[..digits].to_owned(), id[digits..].parse().unwrap_or(0))
}

fn texts(folder: &Folder) -> Result<Vec<(String, String)>, Problems> {
    match folder {
        Folder::Embedded => {
            let own = EMBEDDED.iter().filter(|(file, _)| !file.contains('/'));
            Ok(own.map(|(file, text)| (format!("claims/{file}"), (*text).to_owned())).collect())
        }
        Folder::Own(path) => files(path),
    }
}

fn files(folder: &Path) -> Result<Vec<(String, String)>, Problems> {
    let shown = folder.display().to_string();
    let unread =
        |file: &str, error: std::io::Error| Problem::of_file(file, format!("cannot be read: {error}"));
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| unread(&shown, error))? {
        let path = entry.map_err(|error| unread(&shown, error))?.path();
        if path.extension().is_some_and(|kind| kind == "toml") {
            let name = path.display().to_string();
            let text = fs::read_to_string(&path).map_err(|error| unread(&name, error))?;
            found.push((name, text));
        }
    }
    if found.is_empty() {
        let message = "there is no claim in this folder: claims are documents that end in .toml";
        return Err(Problem::of_file(shown, message).into());
    }
    found.sort();
    Ok(found)
}
