//! From a network to a program: every pressure, flow and signal in the order in which they depend on each other.

mod bodies;
mod error;
mod inputs;
mod passages;
mod signals;
mod slots;
mod spaces;
mod substances;

use std::collections::HashMap;

pub use error::BuildError;
pub use inputs::Inputs;
pub(crate) use slots::SlotMap;
use slots::key;

use super::program::{Numbers, Program};
use super::tape::{Handle, Tape};
use super::unknowns::Unknowns;
use crate::driver::Driver;
use crate::law::{Formula, Law};
use crate::network::{
    Action, Address, Bodies, How, Network, Observable, Owner, PassageId, SignalId, Space, SpaceId,
};

/// A program with the numbers of one lane and the map from what can be observed to slots.
#[derive(Clone, Debug)]
pub(crate) struct Built {
    pub program: Program,
    pub numbers: Numbers,
    pub drivers: Vec<Driver>,
    pub slots: SlotMap,
    pub unknowns: Unknowns,
    /// Whose the modes of the program are.
    pub switches: Vec<Owner>,
    /// The bodies, for what is asked of them.
    pub bodies: Vec<Bodies>,
}

/// Writes the program of a network.
pub(crate) fn build(network: &Network, inputs: &Inputs) -> Result<Built, BuildError> {
    let unknowns = Unknowns::of(network);
    let mut builder = Builder::new(network, inputs, &unknowns)?;
    let mut rows = vec![Vec::new(); unknowns.count()];
    let mut slots = SlotMap::default();
    builder.spaces(&mut rows, &mut slots)?;
    builder.passages(&mut rows, &mut slots)?;
    builder.signals(&mut rows, &mut slots)?;
    builder.substances(&mut rows, &mut slots)?;
    builder.bodies(&mut rows, &mut slots)?;
    builder.all_parameters(&mut slots)?;
    let Builder { mut tape, margins, modes, drivers, .. } = builder;
    let margins: Vec<_> = modes.iter().filter_map(|(owner, _)| margins.get(owner).copied()).collect();
    let switches = modes.iter().map(|(owner, _)| *owner).collect();
    slots.place(&mut tape);
    let (program, numbers) = tape.finish(unknowns.mass(), unknowns.scales(), &rows, &margins);
    Ok(Built { program, numbers, drivers, slots, unknowns, switches, bodies: network.bodies.clone() })
}

