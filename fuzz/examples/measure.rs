//! Fuzzes readers from a fixed seed and says how much of each was reached.
//!
//! `cargo run --no-default-features --example measure -- SECONDS [TARGET ...]`, after the example `seeds`; nought
//! seconds measure the corpus as it is. It needs `cargo-fuzz`, and a nightly toolchain with `llvm-tools`. Regions are
//! those of LLVM's source-based coverage (what `llvm-cov` counts): pieces of code that run as a whole. Copies of
//! generic code count once.

use std::error::Error;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// Targets, the files of `crates/recording/src` that are their readers' own, and those among them that are not.
const READERS: [(&str, &[&str], &[&str]); 6] = [
    ("csv", &["csv/", "clock/"], &["csv/write.rs"]),
    ("edf", &["edf/"], &[]),
    ("wfdb", &["wfdb/"], &["wfdb/annotations.rs"]),
    ("annotations", &["wfdb/annotations.rs"], &[]),
    ("parquet", &["parquet/"], &["parquet/write.rs"]),
    ("gzip", &["source.rs"], &[]),
];
/// So many inputs are handed to one process: a command line is only so long.
const AT_ONCE: usize = 1000;

type Fallible<T> = Result<T, Box<dyn Error>>;

fn main() -> Fallible<()> {
    let mut arguments = std::env::args().skip(1);
    let seconds: u32 = arguments.next().ok_or("how many seconds for each reader?")?.parse()?;
    let wanted: Vec<String> = arguments.collect();
    let known = |name: &String| READERS.iter().any(|(target, ..)| target == name);
    if let Some(unknown) = wanted.iter().find(|name| !known(name)) {
        return Err(format!("`{unknown}` is no reader").into());
    }
    for (target, own, others) in READERS {
        if wanted.is_empty() || wanted.iter().any(|name| name == target) {
            if seconds > 0 {
                fuzz(target, seconds)?;
            }
            let profile = replay(target)?;
            tell(target, &profile, |file| {
                own.iter().any(|own| file.starts_with(own)) && !others.contains(&file)
            })?;
        }
    }
    Ok(())
}

fn fuzz(target: &str, seconds: u32) -> Fallible<()> {
    let output = Command::new("cargo")
        .args(["+nightly", "fuzz", "run", "-s", "none", "--no-default-features", "--target-dir"])
        .arg(built().join("fuzz"))
        .args([target, "--", "-seed=1", "-timeout=1", "-rss_limit_mb=256", "-max_len=16384"])
        .args(["-print_final_stats=1", &format!("-max_total_time={seconds}")])
        .arg(format!("-dict=dictionaries/{target}.dict"))
        .current_dir(here())
        .output()?;
    let told = String::from_utf8_lossy(&output.stderr);
    let stat = |name: &str| {
        told.lines().find_map(|line| line.strip_prefix(&format!("stat::{name}:"))).map_or("?", str::trim)
    };
    println!(
        "{target}: {seconds} s, {} inputs, {} MB at most, {}",
        stat("number_of_executed_units"),
        stat("peak_rss_mb"),
        if output.status.success() { "no panic, hang or greed" } else { "FAILED" }
    );
    if !output.status.success() {
        let from = told.lines().count().saturating_sub(40);
        told.lines().skip(from).for_each(|line| println!("  {line}"));
    }
    Ok(())
}

/// Runs a target that counts over its corpus, and returns the counts.
fn replay(target: &str) -> Fallible<PathBuf> {
    ran(Command::new("cargo")
        .args([
            "+nightly",
            "build",
            "--release",
            "--no-default-features",
            "--bin",
            target,
            "--target",
            &host()?,
        ])
        .arg("--target-dir")
        .arg(built().join("coverage"))
        .env("RUSTFLAGS", "-C instrument-coverage --cfg fuzzing")
        .current_dir(here()))?;
    let folder = here().join("coverage").join(target);
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder)?;
    let inputs = fs::read_dir(here().join("corpus").join(target))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<PathBuf>, _>>()?;
    let mut counts = Vec::new();
    for (index, some) in inputs.chunks(AT_ONCE).enumerate() {
        let raw = folder.join(format!("{index}.profraw"));
        ran(Command::new(program(target)?).args(some).env("LLVM_PROFILE_FILE", &raw).current_dir(&folder))?;
        counts.push(raw);
    }
    let profile = folder.join("merged.profdata");
    ran(tool("llvm-profdata")?.args(["merge", "-sparse", "-o"]).arg(&profile).args(counts))?;
    println!("{target}: {} inputs in the corpus", inputs.len());
    Ok(profile)
}

/// Prints the regions reached of a reader's own files, and of each.
fn tell(target: &str, profile: &Path, own: impl Fn(&str) -> bool) -> Fallible<()> {
    let report = ran(tool("llvm-cov")?
        .args(["export", "--summary-only", "--instr-profile"])
        .arg(profile)
        .arg(program(target)?))?;
    let report: Value = serde_json::from_slice(&report.stdout)?;
    let mut files = Vec::new();
    for entry in report["data"][0]["files"].as_array().into_iter().flatten() {
        let path = entry["filename"].as_str().unwrap_or_default();
        let Some((_, file)) = path.rsplit_once("crates/recording/src/") else { continue };
        let number = |name: &str| entry["summary"]["regions"][name].as_u64();
        if let (true, Some(covered), Some(count)) = (own(file), number("covered"), number("count")) {
            files.push((file, covered, count));
        }
    }
    let (covered, count) = files.iter().fold((0, 0), |sum, file| (sum.0 + file.1, sum.1 + file.2));
    println!("{target}: {}", share(covered, count));
    for (file, covered, count) in files {
        println!("  {file}: {}", share(covered, count));
    }
    Ok(())
}

fn share(covered: u64, count: u64) -> String {
    let percent = 100.0 * covered as f64 / count.max(1) as f64;
    format!("{covered} of {count} regions reached, {percent:.1} %")
}

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Where things are built: in two folders of it, for fuzzing and for counting.
fn built() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| here().join("target"), PathBuf::from)
}

/// A target that counts what it reaches.
fn program(target: &str) -> Fallible<PathBuf> {
    Ok(built().join("coverage").join(host()?).join("release").join(target))
}

/// A tool of LLVM that comes with the nightly toolchain.
fn tool(name: &str) -> Fallible<Command> {
    let root = PathBuf::from(told_by_rustc("sysroot")?);
    Ok(Command::new(root.join("lib/rustlib").join(host()?).join("bin").join(name)))
}

fn host() -> Fallible<String> {
    told_by_rustc("host-tuple")
}

fn told_by_rustc(what: &str) -> Fallible<String> {
    let output = ran(Command::new("rustc").args(["+nightly", "--print", what]))?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// Runs a command, whose failure is an error that says what it said last.
fn ran(command: &mut Command) -> Fallible<Output> {
    let name = Path::new(command.get_program()).file_name().map(OsStr::to_owned).unwrap_or_default();
    let output = command.output().map_err(|error| format!("{}: {error}", name.display()))?;
    if output.status.success() {
        return Ok(output);
    }
    let told = String::from_utf8_lossy(&output.stderr);
    let from = told.lines().count().saturating_sub(20);
    let last: Vec<&str> = told.lines().skip(from).collect();
    Err(format!("{} failed:\n{}", name.display(), last.join("\n")).into())
}
