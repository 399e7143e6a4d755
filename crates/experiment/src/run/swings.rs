//! How far each unknown swings within a heart beat.

use cisterna_fluid::passage::one_way;
use cisterna_fluid::wall::time_varying_elastance::ACTIVATION;
use cisterna_fluid::{Compiled, Network, Owner, SpaceId};
use cisterna_solver::{Monodromy, Observer, Step, System};

/// A swing smaller than this, in mL, mmHg, mL/s or a signal's own unit, counts as this much.
const LEAST: f64 = 0.1;
/// The great arteries count as this part of their swing: the pulse of all other vessels starts in them, and their errors go with
/// it.
const ARTERY: f64 = 0.3;
/// Where no heart beats, an unknown is taken to move by this part of what it is.
const STILL: f64 = 0.1;

/// The lowest and the highest value of each unknown over a beat, at the ends of its steps.
pub(super) struct Swings {
    lowest: Vec<f64>,
    highest: Vec<f64>,
}

impl Swings {
    pub fn new(unknowns: usize) -> Self {
        Swings { lowest: vec![f64::INFINITY; unknowns], highest: vec![f64::NEG_INFINITY; unknowns] }
    }

    /// Begins a beat.
    pub fn reset(&mut self) {
        self.lowest.fill(f64::INFINITY);
        self.highest.fill(f64::NEG_INFINITY);
    }

    /// How far each unknown swung in the beat.
    fn width(&self) -> impl Iterator<Item = f64> {
        self.highest.iter().zip(&self.lowest).map(|(highest, lowest)| highest - lowest)
    }
}

/// What errors of the unknowns are measured against: how far each swings in a beat. The cranial subarachnoid space, which holds
/// 100 mL and takes in half a millilitre with each beat, is then computed as finely as a flow that swings about zero.
pub(super) fn sizes(network: &Network, compiled: &Compiled, beat: &Swings) -> Vec<f64> {
    let mut sizes: Vec<f64> = beat.width().map(|width| width.max(LEAST)).collect();
    for artery in great_arteries(network).filter_map(|space| compiled.volume(space)) {
        sizes[artery] *= ARTERY;
    }
    sizes
}

/// The same where no heart beats.
pub(super) fn sizes_at_rest(state: &[f64]) -> Vec<f64> {
    state.iter().map(|value| (STILL * value.abs()).max(LEAST)).collect()
}

/// The spaces that a chamber of the heart ejects into.
fn great_arteries(network: &Network) -> impl Iterator<Item = SpaceId> {
    let contracts = |space: SpaceId| {
        let owner = Owner::Space(space);
        network.parameters(owner).iter().any(|parameter| parameter.name == ACTIVATION.name)
    };
    let valves = network.passages.iter().filter(|passage| passage.law.name == one_way::LAW.name);
    valves.filter(move |valve| contracts(valve.from) && !contracts(valve.to)).map(|valve| valve.to)
}

/// Watches a beat: the swings, and the slopes of its map where they are wanted.
pub(super) struct Watch<'a> {
    pub swings: &'a mut Swings,
    pub slopes: Option<&'a mut Monodromy>,
}

impl<S: System<f64>> Observer<f64, S> for Watch<'_> {
    fn step(&mut self, system: &mut S, step: &Step<'_, f64>) {
        let extremes = self.swings.lowest.iter_mut().zip(&mut self.swings.highest);
        for (unknown, (lowest, highest)) in extremes.enumerate() {
            let value = step.value(step.end(), unknown);
            *lowest = lowest.min(value);
            *highest = highest.max(value);
        }
        if let Some(slopes) = &mut self.slopes {
            slopes.step(system, step);
        }
    }
}