struct Builder<'a> {
    network: &'a Network,
    unknowns: &'a Unknowns,
    tape: Tape,
    driven: HashMap<Address, Handle>,
    drivers: Vec<Driver>,
    acted: HashMap<Address, (SignalId, How)>,
    zero: Handle,
    up: [Handle; 3],
    /// "Up" in the frame of each segment.
    segments: Vec<[Handle; 3]>,
    heights: Vec<Handle>,
    parameters: HashMap<Address, Handle>,
    pressures: HashMap<SpaceId, Handle>,
    transmurals: HashMap<SpaceId, Handle>,
    flows: HashMap<PassageId, Handle>,
    signals: HashMap<SignalId, Handle>,
    /// Switches in the order of their slots.
    modes: Vec<(Owner, Handle)>,
    /// What is being computed, for naming the members of a loop.
    path: Vec<Owner>,
    margins: HashMap<Owner, Handle>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        network: &'a Network,
        inputs: &Inputs,
        unknowns: &'a Unknowns,
    ) -> Result<Self, BuildError> {
        let mut tape = Tape::new(unknowns.count());
        let mut drivers = Vec::new();
        let mut given = |tape: &mut Tape, driver: &Driver| match driver {
            constant if constant.is_constant() => tape.constant(constant.initial(0.0)),
            varying => {
                drivers.push(varying.clone());
                tape.driver()
            }
        };
        let up = [0, 1, 2].map(|axis| given(&mut tape, &inputs.up[axis]));
        let mut bent = |segment: &Option<[Driver; 3]>| match segment {
            Some(own) => [0, 1, 2].map(|axis| given(&mut tape, &own[axis])),
            None => up,
        };
        let segments: Vec<[Handle; 3]> = inputs.segments.iter().map(&mut bent).collect();
        let driven =
            inputs.driven.iter().map(|(address, driver)| (*address, given(&mut tape, driver))).collect();
        let zero = tape.constant(0.0);
        let mut heights: Vec<Handle> = Vec::with_capacity(network.landmarks.len());
        for mark in &network.landmarks {
            let height = if let [first, others @ ..] = &mark.top_of[..] {
                let highest = |top, &other: &usize| tape.formula(Formula::Higher, &[top, heights[other]]);
                others.iter().fold(heights[*first], highest)
            } else {
                let own = mark.segment.and_then(|index| segments.get(index)).unwrap_or(&up);
                let joint = mark.joint(&network.segments);
                let trunk = (0..3).map(|axis| (up[axis], joint[axis]));
                let beyond = (0..3).map(|axis| (own[axis], mark.position[axis] - joint[axis]));
                // A landmark of the trunk is its own joint; one whose segment follows the trunk needs no second term.
                let terms: Vec<_> = if own == &up {
                    (0..3).map(|axis| (up[axis], mark.position[axis])).collect()
                } else {
                    trunk.chain(beyond).collect()
                };
                tape.sum(&terms)
            };
            heights.push(height);
        }
        Ok(Builder {
            network,
            unknowns,
            tape,
            driven,
            drivers,
            acted: writers(network)?,
            zero,
            up,
            segments,
            heights,
            parameters: HashMap::new(),
            pressures: HashMap::new(),
            transmurals: HashMap::new(),
            flows: HashMap::new(),
            signals: HashMap::new(),
            modes: Vec::new(),
            path: Vec::new(),
            margins: HashMap::new(),
        })
    }

    pub(super) fn enter(&mut self, owner: Owner) -> Result<(), BuildError> {
        if let Some(start) = self.path.iter().position(|&o| o == owner) {
            let mut names: Vec<_> =
                self.path[start..].iter().map(|&o| self.network.name(o).to_owned()).collect();
            names.push(self.network.name(owner).to_owned());
            return Err(BuildError::Loop(names));
        }
        self.path.push(owner);
        Ok(())
    }

    pub(super) fn space(&self, id: SpaceId) -> &'a Space {
        &self.network.spaces[id.0]
    }

    /// A parameter: the document's value or what drives it, and what a signal makes of that.
    pub(super) fn parameter(&mut self, address: Address) -> Result<Handle, BuildError> {
        if let Some(&slot) = self.parameters.get(&address) {
            return Ok(slot);
        }
        let base = match self.driven.get(&address) {
            Some(&slot) => slot,
            None => self.tape.constant(self.network.values(address.owner)[address.parameter]),
        };
        let slot = match self.acted.get(&address).copied() {
            None => base,
            Some((id, how)) => {
                let signal = self.signal(id)?;
                match how {
                    How::Set => signal,
                    How::Add => self.tape.sum(&[(base, 1.0), (signal, 1.0)]),
                    How::Scale => self.tape.formula(Formula::ActScale, &[base, signal]),
                    How::Exponent => self.tape.formula(Formula::ActExponent, &[base, signal]),
                }
            }
        };
        self.parameters.insert(address, slot);
        Ok(slot)
    }

    pub(super) fn parameters_of(&mut self, owner: Owner, law: &Law) -> Result<Vec<Handle>, BuildError> {
        (0..law.parameters.len()).map(|parameter| self.parameter(Address { owner, parameter })).collect()
    }

    pub(super) fn observable(&mut self, observable: Observable) -> Result<Handle, BuildError> {
        match observable {
            Observable::Pressure(id) => self.pressure(id),
            Observable::Transmural(id) => self.transmural(id),
            Observable::Volume(id) => self.volume(id),
            Observable::Flow(id) => self.flow(id),
            Observable::Signal(id) => self.signal(id),
            Observable::Amount(space, substance) => Ok(self.unknowns.amount(space, substance)),
            Observable::Parameter(address) => self.parameter(address),
            Observable::Passed(id) => Ok(self.unknowns.passed(id).unwrap_or(self.zero)),
            Observable::Motion(block, output) => self.motion(block, output),
        }
    }

    pub(super) fn all_parameters(&mut self, slots: &mut SlotMap) -> Result<(), BuildError> {
        let network = self.network;
        let spaces = (0..network.spaces.len()).map(|i| Owner::Space(SpaceId(i)));
        let passages = (0..network.passages.len()).map(|i| Owner::Passage(PassageId(i)));
        let signals = (0..network.signals.len()).map(|i| Owner::Signal(SignalId(i)));
        for owner in spaces.chain(passages).chain(signals) {
            for parameter in 0..network.values(owner).len() {
                let address = Address { owner, parameter };
                slots.parameters.insert(key(address), self.parameter(address)?);
            }
        }
        Ok(())
    }
}

/// Which signal acts on which parameter.
fn writers(network: &Network) -> Result<HashMap<Address, (SignalId, How)>, BuildError> {
    let mut writers: HashMap<Address, (SignalId, How)> = HashMap::new();
    for (index, signal) in network.signals.iter().enumerate() {
        let Some(Action { target, how }) = signal.acts else { continue };
        if let Some((first, _)) = writers.insert(target, (SignalId(index), how)) {
            let owner = network.name(target.owner);
            let parameter = network.parameters(target.owner)[target.parameter].name;
            let signals = [network.signals[first.0].name.clone(), signal.name.clone()];
            return Err(BuildError::TwoWriters { parameter: format!("{owner}.{parameter}"), signals });
        }
    }
    Ok(writers)
}
