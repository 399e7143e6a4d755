//! A page about one run.

use crate::html::{escape, paragraphs};
use crate::number::{exact, number};
use crate::sections::{
    bars::Bars,
    bones::Bones,
    charts::{Chart, Charts},
    ledger::Ledger,
    patterns::Patterns,
    table,
    table::Table,
    text::Text,
    waveforms::Waveforms,
};
use crate::shell::{self, Shell};
use cisterna_recording::Basis;
use std::fmt::Write as _;

/// Everything that a report of one run shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The title, for example "Supine rest".
    pub title: String,
    /// One sentence under it.
    pub subtitle: String,
    /// What the reader must know before trusting a number, one sentence each.
    pub cautions: Vec<String>,
    /// The main numbers.
    pub summary: Vec<SummaryRow>,
    /// The sections, in order.
    pub sections: Vec<Section>,
    /// How the run came about: key and text.
    pub provenance: Vec<(String, String)>,
}

/// What a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    /// A run of a model.
    Run,
    /// A real recording, of which nothing is published.
    Recording,
}

/// One number of the summary.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SummaryRow {
    /// What it is, for example "mean intracranial pressure".
    pub label: String,
    /// The value; NaN prints as "no value".
    pub value: f64,
    /// Its unit.
    pub unit: String,
    /// The published range.
    pub published: Option<Published>,
    /// Whether the value lies in it.
    pub verdict: Option<Verdict>,
    /// On what the value rests.
    pub basis: Basis,
    /// A short remark.
    pub note: String,
}

/// A published range; an open end is missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Published {
    /// Its low end.
    pub low: Option<f64>,
    /// Its high end.
    pub high: Option<f64>,
    /// The key of its source, for example `malm2011`.
    pub source: String,
}

/// Whether a value lies in its published range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It does.
    InRange,
    /// It does not.
    Outside,
}

/// One part of a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Section {
    /// Signals over time.
    Waveforms(Waveforms),
    /// Lines over a quantity: spectra, pressure–volume curve, loops.
    Charts(Charts),
    /// Amounts as horizontal bars.
    Bars(Bars),
    /// Bones that move.
    Bones(Bones),
    /// Their motion beside what is taught.
    Patterns(Patterns),
    /// Rows and columns.
    Table(Table),
    /// The account of volumes.
    Ledger(Ledger),
    /// Numbers beside their published ranges, with pictures.
    Facts(Facts),
    /// Words.
    Text(Text),
}

/// Numbers beside their published ranges, with the pictures that show them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// The heading of the section.
    pub heading: String,
    /// Paragraphs before the numbers, separated by empty lines.
    pub text: String,
    /// What the table holds, in one line.
    pub caption: String,
    /// The numbers.
    pub rows: Vec<SummaryRow>,
    /// The pictures.
    pub charts: Vec<Chart>,
}

impl Published {
    /// The range in figures, `7 .. 14`.
    pub(crate) fn range(&self) -> String {
        match (self.low, self.high) {
            (Some(low), Some(high)) => format!("{} .. {}", exact(low), exact(high)),
            (Some(low), None) => format!("at least {}", exact(low)),
            (None, Some(high)) => format!("at most {}", exact(high)),
            (None, None) => String::new(),
        }
    }
}

impl Section {
    fn heading(&self) -> &str {
        match self {
            Section::Waveforms(section) => &section.heading,
            Section::Charts(section) => &section.heading,
            Section::Bars(section) => &section.heading,
            Section::Bones(section) => &section.heading,
            Section::Patterns(section) => &section.heading,
            Section::Table(section) => &section.heading,
            Section::Ledger(section) => &section.heading,
            Section::Facts(section) => &section.heading,
            Section::Text(section) => &section.heading,
        }
    }

    fn text(&self) -> &str {
        match self {
            Section::Waveforms(section) => &section.text,
            Section::Charts(section) => &section.text,
            Section::Bars(section) => &section.text,
            Section::Bones(section) => &section.text,
            Section::Patterns(section) => &section.text,
            Section::Table(section) => &section.text,
            Section::Ledger(section) => &section.text,
            Section::Facts(section) => &section.text,
            Section::Text(section) => &section.text,
        }
    }

