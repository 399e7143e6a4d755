//! A network in the order of its computation.

use std::sync::Arc;

use super::build::{BuildError, Built, Inputs, build};
use super::start;
use crate::network::{Network, Owner, PassageId, SignalId, SpaceId};

/// A network ready to run: its equations with the numbers of one subject and the inputs of one run.
#[derive(Clone, Debug)]
pub struct Compiled {
    pub(super) built: Arc<Built>,
    start: Arc<Vec<f64>>,
}

impl Compiled {
    /// Compiles a network for the given inputs.
    ///
    /// # Errors
    /// When signals form a loop without a state, two of them act on one parameter, or no start can be found.
    pub fn new(network: &Network, inputs: &Inputs) -> Result<Self, BuildError> {
        let built = build(network, inputs)?;
        let start = start::start(network, inputs, &built.unknowns)?;
        Ok(Compiled { built: Arc::new(built), start: Arc::new(start) })
    }

    /// The names of the unknowns, for example `vault.pressure`.
    pub fn names(&self) -> &[String] {
        self.built.unknowns.names()
    }

    /// The unknown that is the volume of a space, where it holds fluid.
    pub fn volume(&self, space: SpaceId) -> Option<usize> {
        self.built.unknowns.volume_of(space)
    }

    /// The unknowns that are volumes.
    pub fn volumes(&self) -> impl Iterator<Item = usize> {
        self.built.unknowns.all_volumes()
    }

    /// The unknown that counts what has passed a door; none for a passage that is none.
    pub fn passed(&self, passage: PassageId) -> Option<usize> {
        self.built.unknowns.passed(passage).map(|slot| slot as usize)
    }

    /// The unknown that is the value of a signal, where it has a state: a clock's is its phase.
    pub fn signal(&self, signal: SignalId) -> Option<usize> {
        self.built.unknowns.signal_of(signal)
    }

    /// The mode of a signal that is a relay, for [`Engine::set_mode`](super::Engine::set_mode).
    pub fn switch(&self, signal: SignalId) -> Option<usize> {
        self.built.switches.iter().position(|owner| *owner == Owner::Signal(signal))
    }

    /// A state from which a run may begin: every space at its start pressure, or shifted so that the fluids have
    /// their totals.
    pub fn start(&self) -> &[f64] {
        &self.start
    }
}
