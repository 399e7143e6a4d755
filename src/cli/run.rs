//! `cisterna run`: a scenario, its run, its outputs.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Instant;

use clap::Args;
use indicatif::ProgressBar;

use cisterna::experiment::{self, Progress, Run, RunError, Scenario, Stop};
use cisterna::model::Library;
use cisterna::recording::{write_csv, write_parquet, write_whole};
use cisterna::report::render;

use super::exit::{End, Failure};
use super::print::{note, print, print_json};
use super::watch::{bar, interrupted};
use super::{measures, page, summary};

pub const EXAMPLES: &str = "\
Examples:
  cisterna run                                two minutes of the adult at rest, into out/rest
  cisterna run my-scenario.toml --out study   a scenario of yours, into the folder study
  cisterna run rest --json --no-report        the measures for another program

Writes recording.parquet, recording.csv, measures.json and report.html. See `cisterna list` for the scenarios that \
come along and `cisterna schema scenario` for what a scenario may say. Exits with 0 when done, 1 when the run failed \
on the way, 2 on bad input, 3 when something could not be written, 130 after Ctrl-C; what was computed is kept.";

/// The options of `cisterna run`.
#[derive(Args)]
pub struct Arguments {
    /// A scenario that comes along, or the path of one
    #[arg(default_value = "rest")]
    scenario: String,
    /// The folder to write into [default: out/<scenario>]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Print the measures as JSON instead of the summary
    #[arg(long)]
    json: bool,
    /// Write no report.html
    #[arg(long)]
    no_report: bool,
    /// Print neither progress nor summary
    #[arg(long, short)]
    quiet: bool,
}

/// Runs a scenario and writes what came of it.
pub fn run(arguments: &Arguments) -> Result<End, Failure> {
    let scenario = Scenario::load(&arguments.scenario).map_err(Failure::input)?;
    let folder = arguments.out.clone().unwrap_or_else(|| Path::new("out").join(stem(&arguments.scenario)));
    // Before the run: nobody should wait for a run whose folder cannot be made.
    fs::create_dir_all(&folder)
        .map_err(|error| Failure::Output(format!("{} could not be made: {error}", folder.display())))?;
    for said in &scenario.notes {
        note(&format!("note: {said}"));
    }
    let twin = scenario.twin(&Library::embedded()).map_err(Failure::input)?;
    let begun = Instant::now();
    let (run, simulated) = watched(&scenario, twin.as_ref(), arguments.quiet)?;
    let files = write(&scenario, &run, &folder, !arguments.no_report)?;
    if arguments.json {
        print_json(&measures::json(&scenario, &run))?;
    } else if !arguments.quiet {
        print(&summary::summary(&scenario, &run, &files, simulated, begun.elapsed().as_secs_f64()))?;
    }
    Ok(match &run.stopped {
        None => End::Done,
        Some(Stop::Interrupted) => {
            note("interrupted: what was computed is written");
            End::Interrupted
        }
        Some(Stop::Failed(reason)) => {
            note(&format!("error: the run failed: {reason}; what was computed until then is written"));
            End::Missed
        }
    })
}

/// `scenarios/rest.toml` is called `rest`.
fn stem(name: &str) -> String {
    Path::new(name).file_stem().map_or_else(|| name.to_owned(), |stem| stem.to_string_lossy().into_owned())
}

/// Runs with a progress bar where somebody can see it, until the end or Ctrl-C; with the time simulated, s.
fn watched(scenario: &Scenario, twin: Option<&Scenario>, quiet: bool) -> Result<(Run, f64), Failure> {
    let interrupted = interrupted();
    // Over simulated time.
    let pieces = ((scenario.settle + scenario.duration) * 1000.0) as u64;
    let bar = if quiet { ProgressBar::hidden() } else { bar(pieces, &scenario.title, "finding the start") };
    let begun = Instant::now();
    let mut done = 0.0;
    let mut watch = |progress: Progress| {
        done = progress.time + scenario.settle;
        bar.set_position((done * 1000.0) as u64);
        bar.set_message(summary::times(done / begun.elapsed().as_secs_f64().max(1e-6)));
        !interrupted.load(Ordering::SeqCst)
    };
    let run = match twin {
        Some(twin) => experiment::run_beside(scenario, twin, &mut watch),
        None => experiment::run_with_spread(scenario, &mut watch),
    };
    bar.finish_and_clear();
    let run = run.map_err(|error| match error {
        RunError::Interrupted => Failure::Interrupted(format!("{error}; nothing is written")),
        error => Failure::Run(format!("{}: {error}", scenario.title)),
    })?;
    Ok((run, done))
}

/// Writes all outputs and tells their paths.
fn write(scenario: &Scenario, run: &Run, folder: &Path, with_report: bool) -> Result<Vec<PathBuf>, Failure> {
    let [parquet, csv, json, report] =
        ["recording.parquet", "recording.csv", "measures.json", "report.html"].map(|name| folder.join(name));
    let text = |path: &Path, text: String| {
        write_whole(path, |file| file.write_all(text.as_bytes()))?;
        Ok::<_, Failure>(())
    };
    write_parquet(&run.recording, &parquet)?;
    write_csv(&run.recording, &csv)?;
    text(&json, format!("{:#}\n", measures::json(scenario, run)))?;
    let mut files = vec![parquet, csv, json];
    if with_report {
        text(&report, render(&page::page(scenario, run)))?;
        files.push(report);
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_path_is_called_by_its_stem() {
        assert_eq!(super::stem("scenarios/recorded-pressure.toml"), "recorded-pressure");
        assert_eq!(super::stem("rest"), "rest");
    }
}
