//! The adult with moving bones, coupled both ways, beside the one whose skull stands still.

use std::error::Error;
use std::time::Instant;

use cisterna_experiment::Scenario;
use cisterna_model::{Library, Model};
use serde_json::{Value, json};

use crate::effort::{Effort, Task, busy};
use crate::independent::{Subject, integrate};

/// The subject with bones.
const WITH_BONES: &str = "subjects/adult_with_bones";
/// How long is simulated, s.
const DURATION: f64 = 60.0;
/// Samples per second.
const RATE: f64 = 100.0;

/// Speed without and with bones.
pub struct Coupled {
    /// Simulated seconds a second of the fluid alone …
    pub fluid: f64,
    /// … and with bones.
    pub bones: f64,
    /// Reading the model with its bones and reducing them, s.
    pub load: f64,
    /// Unknowns without and with bones.
    unknowns: [usize; 2],
}

/// Measures both in turn.
pub fn coupled(effort: &Effort) -> Result<Coupled, Box<dyn Error>> {
    let clock = Instant::now();
    Model::load(WITH_BONES)?;
    let load = clock.elapsed().as_secs_f64();
    let subjects = [Subject::at_rest(None)?, Subject::settled(resting(WITH_BONES)?)?];
    let tolerance = Scenario::load("rest")?.tolerance;
    let times: Vec<f64> = (0..=(DURATION * RATE) as usize).map(|sample| sample as f64 / RATE).collect();
    let run = |subject: &Subject| -> Result<f64, Box<dyn Error>> {
        let mut engine = subject.engine()?;
        let sizes = subject.sizes.as_deref();
        Ok(busy(|| integrate(&mut engine, 0.0, &subject.start, &times, tolerance, sizes))?.1)
    };
    let [fluid, bones] = &subjects;
    let mut tasks: [Task<'_>; 2] = [Box::new(|| run(fluid)), Box::new(|| run(bones))];
    let taken = effort.time(&mut tasks)?;
    Ok(Coupled {
        fluid: DURATION / taken[0].least,
        bones: DURATION / taken[1].least,
        load,
        unknowns: subjects.each_ref().map(|subject| subject.start.len()),
    })
}

/// The scenario `rest` with another subject.
fn resting(name: &str) -> Result<Scenario, Box<dyn Error>> {
    let rest = Scenario::embedded("rest").unwrap_or_default();
    let line = |line: &str| match line.starts_with("subject ") {
        true => format!("subject = \"{name}\"\n"),
        false => format!("{line}\n"),
    };
    let text: String = rest.lines().map(line).collect();
    Ok(Scenario::from_text("rest", &text, &Library::embedded())?)
}

impl Coupled {
    /// For the file of results.
    pub fn to_json(&self) -> Value {
        json!({
            "simulated_s": DURATION,
            "unknowns": { "fluid": self.unknowns[0], "with_bones": self.unknowns[1] },
            "times_real_time": { "fluid": self.fluid, "with_bones": self.bones },
            "share": self.bones / self.fluid,
            "load_s": self.load,
        })
    }
}
