//! What signals sense, compute and do.

use super::super::tape::Handle;
use super::{BuildError, Builder, SlotMap};
use crate::law::{Formula, Port};
use crate::network::{Address, Observable, Owner, SignalId};

impl Builder<'_> {
    pub(super) fn mode(&mut self, owner: Owner) -> Handle {
        if let Some(&(_, slot)) = self.modes.iter().find(|mode| mode.0 == owner) {
            return slot;
        }
        let slot = self.tape.mode();
        self.modes.push((owner, slot));
        slot
    }

    /// A signal.
    pub(super) fn signal(&mut self, id: SignalId) -> Result<Handle, BuildError> {
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
            // Noise at a level of zero costs nothing.
            let silent = law.formula == Formula::Noise && self.tape.constant_value(inputs[1]) == Some(0.0);
            if silent { self.zero } else { self.tape.formula(law.formula, &inputs) }
        };
        self.signals.insert(id, slot);
        Ok(slot)
    }

    pub(super) fn signal_inputs(&mut self, id: SignalId) -> Result<Vec<Handle>, BuildError> {
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

    pub(super) fn clock_rate(&mut self, id: SignalId) -> Result<Handle, BuildError> {
        let signal = &self.network.signals[id.0];
        let clock = match signal.senses[0] {
            Observable::Signal(clock)
                if crate::signal::clock::is_clock(self.network.signals[clock.0].law) =>
            {
                clock
            }
            _ => return Err(BuildError::NotAClock { signal: signal.name.clone() }),
        };
        self.parameter(Address { owner: Owner::Signal(clock), parameter: 0 })
    }

    pub(super) fn signals(
        &mut self,
        rows: &mut [Vec<(Handle, f64)>],
        slots: &mut SlotMap,
    ) -> Result<(), BuildError> {
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
    pub(super) fn chain(
        &mut self,
        rows: &mut [Vec<(Handle, f64)>],
        owner: Owner,
        inputs: &[Handle],
        count: usize,
    ) {
        let lag = self.tape.sum(&[(inputs[2], 1.0 / count as f64)]);
        let mut source = inputs[0];
        for stage in 0..count {
            let own = self.unknowns.own(owner, stage);
            let slot = self.tape.formula(Formula::LagRate, &[source, own, lag]);
            rows[own as usize] = vec![(slot, 1.0)];
            source = own;
        }
    }
}
