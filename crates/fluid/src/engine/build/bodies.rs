//! Bodies: their states follow what drives them, and what is asked of them is a sum of both.

use super::super::tape::Handle;
use super::{BuildError, Builder, SlotMap};
use crate::law::Formula;
use crate::network::Drive;

/// A weight of nothing stays a term, next to nothing: lanes whose bodies differ in numbers then agree in structure.
fn kept(weight: f64) -> f64 {
    if weight == 0.0 { 1e-200 } else { weight }
}

impl Builder<'_> {
    /// What drives the bodies of a block.
    fn drives(&mut self, block: usize) -> Result<Vec<Handle>, BuildError> {
        let network = self.network;
        let drive = |drive: &Drive| match *drive {
            Drive::Observed(observable) => match self.unknowns.drive(block, observable) {
                Some(own) => Ok(own),
                None => self.observable(observable),
            },
            Drive::Released(release) => Ok(self.unknowns.release(block, release)),
            Drive::Up(None, axis) => Ok(self.up[axis]),
            Drive::Up(Some(segment), axis) => Ok(self.segments.get(segment).unwrap_or(&self.up)[axis]),
        };
        network.bodies[block].drives.iter().map(drive).collect()
    }

    /// An output of a block.
    pub(super) fn motion(&mut self, block: usize, output: usize) -> Result<Handle, BuildError> {
        let drives = self.drives(block)?;
        let asked = &self.network.bodies[block].outputs[output];
        let states = (0..asked.states.len()).map(|state| self.unknowns.body(block, state));
        let rest = self.tape.constant(asked.rest);
        let terms: Vec<(Handle, f64)> = states
            .zip(asked.states.iter().copied().map(kept))
            .chain(drives.into_iter().zip(asked.drives.iter().copied().map(kept)))
            .chain([(rest, 1.0)])
            .collect();
        Ok(self.tape.sum(&terms))
    }

    /// `x_i' = rate_i (g_i u - x_i)` of every block, and where its drives stand.
    pub(super) fn bodies(
        &mut self,
        rows: &mut [Vec<(Handle, f64)>],
        slots: &mut SlotMap,
    ) -> Result<(), BuildError> {
        for (block, bodies) in self.network.bodies.iter().enumerate() {
            let drives = self.drives(block)?;
            for (observable, own) in self.unknowns.drives(block) {
                rows[own as usize] = vec![(self.observable(observable)?, 1.0), (own, -1.0)];
            }
            for (index, state) in bodies.states.iter().enumerate() {
                let own = self.unknowns.body(block, index);
                let driven =
                    drives.iter().zip(&state.gains).map(|(&drive, &gain)| (drive, kept(state.rate * gain)));
                let terms: Vec<(Handle, f64)> = driven.chain([(own, -state.rate)]).collect();
                let slot = self.tape.sum(&terms);
                rows[own as usize] = vec![(slot, 1.0)];
            }
            for (index, release) in bodies.releases.iter().enumerate() {
                let own = self.unknowns.release(block, index);
                let pull = self.motion(block, release.output)?;
                let pushes = self.tape.sum(&[(own, 1.0), (pull, -1.0)]);
                let kept = self.tape.formula(Formula::Higher, &[self.zero, pushes]);
                let slot = self.tape.sum(&[(kept, release.rate), (own, -release.rate)]);
                rows[own as usize] = vec![(slot, 1.0)];
            }
            slots.drives.push(drives);
        }
        Ok(())
    }
}
