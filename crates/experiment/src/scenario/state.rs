//! `[start.state]`: signals that begin where another run left them.

use cisterna_fluid::Signal;
use cisterna_model::document::{Fields, Node, Table, Value};

use super::reader::Reader;

/// The key in the table of the start.
pub(super) const STATE: &str = "state";

/// Whether every name must be known: a twin without hypotheses goes without what only these have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// Every one.
    Wholly,
    /// What is not known is left out.
    Partly,
}

impl Reader<'_> {
    /// The states that a start names. A state is called as its signal; the lags of a delay `NAME.1`, `NAME.2` and so on; of a relay it is
    /// whether it is on.
    pub(super) fn state(&self, start: &Table, known: Known) -> Vec<(String, f64)> {
        let fields = Fields::of(start, "the start", self.problems);
        let Some(table) = fields.table(STATE) else { return Vec::new() };
        let mut states = Vec::new();
        for (name, node) in &table.entries {
            let signals = &self.model.network.signals;
            if signals.iter().any(|signal| signal.is_relay() && signal.name == *name) {
                states.extend(self.stands(name, node));
                continue;
            }
            let Some(signal) = signals.iter().find(|signal| signal.states().contains(name)) else {
                if known == Known::Wholly {
                    let all: Vec<String> = signals.iter().flat_map(Signal::remembers).collect();
                    let all = all.iter().map(String::as_str);
                    self.problems.unknown(&node.key, "state of a signal", name, all);
                }
                continue;
            };
            // A state has the dimension of the value at which its signal starts.
            let Ok(target) = self.model.address(&format!("{}.start", signal.name)) else { continue };
            states.extend(self.value(node, target).map(|value| (name.clone(), value)));
        }
        states
    }

    /// How a relay stands: 1 where it is on, 0 where it is off.
    fn stands(&self, name: &str, node: &Node) -> Option<(String, f64)> {
        match node.value {
            Value::Integer(on @ (0 | 1)) => Some((name.to_owned(), on as f64)),
            Value::Number(on) if on == 0.0 || on == 1.0 => Some((name.to_owned(), on)),
            _ => {
                let message = format!("`{name}` is a relay: it is on or off");
                self.problems.add(node.place.problem(message).help("1 where it is on, 0 where it is off"));
                None
            }
        }
    }
}
