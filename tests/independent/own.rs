//! The same with Cisterna's own solver.

use cisterna_solver::{Failure, Integrator, Observer, Options, Step, System};

/// The state at each of `times` (s, ascending), from `state` at `start` (s) on, from the dense output; errors measured
/// against `sizes` where they are given.
///
/// # Errors
/// What the solver says.
pub fn integrate<S: System<f64>>(
    system: &mut S,
    start: f64,
    state: &[f64],
    times: &[f64],
    tolerance: f64,
    sizes: Option<&[f64]>,
) -> Result<Vec<Vec<f64>>, Failure> {
    let options = Options { tolerance, ..Options::default() };
    let mut run = Integrator::new(system, options, start, &[state.to_vec()])?;
    if let Some(sizes) = sizes {
        run.measure_against(0, sizes)?;
    }
    let mut samples = Samples { times, taken: Vec::with_capacity(times.len()) };
    run.advance(system, times.last().copied().unwrap_or(start), &mut samples)?;
    Ok(samples.taken)
}

/// The states at given times.
struct Samples<'a> {
    times: &'a [f64],
    taken: Vec<Vec<f64>>,
}

impl<S: System<f64>> Observer<f64, S> for Samples<'_> {
    fn step(&mut self, system: &mut S, step: &Step<'_, f64>) {
        while let Some(&time) = self.times.get(self.taken.len()).filter(|&&time| time <= step.end()) {
            let mut state = vec![0.0; system.dimension()];
            step.at(time, &mut state);
            self.taken.push(state);
        }
    }
}
