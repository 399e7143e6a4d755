//! The integrator.

use super::control::Control;
use super::lane::{Counts, Lane};
use super::options::Options;
use super::step::{Steps, put};
use super::{Observer, Snapshot, Step};
use crate::consistent::Consistency;
use crate::rodas::Rodas;
use crate::{Cause, Failure, Lanes, SparseLu, System};

/// Integrates a [`System`] in one or several lanes, each at its own time with its own step.
///
/// The lanes share every instruction of a trial step; whether it is accepted, shortened, ended on a crossing or
/// tried again is decided for each lane from its own numbers alone, so that a lane equals its single run to the
/// bit. The error of a step is its largest over the unknowns, so that neither many quiet unknowns nor the size
/// of the model dilute it. Nothing is allocated while stepping.
///
/// ```
/// use cisterna_solver::{Integrator, Options, Pattern, System};
///
/// /// A vessel that empties through a resistance: `y' = -y / 2 s`.
/// struct Vessel(Pattern);
///
/// impl System<f64> for Vessel {
///     fn dimension(&self) -> usize { 1 }
///     fn mass(&self) -> &[f64] { &[1.0] }
///     fn scales(&self) -> &[f64] { &[1.0] }
///     fn pattern(&self) -> &Pattern { &self.0 }
///     fn rates(&mut self, _: f64, y: &[f64], rates: &mut [f64]) { rates[0] = -0.5 * y[0]; }
///     fn jacobian(&mut self, _: f64, _: &[f64], jacobian: &mut [f64], slope: &mut [f64]) {
///         jacobian[0] = -0.5;
///         slope[0] = 0.0;
///     }
/// }
///
/// let mut vessel = Vessel(Pattern { row_starts: vec![0, 1], columns: vec![0] });
/// let options = Options { tolerance: 1e-8, ..Options::default() };
/// let mut run = Integrator::new(&mut vessel, options, 0.0, &[vec![1.0]])?;
/// run.advance(&mut vessel, 2.0, &mut ())?;
/// let step = run.last_step(0).expect("a step was taken");
/// assert!((step.value(2.0, 0) - (-1.0_f64).exp()).abs() < 1e-7);
/// # Ok::<(), cisterna_solver::Failure>(())
/// ```
pub struct Integrator<F> {
    pub(super) options: Options,
    pub(super) mass: Vec<f64>,
    pub(super) scales: Vec<F>,
    /// One in lanes whose unknowns count as large as they are where they are larger than their scale, else zero.
    pub(super) by_value: F,
    /// The distances of the corners at the start of the trial.
    pub(super) corners: Vec<F>,
    pub(super) crossings: usize,
    pub(super) lanes: Vec<Lane>,
    pub(super) state: Vec<F>,
    pub(super) rodas: Rodas<F>,
    pub(super) consistency: Consistency<F>,
    pub(super) steps: Steps<F>,
    /// Whether rates, Jacobian and margins at the start of the trial are those of every lane's present state.
    pub(super) prepared: bool,
    pub(super) start_margins: Vec<F>,
    /// The margins at each of the samples within the trial.
    pub(super) margins: [Vec<F>; 4],
    pub(super) point: Vec<F>,
}

