//! What went through the doors, and whether the contents agree.

use cisterna_fluid::{Compiled, Kind, Network, PassageId, SpaceId};

/// The doors of a run and the balance of what the spaces hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    /// The doors, in the order of the document.
    pub doors: Vec<Door>,
    /// What every fluid's spaces held at the beginning and at the end, mL.
    pub contents: Vec<(String, f64, f64)>,
    /// The change of all contents less what came in from outside, mL: zero but for rounding.
    pub residual: f64,
}

/// A passage that leads outside or from one fluid into another.
#[derive(Clone, Debug, PartialEq)]
pub struct Door {
    /// Its name.
    pub name: String,
    /// Where it starts.
    pub from: String,
    /// Where it ends.
    pub to: String,
    /// What passed, mL, positive from start to end.
    pub volume: f64,
}

/// The ledger between two states.
pub(super) fn ledger(network: &Network, compiled: &Compiled, before: &[f64], after: &[f64]) -> Ledger {
    let mut residual = 0.0;
    let doors = (0..network.passages.len())
        .filter(|&index| network.is_door(PassageId(index)))
        .map(|index| {
            let passage = &network.passages[index];
            let [from, to] = [passage.from, passage.to].map(|id| &network.spaces[id.0]);
            let passed = compiled.passed(PassageId(index));
            let volume = passed.map_or(0.0, |unknown| after[unknown] - before[unknown]);
            let outside = |kind| matches!(kind, Kind::Outside);
            match (outside(from.kind), outside(to.kind)) {
                (true, false) => residual -= volume,
                (false, true) => residual += volume,
                _ => {}
            }
            Door { name: passage.name.clone(), from: from.name.clone(), to: to.name.clone(), volume }
        })
        .collect();
    let mut contents: Vec<(String, f64, f64)> = Vec::new();
    for (number, space) in network.spaces.iter().enumerate() {
        let Some(index) = compiled.volume(SpaceId(number)) else { continue };
        let fluid = &network.fluids[space.fluid.0].name;
        residual += after[index] - before[index];
        match contents.iter_mut().find(|held| held.0 == *fluid) {
            Some(held) => {
                held.1 += before[index];
                held.2 += after[index];
            }
            None => contents.push((fluid.clone(), before[index], after[index])),
        }
    }
    Ledger { doors, contents, residual }
}
