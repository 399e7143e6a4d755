//! A subject with its equations and the state from which a run begins.

use std::error::Error;

use cisterna_experiment::{Scenario, run};
use cisterna_fluid::{Address, Compiled, Driver, Engine, Inputs};
use cisterna_model::Model;

/// A subject, compiled, and where it begins.
pub struct Subject {
    /// Its model.
    pub model: Model,
    /// Its equations.
    pub compiled: Compiled,
    /// The state from which a run begins; algebraic unknowns fit the others.
    pub start: Vec<f64>,
    /// What errors of its unknowns are measured against, where it has a heart.
    pub sizes: Option<Vec<f64>>,
}

impl Subject {
    /// The subject of the scenario `rest`, settled, at this heart rate (1/s) or at its own.
    ///
    /// # Errors
    /// When the model cannot be read or run.
    pub fn at_rest(heart_rate: Option<f64>) -> Result<Self, Box<dyn Error>> {
        let mut scenario = Scenario::load("rest")?;
        if let Some(rate) = heart_rate {
            let (address, _) = scenario.model.address("heart.rate")?;
            scenario.model = scenario.model.set(address, rate)?;
        }
        Self::settled(scenario)
    }

    /// The subject of a scenario, settled.
    ///
    /// # Errors
    /// When the model cannot be run, or hangs slack somewhere.
    pub fn settled(mut scenario: Scenario) -> Result<Self, Box<dyn Error>> {
        scenario.probes.clear();
        scenario.duration = 1.0 / scenario.rate;
        scenario.measures.clear();
        let settled = run(&scenario, &mut |_| true)?;
        if !settled.released.is_empty() {
            return Err(format!("{} hang slack at rest", settled.released.join(", ")).into());
        }
        let sizes = Some(settled.origin.sizes().to_vec());
        let start = settled.end_state.into_iter().map(|(_, value)| value).collect();
        let inputs =
            Inputs { up: scenario.up.0.map(Driver::Constant), segments: Vec::new(), driven: Vec::new() };
        let compiled = Compiled::new(&scenario.model.network, &inputs)?;
        Ok(Subject { model: scenario.model, compiled, start, sizes })
    }

    /// A model from the pressures of its documents, upright, its inputs held still.
    ///
    /// # Errors
    /// When the model cannot be compiled.
    pub fn fresh(model: Model) -> Result<Self, Box<dyn Error>> {
        Self::driven(model, Vec::new())
    }

    /// The same with parameters that are driven.
    ///
    /// # Errors
    /// When the model cannot be compiled.
    pub fn driven(model: Model, driven: Vec<(Address, Driver)>) -> Result<Self, Box<dyn Error>> {
        let inputs = Inputs { up: [0.0, 0.0, 1.0].map(Driver::Constant), segments: Vec::new(), driven };
        let compiled = Compiled::new(&model.network, &inputs)?;
        let start = compiled.start().to_vec();
        Ok(Subject { model, compiled, start, sizes: None })
    }

    /// Its equations, ready to run.
    ///
    /// # Errors
    /// When the equations cannot be set up.
    pub fn engine(&self) -> Result<Engine<f64>, Box<dyn Error>> {
        Ok(Engine::new(std::slice::from_ref(&self.compiled))?)
    }
}
