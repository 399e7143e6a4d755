//! The start of a run: the state that one heart beat brings back to itself, with breath and inputs held still.

use std::fmt;

use cisterna_fluid::signal::clock;
use cisterna_fluid::{
    Address, Compiled, Engine, Inputs, Network, Observable, Owner, PassageId, Signal, SignalId,
};
use cisterna_solver::{
    Failure, FixedPoint, Integrator, Monodromy, NoFixedPoint, Options, Pattern, Period, Periodic, System,
    shoot,
};

use super::RunError;
use super::swings::{Swings, Watch, sizes, sizes_at_rest};

/// The tolerance of the solver: the beat map must be smooth far below the change that counts as none …
const FINE: f64 = 1e-7;
/// … which is this much of an unknown's scale.
const WANTED: f64 = 1e-6;
/// As long as a beat changes more than this of an unknown's scale …
const FAR: f64 = 1e-3;
/// … it is run at this tolerance: most beats are spent far away, where a rough map does.
const ROUGH: f64 = 1e-5;
/// The share of a volume that pressure stretches, about: what a slow drift must be measured against.
const STRESSED: f64 = 0.02;
/// The beats of a first search; the models that come along need fewer when lying.
const FIRST_BEATS: usize = 30;
/// The beats, some three minutes, for which the heart beats on where that fails …
const LIVED_BEATS: usize = 180;
/// … and those of a second search.
const MOST_BEATS: usize = 60;

/// What takes longer than this to follow is brought along, s: ten minutes.
const BROUGHT_ALONG: f64 = 600.0;

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
        self.residual <= WANTED
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

/// Where the search for a start began, and what it found: with it, the start of a scenario that differs in numbers is
/// sought near by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Origin {
    /// The state of the documents' pressures.
    cold: Vec<f64>,
    /// The state that was found.
    found: Vec<f64>,
    /// What errors of each unknown are measured against from there on.
    sizes: Vec<f64>,
}

impl Origin {
    /// The state in which the run begins.
    pub(super) fn found(&self) -> &[f64] {
        &self.found
    }

    /// What errors of each unknown are measured against: about how far it swings in a heart beat.
    pub fn sizes(&self) -> &[f64] {
        &self.sizes
    }

    /// A guess of the start of a like model from its own documents' pressures, `x + (found - cold)`: what a beat cannot
    /// change, as the volume of all blood, stays as the documents say. None where the models differ in their unknowns.
    fn guess(&self, cold: &[f64]) -> Option<Vec<f64>> {
        let way = self.found.iter().zip(&self.cold).map(|(found, cold)| found - cold);
        (cold.len() == self.cold.len()).then(|| cold.iter().zip(way).map(|(own, way)| own + way).collect())
    }
}

/// The clock of the heart: the one that a contraction senses.
pub(super) fn heart(network: &Network) -> Option<SignalId> {
    let contracts = |signal: &&Signal| matches!(signal.law.name, "activation" | "contraction");
    network.signals.iter().filter(contracts).find_map(|signal| match signal.senses.first() {
        Some(Observable::Signal(clock)) => Some(*clock),
        _ => None,
    })
}

/// Whether a signal is a clock.
pub(super) fn is_clock(network: &Network, id: SignalId) -> bool {
    network.signals[id.0].law.name == "clock"
}

