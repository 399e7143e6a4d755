//! The page of a validation: every published experiment beside its simulation.

use crate::html::escape;
use crate::number::{coordinate, exact, number};
use crate::page::Published;
use crate::sections::table;
use crate::shell::{Script, Shell};
use crate::svg::frame::percent;
use crate::svg::scale::Scale;
use cisterna_validate::{Kind, Row, Verdict};
use std::fmt::Write as _;

/// Everything that a page of validation results shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ValidationPage {
    /// The title.
    pub title: String,
    /// One sentence under it.
    pub subtitle: String,
    /// What the reader must know first, one sentence each.
    pub cautions: Vec<String>,
    /// The results, in the order of the documents.
    pub rows: Vec<Row>,
    /// How the run came about: key and text.
    pub provenance: Vec<(String, String)>,
}

/// The verdicts, what needs a look first.
const VERDICTS: [Verdict; 3] = [Verdict::Miss, Verdict::KnownMiss, Verdict::InRange];

fn heading(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Miss => "Misses",
        Verdict::KnownMiss => "Known misses",
        Verdict::InRange => "In range",
    }
}

fn counted(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Miss => "missed",
        Verdict::KnownMiss => "missed for a listed reason",
        Verdict::InRange => "in range",
    }
}

fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Miss => "bad",
        Verdict::KnownMiss => "known",
        Verdict::InRange => "good",
    }
}

/// The page of a validation as one HTML file.
pub fn table_page(page: &ValidationPage) -> String {
    let mut shell = Shell::new(&page.title, &page.subtitle, &page.cautions);
    shell.section("counts", "Counts", &counts(&page.rows));
    for verdict in VERDICTS {
        let rows: Vec<&Row> = page.rows.iter().filter(|row| row.verdict == verdict).collect();
        if !rows.is_empty() {
            shell.section(class(verdict), heading(verdict), &group(verdict, &rows));
        }
    }
    shell.provenance(&page.provenance);
    shell.finish(Script::None)
}

fn counts(rows: &[Row]) -> String {
    let mut out = format!("<ul class=\"counts\"><li><b>{}</b> rows</li>", rows.len());
    for verdict in VERDICTS.into_iter().rev() {
        let count = rows.iter().filter(|row| row.verdict == verdict).count();
        let _ =
            write!(out, "<li class=\"verdict {}\"><b>{count}</b> {}</li>", class(verdict), counted(verdict));
    }
    out + "</ul>\n"
}

fn group(verdict: Verdict, rows: &[&Row]) -> String {
    let caption =
        format!("{}: published range (bar), published value (stroke) and simulation (dot)", heading(verdict));
    let mut out = table::open(&caption).replacen("<table>", "<table class=\"rows\">", 1);
    out.push_str(
        "<thead><tr><th scope=\"col\">Quantity</th><th scope=\"col\" class=\"number\">published</th>\
         <th scope=\"col\" class=\"number\">range</th><th scope=\"col\" class=\"number\">simulated</th><th scope=\"col\">unit</th>\
         <th scope=\"col\" class=\"range\"><span class=\"unseen\">Picture</span></th>\
         <th scope=\"col\">kind</th><th scope=\"col\">source</th><th scope=\"col\">note</th></tr></thead>\n<tbody>\n",
    );
    for row in rows {
        let range = Published { low: row.low, high: row.high, source: String::new() }.range();
        let published = row.published.map_or_else(|| "–".to_owned(), |v| figure(row, v, exact));
        let simulated = row.simulated.map_or_else(|| "no value".to_owned(), |v| figure(row, v, number));
        let range = if row.kind == Kind::YesOrNo { String::new() } else { range };
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}<br><code>{}</code></th><td class=\"number\">{published}</td><td class=\"number\">{range}</td>\
             <td class=\"number value\">{simulated}</td><td>{}</td><td class=\"range\">{}</td><td>{}</td><td><cite>{}</cite></td><td class=\"remark\">{}</td></tr>",
            escape(&row.quantity),
            escape(&row.id),
            escape(&row.unit),
            picture(row),
            row.kind.words(),
            escape(&row.source),
            escape(row.reason.as_ref().unwrap_or(&row.note))
        );
    }
    out + "</tbody>\n" + table::CLOSE
}

