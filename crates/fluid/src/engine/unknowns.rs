//! Which number of the state vector is what.

use std::collections::HashMap;

use super::program::Slot;
use crate::law::Formula;
use crate::network::{Drive, Kind, Network, Observable, Owner, PassageId, SignalId, SpaceId, SubstanceId};

/// The unknowns of a network, in the order of its document.
#[derive(Clone, Debug)]
pub(crate) struct Unknowns {
    names: Vec<String>,
    mass: Vec<f64>,
    scales: Vec<f64>,
    volumes: HashMap<SpaceId, Slot>,
    pressures: HashMap<SpaceId, Slot>,
    own: HashMap<Owner, Vec<Slot>>,
    amounts: HashMap<(SpaceId, SubstanceId), Slot>,
    passed: HashMap<PassageId, Slot>,
    bodies: HashMap<(usize, usize), Slot>,
    drives: Vec<(usize, Observable, Slot)>,
    releases: HashMap<(usize, usize), Slot>,
}

/// Sizes below which an error no longer matters, as multiples of the tolerance: 1 mL, 1 mmHg, 1 mL/s, one unit.
const SCALE: f64 = 1.0;

/// What drives bodies and is computed from several unknowns. It is then an unknown of its own, so that each of the many
/// states of the bodies has one derivative by it, and one that never changes.
fn computed(network: &Network, drive: Drive) -> Option<Observable> {
    let Drive::Observed(observable) = drive else { return None };
    let is_computed = match observable {
        Observable::Pressure(id) => matches!(network.spaces[id.0].kind, Kind::Fluid(_)),
        Observable::Signal(id) => {
            let law = network.signals[id.0].law;
            law.formula != Formula::OwnState && !std::ptr::eq(law, &crate::signal::constant::LAW)
        }
        _ => false,
    };
    is_computed.then_some(observable)
}

impl Unknowns {
    /// Counts the unknowns of a network.
    pub fn of(network: &Network) -> Self {
        let mut all = Unknowns {
            names: Vec::new(),
            mass: Vec::new(),
            scales: Vec::new(),
            volumes: HashMap::new(),
            pressures: HashMap::new(),
            own: HashMap::new(),
            amounts: HashMap::new(),
            passed: HashMap::new(),
            bodies: HashMap::new(),
            drives: Vec::new(),
            releases: HashMap::new(),
        };
        for (index, space) in network.spaces.iter().enumerate() {
            let id = SpaceId(index);
            match space.kind {
                Kind::Fluid(_) => {
                    let slot = all.add(format!("{}.volume", space.name), 1.0);
                    all.volumes.insert(id, slot);
                }
                Kind::Enclosure(_) | Kind::Junction => {
                    let slot = all.add(format!("{}.pressure", space.name), 0.0);
                    all.pressures.insert(id, slot);
                }
                Kind::Outside => {}
            }
            if space.kind.wall().is_some_and(|wall| wall.rate.is_some()) {
                all.add_own(Owner::Space(id), vec![format!("{}.creep", space.name)]);
            }
        }
        for (index, passage) in network.passages.iter().enumerate() {
            let id = PassageId(index);
            if passage.law.rate.is_some() {
                all.add_own(Owner::Passage(id), vec![format!("{}.flow", passage.name)]);
            }
            if network.is_door(id) {
                let slot = all.add(format!("{}.passed", passage.name), 1.0);
                all.passed.insert(id, slot);
            }
        }
        for (index, signal) in network.signals.iter().enumerate() {
            if !signal.states().is_empty() {
                all.add_own(Owner::Signal(SignalId(index)), signal.states());
            }
        }
        for (index, substance) in network.substances.iter().enumerate() {
            for &(space, _) in &substance.held {
                let name = format!("{}.amount.{}", network.spaces[space.0].name, substance.name);
                let slot = all.add(name, 1.0);
                all.amounts.insert((space, SubstanceId(index)), slot);
            }
        }
        for (block, bodies) in network.bodies.iter().enumerate() {
            for (index, drive) in bodies.drives.iter().enumerate() {
                let Some(observable) = computed(network, *drive) else { continue };
                if all.drive(block, observable).is_none() {
                    let slot = all.add(format!("bodies.{block}.drive.{index}"), 0.0);
                    all.drives.push((block, observable, slot));
                }
            }
            for state in 0..bodies.states.len() {
                let slot = all.add(format!("bodies.{block}.{state}"), 1.0);
                all.bodies.insert((block, state), slot);
            }
            for release in 0..bodies.releases.len() {
                let slot = all.add(format!("bodies.{block}.release.{release}"), 1.0);
                all.releases.insert((block, release), slot);
            }
        }
        all
    }

