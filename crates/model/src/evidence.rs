//! What the numbers of a model rest on.

use std::fmt;

use cisterna_fluid::{Address, How, Network, Observable};
use cisterna_quantity::{Basis, Stated, Unit, exact_number};

use crate::document::Place;

/// One value of a model with what it rests on and who uses it.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Its name: `aqueduct.bore`, `fluid.blood.density`, `landmark.right_atrium.up`,
    /// `substance.oxygen.aorta`.
    pub name: String,
    /// What it is, in one line.
    pub summary: String,
    /// The value, in the canonical unit of its dimension.
    pub value: f64,
    /// The unit in which the document states it.
    pub unit: Unit,
    /// Lower end of the published range, canonical unit.
    pub low: Option<f64>,
    /// Upper end of the published range, canonical unit.
    pub high: Option<f64>,
    /// What it rests on.
    pub ground: Ground,
    /// Keys of its sources.
    pub sources: Vec<String>,
    /// The reason or derivation.
    pub note: Option<String>,
    /// The document that states it; for a default, the one that holds its item.
    pub file: String,
    /// The line there, counted from one.
    pub line: usize,
    /// Who reads it, one line each.
    pub used_by: Vec<String>,
    /// The parameter of the network; none for what is no parameter, as landmarks and manoeuvres.
    pub address: Option<Address>,
}

/// What a value of a model rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ground {
    /// A document states its basis.
    Stated(Basis),
    /// No document gives it: the default of its law.
    Default,
    /// A scenario set it.
    Scenario,
}

impl Ground {
    /// The word for people.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Stated(basis) => basis.word(),
            Self::Default => "default",
            Self::Scenario => "scenario",
        }
    }

    /// Whether no published source can stand behind the value: it is assumed, a default or a scenario's.
    #[must_use]
    pub fn is_unsourced(self) -> bool {
        matches!(self, Self::Stated(Basis::Assumed | Basis::Hypothesis) | Self::Default | Self::Scenario)
    }
}

impl fmt::Display for Ground {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.word())
    }
}

impl Evidence {
    /// A value that a document states at `place`.
    pub(crate) fn stated(name: String, summary: &str, stated: Stated, place: &Place) -> Self {
        let Stated { value, unit, low, high, basis, sources, note } = stated;
        Self {
            name,
            summary: summary.to_owned(),
            value,
            unit,
            low,
            high,
            ground: Ground::Stated(basis),
            sources,
            note,
            file: place.file().to_owned(),
            line: place.line(),
            used_by: Vec::new(),
            address: None,
        }
    }

    /// A default of a law, for an item that stands at `place`.
    pub(crate) fn default(name: String, summary: &str, value: f64, unit: Unit, place: &Place) -> Self {
        Self {
            name,
            summary: summary.to_owned(),
            value,
            unit,
            low: None,
            high: None,
            ground: Ground::Default,
            sources: Vec::new(),
            note: None,
            file: place.file().to_owned(),
            line: place.line(),
            used_by: Vec::new(),
            address: None,
        }
    }

    /// The value with all its digits and its unit, `1.8 mm`.
    #[must_use]
    pub fn shown(&self) -> String {
        let number = exact_number(self.unit.from_canonical(self.value));
        match self.unit.text() {
            "" | "1" => number,
            unit @ ("%" | "°") => number + unit,
            unit => format!("{number} {unit}"),
        }
    }
}

/// Enters who reads each parameter: its own law and the signals that act on it or sense it.
pub(crate) fn enter_users(evidence: &mut [Evidence], network: &Network) {
    let mut readers: std::collections::HashMap<Address, Vec<String>> = std::collections::HashMap::new();
    for signal in &network.signals {
        if let Some(action) = signal.acts {
            let way = match action.how {
                How::Set => "sets it",
                How::Add => "adds to it",
                How::Scale => "scales it",
                How::Exponent => "scales it by its exponential",
            };
            readers.entry(action.target).or_default().push(format!("signal `{}` {way}", signal.name));
        }
        for sensed in &signal.senses {
            if let Observable::Parameter(address) = sensed {
                readers.entry(*address).or_default().push(format!("signal `{}` senses it", signal.name));
            }
        }
    }
    for entry in evidence {
        if let Some(address) = entry.address {
            entry.used_by.push(crate::names::described(network, address.owner));
            entry.used_by.extend(readers.remove(&address).unwrap_or_default());
        }
    }
}
