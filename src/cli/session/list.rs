//! The index of sessions.

use std::fs;
use std::path::Path;

use cisterna::quantity::short_number;
use cisterna::session::{Entry, Index, Visit};

use crate::cli::exit::{End, Failure};
use crate::cli::print::{columns, print};

/// Adds a visit to the index.
pub fn add(path: &Path, visit: &Visit, folder: &Path) -> Result<(), Failure> {
    let failed = |error: &dyn std::fmt::Display| {
        Failure::Output(format!("the index {} could not be written: {error}", path.display()))
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    }
    let mut index = Index::open(path).map_err(|error| failed(&error))?;
    index.add(visit, folder).map_err(|error| failed(&error))
}

/// Lists the sessions of the index, or the course of one client.
pub fn list(path: &Path, client: Option<&str>) -> Result<End, Failure> {
    if !path.is_file() {
        let message =
            format!("there is no index {}: make a session first, or name one by --index", path.display());
        return Err(Failure::Input(message));
    }
    let wrong = |error: &dyn std::fmt::Display| {
        Failure::Input(format!("the index {} could not be read: {error}", path.display()))
    };
    let index = Index::open(path).map_err(|error| wrong(&error))?;
    let entries = index.list(client).map_err(|error| wrong(&error))?;
    if entries.is_empty() {
        return Err(Failure::Input(match client {
            Some(code) => format!("no session of client `{code}` in {}", path.display()),
            None => format!("no session in {}", path.display()),
        }));
    }
    let mut rows =
        vec![["date", "client", "session", "title", "minutes", "record"].map(str::to_owned).to_vec()];
    rows.extend(entries.iter().map(row));
    let mut text = columns(&rows);
    if client.is_some() {
        for entry in &entries {
            text += &format!("\n{} {}\n", entry.date, entry.title);
            let own = entry.measures.iter();
            let own = own.map(|(label, value, unit)| {
                vec![format!("  {label}"), format!("{} {unit}", short_number(*value))]
            });
            text += &columns(&own.collect::<Vec<_>>());
        }
    }
    print(&text)?;
    Ok(End::Done)
}

fn row(entry: &Entry) -> Vec<String> {
    vec![
        entry.date.clone(),
        entry.client.clone(),
        entry.name.clone(),
        entry.title.clone(),
        short_number(entry.minutes),
        entry.folder.clone(),
    ]
}
