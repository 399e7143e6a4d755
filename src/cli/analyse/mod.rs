//! `cisterna analyse`: recordings, one by one or a folder of them.

pub mod artefacts;
mod beats;
mod charts;
mod folder;
mod page;
pub mod phases;
mod strips;
mod table;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Args;

use cisterna::analysis::index::{ArterialZero, INDICES};
use cisterna::bedside::{Cleaning, Examination, Marked, Options, Test, derived, examine};
use cisterna::infusion::Dose;
use cisterna::recording::{KindMap, ReadError, write_csv, write_parquet, write_whole};
use cisterna::report::render_recording;

use super::exit::{End, Failure};
use super::print::{print, print_json};
use super::stretch::{infusion, marked};
use super::watch::{bar, interrupted};

pub const EXAMPLES: &str = "\
Examples:
  cisterna analyse bed7.csv                       what it holds, printed and as out/analyse/bed7/index.html
  cisterna analyse bed7.edf --map P1=icp,P2=abp   channels whose names say nothing
  cisterna analyse lp.csv --infuse 1.5@300..1200  an infusion of 1.5 mL/min from 300 s to 1200 s that no channel tells of
  cisterna analyse lp.csv --phases out/analyse/lp/phases.toml
                                                  phases of an infusion test as you corrected them
  cisterna analyse bed7.csv --exclude icp:600..660=suction --trust abp:0..90
                                                  what a person knows better than the program
  cisterna analyse bed7.csv --artefacts out/analyse/bed7/artefacts.toml
                                                  the list of what was left out, once you have gone through it
  cisterna analyse icu/                           all recordings in a folder, one line each; goes on where it stopped
  cisterna analyse --list                         every index with its definition, window, interval and source

Reads tables of text, WFDB, EDF and Parquet, packed with gzip or not. What a channel is, is guessed by name and unit and \
printed; pressures are turned into mmHg. Nothing is interpolated: what is no measurement is left out, and every figure says how \
much data it rests on. Not a medical device: no number here may guide the care of a person.

Exits with 0, with 1 where files of a folder failed, 2 on bad input, 3 where an output could not be written, 130 after Ctrl-C.";

/// The options of `cisterna analyse`.
#[derive(Args)]
pub struct Arguments {
    /// A recording, or a folder of recordings
    #[arg(required_unless_present = "list")]
    path: Option<PathBuf>,
    /// What channels are: NAME=KIND, several with commas
    #[arg(long, value_name = "NAME=KIND", default_value = "", hide_default_value = true)]
    map: KindMap,
    /// A channel that was recorded upside down: its numbers are taken with the other sign; may be repeated
    #[arg(long, value_name = "NAME")]
    reversed: Vec<String>,
    /// How high the ear lies above the level at which arterial pressure reads zero, cm; 0 where it is zeroed at the ear
    #[arg(long, value_name = "CM", default_value_t = 0.0, allow_negative_numbers = true)]
    ear_above_zero: f64,
    /// Windows of trends, s
    #[arg(long, value_name = "S", default_value_t = 10.0)]
    window: f64,
    /// An infusion that no channel tells of: mL/min @ from .. until, s; negative where fluid is withdrawn; may be repeated
    #[arg(long, value_name = "RATE@FROM..UNTIL", value_parser = infusion, allow_hyphen_values = true)]
    infuse: Vec<Dose>,
    /// Kind, phases and rates of an infusion test, in the form of the `phases.toml` that is written beside the page
    #[arg(long, value_name = "FILE")]
    phases: Option<PathBuf>,
    /// An interval that is no measurement: [CHANNEL:]FROM..TO[=WHY], s; may be repeated
    #[arg(long, value_name = "INTERVAL", value_parser = marked)]
    exclude: Vec<Marked>,
    /// An interval in which nothing is an artefact: [CHANNEL:]FROM..TO, s; may be repeated
    #[arg(long, visible_alias = "keep", value_name = "INTERVAL", value_parser = marked)]
    trust: Vec<Marked>,
    /// A list as `artefacts.toml` beside the page: what it names is left out, and nothing else is looked for
    #[arg(long, value_name = "FILE")]
    artefacts: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// The folder for page, JSON and derived series; a folder for each recording is made in it
    #[arg(long, value_name = "DIR", default_value = "out/analyse")]
    out: PathBuf,
    /// List all indices and end
    #[arg(long, conflicts_with = "path")]
    list: bool,
    /// List them as a page of Markdown
    #[arg(long, requires = "list")]
    markdown: bool,
}

