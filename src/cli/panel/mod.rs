//! `cisterna panel`: simulated panels of raters beside published studies.

mod charts;
mod page;
mod table;

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::Ordering;

use clap::Args;

use cisterna::panel::{Outcome, PanelError, Settings, Study, pooled, simulate};
use cisterna::recording::write_whole;
use cisterna::report::render;

use super::exit::{End, Failure};
use super::print::{print, print_json};
use super::watch::{bar, interrupted};

pub const EXAMPLES: &str = "\
Examples:
  cisterna panel                       all studies that come along, and their pooled figures
  cisterna panel rogers_1998           one of them
  cisterna panel my-study.toml         a study of yours
  cisterna panel --draws 100 --json    fewer draws, for another program

Each study is drawn many times under each of its arms: hypotheses of what raters' findings come from, listed with \
`cisterna schema panel`. A published figure is a hit where it lies in the band of 90 % of the draws; undecided where it does, \
but the band of a coefficient of agreement is 0.4 wide or wider; else a miss. Nothing is fitted. Large \
studies are drawn less often, down to fifty times. All studies take about half a minute on two cores.

Exits with 0 whatever hits or misses, 2 on a bad document, 3 where the page could not be written, 130 after Ctrl-C.";

/// The options of `cisterna panel`.
#[derive(Args)]
pub struct Arguments {
    /// A study that comes along, or the path of one; all that come along where left out
    study: Option<String>,
    /// How often each panel is drawn
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u32).range(20..=100_000))]
    draws: u32,
    /// The seed; the same gives the same figures
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// The folder for index.html
    #[arg(long, value_name = "DIR", default_value = "out/panel")]
    out: PathBuf,
}

/// Draws the panels, prints the table, writes the page.
pub fn panel(arguments: &Arguments) -> Result<End, Failure> {
    let names: Vec<&str> = match &arguments.study {
        Some(name) => vec![name],
        None => Study::names(),
    };
    let studies: Vec<Study> = names
        .into_iter()
        .map(|name| Study::load(name).map_err(Failure::input))
        .collect::<Result<_, Failure>>()?;
    fs::create_dir_all(&arguments.out).map_err(|error| {
        Failure::Output(format!("{} could not be made: {error}", arguments.out.display()))
    })?;
    let settings = Settings { draws: arguments.draws as usize, seed: arguments.seed };
    let outcomes = all(&studies, &settings)?;
    let pools = pooled(&outcomes);
    let path = arguments.out.join("index.html");
    let page = render(&page::page(&outcomes, &pools, &settings)?);
    write_whole(&path, |file| file.write_all(page.as_bytes()))?;
    if arguments.json {
        print_json(&table::json(&outcomes, &pools, &settings))?;
    } else {
        print(&format!("{}written: {}", table::table(&outcomes, &pools), path.display()))?;
    }
    Ok(End::Done)
}

fn all(studies: &[Study], settings: &Settings) -> Result<Vec<Outcome>, Failure> {
    let pieces: usize = studies.iter().map(|study| study.arms.len() * settings.draws_of(study)).sum();
    let (progress, stopped) = (bar(pieces as u64, "panels", ""), interrupted());
    let go_on = || {
        progress.inc(1);
        !stopped.load(Ordering::SeqCst)
    };
    let one = |study: &Study| {
        progress.set_message(study.name.clone());
        simulate(study, settings, &go_on).map_err(|error| match error {
            PanelError::Interrupted => Failure::Interrupted(error.to_string()),
            PanelError::Touch(_) => Failure::Run(format!("{}: {error}", study.name)),
        })
    };
    let outcomes = studies.iter().map(one).collect();
    progress.finish_and_clear();
    outcomes
}