    fn body(&self, id: &str) -> String {
        match self {
            Section::Waveforms(section) => section.body(id),
            Section::Charts(section) => section.body(id),
            Section::Bars(section) => section.body(),
            Section::Bones(section) => section.body(id),
            Section::Patterns(section) => section.body(),
            Section::Table(section) => section.body(),
            Section::Ledger(section) => section.body(),
            Section::Facts(section) => section.body(id),
            Section::Text(_) => String::new(),
        }
    }
}

impl Facts {
    fn body(&self, id: &str) -> String {
        let pictures = Charts { charts: self.charts.clone(), ..Charts::default() };
        let numbers =
            if self.rows.is_empty() { String::new() } else { summary(&self.caption, &self.rows, About::Run) };
        numbers + &if self.charts.is_empty() { String::new() } else { pictures.body(id) }
    }
}

/// The page of a run as one HTML file.
pub fn render(page: &Page) -> String {
    draw(page, About::Run)
}

/// The page of a real recording as one HTML file.
pub fn render_recording(page: &Page) -> String {
    draw(page, About::Recording)
}

fn draw(page: &Page, about: About) -> String {
    let mut shell = Shell::new(&page.title, &page.subtitle, &page.cautions);
    if !page.summary.is_empty() {
        shell.section(
            "summary",
            "Summary",
            &match about {
                About::Run => summary("The main numbers beside their published ranges", &page.summary, about),
                About::Recording => summary("The main numbers", &page.summary, about),
            },
        );
    }
    for (k, section) in page.sections.iter().enumerate() {
        let id = format!("s{}", k + 1);
        let body = paragraphs(section.text()) + &section.body(&id);
        shell.section(&id, section.heading(), &body);
    }
    shell.provenance(&page.provenance);
    let has_waves = page.sections.iter().any(|section| matches!(section, Section::Waveforms(_)));
    let script = if has_waves { shell::Script::Waves } else { shell::Script::None };
    match about {
        About::Run => shell.finish(script),
        About::Recording => shell.finish_recorded(script),
    }
}

fn summary(caption: &str, rows: &[SummaryRow], about: About) -> String {
    let mut out = table::open(caption);
    let has_ranges = about == About::Run;
    let ranges =
        if has_ranges { "<th scope=\"col\">verdict</th><th scope=\"col\">published</th>" } else { "" };
    let _ = write!(
        out,
        "<thead><tr><th scope=\"col\">Quantity</th><th scope=\"col\" class=\"number\">value</th><th scope=\"col\">unit</th>\
         {ranges}<th scope=\"col\">note</th></tr></thead>\n<tbody>\n",
    );
    for row in rows {
        let published = row.published.as_ref().map_or_else(String::new, |published| {
            format!("{} <cite>{}</cite>", escape(&published.range()), escape(&published.source))
        });
        let verdict = match row.verdict {
            Some(Verdict::InRange) => "<span class=\"verdict good\">in range</span>",
            Some(Verdict::Outside) => "<span class=\"verdict bad\">outside</span>",
            None => "",
        };
        let basis = match &row.basis {
            Basis::Recorded => "<span class=\"basis\">recorded</span> ".to_owned(),
            Basis::Model => String::new(),
            Basis::Hypothesis(names) => {
                format!("<span class=\"basis\">hypothesis: {}</span> ", escape(&names.join(", ")))
            }
        };
        let ranges = if has_ranges {
            format!("<td>{verdict}</td><td class=\"once\">{published}</td>")
        } else {
            String::new()
        };
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td class=\"number value\">{}</td><td>{}</td>{ranges}<td class=\"remark\">{basis}{}</td></tr>",
            escape(&row.label),
            number(row.value),
            escape(&row.unit),
            escape(&row.note)
        );
    }
    out + "</tbody>\n" + table::CLOSE
}
