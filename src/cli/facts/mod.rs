//! `cisterna facts`: one page of what every reader asks first, each number from a run and beside its published value.

mod pictures;
mod topics;

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use clap::Args;
use rayon::prelude::*;

use cisterna::experiment::{self, Outcome, Run, Scenario, Stop, Verdict};
use cisterna::model::{Library, Model};
use cisterna::recording::{Basis, write_whole};
use cisterna::report::{self, Facts, Page, Published, Section, SummaryRow, render};

use super::exit::{End, Failure};
use super::print::{note, print};
use super::watch::{bar, interrupted};
use topics::{TOPICS, Topic};

pub const EXAMPLES: &str = "\
Examples:
  cisterna facts                  into out/facts/index.html
  cisterna facts --out docs/facts

Lying and upright pressures, where added fluid finds room, the shape of the pulse, flows of veins by posture, carbon \
dioxide, autoregulation, a strain, waves and an infusion. Takes about half a minute. Exits with 1 where a run failed \
(its section says so), 3 where the page could not be written, 130 after Ctrl-C.";

/// The options of `cisterna facts`.
#[derive(Args)]
pub struct Arguments {
    /// The folder for index.html
    #[arg(long, value_name = "DIR", default_value = "out/facts")]
    out: PathBuf,
}

/// A document that was run, or why it was not.
struct Done {
    scenario: Scenario,
    run: Result<Run, String>,
}

/// Runs what the page is about and writes it.
pub fn facts(arguments: &Arguments) -> Result<End, Failure> {
    fs::create_dir_all(&arguments.out).map_err(|error| {
        Failure::Output(format!("{} could not be made: {error}", arguments.out.display()))
    })?;
    let names: Vec<&str> = TOPICS.iter().flat_map(|topic| topic.documents).copied().collect();
    let scenarios = names.iter().map(|name| scenario(name)).collect::<Result<Vec<_>, _>>()?;
    let stop = interrupted();
    let bar = bar(names.len() as u64, "facts", "");
    let done = AtomicU64::new(0);
    let runs: Vec<Done> = scenarios
        .into_par_iter()
        .with_max_len(1)
        .map(|scenario| {
            let run = experiment::run(&scenario, &mut |_| !stop.load(Ordering::SeqCst));
            bar.set_position(done.fetch_add(1, Ordering::SeqCst) + 1);
            Done { run: whole(run), scenario }
        })
        .collect();
    bar.finish_and_clear();
    if stop.load(Ordering::SeqCst) {
        return Err(Failure::Interrupted("interrupted: no page is written".to_owned()));
    }
    let path = arguments.out.join("index.html");
    let text = render(&page(&runs));
    write_whole(&path, |file| file.write_all(text.as_bytes()))?;
    print(&format!("written: {}", path.display()))?;
    let failed: Vec<&String> = runs.iter().filter_map(|done| done.run.as_ref().err()).collect();
    for reason in &failed {
        note(&format!("error: {reason}"));
    }
    Ok(if failed.is_empty() { End::Done } else { End::Missed })
}

/// A document of this page, or of those that are validated.
fn scenario(name: &str) -> Result<Scenario, Failure> {
    let own = topics::DOCUMENTS.iter().find(|(own, _)| *own == name).map(|(_, text)| *text);
    let text = own.or_else(|| cisterna::validate::embedded(name));
    let text = text.ok_or_else(|| Failure::Input(format!("there is no document `{name}`")))?;
    Scenario::from_text(name, text, &Library::embedded()).map_err(Failure::input)
}

fn whole(run: Result<Run, experiment::RunError>) -> Result<Run, String> {
    let run = run.map_err(|error| error.to_string())?;
    match &run.stopped {
        Some(Stop::Failed(reason)) => Err(format!("the run failed: {reason}")),
        _ => Ok(run),
    }
}

fn page(runs: &[Done]) -> Page {
    let mut rest = runs;
    let mut sections = Vec::new();
    for topic in &TOPICS {
        let (own, others) = rest.split_at(topic.documents.len());
        rest = others;
        sections.push(Section::Facts(section(topic, own)));
    }
    let model = runs.first().map(|done| format!("{} {}", done.scenario.model.name, done.scenario.model.hash));
    Page {
        title: "Facts".to_owned(),
        subtitle: "What the pressures and the pulse of brain and spine do, from runs, each number beside its published value".to_owned(),
        cautions: vec![
            "Every number and every curve on this page comes from runs of the program that wrote it; nothing is typed in but what was published.".to_owned(),
        ],
        summary: Vec::new(),
        sections,
        provenance: vec![
            ("program".to_owned(), concat!("cisterna ", env!("CARGO_PKG_VERSION")).to_owned()),
            ("first model".to_owned(), model.unwrap_or_default()),
            ("documents".to_owned(), runs.iter().map(|done| done.scenario.title.clone()).collect::<Vec<_>>().join("; ")),
        ],
    }
}

fn section(topic: &Topic, runs: &[Done]) -> Facts {
    let mut facts = Facts {
        heading: topic.heading.to_owned(),
        text: topic.text.to_owned(),
        caption: topic.heading.to_owned() + ", beside what was published",
        ..Facts::default()
    };
    for done in runs {
        match &done.run {
            Ok(run) => {
                let rows = run.outcomes.iter().filter(|outcome| topic.shows(&outcome.id));
                facts.rows.extend(rows.map(|outcome| row(&done.scenario.model, outcome)));
            }
            Err(reason) => facts.text += &format!("\n\n{}: {reason}", done.scenario.title),
        }
    }
    let recordings: Vec<_> =
        runs.iter().filter_map(|done| Some((&done.scenario, &done.run.as_ref().ok()?.recording))).collect();
    for picture in topic.pictures {
        facts.charts.extend(picture.chart(&recordings));
        facts.rows.extend(picture.rows(&recordings));
    }
    facts
}

/// A measure beside what was published.
fn row(model: &Model, outcome: &Outcome) -> SummaryRow {
    let published = outcome.published.as_ref();
    // A source without authors would be named by its whole title.
    let source = |key: &str| {
        let known = model.sources.get(key).filter(|source| !source.authors.is_empty());
        known.map_or_else(|| key.to_owned(), |source| source.short())
    };
    let reason = outcome.value.as_ref().err().cloned();
    SummaryRow {
        label: outcome.label.clone(),
        value: outcome.value.as_ref().copied().unwrap_or(f64::NAN),
        unit: outcome.unit.clone(),
        published: published.map(|row| Published {
            low: row.low,
            high: row.high,
            source: source(&row.source),
        }),
        verdict: outcome.verdict().map(|verdict| match verdict {
            Verdict::InRange => report::Verdict::InRange,
            Verdict::KnownMiss | Verdict::Miss => report::Verdict::Outside,
        }),
        basis: Basis::Model,
        note: reason.or_else(|| published.map(|row| row.note.clone())).unwrap_or_default(),
    }
}
