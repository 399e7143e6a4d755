//! 200 infusion tests of the full adult, whose outflow resistance is known, analysed as if they were recorded.
//!
//! `cargo bench -p cisterna-infusion --bench known_truth` takes ten to twenty minutes on two cores; `-- --quick` does 20 of them,
//! `-- --fresh` 100 others, on which nothing was tried while the analysis was written. Truth is the
//! resistance of the model's three doors of absorption side by side, whose law is linear where they are open. Without noise
//! the rise of the pressure under 1 mL/min came to 0.99 to 1.03 times it after 100 minutes, in four subjects.
//!
//! Breath, pulse and slow waves are the adult's own (`variability.value` of 1); drift and noise of the sensor are added. A test
//! ends when the mean of a minute passes 40 mmHg, as at the bedside.

mod population;
mod table;

use std::error::Error;
use std::sync::Arc;

use cisterna_experiment::{Scenario, run_four};
use cisterna_infusion::{Dose, Inflow, Kind, Options, Problem, Protocol, Report, analyse};
use cisterna_model::Library;
use cisterna_recording::{Channel, Recording};
use rayon::prelude::*;

use population::{BASELINE, INFUSION, RATE, Subject};

/// Where a test is stopped, mmHg: usual at the bedside.
const HIGHEST: f64 = 40.0;

/// A test and what came of it.
pub struct Tested {
    /// Whose it was.
    pub subject: Subject,
    /// Whether it was stopped for its pressure.
    pub stopped: bool,
    /// The analysis.
    pub report: Result<Report, Problem>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let asked = |option: &str| std::env::args().any(|argument| argument == option);
    let groups = if asked("--quick") {
        0..5
    } else if asked("--fresh") {
        50..75
    } else {
        0..50
    };
    let library = Arc::new(Library::embedded());
    let tested: Result<Vec<Vec<Tested>>, String> =
        groups.into_par_iter().with_max_len(1).map(|group| four(group, &library)).collect();
    table::print(&tested?.into_iter().flatten().collect::<Vec<_>>());
    Ok(())
}

/// Four subjects side by side.
fn four(group: usize, library: &Library) -> Result<Vec<Tested>, String> {
    let subjects = [0, 1, 2, 3].map(|lane| Subject::new(4 * group + lane));
    let scenarios: Result<Vec<Scenario>, String> = subjects
        .iter()
        .map(|subject| {
            Scenario::from_text("infusion", &subject.scenario(), library).map_err(|e| e.to_string())
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
        Ok(test(*subject, &run.recording.channels[0].values))
    });
    tested.collect()
}

fn test(subject: Subject, pressure: &[f64]) -> Tested {
    let mut values = subject.sensed(pressure);
    values.truncate(((BASELINE + INFUSION) * RATE) as usize);
    let minute = (60.0 * RATE) as usize;
    let high =
        values.chunks_exact(minute).position(|some| some.iter().sum::<f64>() > HIGHEST * minute as f64);
    if let Some(high) = high {
        values.truncate((high + 1) * minute);
    }
    let until = values.len() as f64 / RATE;
    let mut recording = Recording::default();
    recording.channels.push(Channel::new("icp", "mmHg", 0.0, RATE, values));
    let protocol = Protocol {
        kind: Kind::ConstantRate,
        pressure: "icp".to_owned(),
        inflow: Inflow::Stated(vec![Dose { from: BASELINE, until, rate: subject.infusion }]),
        phases: None,
    };
    Tested { subject, stopped: high.is_some(), report: analyse(&recording, &protocol, &Options::default()) }
}
