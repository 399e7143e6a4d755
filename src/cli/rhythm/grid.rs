//! A table in three forms: for the terminal, for a page, as Markdown.

use cisterna::report::Table;

use crate::cli::print::columns;

/// A table.
pub struct Grid {
    /// Its heading.
    pub heading: &'static str,
    /// What a reader must know of it.
    pub text: &'static str,
    /// The names of its columns.
    pub header: Vec<String>,
    /// Its rows; the first cell names each.
    pub rows: Vec<Vec<String>>,
}

impl Grid {
    /// For the terminal.
    pub fn text(&self) -> String {
        let rows: Vec<Vec<String>> =
            std::iter::once(self.header.clone()).chain(self.rows.iter().cloned()).collect();
        format!("{}\n{}", self.heading, columns(&rows))
    }

    /// For a page.
    pub fn table(&self) -> Table {
        Table {
            heading: self.heading.to_owned(),
            text: self.text.to_owned(),
            caption: self.heading.to_owned(),
            header: self.header.clone(),
            rows: self.rows.clone(),
        }
    }

    /// As Markdown.
    pub fn markdown(&self) -> String {
        let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let rule = format!("|{}\n", "---|".repeat(self.header.len()));
        let rows: String = self.rows.iter().map(|row| line(row)).collect();
        format!("## {}\n\n{}\n\n{}{rule}{rows}", self.heading, self.text, line(&self.header))
    }
}
