//! Signals that depend on each other at once.

use cisterna_fluid::{Observable, Port, Signal, SignalId};

use super::draft::Draft;

/// Whether a walk along the sources of signals has met one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Never,
    OnTheWay,
    Done,
}

impl Draft<'_> {
    /// Complains of signals that depend on each other without a state in between, each ring once, at the first signal
    /// of the ring in the order of the documents.
    ///
    /// Rings that close through a pressure, a flow or a parameter are found when the network is compiled.
    pub fn check_loops(&self) {
        let signals = &self.network.signals;
        let mut seen = vec![Seen::Never; signals.len()];
        for start in 0..signals.len() {
            // The way from the start to where the walk is, with the sources of each that are still to be followed.
            let mut way: Vec<(usize, Vec<usize>)> = Vec::new();
            let mut enter = Some(start).filter(|&start| seen[start] == Seen::Never);
            loop {
                if let Some(index) = enter.take() {
                    seen[index] = Seen::OnTheWay;
                    way.push((index, at_once(&signals[index])));
                }
                let Some((index, sources)) = way.last_mut() else { break };
                match sources.pop() {
                    None => {
                        seen[*index] = Seen::Done;
                        way.pop();
                    }
                    Some(source) if seen[source] == Seen::Never => enter = Some(source),
                    Some(source) if seen[source] == Seen::OnTheWay => {
                        let ring = way.iter().map(|(index, _)| *index).skip_while(|index| *index != source);
                        self.tell_loop(ring.collect());
                    }
                    Some(_) => {}
                }
            }
        }
    }

    fn tell_loop(&self, mut ring: Vec<usize>) {
        let first = ring.iter().enumerate().min_by_key(|(_, index)| **index).map_or(0, |(place, _)| place);
        ring.rotate_left(first);
        let signals = &self.network.signals;
        let Some((name, table)) = ring.first().and_then(|&index| self.items("signal").nth(index)) else {
            return;
        };
        let names: Vec<&str> =
            ring.iter().chain(&ring[..1]).map(|&index| signals[index].name.as_str()).collect();
        let fields = self.fields("signal", name, table);
        let place = fields.node("senses").map_or(fields.place(), |node| &node.place);
        let message = format!("signals depend on each other at once: `{}`", names.join("` reads `"));
        self.problems.add(place.problem(message).help("put a signal with the law `lag` between two of them"));
    }
}

/// The signals whose present value a signal reads: none for one that is a state or a switch.
fn at_once(signal: &Signal) -> Vec<usize> {
    let computed = signal.law.ports.iter().all(|port| matches!(port, Port::First | Port::Second));
    let sensed = signal.senses.iter().filter(|_| computed);
    sensed
        .filter_map(|observable| match observable {
            Observable::Signal(SignalId(index)) => Some(*index),
            _ => None,
        })
        .collect()
}
