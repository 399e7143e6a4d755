//! `cisterna claims`: what is claimed, decided by numbers.

use std::fs;
use std::path::PathBuf;

use clap::Args;

use cisterna::claims::{Claims, Decided, Decision, Folder, Report, Verdict};
use cisterna::model::Library;
use cisterna::recording::write_whole;
use cisterna::report::{claim_page, claims_page};

use super::exit::{End, Failure};
use super::print::{columns, note, print, print_json};

pub const EXAMPLES: &str = "\
Examples:
  cisterna claims                    all claims, each with a page in out/claims
  cisterna claims C57 C59            two of them
  cisterna claims --in my-claims     claims of yours
  cisterna claims --json             verdicts and numbers for another program

A verdict is: supported by what is measured, contradicted, needs a hypothesis (which, and the least value that it \
needs), below what can be felt, or not testable (why). Each is told with the value at which it would be another one. \
See `cisterna schema claim` for what a claim may say. Exits with 2 on bad input, 3 where a page could not be written.";

/// The options of `cisterna claims`.
#[derive(Args)]
pub struct Arguments {
    /// Claims by their ids or the names of their documents; all where left out
    claims: Vec<String>,
    /// A folder of claims; those that come along where left out
    #[arg(long = "in", value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// The folder for the pages
    #[arg(long, value_name = "DIR", default_value = "out/claims")]
    out: PathBuf,
    /// Print no progress
    #[arg(long, short)]
    quiet: bool,
}

/// Decides the claims, prints the table, writes the pages.
pub fn claims(arguments: &Arguments) -> Result<End, Failure> {
    let folder = arguments.folder.clone().map_or(Folder::Embedded, Folder::Own);
    let claims = Claims::read(&folder, &arguments.claims).map_err(Failure::input)?;
    fs::create_dir_all(&arguments.out).map_err(|error| {
        Failure::Output(format!("{} could not be made: {error}", arguments.out.display()))
    })?;
    let quiet = arguments.quiet;
    let told = |text: &str| {
        if !quiet {
            note(text)
        }
    };
    let report = claims.decide(&told).map_err(Failure::input)?;
    write(&report, arguments)?;
    if arguments.json {
        print_json(&report.to_json())?;
    } else {
        print(&format!("{}\nwritten  {}", table(&report), arguments.out.join("index.html").display()))?;
    }
    Ok(End::Done)
}

fn write(report: &Report, arguments: &Arguments) -> Result<(), Failure> {
    let sources = Library::embedded().read_sources().map_err(Failure::input)?;
    let source = |key: &str| sources.get(key).map_or_else(|| key.to_owned(), |source| source.short());
    let own = |name: &str| {
        let command = format!("cisterna claims {name}").trim().to_owned();
        let version = concat!("cisterna ", env!("CARGO_PKG_VERSION")).to_owned();
        [("program".to_owned(), version), ("command".to_owned(), command)]
    };
    let page = |name: &str, text: String| {
        write_whole(&arguments.out.join(format!("{name}.html")), |file| file.write_all(text.as_bytes()))
    };
    for decided in &report.claims {
        let id = &decided.claim.id;
        page(id, claim_page(decided, &source, &own(id)))?;
    }
    page("index", claims_page(report, &own("")))?;
    Ok(())
}

fn table(report: &Report) -> String {
    let mut rows = vec![["id", "verdict", "claim", "turns"].map(str::to_owned).to_vec()];
    rows.extend(report.claims.iter().map(|decided| {
        let sure = if decided.is_firm { "" } else { " (?)" };
        vec![
            decided.claim.id.clone(),
            format!("{}{sure}", decided.verdict.words()),
            decided.claim.claim.clone(),
            reason(decided),
        ]
    }));
    let counts: Vec<String> = Verdict::ALL
        .into_iter()
        .map(|verdict| format!("{} {}", report.count(verdict), verdict.words()))
        .collect();
    let told = "(?) within the published ranges of what is compared the verdict may be otherwise";
    format!("{}\n{} claims: {}\n{told}\n", columns(&rows), report.claims.len(), counts.join(", "))
}

/// What would have to be true, or why nothing decides it.
fn reason(decided: &Decided) -> String {
    match &decided.claim.decision {
        Decision::Untestable(reason) => reason.clone(),
        Decision::Rule(rule) => {
            let turns = decided.turning_in_words().unwrap_or_default();
            match &rule.hypothesis {
                Some(hypothesis) if decided.verdict == Verdict::NeedsHypothesis => {
                    format!("if {hypothesis}; {turns}")
                }
                _ => turns,
            }
        }
    }
}
