//! The list of what was left out, to be edited by a person and given back.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use toml::Value as Toml;

use cisterna::bedside::{Examination, Marked};
use cisterna::model::document::{Collector, Fields, Table, Text, parse};
use cisterna::model::{Problem, Problems};
use cisterna::quantity::{Dimension, exact_number};

const HEAD: &str = "\
# What was left out of the analysis, from the start of the recording.
# Delete an entry to keep its stretch, add one to leave out another, and give the file back:
#   cisterna analyse RECORDING --artefacts THIS_FILE
# Without a channel an entry is of all.
";
/// The keys of an entry, the first two of which it must have.
const KEYS: [&str; 4] = ["from", "until", "channel", "reason"];

/// The artefacts of all channels.
pub fn document(found: &Examination) -> String {
    let mut text = HEAD.to_owned();
    for channel in &found.channels {
        for one in &channel.artefacts {
            let [name, reason] = [&channel.name, &one.reason].map(|text| Toml::String(text.clone()));
            let [from, until] = [one.from_s, one.to_s].map(exact_number);
            // Writing to a string cannot fail.
            let _ = write!(
                text,
                "\n[[artefact]]\nchannel = {name}\nfrom = \"{from} s\"\nuntil = \"{until} s\"\nreason = {reason}\n"
            );
        }
    }
    text
}

/// Reads such a list.
pub fn read(path: &Path) -> Result<Vec<Marked>, Problems> {
    let name = path.display().to_string();
    let text = fs::read_to_string(path)
        .map_err(|error| Problem::of_file(&name, format!("cannot be read: {error}")))?;
    from_text(&name, &text)
}

fn from_text(name: &str, text: &str) -> Result<Vec<Marked>, Problems> {
    let problems = Collector::new();
    let table = parse(&Arc::new(Text::new(name, text)), &problems);
    let fields = Fields::of(&table, "a list of artefacts", &problems);
    let entries = fields.tables("artefact");
    fields.finish([]);
    let marked = entries.into_iter().filter_map(|entry| one(entry, &problems)).collect();
    problems.finish(marked)
}

fn one(entry: &Table, problems: &Collector) -> Option<Marked> {
    let fields = Fields::of(entry, "an artefact", problems);
    fields.required(&KEYS[..2]);
    let [from, until] = ["from", "until"].map(|key| fields.quantity(key, Dimension::TIME));
    let [channel, reason] =
        ["channel", "reason"].map(|key| fields.string(key).map(|text| text.value.to_owned()));
    fields.finish([]);
    let (from, until) = (from?, until?);
    if until.value <= from.value {
        problems
            .add(until.place.problem("the artefact ends before it begins").help("`until` lies after `from`"));
        return None;
    }
    Some(Marked { channel, from: from.value, to: until.value, why: reason.unwrap_or_default() })
}

/// The JSON schema of such a list.
pub fn schema() -> Value {
    let text = |told: &str| json!({ "type": "string", "description": told });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Cisterna artefacts of a recording",
        "type": "object",
        "additionalProperties": false,
        "properties": { "artefact": { "type": "array", "description": "what is left out", "items": {
            "type": "object", "additionalProperties": false, "required": KEYS[..2],
            "properties": {
                "channel": text("the channel; all where none is named"),
                "from": text("its beginning from the start of the recording, with unit"),
                "until": text("its end, with unit"),
                "reason": text("why"),
            } } } },
    })
}