/// The state in which a run may begin.
pub(super) fn start(
    network: &Network,
    still: &Inputs,
    given: &[(String, f64)],
    near: Option<&Origin>,
    go_on: &mut dyn FnMut() -> bool,
) -> Result<(Origin, StartReport), RunError> {
    let beating = heart(network);
    let frozen = frozen(network, beating);
    let Some(clock) = beating else {
        let compiled = Compiled::new(&frozen, still).map_err(RunError::Build)?;
        let mut state = compiled.start().to_vec();
        lay(given, &compiled, &mut state);
        let origin = Origin { cold: state.clone(), sizes: sizes_at_rest(&state), found: state };
        return Ok((origin, StartReport { beats: 0, residual: 0.0 }));
    };
    let rate = frozen.values(Owner::Signal(clock))[0];
    if rate <= 0.0 {
        return Err(RunError::Start("the heart stands still: its clock has no rate".to_owned()));
    }
    let period = 1.0 / rate;
    let compiled = Compiled::new(&frozen, still).map_err(RunError::Build)?;
    let mut cold = compiled.start().to_vec();
    let mut held = held(&frozen, &compiled, clock);
    held.extend(lay(given, &compiled, &mut cold));
    let mut beat = Beat::new(&compiled, period, (cold, held), go_on)?;
    for (mode, on) in given_relays(relays(network, &compiled), given) {
        beat.system.engine.set_mode(0, mode, on);
        beat.fresh = beat.system.discrete(0);
    }
    let (found, report) = beat.settle(near)?;
    let sizes = sizes(network, &compiled, &beat.swings);
    Ok((Origin { cold: beat.start, found, sizes }, report))
}

/// The network with every clock standing still but the heart's, and that one at the rate of its document: a beat of a known
/// length is sought. What acts on the rate of the heart settles in the run; at its set point it leaves the rate as it is.
/// Ventilation, chemoreflex and noise read the rate or the phase of a clock that stands still, and so stay what they are.
fn frozen(network: &Network, beating: Option<SignalId>) -> Network {
    let mut frozen = network.clone();
    let pace = beating.map(|clock| Address { owner: Owner::Signal(clock), parameter: 0 });
    for (index, signal) in frozen.signals.iter_mut().enumerate() {
        if is_clock(network, SignalId(index)) && Some(SignalId(index)) != beating {
            signal.law = &clock::STILL;
        }
        signal.acts = signal.acts.filter(|action| Some(action.target) != pace);
    }
    frozen
}

/// Lays given states over those of the documents; which unknowns they are.
fn lay(given: &[(String, f64)], compiled: &Compiled, state: &mut [f64]) -> Vec<usize> {
    let mut laid = Vec::new();
    for (name, value) in given {
        let Some(unknown) = compiled.names().iter().position(|known| known == name) else { continue };
        state[unknown] = *value;
        laid.push(unknown);
    }
    laid
}

/// The relays of a network, each with its mode.
pub(super) fn relays<'a>(
    network: &'a Network,
    compiled: &'a Compiled,
) -> impl Iterator<Item = (String, usize)> + 'a {
    let signals = network.signals.iter().enumerate().filter(|(_, signal)| signal.is_relay());
    signals.filter_map(|(index, signal)| Some((signal.name.clone(), compiled.switch(SignalId(index))?)))
}

/// The relays that are given as on or off: their modes, and how they stand.
pub(super) fn given_relays(
    relays: impl Iterator<Item = (String, usize)>,
    given: &[(String, f64)],
) -> Vec<(usize, f64)> {
    let stands = |name: &str| given.iter().find(|(known, _)| known == name).map(|(_, on)| *on);
    relays.filter_map(|(name, mode)| Some((mode, stands(&name)?))).collect()
}

/// Unknowns that no beat brings back: the phase of the heart, what has passed the doors, and what a person brings along.
fn held(network: &Network, compiled: &Compiled, clock: SignalId) -> Vec<usize> {
    let doors = (0..network.passages.len()).filter_map(|index| compiled.passed(PassageId(index)));
    let brought = network.signals.iter().enumerate().filter(|(_, signal)| is_brought_along(signal));
    let brought = brought.filter_map(|(index, _)| compiled.signal(SignalId(index)));
    doors.chain(compiled.signal(clock)).chain(brought).collect()
}

/// Whether a signal follows its source so slowly that a run begins with what its document says (`start`), not with what it
/// would come to if all stayed as it is: hormones, tightness, sleep.
fn is_brought_along(signal: &Signal) -> bool {
    let times = match signal.law.name {
        "lag" => &signal.values[..1],
        "two_way_lag" => &signal.values[..2],
        _ => return false,
    };
    times.iter().all(|&time| time >= BROUGHT_ALONG)
}

