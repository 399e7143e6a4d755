//! Networks that run: an [`Engine`] is the system of equations of one or several subjects.

mod build;
mod evaluate;
mod program;
mod start;
mod tape;
mod unknowns;

use std::sync::Arc;

pub use build::{BuildError, Inputs};
use build::{Built, SlotMap, build};
use cisterna_solver::{Lanes, Pattern, System};
use program::{Program, Slot};
use unknowns::Unknowns;

use crate::driver::Driver;
use crate::network::{Network, Observable};

/// A network ready to run: its equations with the numbers of one subject and the inputs of one run.
#[derive(Clone, Debug)]
pub struct Compiled {
    built: Arc<Built>,
    names: Arc<Vec<String>>,
    start: Arc<Vec<f64>>,
}

impl Compiled {
    /// Compiles a network for the given inputs.
    ///
    /// # Errors
    /// When signals form a loop without a state, two of them act on one parameter, or no start can be found.
    pub fn new(network: &Network, inputs: &Inputs) -> Result<Self, BuildError> {
        let unknowns = Unknowns::of(network);
        let built = build(network, inputs)?;
        let start = start::start(network, inputs, &unknowns)?;
        Ok(Compiled {
            built: Arc::new(built),
            names: Arc::new(unknowns.names().to_vec()),
            start: Arc::new(start),
        })
    }

    /// The names of the unknowns, for example `vault.pressure`.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// A state from which a run may begin: every space at its start pressure, or shifted so that the fluids have
    /// their totals.
    pub fn start(&self) -> &[f64] {
        &self.start
    }

    /// Whether something can be observed here.
    pub fn observes(&self, observable: Observable) -> bool {
        self.built.slots.slot(observable).is_some()
    }

    /// The number of computations for one right-hand side, for the curious.
    pub fn operations(&self) -> usize {
        self.built.program.operations.len()
    }
}

/// One or several subjects of the same structure as a [`System`] for the solver.
#[derive(Clone, Debug)]
pub struct Engine<F> {
    program: Program,
    slots: SlotMap,
    /// Drivers by lane, in the order of the program's.
    drivers: Vec<Vec<Driver>>,
    /// Breaks by lane: time, driver; in order of time.
    breaks: Vec<Vec<(f64, usize)>>,
    /// How many breaks are behind, by lane.
    passed: Vec<usize>,
    /// How many breaks of each driver are behind, by lane and driver.
    driver_passed: Vec<Vec<usize>>,
    values: Vec<F>,
    coefficients: Vec<F>,
    gradients: Vec<F>,
}

impl<F: Lanes> Engine<F> {
    /// The engine of as many compiled networks as there are lanes; a single one serves all lanes.
    ///
    /// # Errors
    /// When the networks differ in structure, or their number is neither one nor that of the lanes.
    pub fn new(lanes: &[Compiled]) -> Result<Self, BuildError> {
        let [first, rest @ ..] = lanes else { return Err(BuildError::LanesDiffer) };
        let same = |other: &Compiled| other.built.program == first.built.program;
        if !(rest.is_empty() || lanes.len() == F::COUNT) || !rest.iter().all(same) {
            return Err(BuildError::LanesDiffer);
        }
        let of = |lane: usize| &lanes[lane.min(lanes.len() - 1)];
        let program = first.built.program.clone();
        let gather = |pick: &dyn Fn(&Compiled) -> f64| {
            let mut all = F::constant(0.0);
            (0..F::COUNT).for_each(|lane| all.set_lane(lane, pick(of(lane))));
            all
        };
        let mut values = vec![F::constant(0.0); program.slots];
        for (index, &slot) in program.constants.iter().enumerate() {
            values[slot as usize] = gather(&|lane| lane.built.numbers.constants[index]);
        }
        let coefficients = (0..program.inputs.len())
            .map(|index| gather(&|lane| lane.built.numbers.coefficients[index]))
            .collect();
        let mut gradients = vec![F::constant(0.0); program.gradients];
        gradients[0] = F::constant(1.0);
        let drivers: Vec<Vec<Driver>> = (0..F::COUNT).map(|lane| of(lane).built.drivers.clone()).collect();
        let breaks: Vec<_> = drivers.iter().map(|drivers| breaks_of(drivers)).collect();
        let driver_passed = drivers.iter().map(|drivers| vec![0; drivers.len()]).collect();
        let slots = first.built.slots.clone();
        let passed = vec![0; F::COUNT];
        let mut engine = Engine {
            program,
            slots,
            drivers,
            breaks,
            passed,
            driver_passed,
            values,
            coefficients,
            gradients,
        };
        for lane in 0..F::COUNT {
            while engine.next_break(lane) <= 0.0 {
                engine.pass_break(lane);
            }
        }
        Ok(engine)
    }

