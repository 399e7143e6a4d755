//! What is printed and written.

use std::error::Error;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::accuracy::{CHANNELS, Miss};
use crate::adult::{Adult, DURATION, Row};
use crate::bones::Coupled;
use crate::lanes::Throughput;
use crate::peer::Match;
use crate::waves::Waves;

/// Speed and accuracy over tolerances.
pub fn tolerances(adult: &Adult, rows: &[Row]) {
    let model = &adult.subject.model;
    println!(
        "{} ({}, {} unknowns), {DURATION} s at rest on one core, 100 samples a second",
        model.title,
        model.hash,
        adult.subject.start.len()
    );
    println!("misses against a tight reference, relative to its own values; phases in rad");
    println!(
        "{:>9} {:>7}  {:15} {:>9} {:>9} {:>9} {:>9}",
        "tolerance", "x real", "channel", "mean", "amplitude", "harm. 1-8", "phase"
    );
    for row in rows {
        println!("{:>9.0e} {:>7.0}", row.tolerance, row.factor());
        CHANNELS.iter().zip(&row.misses).for_each(|(channel, miss)| line(channel, miss));
    }
    line("allowed", &Miss::ALLOWED);
    line("reference", &adult.reference_miss);
    println!();
}

fn line(name: &str, miss: &Miss) {
    let Miss { mean, amplitude, harmonic, phase } = miss;
    println!("{:18} {name:15} {mean:>9.1e} {amplitude:>9.1e} {harmonic:>9.1e} {phase:>9.1e}", "");
}

/// Cisterna beside diffsol.
pub fn peer(found: &Match) {
    println!("at the same miss ({:.2} of what is allowed)", found.share);
    println!("{:30} {:>9} {:>7} {:>16}", "", "tolerance", "x real", "share of allowed");
    println!("{:30} {:>9.1e} {:>7.0} {:>16.2}", "Cisterna", found.tolerance, found.factor, found.share);
    for trial in &found.trials {
        let name = format!("diffsol {}, {}", trial.peer.method, trial.peer.algebra);
        let factor = DURATION / trial.seconds;
        println!("{name:30} {:>9.1e} {factor:>7.0} {:>16.2}", trial.peer.tolerance, trial.share);
    }
    match found.ratio() {
        Some(ratio) => println!("Cisterna is {ratio:.1} times as fast as diffsol's best\n"),
        None => println!("no run of diffsol misses by so little\n"),
    }
}

/// The adult with moving bones beside the one without.
pub fn bones(coupled: &Coupled) {
    let Coupled { fluid, bones, load, .. } = coupled;
    println!(
        "the adult's fluid alone {fluid:.0} x real time, with all bones {bones:.0} ({:.2} of it);",
        bones / fluid
    );
    println!("reading the bones and reducing them takes {load:.2} s\n");
}

/// Several subjects at once.
pub fn lanes(throughput: &Throughput) {
    let Throughput { single, lanes, two_cores, trials } = throughput;
    println!("subject-seconds a second, at 50, 70, 90 and 120 beats a minute (trial steps {trials:?})");
    println!("one after the other {single:.0}");
    println!("four lanes          {lanes:.0} ({:.2} times)", lanes / single);
    println!("four on each of two {two_cores:.0} ({:.2} times)\n", two_cores / single);
}

/// The two-state case.
pub fn waves(waves: &Waves) {
    println!("Ursino-Lodi waves   {:.2e} simulated seconds a second ({} steps)", waves.factor, waves.steps);
}

/// Writes the file of results beside the build's other outputs.
pub fn write(results: &Value) -> Result<(), Box<dyn Error>> {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let path = scratch.parent().unwrap_or(scratch).join("speed.json");
    fs::write(&path, format!("{results:#}\n"))?;
    println!("\nwritten to {}", path.display());
    Ok(())
}
