//! `cisterna validate`: published experiments beside their simulation.

use std::fs;
use std::path::PathBuf;

use clap::Args;

use cisterna::quantity::short_number;
use cisterna::recording::write_whole;
use cisterna::report::{ValidationPage, table_page};
use cisterna::validate::Report;

use super::exit::{End, Failure};
use super::measures::verdict;
use super::print::{columns, note, print, print_json, range};

pub const EXAMPLES: &str = "\
Examples:
  cisterna validate                    all experiments that come along
  cisterna validate my-experiments     those of a folder of yours
  cisterna validate --json             the rows for another program

Exits with 1 where a result lies outside its published range and its document gives no reason, 2 on a bad document, \
3 where the page could not be written.";

/// The options of `cisterna validate`.
#[derive(Args)]
pub struct Arguments {
    /// A folder of validation documents; those that come along where left out
    dir: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// The folder for index.html
    #[arg(long, value_name = "DIR", default_value = "out/validation")]
    out: PathBuf,
}

/// Runs the experiments, prints the table, writes the page.
pub fn validate(arguments: &Arguments) -> Result<End, Failure> {
    fs::create_dir_all(&arguments.out).map_err(|error| {
        Failure::Output(format!("{} could not be made: {error}", arguments.out.display()))
    })?;
    let report = cisterna::validate::validate(arguments.dir.as_deref(), &note).map_err(Failure::input)?;
    let path = arguments.out.join("index.html");
    let page = table_page(&page(&report));
    write_whole(&path, |file| file.write_all(page.as_bytes()))?;
    if arguments.json {
        print_json(&report.to_json())?;
    } else {
        print(&format!("{}written: {}", table(&report), path.display()))?;
    }
    Ok(if report.unlisted_misses().is_empty() { End::Done } else { End::Missed })
}

fn table(report: &Report) -> String {
    let header = ["id", "verdict", "quantity", "simulated", "unit", "published", "source", "reason"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    rows.extend(report.rows.iter().map(|row| {
        vec![
            row.id.clone(),
            verdict(row.verdict).to_owned(),
            row.quantity.clone(),
            row.simulated.map_or_else(|| "no value".to_owned(), short_number),
            row.unit.clone(),
            range(row.low, row.high),
            row.source.clone(),
            row.reason.clone().unwrap_or_default(),
        ]
    }));
    let misses = report.unlisted_misses().len();
    format!(
        "{}\n{} of {} in range, {misses} missed without a listed reason\n",
        columns(&rows),
        report.in_range,
        report.total
    )
}

fn page(report: &Report) -> ValidationPage {
    let unlisted = report.unlisted_misses().len();
    ValidationPage {
        title: "Validation".to_owned(),
        subtitle: format!(
            "{} of {} published results are in range; {unlisted} miss without a listed reason",
            report.in_range, report.total
        ),
        cautions: vec![
            "Agreement with these experiments says nothing about others, and nothing about one person."
                .to_owned(),
        ],
        rows: report.rows.clone(),
        provenance: vec![("program".to_owned(), concat!("cisterna ", env!("CARGO_PKG_VERSION")).to_owned())],
    }
}
