//! Networks that run: an [`Engine`] is the system of equations of one or several subjects.

mod build;
mod compiled;
mod degree;
mod derivatives;
mod evaluate;
mod inputs;
mod pack;
mod program;
mod schedule;
mod start;
mod sums;
mod tape;
mod unknowns;

use std::sync::Arc;

pub use build::{BuildError, Inputs};
pub use compiled::Compiled;
pub use pack::Packed;

use build::Built;
use cisterna_solver::{Pattern, System};
use derivatives::Derivatives;
use inputs::GivenInputs;
use program::{Corner, Slot};
use schedule::{Schedule, order};
use sums::Sums;

use crate::network::{BodyOutput, Observable};

/// One or several subjects of the same structure as a [`System`] for the solver.
#[derive(Clone, Debug)]
pub struct Engine<F> {
    built: Arc<Built>,
    given: GivenInputs,
    /// Flat: slot after slot, lane after lane.
    values: Vec<f64>,
    /// What the right-hand sides need.
    dynamics: Schedule<F>,
    /// What the margins need.
    margins: Schedule<F>,
    /// The right-hand sides as sums of what was computed.
    rows: Sums<F>,
    corners: Vec<Corner>,
    derivatives: Derivatives<F>,
    lanes: Vec<Compiled>,
}

/// What is to be observed, with all that has to be computed for it.
#[derive(Clone, Debug)]
pub struct Plan<F> {
    reads: Vec<Read<F>>,
    schedule: Schedule<F>,
}

/// Where the value of an observable comes from.
#[derive(Clone, Debug)]
enum Read<F> {
    /// There is nothing to observe.
    Nothing,
    /// A slot.
    Slot(Slot),
    /// A sum of slots and a constant: what is asked of bodies.
    Sum(Vec<(Slot, F)>, F),
}

impl<F> Read<F> {
    fn slots(&self) -> impl Iterator<Item = Slot> {
        let (one, sum) = match self {
            Read::Nothing => (None, [].as_slice()),
            Read::Slot(slot) => (Some(*slot), [].as_slice()),
            Read::Sum(terms, _) => (None, terms.as_slice()),
        };
        one.into_iter().chain(sum.iter().map(|term| term.0))
    }
}