impl<F: Lanes> Integrator<F> {
    /// Starts each lane at `start_time` (s) from its state. Breaks up to there count as passed; algebraic
    /// unknowns are corrected until they fit, and modes whose margin is negative are switched.
    pub fn new<S: System<F> + ?Sized>(
        system: &mut S,
        options: Options,
        start_time: f64,
        states: &[Vec<f64>],
    ) -> Result<Self, Failure> {
        if let Some(what) = options.fault().or_else(|| fault(system)) {
            return Err(malformed(start_time, 0, what));
        }
        if states.len() != F::COUNT {
            return Err(malformed(start_time, 0, "there must be one initial state for each lane"));
        }
        let lu = SparseLu::new(system.pattern());
        let zeros = |length: usize| vec![F::constant(0.0); length];
        let (n, crossings) = (system.dimension(), system.crossing_count());
        let corners = system.corner_count();
        let lane = || Lane::new(start_time, options.initial_step, crossings, corners);
        let mut integrator = Integrator {
            options,
            mass: system.mass().to_vec(),
            scales: system.scales().iter().map(|&scale| F::constant(scale)).collect(),
            by_value: F::constant(1.0),
            corners: zeros(corners),
            crossings,
            lanes: (0..F::COUNT).map(|_| lane()).collect(),
            state: zeros(n),
            rodas: Rodas::new(system, lu.clone()),
            consistency: Consistency::new(system, lu),
            steps: Steps::new(n),
            prepared: false,
            start_margins: zeros(crossings),
            margins: std::array::from_fn(|_| zeros(crossings)),
            point: zeros(n),
        };
        for (lane, state) in states.iter().enumerate() {
            integrator.set_state(lane, start_time, state)?;
        }
        for lane in 0..F::COUNT {
            integrator.start(system, lane)?;
        }
        Ok(integrator)
    }

    /// Sets a lane to a time (s) and a state and begins afresh from there, as [`new`](Self::new) does: to run
    /// again, or after the system was changed from outside.
    pub fn reset<S: System<F> + ?Sized>(
        &mut self,
        system: &mut S,
        lane: usize,
        time: f64,
        state: &[f64],
    ) -> Result<(), Failure> {
        self.set_state(lane, time, state)?;
        self.start(system, lane)
    }

    /// Gives the sizes against which errors of a lane are measured from here on: `tolerance * size` for each unknown,
    /// in place of `tolerance * max(scale, |y|)`. An unknown that swings little about something large is then computed
    /// as finely as one that swings about zero.
    pub fn measure_against(&mut self, lane: usize, sizes: &[f64]) -> Result<(), Failure> {
        let time = self.lanes.get(lane).map_or(0.0, |lane| lane.time);
        if lane >= F::COUNT {
            return Err(malformed(time, lane, "there is no such lane"));
        }
        if sizes.len() != self.scales.len() || !sizes.iter().all(|&size| size > 0.0 && size.is_finite()) {
            return Err(malformed(time, lane, "there must be a positive finite size for each unknown"));
        }
        put(&mut self.scales, lane, sizes);
        self.by_value.set_lane(lane, 0.0);
        Ok(())
    }

    /// Runs every lane to `end` (s) or just beyond: the last step is not shortened, so that a run in pieces
    /// equals one run to the bit. The solution at `end` is to be had from [`last_step`](Self::last_step).
    ///
    /// A lane that fails rests where it is while the others go on; the failure of the first such lane is
    /// returned at the end.
    pub fn advance<S, O>(&mut self, system: &mut S, end: f64, observer: &mut O) -> Result<(), Failure>
    where
        S: System<F> + ?Sized,
        O: Observer<F, S>,
    {
        self.prepared = false;
        for lane in &mut self.lanes {
            lane.trials = 0;
            lane.failure.take_if(|failure| matches!(failure.cause, Cause::TooManySteps { .. }));
        }
        loop {
            for (index, lane) in self.lanes.iter_mut().enumerate() {
                if lane.is_under_way(end) && lane.trials >= self.options.max_steps {
                    let cause = Cause::TooManySteps { allowed: self.options.max_steps };
                    lane.failure = Some(Failure { time: lane.time, lane: index, unknown: None, cause });
                }
            }
            if !self.lanes.iter().any(|lane| lane.is_under_way(end)) {
                break;
            }
            self.trial(system, end, observer);
        }
        self.lanes.iter().find_map(|lane| lane.failure.clone()).map_or(Ok(()), Err)
    }

    /// The time that a lane has reached (s): the end of its last step.
    pub fn time(&self, lane: usize) -> f64 {
        self.lanes[lane].time
    }

    /// The unknowns of a lane at [`time`](Self::time).
    pub fn state(&self, lane: usize) -> Vec<f64> {
        self.state.iter().map(|x| x.lane(lane)).collect()
    }

