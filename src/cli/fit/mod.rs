//! `cisterna fit`: values of a subject that explain a recording.

mod choice;
mod page;
mod table;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Instant;

use clap::Args;
use indicatif::ProgressBar;

use cisterna::fit::{DEFAULT_FREE, FitError, Found, Task, Watch, fit as found_by_fit, subject_document};
use cisterna::infusion::Dose;
use cisterna::recording::{open, write_whole};
use cisterna::report::render;

use super::exit::{End, Failure};
use super::print::{note, print, print_json};
use super::watch::{bar, interrupted};
use choice::Choice;

pub const EXAMPLES: &str = "\
Examples:
  cisterna fit infusion-test.csv                    outflow, formation, stiffness: what an infusion test tells of an adult
  cisterna fit bed.hea --from 600 --to 660          one minute, driven by its own arterial pressure
  cisterna fit lp.csv --infuse 1.5@300..1500        an infusion of 1.5 mL/min from 300 s to 1500 s that no channel tells of
  cisterna fit bed.csv --map P1=icp --no-arterial   says what a channel is; the model's own heart beats
  cisterna fit bed.csv --free '*_pial_arteries.compliance' --free sinuses.compliance
                                                    other values; a star stands for any letters, and what fits moves together
  cisterna fit infusion-test.csv --draws 256        intervals from 256 runs drawn around the best, instead of two for each value
  cisterna run fitted-scenario.toml                 a scenario of yours with `subject = \"out/bed-fit/fitted.toml\"`

Means and pulse amplitudes of windows are compared, as a simulated heart beats at other moments than a recorded one. \
Each value is sought as a factor within what is published; what the recording does not tell is called so, and stays as it was. \
Artefacts are found, told and left out. Names of values are listed by `cisterna evidence --subject SUBJECT`.

Writes fitted.toml (a subject), fit.json and index.html. Exits with 0 when done, 1 when the model could not be run, 2 on bad \
input, 3 when something could not be written, 130 after Ctrl-C.";

/// The options of `cisterna fit`.
#[derive(Args)]
pub struct Arguments {
    /// The recording: CSV, WFDB, EDF or Parquet
    recording: PathBuf,
    /// The subject whose values are sought: one that comes along, or the path of one
    #[arg(long, default_value = "adult")]
    subject: String,
    /// A value that is free, as `cisterna evidence` names it; several, joined by `+` where they move together [default: outflow,
    /// formation, stiffness of the sac, compliance of the pial arteries]
    #[arg(long, value_name = "NAME")]
    free: Vec<String>,
    /// What channels are, where name and unit do not tell: P1=icp
    #[arg(long, value_name = "CHANNEL=KIND")]
    map: Vec<String>,
    /// A channel to be explained and what of the model it is: P1=vault.pressure [default: intracranial and lumbar pressure]
    #[arg(long, value_name = "CHANNEL=PLACE", value_parser = choice::explained)]
    explain: Vec<cisterna::fit::Explained>,
    /// The channel of arterial pressure that drives the model in the place of its heart [default: the one there is]
    #[arg(long, value_name = "CHANNEL", conflicts_with = "no_arterial")]
    driven_by: Option<String>,
    /// Let the model's own heart beat although there is an arterial pressure
    #[arg(long)]
    no_arterial: bool,
    /// An infusion that no channel tells of: mL/min @ from .. until, s; several where there were several
    #[arg(long, value_name = "RATE@FROM..UNTIL", value_parser = super::stretch::infusion, allow_hyphen_values = true)]
    infuse: Vec<Dose>,
    /// Where an infusion goes
    #[arg(long, value_name = "SPACE", default_value = "lumbar_sac")]
    infused_into: String,
    /// Where the part that is looked at begins, s
    #[arg(long, value_name = "SECONDS")]
    from: Option<f64>,
    /// Where it ends, s
    #[arg(long, value_name = "SECONDS")]
    to: Option<f64>,
    /// How the person lay: supine, sitting, standing, ...
    #[arg(long, default_value = "supine")]
    posture: String,
    /// Make intervals from so many draws, each a run of the model: slower, and true where a value's misfit is no parabola
    #[arg(long, value_name = "COUNT", default_value_t = 0, hide_default_value = true)]
    draws: usize,
    /// The folder to write into [default: out/<recording>-fit]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Print what was found as JSON instead of a table
    #[arg(long)]
    json: bool,
    /// Print neither progress nor table
    #[arg(long, short)]
    quiet: bool,
}

