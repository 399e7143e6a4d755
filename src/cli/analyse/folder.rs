//! A folder of recordings: one line each, failures listed, the rest done, and on from where it stopped.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::UNIX_EPOCH;

use cisterna::bedside::{Examination, Options};
use cisterna::quantity::short_number;
use cisterna::recording::write_whole;
use serde_json::{Value, json};

use super::{Arguments, one, stem, write};
use crate::cli::exit::{End, Failure};
use crate::cli::print::{columns, print, print_json};
use crate::cli::watch::{bar, interrupted};

/// What is taken for a recording.
const EXTENSIONS: [&str; 8] = ["csv", "tsv", "txt", "hea", "edf", "bdf", "parquet", "dat"];
/// Figures that stand in the line of a file.
const SHOWN: [(&str, &str); 5] =
    [("mean_icp", "ICP"), ("cpp", "CPP"), ("prx", "PRx"), ("rap", "RAP"), ("mx", "Mx")];

/// What became of a file.
struct Line {
    path: PathBuf,
    result: Result<Value, String>,
    /// Whether it had been done before.
    before: bool,
}

/// Analyses all recordings below a folder.
pub fn analyse(folder: &Path, options: &Options, arguments: &Arguments) -> Result<End, Failure> {
    let mut paths = Vec::new();
    collect(folder, &mut paths)?;
    paths.sort();
    if paths.is_empty() {
        return Err(Failure::Input(format!(
            "{}: there is no recording in this folder; allowed: files ending in {}, packed with gzip or not",
            folder.display(),
            EXTENSIONS.join(", ")
        )));
    }
    let stopped = interrupted();
    let progress = bar(paths.len() as u64, "recordings", "");
    let (next, lines) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some(path) = paths.get(next.fetch_add(1, Ordering::SeqCst)) {
            if stopped.load(Ordering::SeqCst) {
                break;
            }
            let line = line(folder, path, options, arguments, &stopped);
            // A recording that was stopped half-way is not done.
            if !stopped.load(Ordering::SeqCst) {
                lines.lock().unwrap_or_else(PoisonError::into_inner).push(line);
            }
            progress.inc(1);
        }
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| (0..cores).for_each(|_| drop(scope.spawn(work))));
    progress.finish_and_clear();
    let mut lines = lines.into_inner().unwrap_or_else(PoisonError::into_inner);
    lines.sort_by(|a: &Line, b| a.path.cmp(&b.path));
    finish(&lines, arguments, stopped.load(Ordering::SeqCst), paths.len())
}

/// All files below a folder that may be recordings. The samples of a WFDB record are read through its header.
fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let refuse = |error| Failure::Input(format!("{}: {error}", folder.display()));
    for entry in fs::read_dir(folder).map_err(refuse)? {
        let path = entry.map_err(refuse)?.path();
        if path.is_dir() && !path.is_symlink() {
            collect(&path, paths)?;
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let bare = name.strip_suffix(".gz").unwrap_or(&name);
        let extension = bare.rsplit_once('.').map_or("", |(_, extension)| extension);
        let is_data_of_a_header = extension == "dat";
        if EXTENSIONS.contains(&extension) && !is_data_of_a_header {
            paths.push(path);
        }
    }
    Ok(())
}

fn line(
    folder: &Path,
    path: &Path,
    options: &Options,
    arguments: &Arguments,
    stopped: &std::sync::atomic::AtomicBool,
) -> Line {
    let inner = path.strip_prefix(folder).unwrap_or(path);
    let out = arguments.out.join(inner.parent().unwrap_or(Path::new(""))).join(stem(path));
    let key = key(path, options);
    let done = |result, before| Line { path: inner.to_owned(), result, before };
    if let Some(known) = known(&out, &key) {
        return done(Ok(known), true);
    }
    let result = one(path, options, stopped, &|_| ()).map_err(|error| error.to_string()).and_then(|found| {
        write(&found, &out).map_err(|failure| format!("{failure:?}"))?;
        let summary = summary(&found, &key);
        let text = format!("{summary:#}\n");
        write_whole(&out.join("summary.json"), |file| file.write_all(text.as_bytes()))
            .map_err(|error| error.to_string())?;
        Ok(summary)
    });
    done(result, false)
}

