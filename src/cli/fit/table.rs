//! What was found, for the terminal and for other programs.

use serde_json::{Value as Json, json};

use cisterna::fit::{Found, Test, Value};
use cisterna::infusion::{Figure, Inflow};
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
    if let Some(test) = &found.test {
        text += &format!("\nThe infusion test by Marmarou's model\n{}", columns(&test_rows(test)));
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

/// A heading, then a row for each figure of an infusion test: recorded, of the subject before, of the subject found.
pub fn test_rows(test: &Test) -> Vec<Vec<String>> {
    let shown = |figure: Option<&Figure>| {
        let Some((figure, value)) = figure.and_then(|figure| Some((figure, figure.value?))) else {
            return "not told".to_owned();
        };
        let end = |end: Option<f64>| end.map_or("..".to_owned(), short_number);
        match figure.interval {
            Some([low, high]) => format!("{} ({} .. {})", short_number(value), end(low), end(high)),
            None => short_number(value),
        }
    };
    let mut rows =
        vec![["figure", "unit", "recorded", "subject before", "subject found"].map(str::to_owned).to_vec()];
    rows.extend(test.figures().into_iter().filter_map(|[recorded, before, found]| {
        let figure = recorded?;
        Some(vec![figure.label.clone(), figure.unit.clone(), shown(recorded), shown(before), shown(found)])
    }));
    rows
}

/// What tells of an infusion.
pub fn said(inflow: &Inflow) -> String {
    match inflow {
        Inflow::Rate(channel) | Inflow::Volume(channel) => format!("`{channel}` says"),
        Inflow::Stated(_) => "is stated".to_owned(),
    }
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
        choice.infused.as_ref().map(|infused| json!({ "inflow": infused.inflow, "space": infused.space }))
    );
    value["left_out"] = json!(choice.artefacts.iter().map(artefact).collect::<Vec<_>>());
    value["used"] = json!(choice.notes);
    Ok(value)
}
