//! `cisterna session`: a visit, its runs, its record.

mod list;
mod page;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Instant;

use clap::Args;
use indicatif::ProgressBar;

use cisterna::recording::{write_parquet, write_whole};
use cisterna::report::render;
use cisterna::session::{Hypotheses, Manner, Session, Sham, Spreading, Stand, Visit, VisitError};

use super::exit::{End, Failure};
use super::print::{print, print_json};
use super::watch::{bar, interrupted};

pub const EXAMPLES: &str = "\
Examples:
  cisterna session                              a first visit, into out/first-visit
  cisterna session my-visit.toml --out study    a visit of yours, into the folder study
  cisterna session first-visit --json           what came of it, for another program
  cisterna session first-visit --sham 8         beside eight shams of each kind: no touch, touch anywhere
  cisterna session --list                       the sessions of the index
  cisterna session --client A-017               a client's course
  cisterna run out/first-visit/01_cv4/scenario.toml
                                                replays one of its techniques

Writes record.md (the chart, with minutes), report.html (what physically changed), session.json, and for each stage a \
folder with its subject, its scenario and its recording. The same document gives the same session.json to the letter. \
A session names its client by a code; no name is kept. See `cisterna list` for sessions and techniques that come along, \
`cisterna schema session` and `cisterna schema technique` for what they may say. Exits with 2 on bad input, 3 when \
something could not be written, 130 after Ctrl-C.";

/// The options of `cisterna session`.
#[derive(Args)]
pub struct Arguments {
    /// A session that comes along, or the path of one
    #[arg(default_value = "first-visit")]
    session: String,
    /// The folder to write into [default: out/<session>]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Beside it, so many shams where nobody touches and where hands touch anywhere
    #[arg(long, value_name = "N", default_value_t = 0)]
    sham: usize,
    /// The index of sessions, to which this one is added
    #[arg(long, value_name = "FILE", default_value = "out/sessions.sqlite")]
    index: PathBuf,
    /// List the sessions of the index instead of making one
    #[arg(long)]
    list: bool,
    /// The course of one client by the index, with the numbers of each session
    #[arg(long, value_name = "CODE")]
    client: Option<String>,
    /// Print what came of it as JSON instead of the record
    #[arg(long)]
    json: bool,
    /// Print neither progress nor record
    #[arg(long, short)]
    quiet: bool,
}

/// Makes the visit and writes what came of it.
pub fn session(arguments: &Arguments) -> Result<End, Failure> {
    if arguments.list || arguments.client.is_some() {
        return list::list(&arguments.index, arguments.client.as_deref());
    }
    let session = Session::load(&arguments.session).map_err(Failure::input)?;
    let folder = arguments.out.clone().unwrap_or_else(|| Path::new("out").join(&session.name));
    fs::create_dir_all(&folder)
        .map_err(|error| Failure::Output(format!("{} could not be made: {error}", folder.display())))?;
    let begun = Instant::now();
    let (visit, twin, sham) = visits(&session, &folder, arguments)?;
    let (twin, sham) = (twin.as_ref(), sham.as_ref());
    write(&visit, twin, sham, &folder)?;
    list::add(&arguments.index, &visit, &folder)?;
    if arguments.json {
        print_json(&json(&visit, twin, sham))?;
    } else if !arguments.quiet {
        let seconds = begun.elapsed().as_secs_f64();
        let simulated = visit.simulated + twin.map_or(0.0, |twin| twin.simulated);
        let end = format!("{simulated:.0} s simulated in {seconds:.1} s; written to {}", folder.display());
        print(&format!("{}\n{end}", chart(&visit, twin, sham)))?;
    }
    Ok(End::Done)
}

/// What came of it, for programs.
fn json(visit: &Visit, twin: Option<&Visit>, sham: Option<&Sham>) -> serde_json::Value {
    let mut value = visit.json(twin);
    if let (Some(sham), Some(fields)) = (sham, value.as_object_mut()) {
        fields.insert("sham".to_owned(), sham.json());
    }
    value
}

/// The record.
fn chart(visit: &Visit, twin: Option<&Visit>, sham: Option<&Sham>) -> String {
    let sham = sham.map(|sham| format!("\n{}", sham.table())).unwrap_or_default();
    visit.chart(twin) + &sham
}

/// The visit, and beside it the one without hypotheses where some are laid on.
fn visits(
    session: &Session,
    folder: &Path,
    arguments: &Arguments,
) -> Result<(Visit, Option<Visit>, Option<Sham>), Failure> {
    let interrupted = interrupted();
    let go_on = || !interrupted.load(Ordering::SeqCst);
    let bar = if arguments.quiet { ProgressBar::hidden() } else { bar(1000, &session.title, "") };
    let twin = |hypotheses: bool| {
        let manner = Manner { hypotheses: Hypotheses::Off, spread: Spreading::One, folder: None };
        hypotheses.then(|| session.visit(manner, &mut |_| go_on()))
    };
    let own = || {
        let manner = Manner { hypotheses: Hypotheses::On, spread: Spreading::Four, folder: Some(folder) };
        session.visit(manner, &mut |stand: Stand<'_>| {
            let (stage, all) = stand.stages;
            bar.set_position((1000.0 * (stage as f64 + stand.share) / all as f64) as u64);
            bar.set_message(stand.stage.to_owned());
            go_on()
        })
    };
    let (visit, twin) = rayon::join(own, || twin(!session.hypotheses.is_empty()));
    let (visit, twin) = (visit.map_err(failed)?, twin.transpose().map_err(failed)?);
    bar.set_message(format!("{} shams", arguments.sham));
    let sham = (arguments.sham > 0).then(|| session.sham(&visit, arguments.sham, &go_on));
    bar.finish_and_clear();
    Ok((visit, twin, sham.transpose().map_err(failed)?))
}

fn failed(error: VisitError) -> Failure {
    match error {
        VisitError::Documents(problems) => Failure::input(problems),
        VisitError::Run(reason) => Failure::Run(reason),
        VisitError::Interrupted => {
            Failure::Interrupted("interrupted: only whole stages are written".to_owned())
        }
    }
}

fn write(visit: &Visit, twin: Option<&Visit>, sham: Option<&Sham>, folder: &Path) -> Result<(), Failure> {
    let text = |name: &str, text: String| {
        write_whole(&folder.join(name), |file| file.write_all(text.as_bytes()))?;
        Ok::<_, Failure>(())
    };
    for findings in [&visit.before, &visit.after] {
        write_parquet(&findings.recording, &folder.join(&findings.stage.folder).join("recording.parquet"))?;
    }
    for done in &visit.done {
        write_parquet(&done.recording, &folder.join(&done.stage.folder).join("recording.parquet"))?;
    }
    text("session.json", format!("{:#}\n", json(visit, twin, sham)))?;
    text("record.md", chart(visit, twin, sham))?;
    text("report.html", render(&page::page(visit, twin, sham)))
}
