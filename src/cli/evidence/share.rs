//! Which share of the results' variance each value carries.

use serde_json::{Value, json};

use cisterna::model::Model;
use cisterna::quantity::short_number;
use cisterna::recording::write_whole;
use cisterna::sensitivity::{Share, Shares, Study, shares};

use super::super::exit::{End, Failure};
use super::super::print::{columns, print, print_json};
use super::super::watch::Runs;
use super::{Arguments, Format, csv_line, end, object, rounded, shown_range, study};

/// Runs the documents with every value moved, and shows what is assumed by what it carries.
pub fn show(arguments: &Arguments, format: Option<Format>, model: &Model) -> Result<End, Failure> {
    let runs = Runs::begin();
    let study = study(arguments, &runs)?;
    let found = shares(&study, &runs);
    runs.end();
    if let (Some(path), Some(format)) = (&arguments.out, format) {
        let text = match format {
            Format::Csv => csv(&study, &found),
            Format::Json => format!("{:#}\n", to_json(model, &study, &found)),
        };
        write_whole(path, |file| file.write_all(text.as_bytes()))?;
    }
    if arguments.json {
        print_json(&to_json(model, &study, &found))?;
    } else {
        print(&told(&study, &found))?;
    }
    Ok(end(&runs))
}

/// A share as a percentage; an empty sum is a negative zero, which nobody wants to read.
fn percent(share: f64) -> String {
    format!("{:.1}", 100.0 * share + 0.0)
}

/// The result that a value carries the most of.
fn largest(study: &Study, share: &Share) -> String {
    let most = share.shares.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
    most.map_or_else(String::new, |(target, part)| {
        let target = &study.targets[target];
        format!("{} % of {} ({})", percent(*part), target.label, target.id)
    })
}

fn told(study: &Study, found: &Shares) -> String {
    let mut rows =
        vec![["value", "", "range", "basis", "share %", "carries most"].map(str::to_owned).to_vec()];
    let unsourced = found.rows.iter().filter(|row| row.value.ground.is_unsourced());
    rows.extend(unsourced.map(|row| {
        vec![
            row.value.name.clone(),
            row.value.shown(),
            shown_range(&row.value),
            row.value.ground.to_string(),
            format!("{:.2}", 100.0 * row.mean),
            largest(study, row),
        ]
    }));
    let mut results =
        vec![["result", "", "unit", "sd", "assumed %", "sourced %", "document"].map(str::to_owned).to_vec()];
    results.extend(study.targets.iter().enumerate().map(|(index, target)| {
        let part = found.unsourced(index);
        vec![
            format!("{} ({})", target.label, target.id),
            short_number(target.base),
            target.unit.clone(),
            short_number(found.deviations[index]),
            percent(part),
            percent(1.0 - part),
            target.document.clone(),
        ]
    }));
    let failed: String = found
        .failed
        .iter()
        .map(|(name, reason)| format!("left out: {name}, as with it a document fails: {reason}\n"))
        .collect();
    let left = if found.left > 0 { format!("; {} were not waited for", found.left) } else { String::new() };
    format!(
        "{}\n{}\n{failed}{} values moved alone by one standard deviation of their range; {} are definitions or have no range and are \
         taken as certain{left}\nassumed values and defaults carry {} % of the variance of these results, published ones {} %\n",
        columns(&rows),
        columns(&results),
        found.rows.len(),
        found.certain,
        percent(found.unsourced_mean()),
        percent(1.0 - found.unsourced_mean()),
    )
}

/// One line a value, one column a result.
fn csv(study: &Study, found: &Shares) -> String {
    let mut header =
        ["value", "basis", "value_today", "unit", "low", "high", "step", "share"].map(str::to_owned).to_vec();
    header.extend(study.targets.iter().map(|target| format!("share_{}", target.id)));
    let mut text = csv_line(&header);
    for row in &found.rows {
        let value = &row.value;
        let number = |canonical: f64| rounded(value.unit.from_canonical(canonical)).to_string();
        let step = rounded(
            value.unit.from_canonical(value.value + row.step) - value.unit.from_canonical(value.value),
        );
        let mut cells = vec![
            value.name.clone(),
            value.ground.to_string(),
            number(value.value),
            value.unit.text().to_owned(),
            value.low.map_or_else(String::new, number),
            value.high.map_or_else(String::new, number),
            step.to_string(),
            row.mean.to_string(),
        ];
        cells.extend(row.shares.iter().map(f64::to_string));
        text.push_str(&csv_line(&cells));
    }
    text
}

fn to_json(model: &Model, study: &Study, found: &Shares) -> Value {
    let by_row = |numbers: &[f64]| -> Value {
        study.targets.iter().zip(numbers).map(|(target, number)| (target.id.clone(), json!(number))).collect()
    };
    let value = |row: &Share| {
        let mut told = object(model, &row.value);
        let unit = &row.value.unit;
        let step = unit.from_canonical(row.value.value + row.step) - unit.from_canonical(row.value.value);
        told["moved"] = json!({
            "step": rounded(step),
            "share": row.mean,
            "shares": by_row(&row.shares),
            "changes": by_row(&row.changes),
        });
        told
    };
    json!({
        "results": study.targets.iter().enumerate().map(|(index, target)| json!({
            "id": target.id,
            "label": target.label,
            "unit": target.unit,
            "document": target.document,
            "today": target.base,
            "standard_deviation": found.deviations[index],
            "unsourced_share": found.unsourced(index),
        })).collect::<Vec<_>>(),
        "unsourced_share": found.unsourced_mean(),
        "values": found.rows.iter().map(value).collect::<Vec<_>>(),
        "failed": found.failed.iter().map(|(name, reason)| json!({ "name": name, "reason": reason })).collect::<Vec<_>>(),
        "without_range": found.certain,
        "not_waited_for": found.left,
    })
}
