//! How the main results move with a value.

use serde_json::{Value, json};

use cisterna::model::{Evidence, Model};
use cisterna::quantity::short_number;
use cisterna::recording::write_whole;
use cisterna::sensitivity::{Moved, Movement, Span, Study, movements};

use super::super::exit::{End, Failure};
use super::super::print::{columns, print, print_json};
use super::super::watch::Runs;
use super::{Arguments, Format, csv_line, end, in_full, object, rounded, study};

/// Results that move less, in per cent, are only counted.
const LITTLE: f64 = 0.1;

/// Runs the documents with each value at both ends of its range, and shows the results side by side.
pub fn show(
    arguments: &Arguments,
    format: Option<Format>,
    model: &Model,
    values: &[&Evidence],
) -> Result<End, Failure> {
    let runs = Runs::begin();
    let study = study(arguments, &runs)?;
    let found = movements(&study, values, &runs);
    runs.end();
    let pairs: Vec<(&Evidence, &Movement)> = values.iter().copied().zip(&found).collect();
    if let (Some(path), Some(format)) = (&arguments.out, format) {
        let text = match format {
            Format::Csv => csv(&study, &pairs),
            Format::Json => format!("{:#}\n", to_json(model, &study, &pairs)),
        };
        write_whole(path, |file| file.write_all(text.as_bytes()))?;
    }
    if arguments.json {
        print_json(&to_json(model, &study, &pairs))?;
    } else {
        let told: Vec<String> = pairs
            .iter()
            .map(|(value, movement)| format!("{}{}", in_full(model, value), told(&study, value, movement)))
            .collect();
        print(&told.join("\n"))?;
    }
    Ok(end(&runs))
}

/// A movement in words.
fn told(study: &Study, value: &Evidence, movement: &Movement) -> String {
    if !study.values.iter().any(|known| known.name == value.name) {
        return "  moves     nothing here: no document runs a model with this value\n".to_owned();
    }
    let Some(span) = movement.span else {
        return "  moves     not asked: it has no range and is nothing\n".to_owned();
    };
    let [low, high] = span.ends().map(|end| value.unit.show(rounded_in(value, end)));
    let kind = match span {
        Span::Stated(..) => "its stated range",
        Span::Tenth(..) => "10 % to either side, as no range is stated",
    };
    let mut text = format!("  moves     from {low} to {high}, {kind}\n");
    for failure in &movement.failures {
        text.push_str(&format!("  failed    {failure}\n"));
    }
    let (shown, little): (Vec<&Moved>, Vec<&Moved>) =
        movement.rows.iter().partition(|row| row.most() >= LITTLE);
    if !shown.is_empty() {
        let header = ["", "result", "low", "today", "high", "unit", "low %", "high %", "document"];
        let mut rows = vec![header.map(str::to_owned).to_vec()];
        rows.extend(shown.iter().map(|row| line(study, row)));
        text.push_str(&columns(&rows));
    }
    if !little.is_empty() {
        text.push_str(&format!("  {} results move by less than {LITTLE} %\n", little.len()));
    }
    text
}

/// A canonical value without the last digits that arithmetic may have left.
fn rounded_in(value: &Evidence, canonical: f64) -> f64 {
    value.unit.to_canonical(rounded(value.unit.from_canonical(canonical)))
}

fn line(study: &Study, row: &Moved) -> Vec<String> {
    let target = &study.targets[row.target];
    let shown = |result: Option<f64>| result.map_or_else(|| "none".to_owned(), short_number);
    let percent = |result: Option<f64>| {
        result.map_or_else(String::new, |result| format!("{:+.1}", row.percent(result)))
    };
    vec![
        String::new(),
        format!("{} ({})", target.label, target.id),
        shown(row.low),
        short_number(row.base),
        shown(row.high),
        target.unit.clone(),
        percent(row.low),
        percent(row.high),
        target.document.clone(),
    ]
}

fn csv(study: &Study, pairs: &[(&Evidence, &Movement)]) -> String {
    let header = ["value", "row", "result", "unit", "document", "low", "today", "high"];
    let mut text = csv_line(&header.map(str::to_owned));
    for (value, movement) in pairs {
        for row in &movement.rows {
            let target = &study.targets[row.target];
            let number = |result: Option<f64>| result.map_or_else(String::new, |result| result.to_string());
            text.push_str(&csv_line(&[
                value.name.clone(),
                target.id.clone(),
                target.label.clone(),
                target.unit.clone(),
                target.document.clone(),
                number(row.low),
                number(Some(row.base)),
                number(row.high),
            ]));
        }
    }
    text
}

fn to_json(model: &Model, study: &Study, pairs: &[(&Evidence, &Movement)]) -> Value {
    let row = |row: &Moved| {
        let target = &study.targets[row.target];
        json!({
            "id": target.id,
            "label": target.label,
            "unit": target.unit,
            "document": target.document,
            "low": row.low,
            "today": row.base,
            "high": row.high,
            "low_percent": row.low.map(|result| row.percent(result)),
            "high_percent": row.high.map(|result| row.percent(result)),
        })
    };
    pairs
        .iter()
        .map(|(value, movement)| {
            let ends =
                movement.span.map(|span| span.ends().map(|end| rounded(value.unit.from_canonical(end))));
            let mut told = object(model, value);
            told["moved"] = json!({
                "from": ends.map(|ends| ends[0]),
                "to": ends.map(|ends| ends[1]),
                "stated": matches!(movement.span, Some(Span::Stated(..))),
                "results": movement.rows.iter().map(row).collect::<Vec<_>>(),
                "failures": movement.failures,
            });
            told
        })
        .collect()
}