/// An engine whose inputs have a break at the end of the beat, so that a step ends exactly there: an interpolated end
/// would put the noise of the interpolation into the map.
struct OneBeat {
    engine: Engine<f64>,
    period: f64,
    over: bool,
}

impl System<f64> for OneBeat {
    fn dimension(&self) -> usize {
        self.engine.dimension()
    }
    fn mass(&self) -> &[f64] {
        self.engine.mass()
    }
    fn scales(&self) -> &[f64] {
        self.engine.scales()
    }
    fn pattern(&self) -> &Pattern {
        self.engine.pattern()
    }
    fn rates(&mut self, time: f64, state: &[f64], rates: &mut [f64]) {
        self.engine.rates(time, state, rates);
    }
    fn jacobian(&mut self, time: f64, state: &[f64], jacobian: &mut [f64], time_slope: &mut [f64]) {
        self.engine.jacobian(time, state, jacobian, time_slope);
    }
    fn linearize(
        &mut self,
        time: f64,
        state: &[f64],
        rates: &mut [f64],
        jacobian: &mut [f64],
        time_slope: &mut [f64],
    ) {
        self.engine.linearize(time, state, rates, jacobian, time_slope);
    }
    fn crossing_count(&self) -> usize {
        self.engine.crossing_count()
    }
    fn margins(&mut self, time: f64, state: &[f64], margins: &mut [f64]) {
        self.engine.margins(time, state, margins);
    }
    fn cross(&mut self, lane: usize, crossing: usize) {
        self.engine.cross(lane, crossing);
    }
    fn next_break(&self, _lane: usize) -> f64 {
        if self.over { f64::INFINITY } else { self.period }
    }
    fn pass_break(&mut self, _lane: usize) {
        self.over = true;
    }
    fn discrete(&self, lane: usize) -> Vec<u64> {
        self.engine.discrete(lane)
    }
    fn set_discrete(&mut self, lane: usize, discrete: &[u64]) {
        self.over = false;
        self.engine.set_discrete(lane, discrete);
    }
}

/// What one beat makes of a state.
struct Beat<'a> {
    names: &'a [String],
    system: OneBeat,
    /// Runs a beat roughly, and finely.
    integrators: [Integrator<f64>; 2],
    /// How far the unknowns swing in the last beat that was run.
    swings: Swings,
    /// Whether the state is still far from coming back to itself.
    far: bool,
    /// The switches of the first moment.
    fresh: Vec<u64>,
    /// Unknowns that no beat brings back.
    held: Vec<usize>,
    /// The volumes of the spaces.
    volumes: Vec<usize>,
    start: Vec<f64>,
    scales: Vec<f64>,
    go_on: &'a mut dyn FnMut() -> bool,
}

/// Why a beat could not be run.
enum BeatError {
    Interrupted,
    Failed(String),
}

impl BeatError {
    fn into_run(self) -> RunError {
        match self {
            BeatError::Interrupted => RunError::Interrupted,
            BeatError::Failed(reason) => RunError::Start(reason),
        }
    }
}

impl<'a> Beat<'a> {
    fn new(
        compiled: &'a Compiled,
        period: f64,
        (cold, held): (Vec<f64>, Vec<usize>),
        go_on: &'a mut dyn FnMut() -> bool,
    ) -> Result<Self, RunError> {
        let engine = Engine::<f64>::new(std::slice::from_ref(compiled)).map_err(RunError::Build)?;
        let mut system = OneBeat { engine, period, over: false };
        let names = compiled.names();
        let fresh = system.discrete(0);
        let mut at = |tolerance: f64| {
            let options = Options { tolerance, ..Options::default() };
            Integrator::new(&mut system, options, 0.0, std::slice::from_ref(&cold))
                .map_err(|failure| RunError::Start(super::describe(&failure, names)))
        };
        let integrators = [at(ROUGH)?, at(FINE)?];
        let start = integrators[1].state(0);
        let scale = |(value, scale): (&f64, &f64)| (value.abs() * STRESSED).max(*scale);
        let scales = start.iter().zip(system.scales()).map(scale).collect();
        let volumes = compiled.volumes().collect();
        let swings = Swings::new(start.len());
        Ok(Beat { names, system, integrators, swings, far: true, fresh, held, volumes, start, scales, go_on })
    }

