//! The start of a run: the state that one heart beat brings back to itself, with breath and inputs held still.

use std::fmt;

use cisterna_fluid::{
    Change, Compiled, Driver, Engine, Inputs, Network, Observable, Owner, Schedule, SignalId,
};
use cisterna_solver::{
    Failure, FixedPoint, Integrator, NoFixedPoint, Options, Periodic, System, fixed_point,
};

use super::RunError;

/// Tolerances of the solver with the largest change of an unknown over a beat, as a share of its scale, that is
/// sought with each: the beat map must be smooth far below the change.
const STAGES: [(f64, f64); 2] = [(1e-5, 1e-4), (1e-7, 1e-6)];
/// The share of a volume that pressure stretches, about: what a slow drift must be measured against.
const STRESSED: f64 = 0.02;
/// The most beats that may be spent; the adults that come along need fewer than 60.
const MOST_BEATS: usize = 200;

/// How a start was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StartReport {
    /// Heart beats that were simulated to find it; none where the model has no heart.
    pub beats: usize,
    /// The largest change of an unknown over the next beat, as a share of its scale.
    pub residual: f64,
}

impl StartReport {
    /// Whether the state came back to itself; a model without a heart has nothing to bring back.
    pub fn settled(&self) -> bool {
        self.residual <= STAGES[1].1
    }
}

impl fmt::Display for StartReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.beats == 0 {
            return write!(f, "from the documents' pressures (no heart in the model)");
        }
        let settled = if self.settled() { "periodic" } else { "NOT settled" };
        write!(f, "{settled} after {} beats, residual {:.1e}", self.beats, self.residual)
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
    let mut still = still.clone();
    let beating = heart(network);
    for index in 0..frozen.signals.len() {
        let id = SignalId(index);
        if is_clock(network, id) && Some(id) != beating {
            frozen.values_mut(Owner::Signal(id))[0] = 0.0;
            still.driven.retain(|(address, _)| address.owner != Owner::Signal(id));
        }
    }
    let Some(clock) = beating else {
        let compiled = Compiled::new(&frozen, &still).map_err(RunError::Build)?;
        return Ok((compiled.start().to_vec(), StartReport { beats: 0, residual: 0.0 }));
    };
    let rate = frozen.values(Owner::Signal(clock))[0];
    if rate <= 0.0 {
        return Err(RunError::Start("the heart stands still: its clock has no rate".to_owned()));
    }
    let period = 1.0 / rate;
    let compiled = Compiled::new(&frozen, &ending_at(period, &still)).map_err(RunError::Build)?;
    periodic(&compiled, period, &network.signals[clock.0].name)
}

/// The same inputs with a break at the end of the beat, so that a step ends exactly there: an interpolated end would
/// put the noise of the interpolation into the map.
fn ending_at(period: f64, still: &Inputs) -> Inputs {
    let mut inputs = still.clone();
    if let Driver::Constant(value) = inputs.up[2] {
        let change = Change { start: period, end: period, to: value, turn: 0.0 };
        inputs.up[2] = Driver::Schedule(Schedule { initial: value, changes: vec![change] });
    }
    inputs
}

/// The steady beat, first roughly at a loose tolerance and then finely from there: most beats are spent on the slow
/// way of the cerebrospinal fluid, where a rough map does.
fn periodic(compiled: &Compiled, period: f64, clock: &str) -> Result<(Vec<f64>, StartReport), RunError> {
    let mut state = compiled.start().to_vec();
    let mut beats = 0;
    let mut residual = f64::INFINITY;
    for (tolerance, wanted) in STAGES {
        let mut map = BeatMap::new(compiled, period, clock, tolerance, &state)?;
        let found = map.settle(MOST_BEATS - beats, wanted)?;
        beats += found.evaluations;
        residual = found.residual;
        state = found.state;
    }
    Ok((state, StartReport { beats, residual }))
}

/// What one beat makes of a state.
struct BeatMap<'a> {
    names: &'a [String],
    period: f64,
    engine: Engine<f64>,
    integrator: Integrator<f64>,
    /// The switches and inputs of the first moment.
    fresh: Vec<u64>,
    /// Unknowns that no beat brings back: the phase of the heart and what has passed the doors.
    held: Vec<usize>,
    start: Vec<f64>,
    scales: Vec<f64>,
}

impl<'a> BeatMap<'a> {
    fn new(
        compiled: &'a Compiled,
        period: f64,
        clock: &str,
        tolerance: f64,
        first: &[f64],
    ) -> Result<Self, RunError> {
        let mut engine = Engine::<f64>::new(std::slice::from_ref(compiled)).map_err(RunError::Build)?;
        let names = compiled.names();
        let fresh = engine.discrete(0);
        let options = Options { tolerance, ..Options::default() };
        let integrator = Integrator::new(&mut engine, options, 0.0, &[first.to_vec()])
            .map_err(|failure| RunError::Start(super::describe(&failure, names)))?;
        let start = integrator.state(0);
        let scale = |(value, scale): (&f64, &f64)| (value.abs() * STRESSED).max(*scale);
        let scales = start.iter().zip(engine.scales()).map(scale).collect();
        let is_held = |&index: &usize| names[index] == clock || names[index].ends_with(".passed");
        let held = (0..names.len()).filter(is_held).collect();
        Ok(BeatMap { names, period, engine, integrator, fresh, held, start, scales })
    }

    fn beat(&mut self, from: &[f64], to: &mut [f64]) -> Result<(), String> {
        let names = self.names;
        let failed = |failure: Failure| super::describe(&failure, names);
        self.engine.set_discrete(0, &self.fresh);
        self.integrator.reset(&mut self.engine, 0, 0.0, from).map_err(failed)?;
        self.integrator.advance(&mut self.engine, self.period, &mut ()).map_err(failed)?;
        to.copy_from_slice(&self.integrator.state(0));
        for &index in &self.held {
            to[index] = from[index];
        }
        Ok(())
    }

    fn settle(&mut self, most: usize, tolerance: f64) -> Result<FixedPoint, RunError> {
        let names = self.names;
        let positive = |(name, value): (&String, &f64)| !name.ends_with(".volume") || *value > 0.0;
        let admissible = |state: &[f64]| names.iter().zip(state).all(positive);
        let (start, scales) = (self.start.clone(), self.scales.clone());
        let wanted = Periodic { scales: &scales, tolerance, max_evaluations: most, admissible: &admissible };
        match fixed_point(|from, to| self.beat(from, to), &start, &wanted) {
            Ok(found) | Err(NoFixedPoint::NotSettled(found)) => Ok(found),
            Err(error) => Err(RunError::Start(error.to_string())),
        }
    }
}
