//! `cisterna evidence`: what the numbers of a model rest on, and what rests on them.

mod idle;
mod movement;
mod share;

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use cisterna::model::{Evidence, Library, Model};
use cisterna::sensitivity::{DOCUMENTS, Document, Study, StudyError};

use super::exit::{End, Failure};
use super::print::{columns, note, print, print_json, range};
use super::watch::Runs;

pub const EXAMPLES: &str = "\
Examples:
  cisterna evidence                      every value of the adult
  cisterna evidence aqueduct.bore        one value in full, and how the main results move with it
  cisterna evidence vault --no-runs      all values of one space, without their results
  cisterna evidence --unsourced          what is assumed, by the share of the results' variance that it carries
  cisterna evidence --unsourced --out shares.csv
  cisterna evidence --idle               what could be left out
  cisterna evidence --model published/davson --json

The main results are the measured rows of validation documents: supine_rest, sitting, lumbar_infusion, \
jugular_compression and valsalva, or those that --on names.

With a NAME these are run with the value at the low and at the high end of its range (a value without a range: 10 % to \
either side). That takes some twenty seconds a value.

With --unsourced every value that states a range is moved alone, by one standard deviation of an even distribution over \
it, (high - low) / sqrt(12), to the side of more room. The change of a result, squared, is the variance that the value \
carries; values count as independent and results as straight over the step. Definitions, and values \
without a range, are taken as certain. That takes some twenty minutes on two cores, and three with --on supine_rest alone; Ctrl-C keeps what is done.

With --idle every space, passage and signal of the first document's model is taken away alone: a signal is held at its \
mean in that document, a passage closed, a space sealed at what it holds there. A part without which no result changes \
by more than 1 % is idle; it is listed with the `kept` of its document, or to be deleted. What an experiment itself \
changes, clocks and constants are not tried. That takes some \
five minutes on two cores with --on supine_rest, and several times that with all.

Exits with 2 where there is no such value, model or document, 3 where the table could not be written, 130 after Ctrl-C.";

/// The options of `cisterna evidence`.
#[derive(Args)]
pub struct Arguments {
    /// A value (`aqueduct.bore`) or an item (`aqueduct`); all values where left out
    name: Option<String>,
    /// Only what no published source stands behind
    #[arg(long)]
    unsourced: bool,
    /// Spaces, passages and signals that no result needs
    #[arg(long, conflicts_with_all = ["name", "unsourced", "no_runs"])]
    idle: bool,
    /// Run nothing: only what the documents say
    #[arg(long)]
    no_runs: bool,
    /// A validation document whose rows are looked at, instead of the usual ones; may be given more than once
    #[arg(long, value_name = "DOCUMENT", conflicts_with = "no_runs")]
    on: Vec<String>,
    /// Write the table of results too: a file that ends in .csv or .json
    #[arg(long, value_name = "FILE", conflicts_with = "no_runs")]
    out: Option<PathBuf>,
    /// A model that comes along, or the path of one
    #[arg(long, default_value = "adult")]
    model: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Prints the evidence that is asked for.
pub fn evidence(arguments: &Arguments) -> Result<End, Failure> {
    let format = arguments.out.as_deref().map(Format::of).transpose()?;
    if arguments.idle {
        return idle::show(arguments, format);
    }
    let model = Model::load(&arguments.model).map_err(Failure::input)?;
    let mut found: Vec<&Evidence> = match &arguments.name {
        Some(name) => model.evidence_of(name).map_err(|error| {
            let help = if error.help.is_empty() { String::new() } else { format!("\n = {}", error.help) };
            Failure::Input(format!("{}{help}", error.message))
        })?,
        None => model.evidence().iter().collect(),
    };
    found.retain(|entry| !arguments.unsourced || entry.ground.is_unsourced());
    match &arguments.name {
        Some(_) if !arguments.no_runs => return movement::show(arguments, format, &model, &found),
        None if arguments.unsourced && !arguments.no_runs => return share::show(arguments, format, &model),
        _ if arguments.out.is_some() => {
            let message = "--out writes a table of results: give a NAME, --unsourced or --idle";
            return Err(Failure::Input(message.to_owned()));
        }
        _ if arguments.json => print_json(&found.iter().map(|entry| object(&model, entry)).collect())?,
        Some(_) if !arguments.unsourced => {
            let told: Vec<String> = found.iter().map(|entry| in_full(&model, entry)).collect();
            print(&told.join("\n"))?;
        }
        _ => print(&table(&model, &found))?,
    }
    Ok(End::Done)
}

/// How a table of results is written.
#[derive(Clone, Copy)]
enum Format {
    Csv,
    Json,
}

impl Format {
    fn of(path: &std::path::Path) -> Result<Self, Failure> {
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("csv") => Ok(Self::Csv),
            Some("json") => Ok(Self::Json),
            _ => Err(Failure::Input(format!("{}: a table ends in .csv or .json", path.display()))),
        }
    }
}