impl<F: Packed> Engine<F> {
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
        let program = &first.built.program;
        let mut values = vec![0.0; program.slots * F::COUNT];
        for (index, &slot) in program.constants.iter().enumerate() {
            gather::<F>(lanes, |built| built.numbers.constants[index]).store(&mut values, slot);
        }
        let targets: Vec<Slot> = program.rows.iter().flatten().copied().collect();
        let dynamic_order = order(program, &targets);
        let dynamics = scheduled(lanes, &dynamic_order);
        let derivatives = Derivatives::new(
            program,
            &dynamic_order,
            &dynamics,
            |operation, term| gather(lanes, |built| built.numbers.sums[operation].coefficients[term]),
            |row, term| gather(lanes, |built| built.numbers.rows[row].coefficients[term]),
        );
        Ok(Engine {
            margins: scheduled(lanes, &order(program, &program.margins)),
            rows: rows(lanes),
            corners: program.corners().collect(),
            given: GivenInputs::new(
                (0..F::COUNT).map(|lane| of(lanes, lane).built.drivers.clone()).collect(),
            ),
            built: Arc::clone(&first.built),
            values,
            dynamics,
            derivatives,
            lanes: lanes.to_vec(),
        })
    }

    /// What the given observables are at a state, lane by lane; NaN where there is nothing to observe.
    ///
    /// `observed` holds one number for each observable.
    pub fn observe(&mut self, time: F, state: &[F], observables: &[Observable], observed: &mut [F]) {
        let plan = self.plan(observables);
        self.read(time, state, &plan, observed);
    }

    /// Prepares many [`read`](Engine::read)s of the same observables.
    pub fn plan(&self, observables: &[Observable]) -> Plan<F> {
        let reads: Vec<_> = observables.iter().map(|&observable| self.place(observable)).collect();
        let targets: Vec<Slot> = reads.iter().flat_map(Read::slots).collect();
        let schedule = scheduled(&self.lanes, &order(&self.built.program, &targets));
        Plan { reads, schedule }
    }

    fn place(&self, observable: Observable) -> Read<F> {
        let Observable::Motion(block, output) = observable else {
            return self.built.slots.slot(observable).map_or(Read::Nothing, Read::Slot);
        };
        let bodies = self.built.bodies.get(block);
        let Some(asked) = bodies.and_then(|bodies| bodies.outputs.get(output)) else { return Read::Nothing };
        let of_lanes = |pick: &dyn Fn(&BodyOutput) -> f64| {
            gather(&self.lanes, |built| pick(&built.bodies[block].outputs[output]))
        };
        let states = (0..asked.states.len())
            .map(|state| (self.built.unknowns.body(block, state), of_lanes(&|asked| asked.states[state])));
        let drives = self.built.slots.drives[block].iter().enumerate();
        let drives = drives.map(|(drive, &slot)| (slot, of_lanes(&|asked| asked.drives[drive])));
        Read::Sum(states.chain(drives).collect(), of_lanes(&|asked| asked.rest))
    }

    /// Evaluates a state and copies the planned observables; NaN where there is nothing to observe.
    pub fn read(&mut self, time: F, state: &[F], plan: &Plan<F>, observed: &mut [F]) {
        self.take_in(time, state);
        plan.schedule.evaluate(&mut self.values);
        for (read, observed) in plan.reads.iter().zip(observed) {
            *observed = match read {
                Read::Nothing => F::constant(f64::NAN),
                Read::Slot(slot) => F::load(&self.values, *slot),
                Read::Sum(terms, rest) => terms
                    .iter()
                    .fold(*rest, |sum, &(slot, weight)| sum + weight * F::load(&self.values, slot)),
            };
        }
    }

    /// Takes over the switches and inputs of a lane of another engine, to read from its states what that lane holds.
    pub fn follow<G: Packed>(&mut self, other: &Engine<G>, lane: usize) {
        for &slot in &self.built.program.modes {
            let mode = other.values[slot as usize * G::COUNT + lane];
            F::constant(mode).store(&mut self.values, slot);
        }
        let passed = other.given.passed(lane);
        for own in 0..F::COUNT {
            if self.given.passed(own) != passed {
                self.given.set_passed(own, passed);
            }
        }
    }

    /// Sets a switch by hand, for a start with a relay or valve already on.
    pub fn set_mode(&mut self, lane: usize, mode: usize, on: f64) {
        if let Some(&slot) = self.built.program.modes.get(mode) {
            self.values[slot as usize * F::COUNT + lane] = on;
        }
    }

    /// How a switch stands: one where it is on.
    pub fn mode(&self, lane: usize, mode: usize) -> Option<f64> {
        let slot = *self.built.program.modes.get(mode)?;
        Some(self.values[slot as usize * F::COUNT + lane])
    }

    /// The right-hand sides from the slots.
    #[inline]
    fn add_up_rows(&mut self, rates: &mut [F]) {
        self.rows.add_up(&mut self.values, |_, row, total| rates[row as usize] = total);
    }

    /// Unknowns and inputs into their slots.
    #[inline]
    fn take_in(&mut self, time: F, state: &[F]) {
        for (slot, number) in state.iter().enumerate() {
            number.store(&mut self.values, slot as Slot);
        }
        for (index, &slot) in self.built.program.drivers.iter().enumerate() {
            for lane in 0..F::COUNT {
                let (value, slope) = self.given.at(lane, index, time.lane(lane));
                self.values[slot as usize * F::COUNT + lane] = value;
                self.derivatives.set_slope(index, lane, slope);
            }
        }
    }
}

/// The right-hand sides with the numbers of the lanes.
fn rows<F: Packed>(lanes: &[Compiled]) -> Sums<F> {
    let rows = lanes[0].built.program.rows.iter().enumerate().map(|(row, slots)| {
        let coefficient = |term: usize| gather(lanes, |built| built.numbers.rows[row].coefficients[term]);
        let terms = slots.iter().enumerate().map(|(term, &slot)| (slot, coefficient(term)));
        (row as u32, gather(lanes, |built| built.numbers.rows[row].offset), terms.collect())
    });
    Sums::new(rows.collect())
}

