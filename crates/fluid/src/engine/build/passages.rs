//! Flows through passages and into the balances of spaces.

use super::super::tape::Handle;
use super::{BuildError, Builder, SlotMap};
use crate::law::{Formula, Port};
use crate::network::{Kind, Owner, PassageId, SpaceId};

impl Builder<'_> {
    /// Flow through a passage.
    pub(super) fn flow(&mut self, id: PassageId) -> Result<Handle, BuildError> {
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

    pub(super) fn passage_inputs(&mut self, id: PassageId) -> Result<Vec<Handle>, BuildError> {
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
                    self.tape.constant(fluid.viscosity * 1e-3 / cisterna_quantity::MERCURY)
                }
                Port::Mode => self.mode(owner),
                Port::Volume | Port::Inflow | Port::First | Port::Second | Port::ClockRate | Port::Own => {
                    self.zero
                }
            });
        }
        inputs.extend(self.parameters_of(owner, passage.law)?);
        Ok(inputs)
    }

    pub(super) fn passage_column(&self, id: PassageId) -> Vec<(Handle, f64)> {
        let passage = &self.network.passages[id.0];
        let weight = self.network.fluids[passage.fluid.0].weight();
        self.weights(self.space(passage.from).landmark, self.space(passage.to).landmark, weight)
    }

    /// Pressure round a passage at the level of one of its ends.
    pub(super) fn squeeze(&mut self, id: PassageId, end: SpaceId) -> Result<Handle, BuildError> {
        let Some(enclosure) = self.network.passages[id.0].outside else { return Ok(self.zero) };
        let mut terms = vec![(self.pressure(enclosure)?, 1.0)];
        terms.extend(self.column(enclosure, end));
        Ok(self.tape.sum(&terms))
    }

    pub(super) fn against_squeeze(&mut self, id: PassageId, end: SpaceId) -> Result<Handle, BuildError> {
        let [inside, outside] = [self.pressure(end)?, self.squeeze(id, end)?];
        Ok(self.tape.sum(&[(inside, 1.0), (outside, -1.0)]))
    }

    /// Flows, into the balance of both ends and through the doors.
    pub(super) fn passages(
        &mut self,
        rows: &mut [Vec<(Handle, f64)>],
        slots: &mut SlotMap,
    ) -> Result<(), BuildError> {
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
}
