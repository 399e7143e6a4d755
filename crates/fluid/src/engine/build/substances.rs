//! What the flows carry.

use super::super::tape::Handle;
use super::{BuildError, Builder, SlotMap};
use crate::law::Formula;
use crate::network::{PassageId, SpaceId, SubstanceId};

impl Builder<'_> {
    /// What the flows carry.
    pub(super) fn substances(
        &mut self,
        rows: &mut [Vec<(Handle, f64)>],
        slots: &mut SlotMap,
    ) -> Result<(), BuildError> {
        for (index, substance) in self.network.substances.iter().enumerate() {
            let id = SubstanceId(index);
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
}