/// Fits, and writes what was found.
pub fn fit(arguments: &Arguments) -> Result<End, Failure> {
    let recording = open(&arguments.recording).map_err(Failure::input)?;
    let file = arguments.recording.display().to_string();
    let choice = Choice::of(&file, recording, arguments)?;
    let folder =
        arguments.out.clone().unwrap_or_else(|| Path::new("out").join(stem(&arguments.recording) + "-fit"));
    // Before the fit: nobody should wait for one whose folder cannot be made.
    fs::create_dir_all(&folder)
        .map_err(|error| Failure::Output(format!("{} could not be made: {error}", folder.display())))?;
    if !arguments.quiet {
        choice.notes.iter().for_each(|said| note(&format!("note: {said}")));
    }
    let begun = Instant::now();
    let found = watched(&choice.task(&file, arguments), arguments.quiet)?;
    let seconds = begun.elapsed().as_secs_f64();
    write(&found, &choice, &folder)?;
    if arguments.json {
        print_json(&table::json(&found, &choice)?)?;
    } else if !arguments.quiet {
        let written = format!("{} runs in {seconds:.0} s; written to {}", found.runs, folder.display());
        print(&format!("{}\n{written}", table::table(&found)))?;
    }
    Ok(End::Done)
}

/// `data/bed.csv.gz` is called `bed`.
fn stem(path: &Path) -> String {
    let name =
        path.file_name().map_or_else(|| "recording".to_owned(), |name| name.to_string_lossy().into_owned());
    match name.split_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem.to_owned(),
        _ => name,
    }
}

/// Fits with a progress bar where somebody can see it, until the end or Ctrl-C.
fn watched(task: &Task<'_>, quiet: bool) -> Result<Found, Failure> {
    let interrupted = interrupted();
    // How many runs it takes nobody knows before: the bar is that of a run.
    let bar = if quiet { ProgressBar::hidden() } else { bar(1000, "fit", "run 1") };
    let told = |runs: usize, share: f64| {
        bar.set_position((1000.0 * share) as u64);
        bar.set_message(format!("run {runs}"));
    };
    let going = || !interrupted.load(Ordering::SeqCst);
    let found = found_by_fit(task, &Watch { told: &told, going: &going });
    bar.finish_and_clear();
    found.map_err(|error| match error {
        FitError::Input(_) => Failure::input(error),
        FitError::Run(_) => Failure::Run(error.to_string()),
        FitError::Interrupted => Failure::Interrupted(format!("{error}; nothing is written")),
    })
}

fn write(found: &Found, choice: &Choice, folder: &Path) -> Result<(), Failure> {
    let text = |name: &str, text: String| {
        write_whole(&folder.join(name), |file| file.write_all(text.as_bytes()))?;
        Ok::<_, Failure>(())
    };
    text("fitted.toml", subject_document(found))?;
    text("fit.json", format!("{:#}\n", table::json(found, choice)?))?;
    text("index.html", render(&page::page(found, choice)))
}

/// What is free where nobody says.
fn default_free() -> Vec<String> {
    DEFAULT_FREE.map(str::to_owned).to_vec()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn a_recording_is_called_by_its_name_before_the_first_dot() {
        assert_eq!(super::stem(Path::new("data/bed.csv.gz")), "bed");
        assert_eq!(super::stem(Path::new("bed")), "bed");
    }
}
