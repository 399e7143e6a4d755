//! The list of what was left out, to be edited by a person and given back.

use std::path::Path;

use cisterna::bedside::{Examination, Marked};
use cisterna::recording::write_whole;
use serde_json::{Value as Json, json};
use toml::{Table, Value};

use crate::cli::exit::Failure;

const HEAD: &str = "\
# What was left out of the analysis, in seconds from the start of the recording.
# Delete an entry to keep its stretch, add one to leave out another, and give the file back:
#   cisterna analyse RECORDING --artefacts THIS_FILE
# Without a channel an entry is of all.
";
const ALLOWED: &str =
    "allowed: [[artefact]] with from and to in s, from below to, and if wanted channel and reason in quotes";

/// Writes the artefacts of all channels.
pub fn write(found: &Examination, path: &Path) -> Result<(), Failure> {
    let entries = found.channels.iter().flat_map(|channel| {
        channel.artefacts.iter().map(|one| {
            Value::Table(Table::from_iter([
                ("channel".to_owned(), Value::String(channel.name.clone())),
                ("from".to_owned(), Value::Float(one.from_s)),
                ("to".to_owned(), Value::Float(one.to_s)),
                ("reason".to_owned(), Value::String(one.reason.clone())),
            ]))
        })
    });
    let list = Table::from_iter([("artefact".to_owned(), Value::Array(entries.collect()))]);
    let text = format!("{HEAD}\n{list}");
    write_whole(path, |file| file.write_all(text.as_bytes()))?;
    Ok(())
}

/// Reads such a list.
pub fn read(path: &Path) -> Result<Vec<Marked>, Failure> {
    let refuse = |problem: String| Failure::Input(format!("{}: {problem}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| refuse(error.to_string()))?;
    let list: Table = toml::from_str(&text).map_err(|error| refuse(error.to_string()))?;
    if let Some(other) = list.keys().find(|key| *key != "artefact") {
        return Err(refuse(format!("`{other}` is not known here; {ALLOWED}")));
    }
    let entries = match list.get("artefact") {
        None => &[][..],
        Some(Value::Array(entries)) => entries,
        Some(_) => return Err(refuse(format!("`artefact` is no list; {ALLOWED}"))),
    };
    let each = entries.iter().enumerate();
    each.map(|(at, entry)| {
        one(entry).map_err(|problem| refuse(format!("entry {}: {problem}; {ALLOWED}", at + 1)))
    })
    .collect()
}

/// The JSON schema of such a list.
pub fn schema() -> Json {
    let seconds = |told: &str| json!({ "type": "number", "description": told });
    let text = |told: &str| json!({ "type": "string", "description": told });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Cisterna artefacts of a recording",
        "type": "object",
        "additionalProperties": false,
        "properties": { "artefact": { "type": "array", "description": "what is left out", "items": {
            "type": "object", "additionalProperties": false, "required": ["from", "to"],
            "properties": {
                "channel": text("the channel; all where none is named"),
                "from": seconds("its beginning, s from the start of the recording"),
                "to": seconds("its end, s"),
                "reason": text("why"),
            } } } },
    })
}

fn one(entry: &Value) -> Result<Marked, String> {
    let entry = entry.as_table().ok_or("it is no table")?;
    if let Some(other) = entry.keys().find(|key| !["channel", "from", "to", "reason"].contains(&key.as_str()))
    {
        return Err(format!("`{other}` is not known"));
    }
    let number = |key: &str| match entry.get(key) {
        Some(Value::Float(number)) => Ok(*number),
        Some(Value::Integer(number)) => Ok(*number as f64),
        Some(_) => Err(format!("`{key}` is no number")),
        None => Err(format!("`{key}` is missing")),
    };
    let text = |key: &str| match entry.get(key) {
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(format!("`{key}` is no text")),
        None => Ok(None),
    };
    let (from, to) = (number("from")?, number("to")?);
    if !(from.is_finite() && to.is_finite() && from < to) {
        return Err(format!("it goes from {from} to {to} s"));
    }
    Ok(Marked { channel: text("channel")?, from, to, why: text("reason")?.unwrap_or_default() })
}
