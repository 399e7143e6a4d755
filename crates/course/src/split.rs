//! What of a network is slow, and where slow and fast meet.

use cisterna_fluid::{Address, Drive, Network, Observable, Owner, Signal, SignalId};

/// What takes longer than this to follow its source is slow, s: a minute.
const SLOW: f64 = 60.0;

/// The two parts of a network: the calm signals, which follow from what is slow and from given numbers alone, and the rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// The calm signals, in the order of the network.
    pub calm: Vec<SignalId>,
    /// The calm signals that the rest is moved by: states and given numbers that change, from which all else follows that it
    /// senses.
    pub roots: Vec<SignalId>,
    /// What the calm signals sense of the rest: averages over beats stand in its place.
    pub sensed: Vec<Observable>,
}

impl Split {
    /// Splits a network of which the given parameters change.
    #[must_use]
    pub fn of(network: &Network, changed: &[Address]) -> Self {
        let is_calm = calm(network);
        let all = (0..network.signals.len()).map(SignalId).filter(|id| is_calm[id.0]);
        let calm: Vec<SignalId> = all.collect();
        let mut sensed = Vec::new();
        for observable in calm.iter().flat_map(|id| &network.signals[id.0].senses) {
            let own = matches!(observable, Observable::Signal(id) if is_calm[id.0]);
            if !own && !sensed.contains(observable) {
                sensed.push(*observable);
            }
        }
        Split { roots: roots(network, &is_calm, changed), calm, sensed }
    }

    /// Whether a signal is calm.
    #[must_use]
    pub fn is_calm(&self, id: SignalId) -> bool {
        self.calm.contains(&id)
    }
}

/// Whether a signal follows its source so slowly that a beat does not move it.
fn is_slow(signal: &Signal) -> bool {
    let times = match signal.law.name {
        "lag" | "delay" => &signal.values[..1],
        "two_way_lag" => &signal.values[..2],
        _ => return false,
    };
    times.iter().all(|&time| time >= SLOW)
}

/// Whether a law has a state or a switch of its own.
fn has_state(signal: &Signal) -> bool {
    matches!(signal.law.name, "lag" | "two_way_lag" | "delay" | "integrator" | "hysteresis")
}

/// The calm signals: as many as can be, of which each is slow, or given, or follows from calm ones at any speed.
fn calm(network: &Network) -> Vec<bool> {
    let follows = |signal: &Signal| {
        has_state(signal)
            || matches!(signal.law.name, "constant" | "linear" | "sum" | "product" | "saturation")
    };
    let mut calm: Vec<bool> = network.signals.iter().map(follows).collect();
    loop {
        let stirred = |index: usize| {
            let signal = &network.signals[index];
            let by_source = !is_slow(signal)
                && signal.senses.iter().any(|seen| !matches!(seen, Observable::Signal(id) if calm[id.0]));
            let by_writer = network.signals.iter().zip(&calm).any(|(writer, calm)| {
                let acts =
                    writer.acts.is_some_and(|action| action.target.owner == Owner::Signal(SignalId(index)));
                acts && !calm
            });
            by_source || by_writer
        };
        let found: Vec<usize> = (0..calm.len()).filter(|&index| calm[index] && stirred(index)).collect();
        if found.is_empty() {
            return calm;
        }
        found.into_iter().for_each(|index| calm[index] = false);
    }
}

fn roots(network: &Network, is_calm: &[bool], changed: &[Address]) -> Vec<SignalId> {
    let signals = &network.signals;
    let mut open: Vec<usize> = Vec::new();
    for (signal, calm) in signals.iter().zip(is_calm) {
        let seen = signal.senses.iter().filter(|_| !calm);
        open.extend(seen.filter_map(|seen| calm_signal(seen, is_calm)));
    }
    for (index, signal) in signals.iter().enumerate().filter(|(index, _)| is_calm[*index]) {
        let beyond = |owner: Owner| !matches!(owner, Owner::Signal(id) if is_calm[id.0]);
        if signal.acts.is_some_and(|action| beyond(action.target.owner)) {
            open.push(index);
        }
    }
    for drive in network.bodies.iter().flat_map(|bodies| &bodies.drives) {
        if let Drive::Observed(seen) = drive {
            open.extend(calm_signal(seen, is_calm));
        }
    }
    let mut seen = vec![false; signals.len()];
    let mut roots = Vec::new();
    while let Some(index) = open.pop() {
        if std::mem::replace(&mut seen[index], true) {
            continue;
        }
        let given = changed.iter().any(|address| address.owner == Owner::Signal(SignalId(index)));
        if has_state(&signals[index]) || given {
            roots.push(SignalId(index));
        } else {
            open.extend(signals[index].senses.iter().filter_map(|seen| calm_signal(seen, is_calm)));
        }
    }
    roots.sort_unstable();
    roots
}

fn calm_signal(seen: &Observable, is_calm: &[bool]) -> Option<usize> {
    match seen {
        Observable::Signal(id) if is_calm[id.0] => Some(id.0),
        _ => None,
    }
}
