//! From a network to a program: every pressure, flow and signal in the order in which they depend on each other.

use std::collections::HashMap;
use std::fmt;

use super::program::{Program, Slot};
use super::tape::{Numbers, Tape};
use super::unknowns::Unknowns;
use crate::driver::Driver;
use crate::law::{Formula, Law, Port};
use crate::network::{
    Action, Address, How, Kind, Network, Observable, Owner, PassageId, SignalId, Space, SpaceId,
};

/// What a run gives from outside.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The direction of "up" in the body's frame (right, forward, up) times gravity over standard gravity: supine
    /// `(0, 1, 0)`, standing `(0, 0, 1)`, weightless `(0, 0, 0)`.
    pub up: [Driver; 3],
    /// Parameters that follow a schedule or a recording instead of their document's value.
    pub driven: Vec<(Address, Driver)>,
}

impl Inputs {
    /// Lying on the back, nothing driven.
    pub fn supine() -> Self {
        Inputs {
            up: [Driver::Constant(0.0), Driver::Constant(1.0), Driver::Constant(0.0)],
            driven: Vec::new(),
        }
    }
}

/// Why a network cannot be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BuildError {
    /// Signals that depend on each other without a state in between.
    Loop(Vec<String>),
    /// Two signals that act on one parameter.
    TwoWriters {
        /// The parameter.
        parameter: String,
        /// Both signals.
        signals: [String; 2],
    },
    /// Lanes of one run whose networks differ in more than numbers.
    LanesDiffer,
    /// A wall `ports` that no block of bodies moves.
    PortWithoutBodies(String),
    /// A heart chamber or breath that does not sense a clock.
    NotAClock {
        /// The signal.
        signal: String,
    },
    /// A start that the spaces cannot have.
    Start(String),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BuildError::Loop(names) => write!(
                f,
                "{} depend on each other without a lag in between; give one of them the law `lag`",
                names.join(" -> ")
            ),
            BuildError::TwoWriters { parameter, signals: [a, b] } => {
                write!(f, "both `{a}` and `{b}` act on `{parameter}`; a parameter has one writer")
            }
            BuildError::LanesDiffer => {
                write!(f, "subjects that run side by side must differ in numbers only, not in structure")
            }
            BuildError::PortWithoutBodies(space) => {
                write!(f, "`{space}` has the wall `ports`, but no bodies move it")
            }
            BuildError::NotAClock { signal } => {
                write!(f, "`{signal}` must sense a signal with the law `clock`")
            }
            BuildError::Start(reason) => write!(f, "no start: {reason}"),
        }
    }
}

impl std::error::Error for BuildError {}

/// A program with the numbers of one lane and the map from what can be observed to slots.
#[derive(Clone, Debug)]
pub(crate) struct Built {
    pub program: Program,
    pub numbers: Numbers,
    pub drivers: Vec<Driver>,
    pub slots: SlotMap,
}

/// Where everything that can be observed stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct SlotMap {
    pressures: Vec<Slot>,
    transmurals: Vec<Slot>,
    volumes: Vec<Slot>,
    flows: Vec<Slot>,
    signals: Vec<Slot>,
    amounts: HashMap<(usize, usize), Slot>,
    parameters: HashMap<(u8, usize, usize), Slot>,
    passed: HashMap<usize, Slot>,
}

fn key(address: Address) -> (u8, usize, usize) {
    match address.owner {
        Owner::Space(id) => (0, id.0, address.parameter),
        Owner::Passage(id) => (1, id.0, address.parameter),
        Owner::Signal(id) => (2, id.0, address.parameter),
    }
}

impl SlotMap {
    /// The slot of an observable; none for an amount that the space does not hold or a passage that is no door.
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
        }
    }
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
    builder.ports(&mut rows)?;
    builder.all_parameters(&mut slots)?;
    let Builder { tape, margins, modes, drivers, .. } = builder;
    let margins = modes.iter().filter_map(|(owner, _)| margins.get(owner).copied()).collect();
    let (program, numbers) = tape.finish(unknowns.mass(), unknowns.scales(), &rows, margins);
    Ok(Built { program, numbers, drivers, slots })
}