    fn add(&mut self, name: String, mass: f64) -> Slot {
        self.names.push(name);
        self.mass.push(mass);
        self.scales.push(SCALE);
        self.names.len() as Slot - 1
    }

    fn add_own(&mut self, owner: Owner, names: Vec<String>) {
        let slots = names.into_iter().map(|name| self.add(name, 1.0)).collect();
        self.own.insert(owner, slots);
    }

    pub fn count(&self) -> usize {
        self.names.len()
    }

    pub fn names(&self) -> &[String] {
        &self.names
    }

    pub fn mass(&self) -> Vec<f64> {
        self.mass.clone()
    }

    pub fn scales(&self) -> Vec<f64> {
        self.scales.clone()
    }

    /// The volume of a space with fluid.
    pub fn volume(&self, id: SpaceId) -> Slot {
        self.volumes[&id]
    }

    /// The pressure of an enclosure or junction.
    pub fn pressure(&self, id: SpaceId) -> Slot {
        self.pressures[&id]
    }

    /// The volume of a space, where it holds fluid.
    pub fn volume_of(&self, id: SpaceId) -> Option<usize> {
        self.volumes.get(&id).map(|&slot| slot as usize)
    }

    /// The volumes of all spaces with fluid.
    pub fn all_volumes(&self) -> impl Iterator<Item = usize> {
        self.volumes.values().map(|&slot| slot as usize)
    }

    /// The last state of a signal's own, where it has one: its value.
    pub fn signal_of(&self, id: SignalId) -> Option<usize> {
        self.own.get(&Owner::Signal(id)).and_then(|slots| slots.last()).map(|&slot| slot as usize)
    }

    /// A state of a law's own.
    pub fn own(&self, owner: Owner, stage: usize) -> Slot {
        self.own.get(&owner).map_or(0, |slots| slots[stage])
    }

    /// How many states an owner's law has.
    pub fn own_count(&self, owner: Owner) -> usize {
        self.own.get(&owner).map_or(0, Vec::len)
    }

    /// The amount of a substance that a space holds.
    pub fn amount(&self, space: SpaceId, substance: SubstanceId) -> Slot {
        self.amounts[&(space, substance)]
    }

    /// What has passed a door.
    pub fn passed(&self, id: PassageId) -> Option<Slot> {
        self.passed.get(&id).copied()
    }

    /// What a release of a block of bodies lets go.
    pub fn release(&self, block: usize, release: usize) -> Slot {
        self.releases[&(block, release)]
    }

    /// What drives a block of bodies, where that is an unknown of its own.
    pub fn drive(&self, block: usize, observable: Observable) -> Option<Slot> {
        self.drives(block).find(|(other, _)| *other == observable).map(|(_, slot)| slot)
    }

    /// All that drive a block of bodies and are unknowns of their own.
    pub fn drives(&self, block: usize) -> impl Iterator<Item = (Observable, Slot)> {
        let own = self.drives.iter().filter(move |(own, ..)| *own == block);
        own.map(|&(_, observable, slot)| (observable, slot))
    }

    /// A state of a block of bodies.
    pub fn body(&self, block: usize, state: usize) -> Slot {
        self.bodies[&(block, state)]
    }
}
