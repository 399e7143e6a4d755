//! The start of a run: the state that one heart beat brings back to itself, with breath and inputs held still.

use std::fmt;

use cisterna_fluid::{Compiled, Engine, Inputs, Network, Observable, Owner, SignalId};
use cisterna_solver::{Integrator, NoFixedPoint, Options, Periodic, System, fixed_point};

use super::RunError;

/// Tolerance of the solver while the start is sought: the beat map must be smooth far below the residual.
const TOLERANCE: f64 = 1e-8;
/// Largest change of an unknown over a beat, as a share of its scale.
const RESIDUAL: f64 = 1e-6;
/// The most beats that may be spent.
const MOST_BEATS: usize = 60;

/// How a start was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StartReport {
    /// Heart beats that were simulated to find it; none where the model has no heart.
    pub beats: usize,
    /// The largest change of an unknown over the next beat, as a share of its scale.
    pub residual: f64,
}

impl fmt::Display for StartReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.beats == 0 {
            return write!(f, "from the documents' pressures (no heart in the model)");
        }
        write!(f, "periodic after {} beats, residual {:.1e}", self.beats, self.residual)
    }
}

/// The clock of the heart: the one that a contraction senses.
pub(super) fn heart(network: &Network) -> Option<SignalId> {
    network.signals.iter().filter(|signal| signal.law.name == "activation").find_map(|signal| {
        match signal.senses.first() {
            Some(Observable::Signal(clock)) => Some(*clock),
            _ => None,
        }
    })
}

/// Whether a signal is a clock.
pub(super) fn is_clock(network: &Network, id: SignalId) -> bool {
    network.signals[id.0].law.name == "clock"
}

/// The state in which a run may begin.
pub(super) fn start(network: &Network, still: &Inputs) -> Result<(Vec<f64>, StartReport), RunError> {
    let mut frozen = network.clone();
    let beating = heart(network);
    for index in 0..frozen.signals.len() {
        let id = SignalId(index);
        if is_clock(network, id) && Some(id) != beating {
            frozen.values_mut(Owner::Signal(id))[0] = 0.0;
        }
    }
    let compiled = Compiled::new(&frozen, still).map_err(RunError::Build)?;
    let Some(clock) = beating else {
        return Ok((compiled.start().to_vec(), StartReport { beats: 0, residual: 0.0 }));
    };
    let rate = frozen.values(Owner::Signal(clock))[0];
    if rate <= 0.0 {
        return Ok((compiled.start().to_vec(), StartReport { beats: 0, residual: 0.0 }));
    }
    periodic(&compiled, 1.0 / rate, &network.signals[clock.0].name)
}

fn periodic(compiled: &Compiled, period: f64, clock: &str) -> Result<(Vec<f64>, StartReport), RunError> {
    let mut engine =
        Engine::<f64>::new(std::slice::from_ref(compiled)).map_err(RunError::Build)?;
    let names = compiled.names();
    let phase = names.iter().position(|name| name == clock);
    let doors: Vec<usize> =
        (0..names.len()).filter(|&index| names[index].ends_with(".passed")).collect();
    let options = Options { tolerance: TOLERANCE, ..Options::default() };
    let first = compiled.start().to_vec();
    let failed = |failure: cisterna_solver::Failure| super::describe(&failure, names);
    let mut integrator = Integrator::new(&mut engine, options, 0.0, std::slice::from_ref(&first))
        .map_err(|failure| RunError::Start(failed(failure)))?;
    let start = integrator.state(0);
    let scales: Vec<f64> =
        start.iter().zip(engine.scales()).map(|(value, scale)| value.abs().max(*scale)).collect();
    let map = |from: &[f64], to: &mut [f64]| -> Result<(), String> {
        integrator.reset(&mut engine, 0, 0.0, from).map_err(failed)?;
        integrator.advance(&mut engine, period, &mut ()).map_err(failed)?;
        let step = integrator.last_step(0).ok_or("no step was taken")?;
        step.at(period, to);
        for &door in &doors {
            to[door] = from[door];
        }
        if let Some(phase) = phase {
            to[phase] = from[phase];
        }
        Ok(())
    };
    let volumes: Vec<usize> =
        (0..names.len()).filter(|&index| names[index].ends_with(".volume")).collect();
    let admissible = |state: &[f64]| volumes.iter().all(|&index| state[index] > 0.0);
    let asked = Periodic {
        scales: &scales,
        tolerance: RESIDUAL,
        max_evaluations: MOST_BEATS,
        admissible: &admissible,
    };
    match fixed_point(map, &start, &asked) {
        Ok(found) => {
            let report = StartReport { beats: found.evaluations, residual: found.residual };
            Ok((found.state, report))
        }
        Err(NoFixedPoint::NotSettled(best)) => {
            let report = StartReport { beats: best.evaluations, residual: best.residual };
            Ok((best.state, report))
        }
        Err(error) => Err(RunError::Start(error.to_string())),
    }
}
