//! What was found, for the terminal and for other programs.

use serde_json::{Value as Json, json};

use cisterna::fit::{Found, Value};
use cisterna::quantity::short_number;

use super::choice::Choice;
use crate::cli::exit::Failure;
use crate::cli::print::columns;

/// A row for each value that stands in a document, then what is explained and what must be known.
pub fn table(found: &Found) -> String {
    let mut rows = vec![HEADER.map(str::to_owned).to_vec()];
    rows.extend(found.values.iter().flat_map(rows_of));
    let mut text = columns(&rows);
    let shares: Vec<Vec<String>> = found
        .explained
        .iter()
        .map(|share| {
            vec![
                format!("{} of `{}`:", what(&share.what), share.channel),
                share.share.map_or("varies by no more than its noise".to_owned(), |share| {
                    format!("{:.0} % of its variation explained", 100.0 * share)
                }),
                format!("simulated less recorded {} {}", short_number(share.offset), share.unit),
            ]
        })
        .collect();
    if !shares.is_empty() {
        text += &format!("\n{}", columns(&shares));
    }
    if !found.notes.is_empty() {
        text += &format!(
            "\n{}\n",
            found.notes.iter().map(|note| format!("note: {note}")).collect::<Vec<_>>().join("\n")
        );
    }
    text
}

const HEADER: [&str; 6] = ["value", "before", "found", "95 %", "published", "told by the recording"];

/// A row for each value that a sought one stands for.
fn rows_of(value: &Value) -> Vec<Vec<String>> {
    let row = |member: &cisterna::fit::MemberValue| {
        let unit = if member.unit == "1" { String::new() } else { format!(" {}", member.unit) };
        vec![
            member.name.clone(),
            format!("{}{unit}", short_number(member.before)),
            short_number(member.value),
            interval(member.interval),
            interval(member.published),
            verdict(value),
        ]
    };
    value.members.iter().map(row).collect()
}

/// "9.1 .. 11".
pub fn interval([low, high]: [f64; 2]) -> String {
    format!("{} .. {}", short_number(low), short_number(high))
}

/// Whether the recording tells a value.
pub fn verdict(value: &Value) -> String {
    match value.determined {
        true => format!("yes, {:.0} % of the published width left", 100.0 * value.width_left),
        false => format!("no, {:.0} % left", 100.0 * value.width_left),
    }
}

/// `amplitude_fundamental` in words.
pub fn what(name: &str) -> &str {
    match name {
        "mean" => "mean",
        _ => "pulse amplitude",
    }
}

/// Everything as JSON.
pub fn json(found: &Found, choice: &Choice) -> Result<Json, Failure> {
    let mut value = serde_json::to_value(found).map_err(|error| Failure::Output(error.to_string()))?;
    let artefact = |(channel, artefact): &(String, cisterna::analysis::Artefact)| json!({ "channel": channel, "reason": artefact.reason.text(), "start_s": artefact.start, "end_s": artefact.end });
    value["driven_by"] = json!(choice.arterial);
    value["infused"] = json!(
        choice.infused.as_ref().map(|infused| json!({ "channel": infused.channel, "space": infused.space }))
    );
    value["left_out"] = json!(choice.artefacts.iter().map(artefact).collect::<Vec<_>>());
    value["used"] = json!(choice.notes);
    Ok(value)
}
