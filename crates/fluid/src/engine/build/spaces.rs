//! Pressures and volumes: walls, enclosures, junctions.

use super::super::tape::Handle;
use super::{BuildError, Builder, SlotMap};
use crate::law::{Formula, Law, Port};
use crate::network::{Address, Kind, Owner, PassageId, SpaceId};

impl Builder<'_> {
    /// Pressure of a space against the atmosphere.
    pub(super) fn pressure(&mut self, id: SpaceId) -> Result<Handle, BuildError> {
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
    pub(super) fn ambient(&mut self, id: SpaceId) -> Result<Vec<(Handle, f64)>, BuildError> {
        let space = self.space(id);
        let Some(enclosure) = space.inside else { return Ok(Vec::new()) };
        let pressure = self.pressure(enclosure)?;
        let mut terms = vec![(pressure, 1.0)];
        terms.extend(self.column(enclosure, id));
        Ok(terms)
    }

    /// The weight of the enclosure's fluid between its landmark and that of `id`.
    pub(super) fn column(&self, enclosure: SpaceId, id: SpaceId) -> Vec<(Handle, f64)> {
        let [outer, inner] = [self.space(enclosure), self.space(id)];
        let weight = self.network.fluids[outer.fluid.0].weight();
        self.weights(outer.landmark, inner.landmark, weight)
    }

    pub(super) fn weights(&self, from: usize, to: usize, weight: f64) -> Vec<(Handle, f64)> {
        let [here, there] = [from, to].map(|index| &self.network.landmarks[index]);
        if here.is_with(there) {
            return Vec::new();
        }
        vec![(self.heights[from], weight), (self.heights[to], -weight)]
    }

    /// Pressure across the wall of a space.
    pub(super) fn transmural(&mut self, id: SpaceId) -> Result<Handle, BuildError> {
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
                let mut inputs = self.wall_ports(id, wall)?;
                inputs.extend(self.parameters_of(owner, wall)?);
                let slot = self.tape.formula(wall.formula, &inputs);
                self.path.pop();
                slot
            }
        };
        self.transmurals.insert(id, slot);
        Ok(slot)
    }

    pub(super) fn wall_ports(&mut self, id: SpaceId, wall: &Law) -> Result<Vec<Handle>, BuildError> {
        let volume = self.volume(id)?;
        let own = self.unknowns.own(Owner::Space(id), 0);
        let mut inputs = Vec::with_capacity(wall.ports.len());
        for port in wall.ports {
            inputs.push(match port {
                Port::Own => own,
                Port::Inflow => self.inflow(id),
                _ => volume,
            });
        }
        Ok(inputs)
    }

    /// What flows into a space through passages whose flow is an unknown; that of the others follows from the very
    /// pressures that are sought here.
    fn inflow(&mut self, id: SpaceId) -> Handle {
        let mut terms = Vec::new();
        for (index, passage) in self.network.passages.iter().enumerate() {
            if passage.law.formula == Formula::OwnState {
                let flow = self.unknowns.own(Owner::Passage(PassageId(index)), 0);
                for (end, sign) in [(passage.from, -1.0), (passage.to, 1.0)] {
                    if end == id {
                        terms.push((flow, sign));
                    }
                }
            }
        }
        self.tape.sum(&terms)
    }

    /// Volume of a space; of an enclosure, all that it holds.
    pub(super) fn volume(&mut self, id: SpaceId) -> Result<Handle, BuildError> {
        match self.space(id).kind {
            Kind::Fluid(_) => Ok(self.unknowns.volume(id)),
            Kind::Junction | Kind::Outside => Ok(self.zero),
            Kind::Enclosure(_) => {
                let terms = self.contents(id)?;
                Ok(self.tape.sum(&terms))
            }
        }
    }

    pub(super) fn contents(&mut self, id: SpaceId) -> Result<Vec<(Handle, f64)>, BuildError> {
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

    /// Pressures and volumes, the equations of walls, enclosures and junctions.
    pub(super) fn spaces(
        &mut self,
        rows: &mut [Vec<(Handle, f64)>],
        slots: &mut SlotMap,
    ) -> Result<(), BuildError> {
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
}