    /// What the given observables are at a state, lane by lane; NaN where there is nothing to observe.
    ///
    /// `observed` holds one number for each observable.
    pub fn observe(&mut self, time: F, state: &[F], observables: &[Observable], observed: &mut [F]) {
        self.evaluate(time, state);
        for (observable, out) in observables.iter().zip(observed) {
            *out = match self.slots.slot(*observable) {
                Some(slot) => self.values[slot as usize],
                None => F::constant(f64::NAN),
            };
        }
    }

    /// The slots of observables, looked up once for many [`read`](Engine::read)s.
    pub fn plan(&self, observables: &[Observable]) -> Vec<Option<u32>> {
        observables.iter().map(|&observable| self.slots.slot(observable)).collect()
    }

    /// Evaluates a state and copies the planned observables of one lane.
    pub fn read(&mut self, time: F, state: &[F], plan: &[Option<Slot>], lane: usize, out: &mut [f64]) {
        self.evaluate(time, state);
        for (slot, out) in plan.iter().zip(out) {
            *out = slot.map_or(f64::NAN, |slot| self.values[slot as usize].lane(lane));
        }
    }

    /// Sets a switch by hand, for a start with a relay or valve already on.
    pub fn set_mode(&mut self, lane: usize, mode: usize, on: f64) {
        if let Some(&slot) = self.program.modes.get(mode) {
            self.values[slot as usize].set_lane(lane, on);
        }
    }
}

fn breaks_of(drivers: &[Driver]) -> Vec<(f64, usize)> {
    let mut all: Vec<(f64, usize)> = drivers
        .iter()
        .enumerate()
        .flat_map(|(index, driver)| driver.breaks().into_iter().map(move |time| (time, index)))
        .collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    all
}

impl<F: Lanes> System<F> for Engine<F> {
    fn dimension(&self) -> usize {
        self.program.dimension
    }

    fn mass(&self) -> &[f64] {
        &self.program.mass
    }

    fn scales(&self) -> &[f64] {
        &self.program.scales
    }

    fn pattern(&self) -> &Pattern {
        &self.program.pattern
    }

    fn rates(&mut self, time: F, state: &[F], rates: &mut [F]) {
        self.evaluate(time, state);
        self.add_up(rates);
    }

    fn jacobian(&mut self, time: F, state: &[F], jacobian: &mut [F], time_slope: &mut [F]) {
        self.differentiate(time, state);
        self.assemble(jacobian, time_slope);
    }

    fn crossing_count(&self) -> usize {
        self.program.margins.len()
    }

    fn margins(&mut self, time: F, state: &[F], margins: &mut [F]) {
        self.evaluate(time, state);
        for (&slot, margin) in self.program.margins.iter().zip(margins) {
            *margin = self.values[slot as usize];
        }
    }

    fn cross(&mut self, lane: usize, crossing: usize) {
        let mode = &mut self.values[self.program.modes[crossing] as usize];
        mode.set_lane(lane, 1.0 - mode.lane(lane));
    }

    fn next_break(&self, lane: usize) -> f64 {
        self.breaks[lane].get(self.passed[lane]).map_or(f64::INFINITY, |b| b.0)
    }

    fn pass_break(&mut self, lane: usize) {
        let time = self.next_break(lane);
        while let Some(&(at, driver)) = self.breaks[lane].get(self.passed[lane]) {
            if at > time {
                break;
            }
            self.driver_passed[lane][driver] += 1;
            self.passed[lane] += 1;
        }
    }

    fn discrete(&self, lane: usize) -> Vec<u64> {
        let modes = self.program.modes.iter().map(|&slot| self.values[slot as usize].lane(lane) as u64);
        std::iter::once(self.passed[lane] as u64).chain(modes).collect()
    }

    fn set_discrete(&mut self, lane: usize, discrete: &[u64]) {
        let Some((&passed, modes)) = discrete.split_first() else { return };
        self.passed[lane] = (passed as usize).min(self.breaks[lane].len());
        self.driver_passed[lane].fill(0);
        for &(_, driver) in &self.breaks[lane][..self.passed[lane]] {
            self.driver_passed[lane][driver] += 1;
        }
        for (&slot, &mode) in self.program.modes.iter().zip(modes) {
            self.values[slot as usize].set_lane(lane, mode as f64);
        }
    }
}
