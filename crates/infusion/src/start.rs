//! Where a fit of the full subject may begin.

use serde::{Deserialize, Serialize};

use crate::protocol::Dose;
use crate::report::Report;

/// Where a fit of the full subject may begin: what time, what goes in, and what is known already.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Start {
    /// The beginning of what Marmarou's model was fitted to, s.
    pub from: f64,
    /// Its end, s.
    pub until: f64,
    /// What was infused then, in few steps, s on the clock of the recording.
    pub doses: Vec<Dose>,
    /// What the test tells, with what is not known of it: resting pressure, outflow resistance, elastance at rest,
    /// pressure-volume index, formation; those without a value are left out.
    pub known: Vec<Known>,
}

/// A figure as a fit may start from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Known {
    /// The name of the figure.
    pub id: String,
    /// Its value.
    pub value: f64,
    /// Its 95 % interval; an end that the data do not bound is none.
    pub interval: [Option<f64>; 2],
    /// Its unit.
    pub unit: String,
}

/// Of the resistances the first that has a value: the one that allows for slow tissue goes before those that do not.
const RESISTANCES: [&str; 3] = ["steady_resistance", "dynamic_resistance", "static_resistance"];
const OTHERS: [&str; 4] = ["resting_pressure", "elastance_at_rest", "pressure_volume_index", "formation"];

impl Report {
    /// Where a fit of the full subject to the same recording may begin.
    #[must_use]
    pub fn start(&self) -> Start {
        let known = |id: &&str| {
            let figure = self.figure(id)?;
            Some(Known {
                id: figure.id.clone(),
                value: figure.value?,
                interval: figure.interval?,
                unit: figure.unit.clone(),
            })
        };
        let resistance = RESISTANCES.iter().find_map(known);
        let [from, until] = self.span;
        Start {
            from,
            until,
            doses: self.doses.iter().filter(|dose| dose.from < until).copied().collect(),
            known: resistance.into_iter().chain(OTHERS.iter().filter_map(known)).collect(),
        }
    }
}