struct Builder<'a> {
    network: &'a Network,
    unknowns: &'a Unknowns,
    tape: Tape,
    driven: HashMap<Address, Slot>,
    drivers: Vec<Driver>,
    acted: HashMap<Address, (SignalId, How)>,
    zero: Slot,
    heights: Vec<Slot>,
    parameters: HashMap<Address, Slot>,
    pressures: HashMap<SpaceId, Slot>,
    transmurals: HashMap<SpaceId, Slot>,
    flows: HashMap<PassageId, Slot>,
    signals: HashMap<SignalId, Slot>,
    /// Switches in the order of their slots.
    modes: Vec<(Owner, Slot)>,
    /// What is being computed, for naming the members of a loop.
    path: Vec<Owner>,
    margins: HashMap<Owner, Slot>,
}

impl<'a> Builder<'a> {
    fn new(network: &'a Network, inputs: &Inputs, unknowns: &'a Unknowns) -> Result<Self, BuildError> {
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
        let driven =
            inputs.driven.iter().map(|(address, driver)| (*address, given(&mut tape, driver))).collect();
        let zero = tape.constant(0.0);
        let heights = network
            .landmarks
            .iter()
            .map(|mark| {
                let terms: Vec<_> = (0..3).map(|axis| (up[axis], mark.position[axis])).collect();
                tape.sum(&terms)
            })
            .collect();
        Ok(Builder {
            network,
            unknowns,
            tape,
            driven,
            drivers,
            acted: writers(network)?,
            zero,
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

    fn enter(&mut self, owner: Owner) -> Result<(), BuildError> {
        if let Some(start) = self.path.iter().position(|&o| o == owner) {
            let mut names: Vec<_> =
                self.path[start..].iter().map(|&o| self.network.name(o).to_owned()).collect();
            names.push(self.network.name(owner).to_owned());
            return Err(BuildError::Loop(names));
        }
        self.path.push(owner);
        Ok(())
    }

    fn space(&self, id: SpaceId) -> &'a Space {
        &self.network.spaces[id.0]
    }

    /// A parameter: the document's value or what drives it, and what a signal makes of that.
    fn parameter(&mut self, address: Address) -> Result<Slot, BuildError> {
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

    fn parameters_of(&mut self, owner: Owner, law: &Law) -> Result<Vec<Slot>, BuildError> {
        (0..law.parameters.len()).map(|parameter| self.parameter(Address { owner, parameter })).collect()
    }

    /// Pressure of a space against the atmosphere.
    fn pressure(&mut self, id: SpaceId) -> Result<Slot, BuildError> {
        if let Some(&slot) = self.pressures.get(&id) {
            return Ok(slot);
        }
        let slot = match self.space(id).kind {
            Kind::Enclosure(_) | Kind::Junction => self.unknowns.pressure(id),
            Kind::Outside => self.parameter(Address { owner: Owner::Space(id), parameter: 0 })?,
            Kind::Fluid(_) => {
                let transmural = self.transmural(id)?;
                let mut terms = vec![(transmural, 1.0)];
                terms.extend(self.ambient(id)?);
                self.tape.sum(&terms)
            }
        };
        self.pressures.insert(id, slot);
        Ok(slot)
    }

    /// The terms of the pressure round a space: that of its enclosure, with the column between them.
    fn ambient(&mut self, id: SpaceId) -> Result<Vec<(Slot, f64)>, BuildError> {
        let space = self.space(id);
        let Some(enclosure) = space.inside else { return Ok(Vec::new()) };
        let pressure = self.pressure(enclosure)?;
        let mut terms = vec![(pressure, 1.0)];
        terms.extend(self.column(enclosure, id));
        Ok(terms)
    }

    /// The weight of the enclosure's fluid between its landmark and that of `id`.
    fn column(&self, enclosure: SpaceId, id: SpaceId) -> Vec<(Slot, f64)> {
        let [outer, inner] = [self.space(enclosure), self.space(id)];
        let weight = self.network.fluids[outer.fluid.0].weight();
        self.weights(outer.landmark, inner.landmark, weight)
    }

    fn weights(&self, from: usize, to: usize, weight: f64) -> Vec<(Slot, f64)> {
        if from == to || self.network.landmarks[from].position == self.network.landmarks[to].position {
            return Vec::new();
        }
        vec![(self.heights[from], weight), (self.heights[to], -weight)]
    }

    /// Pressure across the wall of a space.
    fn transmural(&mut self, id: SpaceId) -> Result<Slot, BuildError> {
        if let Some(&slot) = self.transmurals.get(&id) {
            return Ok(slot);
        }
        let owner = Owner::Space(id);
        let slot = match self.space(id).kind {
            Kind::Outside | Kind::Junction => {
                let mut terms = vec![(self.pressure(id)?, 1.0)];
                let ambient = self.ambient(id)?;
                terms.extend(ambient.iter().map(|&(slot, factor)| (slot, -factor)));
                self.tape.sum(&terms)
            }
            Kind::Fluid(wall) | Kind::Enclosure(wall) => {
                self.enter(owner)?;
                let slot = if std::ptr::eq(wall, &crate::wall::ports::LAW) {
                    self.port_pressure(id)?
                } else {
                    let mut inputs = self.wall_ports(id, wall)?;
                    inputs.extend(self.parameters_of(owner, wall)?);
                    self.tape.formula(wall.formula, &inputs)
                };
                self.path.pop();
                slot
            }
        };
        self.transmurals.insert(id, slot);
        Ok(slot)
    }

    fn wall_ports(&mut self, id: SpaceId, wall: &Law) -> Result<Vec<Slot>, BuildError> {
        let volume = self.volume(id)?;
        let own = self.unknowns.own(Owner::Space(id), 0);
        Ok(wall.ports.iter().map(|port| if *port == Port::Own { own } else { volume }).collect())
    }

    /// `p = D^-1 (V - V0 - C x)`, for the wall of one space of a block.
    fn port_pressure(&mut self, id: SpaceId) -> Result<Slot, BuildError> {
        let place = self.network.ports.iter().enumerate().find_map(|(block, ports)| {
            ports.spaces.iter().position(|&space| space == id).map(|row| (block, row))
        });
        let Some((block, row)) = place else {
            return Err(BuildError::PortWithoutBodies(self.space(id).name.clone()));
        };
        let ports = &self.network.ports[block];
        let mut terms = Vec::new();
        for (column, &space) in ports.spaces.iter().enumerate() {
            let elastance = ports.inverse_d[row][column];
            let rest = self.parameter(Address { owner: Owner::Space(space), parameter: 0 })?;
            terms.push((self.volume(space)?, elastance));
            terms.push((rest, -elastance));
        }
        for state in 0..ports.a.len() {
            let factor: f64 = (0..ports.spaces.len())
                .map(|column| -ports.inverse_d[row][column] * ports.c[column][state])
                .sum();
            terms.push((self.unknowns.port(block, state), factor));
        }
        Ok(self.tape.sum(&terms))
    }

    /// Volume of a space; of an enclosure, all that it holds.
    fn volume(&mut self, id: SpaceId) -> Result<Slot, BuildError> {
        match self.space(id).kind {
            Kind::Fluid(_) => Ok(self.unknowns.volume(id)),
            Kind::Junction | Kind::Outside => Ok(self.zero),
            Kind::Enclosure(_) => {
                let terms = self.contents(id)?;
                Ok(self.tape.sum(&terms))
            }
        }
    }

    fn contents(&mut self, id: SpaceId) -> Result<Vec<(Slot, f64)>, BuildError> {
        let filling = self.space(id).values.len() - 1;
        let mut terms = vec![(self.parameter(Address { owner: Owner::Space(id), parameter: filling })?, 1.0)];
        for (index, space) in self.network.spaces.iter().enumerate() {
            if space.inside == Some(id) {
                let inner = SpaceId(index);
                match space.kind {
                    Kind::Fluid(_) => terms.push((self.unknowns.volume(inner), 1.0)),
                    Kind::Enclosure(_) => terms.extend(self.contents(inner)?),
                    Kind::Junction | Kind::Outside => {}
                }
            }
        }
        Ok(terms)
    }

    /// Flow through a passage.
    fn flow(&mut self, id: PassageId) -> Result<Slot, BuildError> {
        if let Some(&slot) = self.flows.get(&id) {
            return Ok(slot);
        }
        let law = self.network.passages[id.0].law;
        let slot = if law.formula == Formula::OwnState {
            self.unknowns.own(Owner::Passage(id), 0)
        } else {
            self.enter(Owner::Passage(id))?;
            let inputs = self.passage_inputs(id)?;
            self.path.pop();
            self.tape.formula(law.formula, &inputs)
        };
        self.flows.insert(id, slot);
        Ok(slot)
    }

    fn passage_inputs(&mut self, id: PassageId) -> Result<Vec<Slot>, BuildError> {
        let passage = &self.network.passages[id.0];
        let owner = Owner::Passage(id);
        let mut inputs = Vec::new();
        for port in passage.law.ports {
            inputs.push(match port {
                Port::Drive => {
                    let mut terms =
                        vec![(self.pressure(passage.from)?, 1.0), (self.pressure(passage.to)?, -1.0)];
                    terms.extend(self.passage_column(id));
                    self.tape.sum(&terms)
                }
                Port::Upstream => {
                    let mut terms = vec![(self.pressure(passage.from)?, 1.0)];
                    terms.extend(self.passage_column(id));
                    self.tape.sum(&terms)
                }
                Port::Downstream => self.pressure(passage.to)?,
                Port::Squeeze => self.squeeze(id, passage.to)?,
                Port::TransmuralFrom => self.against_squeeze(id, passage.from)?,
                Port::TransmuralTo => self.against_squeeze(id, passage.to)?,
                Port::VolumeFrom => self.volume(passage.from)?,
                Port::Flow => self.unknowns.own(owner, 0),
                Port::Weight => self.tape.constant(self.network.fluids[passage.fluid.0].weight()),
                Port::Viscosity => {
                    let fluid = &self.network.fluids[passage.fluid.0];
                    // mPa s to mmHg s.
                    self.tape.constant(fluid.viscosity * 1e-3 / 133.322_387_415)
                }
                Port::Mode => self.mode(owner),
                Port::Volume | Port::First | Port::Second | Port::ClockRate | Port::Own => self.zero,
            });
        }
        inputs.extend(self.parameters_of(owner, passage.law)?);
        Ok(inputs)
    }

    fn passage_column(&self, id: PassageId) -> Vec<(Slot, f64)> {
        let passage = &self.network.passages[id.0];
        let weight = self.network.fluids[passage.fluid.0].weight();
        self.weights(self.space(passage.from).landmark, self.space(passage.to).landmark, weight)
    }

    /// Pressure round a passage at the level of one of its ends.
    fn squeeze(&mut self, id: PassageId, end: SpaceId) -> Result<Slot, BuildError> {
        let Some(enclosure) = self.network.passages[id.0].outside else { return Ok(self.zero) };
        let mut terms = vec![(self.pressure(enclosure)?, 1.0)];
        terms.extend(self.column(enclosure, end));
        Ok(self.tape.sum(&terms))
    }

    fn against_squeeze(&mut self, id: PassageId, end: SpaceId) -> Result<Slot, BuildError> {
        let [inside, outside] = [self.pressure(end)?, self.squeeze(id, end)?];
        Ok(self.tape.sum(&[(inside, 1.0), (outside, -1.0)]))
    }

    fn mode(&mut self, owner: Owner) -> Slot {
        if let Some(&(_, slot)) = self.modes.iter().find(|mode| mode.0 == owner) {
            return slot;
        }
        let slot = self.tape.mode();
        self.modes.push((owner, slot));
        slot
    }

    /// A signal.
    fn signal(&mut self, id: SignalId) -> Result<Slot, BuildError> {
        if let Some(&slot) = self.signals.get(&id) {
            return Ok(slot);
        }
        let law = self.network.signals[id.0].law;
        let slot = if law.formula == Formula::OwnState {
            let last = self.unknowns.own_count(Owner::Signal(id)) - 1;
            self.unknowns.own(Owner::Signal(id), last)
        } else {
            self.enter(Owner::Signal(id))?;
            let inputs = self.signal_inputs(id)?;
            self.path.pop();
            self.tape.formula(law.formula, &inputs)
        };
        self.signals.insert(id, slot);
        Ok(slot)
    }

    fn signal_inputs(&mut self, id: SignalId) -> Result<Vec<Slot>, BuildError> {
        let signal = &self.network.signals[id.0];
        let owner = Owner::Signal(id);
        let mut inputs = Vec::new();
        for port in signal.law.ports {
            inputs.push(match port {
                Port::First => self.observable(signal.senses[0])?,
                Port::Second => self.observable(signal.senses[1])?,
                Port::ClockRate => self.clock_rate(id)?,
                Port::Own => self.unknowns.own(owner, 0),
                Port::Mode => self.mode(owner),
                _ => self.zero,
            });
        }
        inputs.extend(self.parameters_of(owner, signal.law)?);
        Ok(inputs)
    }

    fn clock_rate(&mut self, id: SignalId) -> Result<Slot, BuildError> {
        let signal = &self.network.signals[id.0];
        let clock = match signal.senses[0] {
            Observable::Signal(clock)
                if std::ptr::eq(self.network.signals[clock.0].law, &crate::signal::clock::LAW) =>
            {
                clock
            }
            _ => return Err(BuildError::NotAClock { signal: signal.name.clone() }),
        };
        self.parameter(Address { owner: Owner::Signal(clock), parameter: 0 })
    }

    fn observable(&mut self, observable: Observable) -> Result<Slot, BuildError> {
        match observable {
            Observable::Pressure(id) => self.pressure(id),
            Observable::Transmural(id) => self.transmural(id),
            Observable::Volume(id) => self.volume(id),
            Observable::Flow(id) => self.flow(id),
            Observable::Signal(id) => self.signal(id),
            Observable::Amount(space, substance) => Ok(self.unknowns.amount(space, substance)),
            Observable::Parameter(address) => self.parameter(address),
            Observable::Passed(id) => Ok(self.unknowns.passed(id).unwrap_or(self.zero)),
        }
    }

    /// Pressures and volumes, the equations of walls, enclosures and junctions.
    fn spaces(&mut self, rows: &mut [Vec<(Slot, f64)>], slots: &mut SlotMap) -> Result<(), BuildError> {
        for index in 0..self.network.spaces.len() {
            let id = SpaceId(index);
            slots.pressures.push(self.pressure(id)?);
            slots.transmurals.push(self.transmural(id)?);
            slots.volumes.push(self.volume(id)?);
            let kind = self.space(id).kind;
            if let Kind::Enclosure(_) = kind {
                // wall pressure + pressure round it - pressure = 0
                let mut row = vec![(self.transmural(id)?, 1.0), (self.pressure(id)?, -1.0)];
                let ambient = self.ambient(id)?;
                let ambient = self.tape.sum(&ambient);
                row.push((ambient, 1.0));
                rows[self.unknowns.pressure(id) as usize] = row;
            }
            if let Some((wall, rate)) = kind.wall().and_then(|wall| Some((wall, wall.rate?))) {
                let mut inputs = self.wall_ports(id, wall)?;
                inputs.extend(self.parameters_of(Owner::Space(id), wall)?);
                let slot = self.tape.formula(rate, &inputs);
                rows[self.unknowns.own(Owner::Space(id), 0) as usize] = vec![(slot, 1.0)];
            }
        }
        Ok(())
    }

    /// Flows, into the balance of both ends and through the doors.
    fn passages(&mut self, rows: &mut [Vec<(Slot, f64)>], slots: &mut SlotMap) -> Result<(), BuildError> {
        for index in 0..self.network.passages.len() {
            let id = PassageId(index);
            let passage = &self.network.passages[index];
            let flow = self.flow(id)?;
            slots.flows.push(flow);
            for (end, sign) in [(passage.from, -1.0), (passage.to, 1.0)] {
                match self.space(end).kind {
                    Kind::Fluid(_) => rows[self.unknowns.volume(end) as usize].push((flow, sign)),
                    Kind::Junction => rows[self.unknowns.pressure(end) as usize].push((flow, sign)),
                    Kind::Enclosure(_) | Kind::Outside => {}
                }
            }
            if let Some(passed) = self.unknowns.passed(id) {
                rows[passed as usize].push((flow, 1.0));
                slots.passed.insert(index, passed);
            }
            let inputs = self.passage_inputs(id)?;
            if let Some(rate) = passage.law.rate {
                let slot = self.tape.formula(rate, &inputs);
                rows[self.unknowns.own(Owner::Passage(id), 0) as usize] = vec![(slot, 1.0)];
            }
            if passage.law.formula == Formula::Threshold {
                let margin = self.tape.formula(Formula::ThresholdMargin, &inputs);
                self.margins.insert(Owner::Passage(id), margin);
            }
        }
        Ok(())
    }

    fn signals(&mut self, rows: &mut [Vec<(Slot, f64)>], slots: &mut SlotMap) -> Result<(), BuildError> {
        for index in 0..self.network.signals.len() {
            let id = SignalId(index);
            let signal = &self.network.signals[index];
            slots.signals.push(self.signal(id)?);
            let inputs = self.signal_inputs(id)?;
            if let Some(rate) = signal.law.rate {
                let owner = Owner::Signal(id);
                let count = self.unknowns.own_count(owner);
                if std::ptr::eq(signal.law, &crate::signal::delay::LAW) {
                    self.chain(rows, owner, &inputs, count);
                } else {
                    let slot = self.tape.formula(rate, &inputs);
                    rows[self.unknowns.own(owner, 0) as usize] = vec![(slot, 1.0)];
                }
            }
            if signal.law.formula == Formula::Hysteresis {
                let margin = self.tape.formula(Formula::HysteresisMargin, &inputs);
                self.margins.insert(Owner::Signal(id), margin);
            }
        }
        Ok(())
    }

    /// A delay: as many lags as it has states, each of the mean over their number.
    fn chain(&mut self, rows: &mut [Vec<(Slot, f64)>], owner: Owner, inputs: &[Slot], count: usize) {
        let lag = self.tape.sum(&[(inputs[2], 1.0 / count as f64)]);
        let mut source = inputs[0];
        for stage in 0..count {
            let own = self.unknowns.own(owner, stage);
            let slot = self.tape.formula(Formula::LagRate, &[source, own, lag]);
            rows[own as usize] = vec![(slot, 1.0)];
            source = own;
        }
    }

    /// What the flows carry.
    fn substances(&mut self, rows: &mut [Vec<(Slot, f64)>], slots: &mut SlotMap) -> Result<(), BuildError> {
        for (index, substance) in self.network.substances.iter().enumerate() {
            let id = crate::network::SubstanceId(index);
            let holds = |space: SpaceId| substance.held.iter().any(|held| held.0 == space);
            for &(space, _) in &substance.held {
                slots.amounts.insert((space.0, index), self.unknowns.amount(space, id));
            }
            for (number, passage) in self.network.passages.iter().enumerate() {
                if !(holds(passage.from) && holds(passage.to)) {
                    continue;
                }
                let [from, to] = [passage.from, passage.to].map(|end| self.unknowns.amount(end, id));
                let inputs = [
                    self.flow(PassageId(number))?,
                    from,
                    self.volume(passage.from)?,
                    to,
                    self.volume(passage.to)?,
                ];
                let flux = self.tape.formula(Formula::Carried, &inputs);
                rows[from as usize].push((flux, -1.0));
                rows[to as usize].push((flux, 1.0));
            }
        }
        Ok(())
    }

    /// `x' = A x + B p` of every block of bodies.
    fn ports(&mut self, rows: &mut [Vec<(Slot, f64)>]) -> Result<(), BuildError> {
        for (block, ports) in self.network.ports.iter().enumerate() {
            for (row, (a, b)) in ports.a.iter().zip(&ports.b).enumerate() {
                let mut terms = Vec::new();
                for (state, &factor) in a.iter().enumerate() {
                    terms.push((self.unknowns.port(block, state), factor));
                }
                for (&space, &factor) in ports.spaces.iter().zip(b) {
                    terms.push((self.transmural(space)?, factor));
                }
                let slot = self.tape.sum(&terms);
                rows[self.unknowns.port(block, row) as usize] = vec![(slot, 1.0)];
            }
        }
        Ok(())
    }

    fn all_parameters(&mut self, slots: &mut SlotMap) -> Result<(), BuildError> {
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