/// The compiled network of a lane.
fn of(lanes: &[Compiled], lane: usize) -> &Compiled {
    &lanes[lane.min(lanes.len() - 1)]
}

/// A number of each lane.
fn gather<F: Packed>(lanes: &[Compiled], pick: impl Fn(&Built) -> f64) -> F {
    let mut all = F::constant(0.0);
    (0..F::COUNT).for_each(|lane| all.set_lane(lane, pick(&of(lanes, lane).built)));
    all
}

/// A schedule with the numbers of the lanes.
fn scheduled<F: Packed>(lanes: &[Compiled], order: &schedule::Order) -> Schedule<F> {
    Schedule::new(
        &lanes[0].built.program,
        order,
        |operation, term| gather(lanes, |built| built.numbers.sums[operation].coefficients[term]),
        |operation| gather(lanes, |built| built.numbers.sums[operation].offset),
    )
}

impl<F: Packed> System<F> for Engine<F> {
    fn dimension(&self) -> usize {
        self.built.program.dimension
    }

    fn mass(&self) -> &[f64] {
        &self.built.program.mass
    }

    fn scales(&self) -> &[f64] {
        &self.built.program.scales
    }

    fn pattern(&self) -> &Pattern {
        &self.built.program.pattern
    }

    fn rates(&mut self, time: F, state: &[F], rates: &mut [F]) {
        self.take_in(time, state);
        self.dynamics.evaluate(&mut self.values);
        self.add_up_rows(rates);
    }

    fn jacobian(&mut self, time: F, state: &[F], jacobian: &mut [F], time_slope: &mut [F]) {
        self.take_in(time, state);
        self.derivatives.differentiate(&self.dynamics, &mut self.values);
        self.derivatives.assemble(jacobian, time_slope);
    }

    fn linearize(&mut self, time: F, state: &[F], rates: &mut [F], jacobian: &mut [F], time_slope: &mut [F]) {
        self.jacobian(time, state, jacobian, time_slope);
        self.add_up_rows(rates);
    }

    fn corner_count(&self) -> usize {
        self.corners.len()
    }

    fn corners(&self, distances: &mut [F]) {
        let at = |slot: Slot| F::load(&self.values, slot);
        for (corner, distance) in self.corners.iter().zip(distances) {
            *distance = (at(corner.drive) - at(corner.opening)) / at(corner.width);
        }
    }

    fn crossing_count(&self) -> usize {
        self.built.program.margins.len()
    }

    fn margins(&mut self, time: F, state: &[F], margins: &mut [F]) {
        self.take_in(time, state);
        self.margins.evaluate(&mut self.values);
        for (&slot, margin) in self.built.program.margins.iter().zip(margins) {
            *margin = F::load(&self.values, slot);
        }
    }

    fn cross(&mut self, lane: usize, crossing: usize) {
        let mode = &mut self.values[self.built.program.modes[crossing] as usize * F::COUNT + lane];
        *mode = 1.0 - *mode;
    }

    fn next_break(&self, lane: usize) -> f64 {
        self.given.next_break(lane)
    }

    fn pass_break(&mut self, lane: usize) {
        self.given.pass_break(lane);
    }

    fn discrete(&self, lane: usize) -> Vec<u64> {
        let modes =
            self.built.program.modes.iter().map(|&slot| self.values[slot as usize * F::COUNT + lane] as u64);
        std::iter::once(self.given.passed(lane) as u64).chain(modes).collect()
    }

    fn set_discrete(&mut self, lane: usize, discrete: &[u64]) {
        let Some((&passed, modes)) = discrete.split_first() else { return };
        self.given.set_passed(lane, passed as usize);
        for (&slot, &mode) in self.built.program.modes.iter().zip(modes) {
            self.values[slot as usize * F::COUNT + lane] = mode as f64;
        }
    }
}
