//! The slow part with averages in the place of the fast one, as a network of signals.

use std::collections::HashMap;

use cisterna_fluid::signal::{linear, product, sum};
use cisterna_fluid::{Action, Address, Law, Network, Observable, Owner, Signal, SignalId};

use crate::split::Split;
use crate::surface::{Surface, pairs};

/// The averaged network, and what has become of the old one's observables.
pub(crate) struct Averaged {
    pub network: Network,
    new_of: HashMap<usize, SignalId>,
    surfaces: Vec<(Observable, SignalId)>,
}

impl Averaged {
    /// The calm signals of a network as they are, and a surface over the roots for each observable of the rest.
    pub fn new(
        network: &Network,
        split: &Split,
        roots: &[(SignalId, f64)],
        averages: &[(Observable, Surface)],
    ) -> Self {
        let new_of: HashMap<usize, SignalId> =
            split.calm.iter().enumerate().map(|(new, old)| (old.0, SignalId(new))).collect();
        let mut averaged = Averaged { network: Network::default(), new_of, surfaces: Vec::new() };
        averaged.network.signals = split.calm.iter().map(|old| network.signals[old.0].clone()).collect();
        averaged.lay_surfaces(roots, averages);
        for place in 0..split.calm.len() {
            let senses = averaged.network.signals[place].senses.iter();
            let senses = senses.filter_map(|seen| averaged.observable(*seen)).collect();
            let acts = averaged.network.signals[place].acts.and_then(|action| averaged.action(action));
            let signal = &mut averaged.network.signals[place];
            (signal.senses, signal.acts) = (senses, acts);
        }
        averaged
    }

    /// What an observable of the old network is in this one.
    pub fn observable(&self, old: Observable) -> Option<Observable> {
        let calm = match old {
            Observable::Signal(id) => self.new_of.get(&id.0).copied().map(Observable::Signal),
            Observable::Parameter(address) => self.address(address).map(Observable::Parameter),
            _ => None,
        };
        let average =
            || self.surfaces.iter().find(|(known, _)| *known == old).map(|known| Observable::Signal(known.1));
        calm.or_else(average)
    }

    /// What a parameter of the old network is in this one; none where it is not calm.
    pub fn address(&self, old: Address) -> Option<Address> {
        let Owner::Signal(id) = old.owner else { return None };
        let new = self.new_of.get(&id.0)?;
        Some(Address { owner: Owner::Signal(*new), parameter: old.parameter })
    }

    fn action(&self, action: Action) -> Option<Action> {
        Some(Action { target: self.address(action.target)?, how: action.how })
    }

    fn lay_surfaces(&mut self, roots: &[(SignalId, f64)], averages: &[(Observable, Surface)]) {
        let roots: Vec<_> =
            roots.iter().filter_map(|(id, low)| Some((*self.new_of.get(&id.0)?, *low))).collect();
        let above: Vec<SignalId> = roots
            .iter()
            .map(|&(id, low)| self.lay("above", &linear::LAW, vec![1.0, low, 0.0], &[id]))
            .collect();
        let squares: Vec<SignalId> =
            above.iter().map(|&d| self.lay("square", &product::LAW, vec![], &[d, d])).collect();
        let products: Vec<SignalId> = pairs(above.len())
            .map(|(first, second)| self.lay("product", &product::LAW, vec![], &[above[first], above[second]]))
            .collect();
        for (observable, surface) in averages {
            let terms = above.iter().zip(&surface.slopes);
            let terms = terms
                .chain(squares.iter().zip(&surface.squares))
                .chain(products.iter().zip(&surface.products));
            let mut total = match above.first() {
                Some(&first) => self.lay("rest", &linear::LAW, vec![0.0, 0.0, surface.rest], &[first]),
                None => self.lay("rest", &cisterna_fluid::signal::constant::LAW, vec![surface.rest], &[]),
            };
            for (&term, &weight) in terms {
                total = self.lay("average", &sum::LAW, vec![1.0, weight], &[total, term]);
            }
            self.surfaces.push((*observable, total));
        }
    }

    fn lay(&mut self, what: &str, law: &'static Law, values: Vec<f64>, senses: &[SignalId]) -> SignalId {
        let id = SignalId(self.network.signals.len());
        let senses = senses.iter().map(|&id| Observable::Signal(id)).collect();
        let name = format!("{what} {}", id.0);
        self.network.signals.push(Signal { name, law, values, senses, acts: None, unit: "1".to_owned() });
        id
    }
}
