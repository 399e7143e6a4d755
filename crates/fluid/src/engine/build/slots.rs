//! Where everything that can be observed stands.

use std::collections::BTreeMap;

use super::super::program::Slot;
use super::super::tape::Tape;
use crate::network::{Address, Observable, Owner};

/// Where everything that can be observed stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct SlotMap {
    pub pressures: Vec<Slot>,
    pub transmurals: Vec<Slot>,
    pub volumes: Vec<Slot>,
    pub flows: Vec<Slot>,
    pub signals: Vec<Slot>,
    pub amounts: BTreeMap<(usize, usize), Slot>,
    pub parameters: BTreeMap<(u8, usize, usize), Slot>,
    pub passed: BTreeMap<usize, Slot>,
    /// What drives the bodies, block by block.
    pub drives: Vec<Vec<Slot>>,
}

/// A parameter as a key.
pub(crate) fn key(address: Address) -> (u8, usize, usize) {
    match address.owner {
        Owner::Space(id) => (0, id.0, address.parameter),
        Owner::Passage(id) => (1, id.0, address.parameter),
        Owner::Signal(id) => (2, id.0, address.parameter),
    }
}

impl SlotMap {
    /// Turns the handles that were entered while the program was written into the slots that hold their values, in an
    /// order that is the same for every lane.
    pub fn place(&mut self, tape: &mut Tape) {
        let lists = [
            &mut self.pressures,
            &mut self.transmurals,
            &mut self.volumes,
            &mut self.flows,
            &mut self.signals,
        ];
        let mapped =
            self.amounts.values_mut().chain(self.parameters.values_mut()).chain(self.passed.values_mut());
        let drives = self.drives.iter_mut().flatten();
        for handle in lists.into_iter().flatten().chain(mapped).chain(drives) {
            *handle = tape.place(*handle);
        }
    }

    /// The slot of an observable; none for an amount that the space does not hold, a passage that is no door, and for a
    /// motion, which is a sum.
    pub fn slot(&self, observable: Observable) -> Option<Slot> {
        match observable {
            Observable::Pressure(id) => self.pressures.get(id.0).copied(),
            Observable::Transmural(id) => self.transmurals.get(id.0).copied(),
            Observable::Volume(id) => self.volumes.get(id.0).copied(),
            Observable::Flow(id) => self.flows.get(id.0).copied(),
            Observable::Signal(id) => self.signals.get(id.0).copied(),
            Observable::Amount(space, substance) => self.amounts.get(&(space.0, substance.0)).copied(),
            Observable::Parameter(address) => self.parameters.get(&key(address)).copied(),
            Observable::Passed(id) => self.passed.get(&id.0).copied(),
            Observable::Motion(..) => None,
        }
    }
}