/// By what a file and the options are known again: size, time of the last change, options, version.
fn key(path: &Path, options: &Options) -> String {
    let meta = fs::metadata(path).ok();
    let size = meta.as_ref().map_or(0, std::fs::Metadata::len);
    let changed = meta.and_then(|meta| meta.modified().ok()?.duration_since(UNIX_EPOCH).ok());
    let changed = changed.map_or(0, |since| since.as_millis());
    format!("{} {size} {changed} {options:?}", env!("CARGO_PKG_VERSION"))
}

/// The summary of a file that was done before under the same options.
fn known(out: &Path, key: &str) -> Option<Value> {
    let text = fs::read_to_string(out.join("summary.json")).ok()?;
    let summary: Value = serde_json::from_str(&text).ok()?;
    (summary.get("key")?.as_str()? == key).then_some(summary)
}

fn summary(found: &Examination, key: &str) -> Value {
    let kinds: Vec<&str> =
        found.channels.iter().map(|channel| channel.kind.as_str()).filter(|kind| *kind != "other").collect();
    let figure = |index: &str| {
        found.figures.iter().find(|figure| figure.index == index && figure.part.is_empty())?.value
    };
    let figures: serde_json::Map<String, Value> =
        SHOWN.iter().map(|(index, _)| ((*index).to_owned(), json!(figure(index)))).collect();
    let artefacts: usize = found.channels.iter().map(|channel| channel.artefacts.len()).sum();
    let rate = found.channels.iter().find_map(|channel| channel.heart_rate);
    json!({
        "key": key,
        "file": found.file,
        "duration_s": found.span_s[1] - found.span_s[0],
        "channels": found.channels.len(),
        "kinds": kinds,
        "heart_rate": rate,
        "artefacts": artefacts,
        "figures": figures,
    })
}

fn finish(lines: &[Line], arguments: &Arguments, stopped: bool, all: usize) -> Result<End, Failure> {
    let failed = lines.iter().filter(|line| line.result.is_err()).count();
    let before = lines.iter().filter(|line| line.before).count();
    if arguments.json {
        let each = lines.iter().map(|line| match &line.result {
            Ok(summary) => summary.clone(),
            Err(error) => json!({ "file": line.path.display().to_string(), "error": error }),
        });
        print_json(&json!({ "recordings": each.collect::<Vec<_>>(), "failed": failed, "of": all }))?;
    } else {
        let mut text = columns(&rows(lines));
        for line in lines {
            if let Err(error) = &line.result {
                text.push_str(&format!("\nfailed: {error}"));
            }
        }
        text.push_str(&format!(
            "\n{} of {all} recordings, {failed} failed, {before} done before; pages in {}",
            lines.len(),
            arguments.out.display()
        ));
        print(&text)?;
    }
    Ok(match (stopped, failed) {
        (true, _) => End::Interrupted,
        (false, 0) => End::Done,
        (false, _) => End::Missed,
    })
}

fn rows(lines: &[Line]) -> Vec<Vec<String>> {
    let mut header: Vec<String> =
        ["recording", "length", "channels", "heart rate", "artefacts"].map(str::to_owned).to_vec();
    header.extend(SHOWN.iter().map(|(_, name)| (*name).to_owned()));
    header.push("kinds".to_owned());
    let mut rows = vec![header];
    for line in lines {
        let name = line.path.display().to_string();
        let Ok(summary) = &line.result else {
            rows.push(vec![name, "failed".to_owned()]);
            continue;
        };
        let number =
            |value: Option<&Value>| value.and_then(Value::as_f64).map_or_else(String::new, short_number);
        let count = |key: &str| summary.get(key).map_or_else(String::new, Value::to_string);
        let length = summary.get("duration_s").and_then(Value::as_f64).unwrap_or(0.0);
        let mut row = vec![
            name,
            super::table::clock(length),
            count("channels"),
            number(summary.get("heart_rate")),
            count("artefacts"),
        ];
        row.extend(
            SHOWN.iter().map(|(index, _)| number(summary.get("figures").and_then(|of| of.get(*index)))),
        );
        let kinds = summary.get("kinds").and_then(Value::as_array).map_or_else(String::new, |kinds| {
            kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" ")
        });
        row.push(kinds);
        rows.push(row);
    }
    rows
}
