//! A plain table.

use crate::html::escape;
use std::fmt::Write as _;

/// Rows under a header; cells that are numbers are set flush right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The heading of the section.
    pub heading: String,
    /// Paragraphs before the table, separated by empty lines.
    pub text: String,
    /// What the table holds, in one line.
    pub caption: String,
    /// The names of the columns.
    pub header: Vec<String>,
    /// The cells, row by row; the first cell of a row names it.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn body(&self) -> String {
        let numeric: Vec<bool> = (0..self.header.len())
            .map(|k| self.rows.iter().filter_map(|row| row.get(k)).all(|cell| is_number(cell)))
            .collect();
        let class = |k: usize| {
            if k > 0 && numeric.get(k).copied().unwrap_or(false) { " class=\"number\"" } else { "" }
        };
        let mut out = open(&self.caption);
        out.push_str("<thead><tr>");
        for (k, name) in self.header.iter().enumerate() {
            let _ = write!(out, "<th scope=\"col\"{}>{}</th>", class(k), escape(name));
        }
        out.push_str("</tr></thead>\n<tbody>\n");
        for row in &self.rows {
            out.push_str("<tr>");
            for (k, cell) in row.iter().enumerate() {
                let _ = match k {
                    0 => write!(out, "<th scope=\"row\">{}</th>", escape(cell)),
                    _ => write!(out, "<td{}>{}</td>", class(k), escape(cell)),
                };
            }
            out.push_str("</tr>\n");
        }
        out + "</tbody>\n" + CLOSE
    }
}

/// The opening of a table that scrolls inside its own frame when the page is narrow.
pub(crate) fn open(caption: &str) -> String {
    let caption = escape(caption);
    format!(
        "<div class=\"scroll\" role=\"region\" aria-label=\"{caption}\" tabindex=\"0\"><table>\n<caption><span>{caption}</span></caption>\n"
    )
}

/// The end of what [`open`] began.
pub(crate) const CLOSE: &str = "</table></div>\n";

fn is_number(cell: &str) -> bool {
    let cell = cell.trim().trim_start_matches(['−', '+']);
    cell.is_empty() || matches!(cell, "–" | "—") || cell.replace('×', "e").parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_of_numbers_is_set_flush_right() {
        let table = Table {
            caption: "Means".to_owned(),
            header: vec!["site".to_owned(), "mean".to_owned(), "note".to_owned()],
            rows: vec![
                vec!["vault".to_owned(), "9.8".to_owned(), "ok".to_owned()],
                vec!["<sac>".to_owned(), "−0.4".to_owned(), "3".to_owned()],
            ],
            ..Table::default()
        };
        let body = table.body();
        assert!(body.contains("<td class=\"number\">−0.4</td><td>3</td>"), "{body}");
        assert!(body.contains("<th scope=\"row\">&lt;sac&gt;</th>"));
        assert!(body.contains("<caption><span>Means</span></caption>"));
    }
}