/// A value in figures, or as yes and no.
fn figure(row: &Row, value: f64, print: fn(f64) -> String) -> String {
    match row.kind {
        Kind::YesOrNo if value == 1.0 => "yes".to_owned(),
        Kind::YesOrNo if value == 0.0 => "no".to_owned(),
        _ => print(value),
    }
}

/// The published range as a bar with the simulated value as a dot, on the row's own scale.
fn picture(row: &Row) -> String {
    let values = [row.low, row.high, row.published, row.simulated];
    let finite = || values.into_iter().flatten().filter(|v| v.is_finite());
    let (low, high) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
    if row.kind == Kind::YesOrNo || low.partial_cmp(&high) != Some(std::cmp::Ordering::Less) {
        return String::new();
    }
    let room = 0.12 * (high - low);
    let scale = Scale::exact(low - room, high + room);
    let place = |v: f64| percent(scale.place(v));
    let mut out = String::from(
        "<svg class=\"bar\" width=\"100%\" height=\"18\" aria-hidden=\"true\"><line class=\"ground\" x1=\"0\" x2=\"100%\" y1=\"9\" y2=\"9\"/>",
    );
    if row.low.is_some() || row.high.is_some() {
        // An open end runs to the edge of the picture.
        let from = row.low.filter(|v| v.is_finite()).map_or(0.0, |v| scale.place(v));
        let to = row.high.filter(|v| v.is_finite()).map_or(1.0, |v| scale.place(v));
        let _ = write!(
            out,
            "<rect class=\"published\" x=\"{}\" width=\"{}%\" y=\"4\" height=\"10\" rx=\"2\"/>",
            percent(from),
            coordinate((100.0 * (to - from)).max(0.6))
        );
    }
    if let Some(v) = row.published.filter(|v| v.is_finite()) {
        let _ = write!(out, "<line class=\"stroke\" x1=\"{0}\" x2=\"{0}\" y1=\"2\" y2=\"16\"/>", place(v));
    }
    if let Some(v) = row.simulated.filter(|v| v.is_finite()) {
        let _ =
            write!(out, "<circle class=\"{}\" cx=\"{}\" cy=\"9\" r=\"4.5\"/>", class(row.verdict), place(v));
    }
    out + "</svg>"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, simulated: Option<f64>, verdict: Verdict) -> Row {
        Row {
            id: id.to_owned(),
            quantity: "intracranial pressure, supine".to_owned(),
            unit: "mmHg".to_owned(),
            published: Some(11.6),
            low: Some(7.0),
            high: Some(15.0),
            simulated,
            verdict,
            kind: Kind::Measured,
            source: "malm2011".to_owned(),
            note: String::new(),
            document: String::new(),
            reason: None,
        }
    }

    #[test]
    fn misses_come_first_and_everything_is_counted() {
        let page = ValidationPage {
            title: "Validation".to_owned(),
            rows: vec![row("a", Some(10.0), Verdict::InRange), row("b", Some(22.0), Verdict::Miss)],
            ..ValidationPage::default()
        };
        let html = table_page(&page);
        assert!(html.contains("<b>2</b> rows"));
        assert!(html.contains("<b>1</b> in range") && html.contains("<b>0</b> missed for a listed reason"));
        assert!(html.find("<code>b</code>") < html.find("<code>a</code>"));
        assert!(!html.contains("<script"));
    }

    #[test]
    fn the_dot_lies_inside_its_bar_exactly_when_in_range() {
        let picture = picture(&row("a", Some(11.0), Verdict::InRange));
        assert!(picture.contains("x=\"9.68%\" width=\"80.65%\""), "{picture}");
        assert!(picture.contains("cx=\"50%\""), "{picture}");
    }

    #[test]
    fn a_run_that_failed_has_no_value_and_no_dot() {
        let failed = row("a", None, Verdict::Miss);
        assert!(!picture(&failed).contains("<circle"));
        let html = table_page(&ValidationPage { rows: vec![failed], ..ValidationPage::default() });
        assert!(html.contains("no value"));
    }

    #[test]
    fn a_yes_or_no_row_reads_as_words() {
        let mut jugular = row("a", Some(0.0), Verdict::Miss);
        jugular.kind = Kind::YesOrNo;
        jugular.published = Some(1.0);
        let html = group(Verdict::Miss, &[&jugular]);
        assert!(html.contains(">yes</td>") && html.contains(">no</td>"));
    }
}