/// The documents that are asked for, run as they are.
fn study(arguments: &Arguments, runs: &Runs) -> Result<Study, Failure> {
    let usual: Vec<String> = DOCUMENTS.map(str::to_owned).to_vec();
    let names = if arguments.on.is_empty() { &usual } else { &arguments.on };
    let documents: Result<Vec<Document>, StudyError> =
        names.iter().map(|name| Document::named(name)).collect();
    let study = documents.and_then(|documents| Study::new(&documents, Library::embedded(), runs));
    study.map_err(|error| {
        runs.end();
        match error {
            StudyError::Run(_) => Failure::Run(error.to_string()),
            StudyError::Interrupted => Failure::Interrupted(error.to_string()),
            error => Failure::input(error),
        }
    })
}

/// How the program ends after runs that the user may have stopped.
fn end(runs: &Runs) -> End {
    if !runs.were_interrupted() {
        return End::Done;
    }
    note("interrupted: only what was computed is shown");
    End::Interrupted
}

/// A line of CSV.
fn csv_line(cells: &[String]) -> String {
    let quoted = |cell: &String| {
        if cell.contains([',', '"', '\n']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.clone()
        }
    };
    cells.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n"
}

/// The published range in the unit of the document.
fn shown_range(entry: &Evidence) -> String {
    let shown = |end: Option<f64>| end.map(|end| rounded(entry.unit.from_canonical(end)));
    range(shown(entry.low), shown(entry.high))
}

/// Without the last digits that the way through the canonical unit may have left.
fn rounded(value: f64) -> f64 {
    format!("{value:.9e}").parse().unwrap_or(value)
}

fn short_source(model: &Model, key: &str) -> String {
    model.sources.get(key).map_or_else(|| key.to_owned(), |source| source.short())
}

fn table(model: &Model, entries: &[&Evidence]) -> String {
    let mut rows =
        vec![["value", "", "range", "basis", "used by", "source or reason"].map(str::to_owned).to_vec()];
    rows.extend(entries.iter().map(|entry| {
        let sources: Vec<String> = entry.sources.iter().map(|key| short_source(model, key)).collect();
        let source =
            if sources.is_empty() { entry.note.clone().unwrap_or_default() } else { sources.join("; ") };
        vec![
            entry.name.clone(),
            entry.shown(),
            shown_range(entry),
            entry.ground.to_string(),
            entry.used_by.first().cloned().unwrap_or_default(),
            source,
        ]
    }));
    let unsourced = model.evidence().iter().filter(|entry| entry.ground.is_unsourced()).count();
    let all = model.evidence().len();
    format!(
        "{}\n{} of {all} values shown; {unsourced} of {all} are assumed or defaults\n",
        columns(&rows),
        entries.len()
    )
}

fn in_full(model: &Model, entry: &Evidence) -> String {
    let mut text = format!("{} = {}\n", entry.name, entry.shown());
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "  {name:9} {value}");
        }
    };
    line("what", &entry.summary);
    line("range", &shown_range(entry));
    line("basis", entry.ground.word());
    line("note", entry.note.as_deref().unwrap_or_default());
    line("stated at", &format!("{}:{}", entry.file, entry.line));
    for user in &entry.used_by {
        line("used by", user);
    }
    for key in &entry.sources {
        line("source", &reference(model, key));
    }
    text
}

/// The full reference of a source.
fn reference(model: &Model, key: &str) -> String {
    let Some(source) = model.sources.get(key) else { return key.to_owned() };
    let parts = [
        format!("[{key}]"),
        format!("{} ({}).", source.authors.join("; "), source.year),
        format!("{}.", source.title),
        source.journal.clone(),
        source.doi.as_ref().map(|doi| format!("doi:{doi}")).unwrap_or_default(),
        source.note.as_ref().map(|note| format!("({note})")).unwrap_or_default(),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn object(model: &Model, entry: &Evidence) -> Value {
    let shown = |value: f64| rounded(entry.unit.from_canonical(value));
    json!({
        "name": entry.name,
        "summary": entry.summary,
        "shown": entry.shown(),
        "value": shown(entry.value),
        "unit": entry.unit.text(),
        "low": entry.low.map(shown),
        "high": entry.high.map(shown),
        "basis": entry.ground.word(),
        "sources": entry.sources.iter().map(|key| json!({ "key": key, "reference": reference(model, key) }))
            .collect::<Vec<_>>(),
        "note": entry.note,
        "file": entry.file,
        "line": entry.line,
        "used_by": entry.used_by,
    })
}
