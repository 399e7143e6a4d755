//! The self-sustained pressure waves of Ursino and Lodi (1997): two states.

use std::error::Error;

use cisterna_model::Model;
use cisterna_solver::{Integrator, Options};
use serde_json::{Value, json};

use crate::effort::{Effort, Task, busy};
use crate::independent::Subject;

/// How long is simulated, s: nine or ten waves.
const DURATION: f64 = 6000.0;
/// The unstable case: outflow resistance (mmHg s/mL) and elastance coefficient (1/mL).
const UNSTABLE: [(&str, f64); 2] = [("absorption.resistance", 6320.0), ("vault.elastance_coefficient", 0.23)];

/// Speed of the waves.
pub struct Waves {
    /// Simulated seconds per second.
    pub factor: f64,
    /// Steps that were accepted.
    pub steps: u64,
}

/// Measures at the default tolerance, without samples.
pub fn ursino_lodi(effort: &Effort) -> Result<Waves, Box<dyn Error>> {
    let mut model = Model::load("published/ursino_lodi")?;
    for (name, value) in UNSTABLE {
        let (address, _) = model.address(name)?;
        model = model.set(address, value)?;
    }
    let subject = &Subject::fresh(model)?;
    let run = || -> Result<u64, Box<dyn Error>> {
        let mut engine = subject.engine()?;
        let start = std::slice::from_ref(&subject.start);
        let mut integrator = Integrator::new(&mut engine, Options::default(), 0.0, start)?;
        integrator.advance(&mut engine, DURATION, &mut ())?;
        Ok(integrator.counts(0).accepted)
    };
    let task: Task<'_> = Box::new(|| Ok(busy(run)?.1));
    let times = effort.time(&mut [task])?;
    Ok(Waves { factor: DURATION / times[0].least, steps: run()? })
}

impl Waves {
    /// For the file of results.
    pub fn to_json(&self) -> Value {
        json!({
            "simulated_s": DURATION,
            "tolerance": Options::default().tolerance,
            "steps": self.steps,
            "simulated_seconds_per_second": self.factor,
        })
    }
}
