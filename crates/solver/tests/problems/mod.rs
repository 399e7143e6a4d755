//! Small systems with known solutions, shared by the tests.
#![allow(dead_code, reason = "shared by tests, each of which uses some of these")]

pub mod reservoir;
pub mod smooth;

use cisterna_solver::{Integrator, Lanes, Observer, Options, Step, System};

/// Options that take steps of one length, whatever the error.
pub fn fixed_steps(step: f64) -> Options {
    Options { tolerance: 0.9, max_step: step, initial_step: Some(step), ..Options::default() }
}

pub fn tolerance(tolerance: f64) -> Options {
    Options { tolerance, ..Options::default() }
}

/// Starts an integrator, or tells why not.
pub fn start<F: Lanes, S: System<F>>(system: &mut S, options: Options, states: &[&[f64]]) -> Integrator<F> {
    let states: Vec<Vec<f64>> = states.iter().map(|state| state.to_vec()).collect();
    Integrator::new(system, options, 0.0, &states).expect("the start is consistent")
}

/// Writes down steps, crossings and evenly spaced samples of each lane.
#[derive(Clone, Debug, PartialEq)]
pub struct Notes {
    pub interval: f64,
    pub lanes: Vec<LaneNotes>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LaneNotes {
    pub steps: Vec<(f64, f64, Vec<f64>)>,
    pub crossings: Vec<(f64, usize)>,
    pub samples: Vec<(f64, Vec<f64>)>,
}

impl Notes {
    pub fn new(lanes: usize, interval: f64) -> Self {
        Notes { interval, lanes: vec![LaneNotes::default(); lanes] }
    }
}

impl<F: Lanes, S: System<F>> Observer<F, S> for Notes {
    fn step(&mut self, system: &mut S, step: &Step<'_, F>) {
        let notes = &mut self.lanes[step.lane()];
        let mut state = vec![0.0; system.dimension()];
        loop {
            let due = notes.samples.len() as f64 * self.interval;
            if due > step.end() {
                break;
            }
            step.at(due, &mut state);
            notes.samples.push((due, state.clone()));
        }
        step.at(step.end(), &mut state);
        notes.steps.push((step.start(), step.end(), state));
    }

    fn crossing(&mut self, crossing: cisterna_solver::Crossing) {
        self.lanes[crossing.lane].crossings.push((crossing.time, crossing.crossing));
    }
}
