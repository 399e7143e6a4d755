//! Computed motion of bones beside what practice teaches.

use super::table;
use crate::html::escape;
use crate::number::number;
use crate::skeleton::short_name;
use cisterna_skeleton::screw::Sense;
use cisterna_skeleton::taught::{Lesson, Row};
use std::fmt::Write as _;

/// A table with one row for each bone: the axis that is taught, the one that was computed, and how they lie to each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Patterns {
    /// The heading of the section.
    pub heading: String,
    /// Paragraphs before the table, separated by empty lines.
    pub text: String,
    /// The rows, each as HTML cells.
    rows: Vec<String>,
}

impl Patterns {
    /// The table of some rows.
    #[must_use]
    pub fn new(heading: &str, text: &str, rows: &[Row<'_>]) -> Self {
        Patterns {
            heading: heading.to_owned(),
            text: text.to_owned(),
            rows: rows.iter().map(cells).collect(),
        }
    }

    pub(crate) fn body(&self) -> String {
        let mut out = table::open(
            "Taught axes are hypotheses, none was measured. Axes point to the right, forward, up; the turn is counterclockwise seen against them",
        );
        out.push_str(
            "<thead><tr><th scope=\"col\">Bone</th><th scope=\"col\">taught</th><th scope=\"col\">taught axis</th>\
             <th scope=\"col\">computed axis</th><th scope=\"col\" class=\"number\">apart</th><th scope=\"col\">sense</th>\
             <th scope=\"col\" class=\"number\">turn, mrad</th><th scope=\"col\" class=\"number\">centre, µm</th>\
             <th scope=\"col\" class=\"number\">at most, µm</th><th scope=\"col\" class=\"number\">pitch, mm/rad</th></tr></thead>\n<tbody>\n",
        );
        for row in &self.rows {
            let _ = writeln!(out, "<tr>{row}</tr>");
        }
        out + "</tbody>\n" + table::CLOSE
    }
}

fn cells(row: &Row<'_>) -> String {
    let computed = row.screw.map_or_else(|| "does not turn".to_owned(), |screw| axis(screw.axis.into()));
    let (apart, sense) = match row.axes {
        Some((angle, sense)) => (format!("{:.0}°", angle.to_degrees()), told(sense)),
        None => (String::new(), ""),
    };
    format!(
        "<th scope=\"row\">{}</th>{}<td class=\"once\">{computed}</td><td class=\"number value\">{apart}</td><td>{sense}</td>\
         <td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td>",
        escape(&short_name(&row.bone)),
        row.lesson.map_or_else(|| "<td class=\"remark\">nothing</td><td></td>".to_owned(), lesson),
        number(1000.0 * row.turn),
        number(1000.0 * row.at_centre),
        row.at_most.map_or_else(String::new, |most| number(1000.0 * most)),
        row.screw.map_or_else(String::new, |screw| number(screw.pitch)),
    )
}

fn lesson(lesson: &Lesson) -> String {
    let whole = if lesson.halves { "half, right" } else { "" };
    format!(
        "<td class=\"remark\">{} <cite>{}; {}</cite></td><td class=\"once\">{} {whole}</td>",
        escape(&lesson.words),
        escape(&lesson.sources.join(", ")),
        lesson.seen,
        axis(lesson.axis.normalize().into()),
    )
}

fn told(sense: Sense) -> &'static str {
    match sense {
        Sense::Same => "same",
        Sense::Opposite => "opposite",
    }
}

/// A direction in two decimals.
fn axis(direction: [f64; 3]) -> String {
    direction.map(|part| crate::number::fixed(part, 2)).join(" ")
}
