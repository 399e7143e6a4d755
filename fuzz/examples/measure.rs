//! Fuzzes readers from a fixed seed and says how much of each was reached.
//!
//! `cargo run --no-default-features --example measure -- SECONDS [TARGET ...]`, after the example `seeds`. It needs
//! a nightly toolchain with the component `llvm-tools`, and `cargo-fuzz`. Regions are those of LLVM's source-based
//! coverage (what `llvm-cov` counts): pieces of code that run as a whole. Copies of generic code count once.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Targets, and the files of `crates/recording/src` that are their readers' own.
const READERS: [(&str, &[&str], &[&str]); 6] = [
    ("csv", &["csv/", "clock/"], &["csv/write.rs"]),
    ("edf", &["edf/"], &[]),
    ("wfdb", &["wfdb/"], &["wfdb/annotations.rs"]),
    ("annotations", &["wfdb/annotations.rs"], &[]),
    ("parquet", &["parquet/"], &["parquet/write.rs"]),
    ("gzip", &["source.rs"], &[]),
];
/// Functions reached less than this are listed.
const LISTED: f64 = 0.8;

/// A region of source: file, and first and last line and column.
type Region = (String, [u64; 4]);

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let seconds: u32 = arguments.next().ok_or("how many seconds for each reader?")?.parse()?;
    let wanted: Vec<String> = arguments.collect();
    for (target, own, others) in READERS {
        if wanted.is_empty() || wanted.iter().any(|name| name == target) {
            if seconds > 0 {
                fuzz(target, seconds)?;
            }
            cover(target, own, others)?;
        }
    }
    Ok(())
}

fn cargo_fuzz(command: &str, folder: &str) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args(["+nightly", "fuzz", command, "-s", "none", "--no-default-features", "--target-dir"]);
    cargo.arg(target_folder().join(folder)).current_dir(env!("CARGO_MANIFEST_DIR"));
    cargo
}

/// Where things are built: two folders, for fuzzing and for counting.
fn target_folder() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target"), PathBuf::from)
}

fn fuzz(target: &str, seconds: u32) -> Result<(), Box<dyn Error>> {
    let mut run = cargo_fuzz("run", "fuzz");
    run.args([target, "--", "-seed=1", "-timeout=5", "-rss_limit_mb=512", "-max_len=16384"]);
    run.args(["-print_final_stats=1", &format!("-max_total_time={seconds}")]);
    run.arg(format!("-dict=dictionaries/{target}.dict"));
    let output = run.output()?;
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

fn cover(target: &str, own: &[&str], others: &[&str]) -> Result<(), Box<dyn Error>> {
    let output = cargo_fuzz("coverage", "coverage").arg(target).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let host = "x86_64-unknown-linux-gnu";
    let tools = Command::new("rustc").args(["+nightly", "--print", "sysroot"]).output()?;
    let tools = Path::new(String::from_utf8(tools.stdout)?.trim()).join("lib/rustlib").join(host).join("bin");
    let profile =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("coverage").join(target).join("coverage.profdata");
    let program = target_folder().join("coverage").join(host).join("release").join(target);
    let export = Command::new(tools.join("llvm-cov"))
        .args(["export", "--format=text", "--instr-profile"])
        .arg(profile)
        .arg(program)
        .output()?;
    let export: Value = serde_json::from_slice(&export.stdout)?;
    let functions = functions(&export, own, others);
    let mut regions: BTreeMap<&Region, u64> = BTreeMap::new();
    for (region, count) in functions.values().flatten() {
        let most = regions.entry(region).or_default();
        *most = (*most).max(*count);
    }
    let reached = regions.values().filter(|count| **count > 0).count();
    let share = 100.0 * reached as f64 / regions.len().max(1) as f64;
    println!("{target}: {reached} of {} regions of its own reached, {share:.1} %", regions.len());
    for ((file, line), regions) in &functions {
        let missed: Vec<String> = regions
            .iter()
            .filter(|(_, count)| **count == 0)
            .map(|((_, [line, ..]), _)| line.to_string())
            .collect();
        if (missed.len() as f64) > (1.0 - LISTED) * regions.len() as f64 {
            println!(
                "  {file}:{line}: {} of {} missed, on lines {}",
                missed.len(),
                regions.len(),
                missed.join(" ")
            );
        }
    }
    Ok(())
}

/// The regions of each function by file and first line, with how often they ran.
fn functions(
    export: &Value,
    own: &[&str],
    others: &[&str],
) -> BTreeMap<(String, u64), BTreeMap<Region, u64>> {
    let mut all: BTreeMap<(String, u64), BTreeMap<Region, u64>> = BTreeMap::new();
    for function in export["data"][0]["functions"].as_array().into_iter().flatten() {
        let path = function["filenames"][0].as_str().unwrap_or_default();
        let Some((_, file)) = path.rsplit_once("crates/recording/src/") else { continue };
        if !own.iter().any(|own| file.starts_with(own)) || others.contains(&file) {
            continue;
        }
        let regions = function["regions"].as_array().into_iter().flatten().filter_map(|region| {
            let numbers: Vec<u64> = region.as_array()?.iter().filter_map(Value::as_u64).collect();
            // The last number is the kind: nought is code.
            let [a, b, c, d, count, .., 0] = numbers[..] else { return None };
            Some(((file.to_owned(), [a, b, c, d]), count))
        });
        let regions: Vec<_> = regions.collect();
        let Some(((_, [line, ..]), _)) = regions.first() else { continue };
        let known = all.entry((file.to_owned(), *line)).or_default();
        for (region, count) in regions {
            let most = known.entry(region).or_default();
            *most = (*most).max(count);
        }
    }
    all
}