    /// The last accepted step of a lane with its dense output; `None` before the first.
    pub fn last_step(&self, lane: usize) -> Option<Step<'_, F>> {
        self.steps.view(lane)
    }

    /// Why a lane rests, if it does.
    pub fn failure(&self, lane: usize) -> Option<&Failure> {
        self.lanes[lane].failure.as_ref()
    }

    /// How many steps a lane took since it was made.
    pub fn counts(&self, lane: usize) -> Counts {
        self.lanes[lane].counts
    }

    /// Everything that a lane needs to go on from here.
    pub fn snapshot<S: System<F> + ?Sized>(&self, system: &S, lane: usize) -> Snapshot {
        let Lane { time, control, corners, .. } = &self.lanes[lane];
        Snapshot {
            time: *time,
            state: self.state(lane),
            next_step: control.next,
            memory: control.memory,
            rejected: control.rejected,
            corners: corners.clone(),
            discrete: system.discrete(lane),
            last: self.steps.span(lane),
        }
    }

    /// Puts a lane where a snapshot was taken, of this or of another integrator of the same equations.
    pub fn restore<S: System<F> + ?Sized>(
        &mut self,
        system: &mut S,
        lane: usize,
        snapshot: &Snapshot,
    ) -> Result<(), Failure> {
        self.set_state(lane, snapshot.time, &snapshot.state)?;
        let Snapshot { next_step: next, memory, rejected, .. } = *snapshot;
        self.lanes[lane].control = Control { next, memory, rejected };
        self.lanes[lane].corners.clone_from(&snapshot.corners);
        self.steps.set_span(lane, snapshot.last.as_ref());
        system.set_discrete(lane, &snapshot.discrete);
        Ok(())
    }

    fn set_state(&mut self, lane: usize, time: f64, state: &[f64]) -> Result<(), Failure> {
        if lane >= F::COUNT {
            return Err(malformed(time, lane, "there is no such lane"));
        }
        if state.len() != self.state.len() {
            return Err(malformed(time, lane, "the state must have one number for each unknown"));
        }
        if let Some(unknown) = state.iter().position(|x| !x.is_finite()) {
            return Err(Failure { time, lane, unknown: Some(unknown), cause: Cause::NotFinite });
        }
        if !time.is_finite() {
            return Err(malformed(time, lane, "the time must be finite"));
        }
        put(&mut self.state, lane, state);
        let counts = self.lanes[lane].counts;
        self.lanes[lane] = Lane::new(time, self.options.initial_step, self.crossings, self.corners.len());
        self.lanes[lane].counts = counts;
        self.steps.set_span(lane, None);
        self.prepared = false;
        Ok(())
    }

    fn start<S: System<F> + ?Sized>(&mut self, system: &mut S, lane: usize) -> Result<(), Failure> {
        self.pass_breaks(system, lane);
        self.settle(system, lane, &mut ()).inspect_err(|failure| {
            self.lanes[lane].failure = Some(failure.clone());
        })
    }
}

fn malformed(time: f64, lane: usize, what: &'static str) -> Failure {
    Failure { time, lane, unknown: None, cause: Cause::Malformed(what) }
}

/// What in a system contradicts itself, if anything.
fn fault<F: Lanes, S: System<F> + ?Sized>(system: &S) -> Option<&'static str> {
    let (n, pattern) = (system.dimension(), system.pattern());
    let rows_fit = pattern.row_starts.len() == n + 1
        && pattern.row_starts.first() == Some(&0)
        && pattern.row_starts.is_sorted()
        && pattern.row_starts.last() == Some(&pattern.columns.len())
        && pattern.columns.iter().all(|&column| column < n);
    if system.mass().len() != n || system.scales().len() != n {
        Some("mass and scales must have one number for each unknown")
    } else if !system.scales().iter().all(|&scale| scale > 0.0 && scale.is_finite()) {
        Some("every scale must be positive and finite")
    } else if !system.mass().iter().all(|&mass| mass == 0.0 || mass == 1.0) {
        Some("the mass of a row must be one or zero")
    } else if !rows_fit {
        Some("the pattern must have one row for each unknown and columns within")
    } else {
        None
    }
}
