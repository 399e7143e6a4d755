//! Infusion tests of the full adult, whose outflow resistance is known, analysed as if they were recorded.
//!
//! `cargo bench -p cisterna-infusion --bench known_truth` does 200 of constant rate in some minutes on two cores; `-- --quick`
//! does 20 of them, `-- --fresh` 100 others, on which nothing was tried while the analysis was written, and `-- --kinds` 20 of
//! each other kind (with `--fresh` 20 others). Truth is the resistance of the model's three doors of absorption side by side,
//! whose law is linear where they are open. Without noise the rise of the pressure under 1 mL/min came to 0.99 to 1.03 times it
//! after 100 minutes, in four subjects.
//!
//! Breath, pulse and slow waves are the adult's own (`variability.value` of 1); drift and noise of the sensor are added. A test
//! of constant rate ends when the mean of a minute passes 40 mmHg, as at the bedside.

mod designs;
mod population;
mod table;

use std::error::Error;
use std::ops::Range;

use cisterna_experiment::{Scenario, run_four};
use cisterna_infusion::{Inflow, Kind, Problem, Report, analyse, recognise};
use cisterna_model::Library;
use cisterna_recording::Recording;
use rayon::prelude::*;

use designs::{Design, RATE};
use population::Subject;

/// Where a test of constant rate is stopped, mmHg: usual at the bedside.
const HIGHEST: f64 = 40.0;

/// The first group of four on which nothing was tried. Once something is, it goes on to the next hundred.
const FRESH: usize = 75;

/// A test and what came of it.
pub struct Tested {
    /// Whose it was.
    pub subject: Subject,
    /// What kind the program takes it for.
    pub recognised: Result<Kind, Problem>,
    /// Whether it was stopped for its pressure.
    pub stopped: bool,
    /// The analysis.
    pub report: Result<Report, Problem>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let asked = |option: &str| std::env::args().any(|argument| argument == option);
    let library = Library::embedded();
    let fresh = if asked("--fresh") { FRESH } else { 0 };
    if asked("--kinds") {
        for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::ConstantRate) {
            table::print(kind, &tested(kind, fresh..fresh + 5, &library)?);
        }
        return Ok(());
    }
    let count = match (asked("--quick"), asked("--fresh")) {
        (true, _) => 5,
        (_, true) => 25,
        _ => 50,
    };
    table::print(Kind::ConstantRate, &tested(Kind::ConstantRate, fresh..fresh + count, &library)?);
    Ok(())
}

/// Tests of one kind, on groups of four subjects.
fn tested(kind: Kind, groups: Range<usize>, library: &Library) -> Result<Vec<Tested>, String> {
    let tested: Result<Vec<Vec<Tested>>, String> =
        groups.into_par_iter().with_max_len(1).map(|group| four(kind, group, library)).collect();
    Ok(tested?.into_iter().flatten().collect())
}

/// Four subjects side by side.
fn four(kind: Kind, group: usize, library: &Library) -> Result<Vec<Tested>, String> {
    let subjects = [0, 1, 2, 3].map(|lane| Subject::new(4 * group + lane));
    let scenarios: Result<Vec<Scenario>, String> = subjects
        .iter()
        .map(|subject| {
            let text = Design::new(kind, subject).scenario(subject);
            Scenario::from_text("infusion", &text, library).map_err(|error| error.to_string())
        })
        .collect();
    let scenarios = scenarios?;
    let [a, b, c, d] = &scenarios[..] else {
        return Err("four subjects did not make four scenarios".to_owned());
    };
    let runs = run_four([a, b, c, d], &mut |_| true).map_err(|error| error.to_string())?;
    let tested = subjects.iter().zip(&runs).map(|(subject, run)| {
        if let Some(stop) = &run.stopped {
            return Err(format!("test {} ended early: {stop:?}", subject.number));
        }
        Ok(test(kind, *subject, &run.recording))
    });
    tested.collect()
}

fn test(kind: Kind, subject: Subject, run: &Recording) -> Tested {
    let (mut recording, mut protocol, options) = Design::new(kind, &subject).recorded(&subject, run);
    let values = &mut recording.channels[0].values;
    let minute = (60.0 * RATE) as usize;
    let high =
        values.chunks_exact(minute).position(|some| some.iter().sum::<f64>() > HIGHEST * minute as f64);
    let stopped = high.filter(|_| kind == Kind::ConstantRate);
    if let (Some(high), Inflow::Stated(doses)) = (stopped, &mut protocol.inflow) {
        values.truncate((high + 1) * minute);
        let end = values.len() as f64 / RATE;
        doses.iter_mut().for_each(|dose| dose.until = dose.until.min(end));
    }
    Tested {
        subject,
        recognised: recognise(&recording, "icp", &protocol.inflow, &options),
        stopped: stopped.is_some(),
        report: analyse(&recording, &protocol, &options),
    }
}
