//! `cisterna rhythm`: every hypothesis of the rhythm beside each other, and beside what is published.

mod grid;
mod page;
mod study;
mod tables;

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use serde_json::json;

use cisterna::quantity::short_number;
use cisterna::recording::write_whole;
use cisterna::report::render;

use super::exit::{End, Failure};
use super::print::{print, print_json};
use super::{measures, watch};

pub const EXAMPLES: &str = "\
Examples:
  cisterna rhythm                                 every hypothesis, on the adult with listening stations
  cisterna rhythm pressurestat entrainment        some of them
  cisterna rhythm --scenario my-rhythm.toml       a scenario of yours, with the measures of `scenarios/rhythm.toml`
  cisterna rhythm --markdown > docs/rhythm.md     the tables as a document

Runs the scenario `rhythm` without any hypothesis and under each, and tells rate, amplitude, symmetry, quality and \
transmission of what is slower than the breath. A rate counts as one where the force felt is more than twice that \
without a hypothesis. Writes rhythm.html with the spectra. Exits with 1 when a run failed, 2 on bad input, 3 where \
the page could not be written.";

/// The options of `cisterna rhythm`.
#[derive(Args)]
pub struct Arguments {
    /// The hypotheses [default: all of the rhythm]
    hypotheses: Vec<String>,
    /// The scenario that is run under each
    #[arg(long, value_name = "SCENARIO", default_value = "rhythm")]
    scenario: String,
    /// The folder for rhythm.html
    #[arg(long, value_name = "DIR", default_value = "out/rhythm")]
    out: PathBuf,
    /// Print JSON instead of tables
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// Print the tables as Markdown
    #[arg(long)]
    markdown: bool,
    /// Print no progress
    #[arg(long, short)]
    quiet: bool,
}

/// Runs the hypotheses, prints their tables and writes the page.
pub fn rhythm(arguments: &Arguments) -> Result<End, Failure> {
    fs::create_dir_all(&arguments.out).map_err(|error| {
        Failure::Output(format!("{} could not be made: {error}", arguments.out.display()))
    })?;
    let begun = Instant::now();
    let names: Vec<&str> = match arguments.hypotheses.as_slice() {
        [] => study::HYPOTHESES.to_vec(),
        names => names.iter().map(String::as_str).collect(),
    };
    let bar = if arguments.quiet {
        indicatif::ProgressBar::hidden()
    } else {
        watch::bar(names.len() as u64 + 1, "rhythm", "running without a hypothesis and under each")
    };
    let study = study::study(&arguments.scenario, &names, &bar)?;
    bar.finish_and_clear();
    let grids = tables::grids(&study);
    let path = arguments.out.join("rhythm.html");
    let text = render(&page::page(&study, &grids));
    write_whole(&path, |file| file.write_all(text.as_bytes()))?;
    let seconds = begun.elapsed().as_secs_f64();
    if arguments.json {
        let runs = study.iter().map(|held| measures::json(&held.scenario, &held.run));
        print_json(&json!({ "runs": runs.collect::<Vec<_>>(), "seconds": seconds }))?;
    } else if arguments.markdown {
        print(&tables::document(&grids))?;
    } else {
        let tables: Vec<String> = grids.iter().map(grid::Grid::text).collect();
        let end = format!("written  {} in {} s", path.display(), short_number(seconds));
        print(&format!("{}\n{end}", tables.join("\n")))?;
    }
    Ok(End::Done)
}