/// Analyses what was asked for.
pub fn analyse(arguments: &Arguments) -> Result<End, Failure> {
    let Some(path) = arguments.path.as_ref().filter(|_| !arguments.list) else {
        let listed = if arguments.markdown { table::markdown(INDICES) } else { table::listing(INDICES) };
        print(&listed)?;
        return Ok(End::Done);
    };
    let options = options(arguments)?;
    if path.is_dir() {
        return folder::analyse(path, &options, arguments);
    }
    let stopped = interrupted();
    let progress = bar(1, "read", "");
    let found = one(path, &options, &stopped, &|seconds| progress.set_message(table::clock(seconds)));
    progress.finish_and_clear();
    let found = found.map_err(Failure::input)?;
    let folder = arguments.out.join(stem(path));
    write(&found, &folder)?;
    if arguments.json {
        print_json(&json(&found)?)?;
    } else {
        print(&format!("{}\nwritten: {}", table::told(&found), folder.join("index.html").display()))?;
    }
    Ok(if stopped.load(Ordering::SeqCst) { End::Interrupted } else { End::Done })
}

fn options(arguments: &Arguments) -> Result<Options, Failure> {
    let zero = match arguments.ear_above_zero {
        0.0 => ArterialZero::Meatus,
        meatus_above_cm => ArterialZero::Heart { meatus_above_cm },
    };
    let mut excluded = arguments.exclude.clone();
    if let Some(path) = &arguments.artefacts {
        excluded.extend(artefacts::read(path).map_err(Failure::input)?);
    }
    Ok(Options {
        kinds: arguments.map.clone(),
        reversed: arguments.reversed.clone(),
        cleaning: if arguments.artefacts.is_some() { Cleaning::AsListed } else { Cleaning::Found },
        window: arguments.window,
        arterial_zero: zero,
        excluded,
        trusted: arguments.trust.clone(),
        test: test(arguments)?,
    })
}

/// What was said of an infusion test.
fn test(arguments: &Arguments) -> Result<Test, Failure> {
    let mut test = match &arguments.phases {
        Some(path) => phases::read(path).map_err(Failure::input)?,
        None => Test::default(),
    };
    if !(test.doses.is_empty() || arguments.infuse.is_empty()) {
        return Err(Failure::Input(
            "rates are stated twice, by --infuse and in the file of --phases; allowed: one of the two"
                .to_owned(),
        ));
    }
    test.doses.extend(&arguments.infuse);
    test.doses.sort_by(|one, other| one.from.total_cmp(&other.from));
    Ok(test)
}

/// Analyses one recording.
fn one(
    path: &Path,
    options: &Options,
    stopped: &AtomicBool,
    told: &dyn Fn(f64),
) -> Result<Examination, ReadError> {
    examine(path, options, &|seconds| {
        told(seconds);
        !stopped.load(Ordering::SeqCst)
    })
}

/// Writes page, JSON and derived series of one recording.
fn write(found: &Examination, folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder)
        .map_err(|error| Failure::Output(format!("{} could not be made: {error}", folder.display())))?;
    let series = derived(found);
    write_csv(&series, &folder.join("derived.csv"))?;
    write_parquet(&series, &folder.join("derived.parquet"))?;
    beats::write(found, &folder.join("beats.csv"))?;
    let text = artefacts::document(found);
    write_whole(&folder.join("artefacts.toml"), |file| file.write_all(text.as_bytes()))?;
    let page = render_recording(&page::page(found));
    write_whole(&folder.join("index.html"), |file| file.write_all(page.as_bytes()))?;
    if let Some(Ok(report)) = &found.infusion {
        let text = phases::document(report);
        write_whole(&folder.join("phases.toml"), |file| file.write_all(text.as_bytes()))?;
    }
    // Last, as it says that the rest is there.
    let text = format!("{:#}\n", json(found)?);
    write_whole(&folder.join("analysis.json"), |file| file.write_all(text.as_bytes()))?;
    Ok(())
}

fn json(found: &Examination) -> Result<serde_json::Value, Failure> {
    serde_json::to_value(found).map_err(|error| Failure::Output(format!("no JSON could be made: {error}")))
}

/// The name of the folder for a recording: that of its file, without what says only how it is packed.
fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let bare = name.strip_suffix(".gz").unwrap_or(&name);
    bare.rsplit_once('.').map_or(bare, |(stem, _)| if stem.is_empty() { bare } else { stem }).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_called_like_its_file() {
        assert_eq!(stem(Path::new("a/bed7.csv.gz")), "bed7");
        assert_eq!(stem(Path::new("a/100.hea")), "100");
        assert_eq!(stem(Path::new("a/.hidden")), ".hidden");
    }
}
