//! From an assembled document to a network, with every check on the way.

mod declare;
mod draft;
mod fluids;
mod loops;
mod manoeuvres;
mod pairs;
mod passages;
mod segments;
mod senses;
mod signals;
mod spaces;
mod substances;
mod units;

use std::collections::HashMap;

use cisterna_fluid::{Address, Network, Owner};
use cisterna_quantity::{Dimension, Unit};

use crate::assembly::Assembly;
use crate::bones::Bones;
use crate::document::Collector;
use crate::evidence::{Evidence, enter_users};
use crate::manoeuvre::Manoeuvre;
pub(crate) use draft::Draft;

/// A network with what else a model knows of it.
pub(crate) struct Built {
    pub network: Network,
    pub owners: HashMap<String, Owner>,
    pub evidence: Vec<Evidence>,
    /// The unit of each signal.
    pub signal_units: Vec<Unit>,
    /// The dimension of an amount of each substance.
    pub amounts: Vec<Dimension>,
    /// What may be done by one name.
    pub manoeuvres: Vec<Manoeuvre>,
    /// Why an item is kept, by its name.
    pub kept: HashMap<String, String>,
    /// The bones, where there are any.
    pub bones: Option<Bones>,
}

/// Builds the network of an assembled document; it is to be used only when no problem was found.
pub(crate) fn build(assembly: &Assembly, problems: &Collector) -> Built {
    let mut draft = Draft::new(assembly, problems);
    draft.fluids();
    draft.landmarks();
    draft.segments();
    draft.declare();
    draft.spaces();
    draft.passages();
    draft.substances();
    let bones = draft.bones();
    let signal_units = draft.signals();
    draft.check_loops();
    let manoeuvres = draft.manoeuvres();
    let kept = draft.kept();
    let Draft { network, owners, mut evidence, amounts, .. } = draft;
    enter_users(&mut evidence, &network);
    Built { network, owners, evidence, signal_units, amounts, manoeuvres, kept, bones }
}

/// The dimension of a parameter, where its law or the document that states it fixes one.
pub(crate) fn dimension_of(network: &Network, evidence: &[Evidence], address: Address) -> Option<Dimension> {
    let declared = network.parameters(address.owner).get(address.parameter).and_then(|it| it.dimension);
    declared.or_else(|| {
        let entry = evidence.iter().find(|entry| entry.address == Some(address))?;
        (entry.ground != crate::evidence::Ground::Default).then(|| entry.unit.dimension())
    })
}
