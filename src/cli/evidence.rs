//! `cisterna evidence`: what the numbers of a model rest on.

use std::fmt::Write as _;

use clap::Args;
use serde_json::{Value, json};

use cisterna::model::{Evidence, Model};

use super::exit::Failure;
use super::print::{columns, print, print_json, range};

pub const EXAMPLES: &str = "\
Examples:
  cisterna evidence                      every value of the adult
  cisterna evidence aqueduct.bore        one value in full
  cisterna evidence vault                all values of one space
  cisterna evidence --unsourced          what is assumed
  cisterna evidence --model published/davson --json

Exits with 2 where there is no such value or model.";

/// The options of `cisterna evidence`.
#[derive(Args)]
pub struct Arguments {
    /// A value (`aqueduct.bore`) or an item (`aqueduct`); all values where left out
    name: Option<String>,
    /// Only what no published source stands behind
    #[arg(long)]
    unsourced: bool,
    /// A model that comes along, or the path of one
    #[arg(long, default_value = "adult")]
    model: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Prints the evidence that is asked for.
pub fn evidence(arguments: &Arguments) -> Result<(), Failure> {
    let model = Model::load(&arguments.model).map_err(Failure::input)?;
    let mut found: Vec<&Evidence> = match &arguments.name {
        Some(name) => model.evidence_of(name).map_err(|error| {
            let help = if error.help.is_empty() { String::new() } else { format!("\n = {}", error.help) };
            Failure::Input(format!("{}{help}", error.message))
        })?,
        None => model.evidence().iter().collect(),
    };
    found.retain(|entry| !arguments.unsourced || entry.ground.is_unsourced());
    if arguments.json {
        return print_json(&found.iter().map(|entry| object(&model, entry)).collect());
    }
    if arguments.name.is_some() && !arguments.unsourced {
        let told: Vec<String> = found.iter().map(|entry| in_full(&model, entry)).collect();
        return print(&told.join("\n"));
    }
    print(&table(&model, &found))
}

/// The published range in the unit of the document.
fn shown_range(entry: &Evidence) -> String {
    let shown = |end: Option<f64>| end.map(|end| rounded(entry.unit.from_canonical(end)));
    range(shown(entry.low), shown(entry.high))
}

/// Without the last digits that the way through the canonical unit may have left.
fn rounded(value: f64) -> f64 {
    format!("{value:.9e}").parse().unwrap_or(value)
}

fn short_source(model: &Model, key: &str) -> String {
    model.sources.get(key).map_or_else(|| key.to_owned(), |source| source.short())
}

fn table(model: &Model, entries: &[&Evidence]) -> String {
    let mut rows =
        vec![["value", "", "range", "basis", "used by", "source or reason"].map(str::to_owned).to_vec()];
    rows.extend(entries.iter().map(|entry| {
        let sources: Vec<String> = entry.sources.iter().map(|key| short_source(model, key)).collect();
        let source =
            if sources.is_empty() { entry.note.clone().unwrap_or_default() } else { sources.join("; ") };
        vec![
            entry.name.clone(),
            entry.shown(),
            shown_range(entry),
            entry.ground.to_string(),
            entry.used_by.first().cloned().unwrap_or_default(),
            source,
        ]
    }));
    let unsourced = model.evidence().iter().filter(|entry| entry.ground.is_unsourced()).count();
    let all = model.evidence().len();
    format!(
        "{}\n{} of {all} values shown; {unsourced} of {all} are assumed or defaults\n",
        columns(&rows),
        entries.len()
    )
}

fn in_full(model: &Model, entry: &Evidence) -> String {
    let mut text = format!("{} = {}\n", entry.name, entry.shown());
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "  {name:9} {value}");
        }
    };
    line("what", &entry.summary);
    line("range", &shown_range(entry));
    line("basis", entry.ground.word());
    line("note", entry.note.as_deref().unwrap_or_default());
    line("stated at", &format!("{}:{}", entry.file, entry.line));
    for user in &entry.used_by {
        line("used by", user);
    }
    for key in &entry.sources {
        line("source", &reference(model, key));
    }
    text
}

/// The full reference of a source.
fn reference(model: &Model, key: &str) -> String {
    let Some(source) = model.sources.get(key) else { return key.to_owned() };
    let parts = [
        format!("[{key}]"),
        format!("{} ({}).", source.authors.join("; "), source.year),
        format!("{}.", source.title),
        source.journal.clone(),
        source.doi.as_ref().map(|doi| format!("doi:{doi}")).unwrap_or_default(),
        source.note.as_ref().map(|note| format!("({note})")).unwrap_or_default(),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn object(model: &Model, entry: &Evidence) -> Value {
    let shown = |value: f64| rounded(entry.unit.from_canonical(value));
    json!({
        "name": entry.name,
        "summary": entry.summary,
        "shown": entry.shown(),
        "value": shown(entry.value),
        "unit": entry.unit.text(),
        "low": entry.low.map(shown),
        "high": entry.high.map(shown),
        "basis": entry.ground.word(),
        "sources": entry.sources.iter().map(|key| json!({ "key": key, "reference": reference(model, key) }))
            .collect::<Vec<_>>(),
        "note": entry.note,
        "file": entry.file,
        "line": entry.line,
        "used_by": entry.used_by,
    })
}