    /// Seeks the state near that of a like model, or from the documents' pressures at once; where that fails, as from
    /// pressures of a person lying to one who stands, lets the heart beat until the blood has gone where it goes, and seeks again from there.
    fn settle(&mut self, near: Option<&Origin>) -> Result<(Vec<f64>, StartReport), RunError> {
        // A guess that leads nowhere is no failure: the search begins anew from the documents' pressures.
        let guess = near.and_then(|origin| origin.guess(&self.start));
        let holds = |state: &Vec<f64>| self.volumes.iter().all(|&volume| state[volume] > 0.0);
        if let Some(guess) = guess.filter(holds) {
            match self.seek(&guess, FIRST_BEATS) {
                Ok(found) if found.residual <= WANTED => {
                    let report = StartReport { beats: found.evaluations, residual: found.residual };
                    return Ok((found.state, report));
                }
                Err(RunError::Interrupted) => return Err(RunError::Interrupted),
                _ => self.far = true,
            }
        }
        let first = self.seek(&self.start.clone(), FIRST_BEATS)?;
        if first.residual <= WANTED {
            return Ok((first.state, StartReport { beats: first.evaluations, residual: first.residual }));
        }
        let mut lived = self.start.clone();
        for _ in 0..LIVED_BEATS {
            let before = lived.clone();
            self.run(&before, &mut lived, None).map_err(BeatError::into_run)?;
        }
        let found = self.seek(&lived, MOST_BEATS)?;
        let beats = first.evaluations + LIVED_BEATS + found.evaluations;
        Ok((found.state, StartReport { beats, residual: found.residual }))
    }

    /// The best state that so many beats lead to from one.
    fn seek(&mut self, from: &[f64], max_evaluations: usize) -> Result<FixedPoint, RunError> {
        let volumes = self.volumes.clone();
        let admissible = |state: &[f64]| volumes.iter().all(|&volume| state[volume] > 0.0);
        let scales = self.scales.clone();
        let wanted =
            Periodic { scales: &scales, tolerance: WANTED, max_evaluations, admissible: &admissible };
        let mut slopes = Monodromy::new(&self.system, &self.held);
        match shoot(self, &mut slopes, from, &wanted) {
            Ok(found) | Err(NoFixedPoint::NotSettled(found)) => Ok(found),
            Err(NoFixedPoint::Map(error)) => Err(error.into_run()),
            Err(NoFixedPoint::NotFinite | NoFixedPoint::Malformed) => {
                Err(RunError::Start("a beat leads to values that are no numbers".to_owned()))
            }
        }
    }
}

impl Period for Beat<'_> {
    type Error = BeatError;

    fn run(
        &mut self,
        from: &[f64],
        to: &mut [f64],
        mut slopes: Option<&mut Monodromy>,
    ) -> Result<(), BeatError> {
        if !(self.go_on)() {
            return Err(BeatError::Interrupted);
        }
        let names = self.names;
        let failed = |failure: Failure| BeatError::Failed(super::describe(&failure, names));
        let Beat { system, integrators: [rough, fine], swings, far, .. } = self;
        let integrator = if *far { rough } else { fine };
        system.set_discrete(0, &self.fresh);
        integrator.reset(system, 0, 0.0, from).map_err(failed)?;
        let period = system.period;
        if let Some(slopes) = &mut slopes {
            slopes.reset(0.0, period);
        }
        swings.reset();
        integrator.advance(system, period, &mut Watch { swings, slopes }).map_err(failed)?;
        to.copy_from_slice(&integrator.state(0));
        for &unknown in &self.held {
            to[unknown] = from[unknown];
        }
        let changes = to.iter().zip(from).zip(&self.scales);
        self.far =
            changes.fold(0.0, |most: f64, ((to, from), scale)| most.max((to - from).abs() / scale)) > FAR;
        Ok(())
    }
}
