//! What all parts of a scenario's reader share: the model, the clock, the problems.

use std::path::PathBuf;

use cisterna_fluid::{Address, Bounds, How, Observable};
use cisterna_model::Model;
use cisterna_model::document::{Collector, Fields, Node, Place, Placed, Value};
use cisterna_quantity::{Dimension, Quantity, Unit};

use super::line::Line;
use super::timeline::Timeline;

/// Reads the parts of a scenario against its model.
pub(super) struct Reader<'a> {
    pub model: Model,
    pub problems: &'a Collector,
    /// The folder of a scenario that is a file.
    pub folder: Option<PathBuf>,
    pub duration: f64,
    pub settle: f64,
    pub timeline: Timeline,
    /// Lines that were laid for infusions and withdrawals.
    pub lines: Vec<Line>,
    pub notes: Vec<String>,
}

impl Reader<'_> {
    /// The parameter called `name` and its dimension, where a scenario may write it.
    pub(super) fn writable(&self, name: &str, place: &Place) -> Option<(Address, Option<Dimension>)> {
        let found = match self.model.address(name) {
            Ok(found) => found,
            Err(error) => {
                self.problems.add(error.at(place));
                return None;
            }
        };
        let writer = self.model.network.signals.iter().find(|signal| {
            signal.acts.is_some_and(|action| action.how == How::Set && action.target == found.0)
        });
        if let Some(signal) = writer {
            let message = format!("`{name}` has a writer already: the signal `{}` sets it", signal.name);
            self.problems.add(place.problem(message).help("one parameter has one writer"));
            return None;
        }
        Some(found)
    }

    /// A value for a parameter, in its canonical unit, within its bounds.
    pub(super) fn value(
        &self,
        node: &Node,
        (address, dimension): (Address, Option<Dimension>),
    ) -> Option<f64> {
        let value = match (&node.value, dimension) {
            (Value::String(text), Some(dimension)) => Quantity::parse(text, dimension),
            (Value::String(text), None) => Quantity::parse_any(text).map(|quantity| quantity.value),
            (Value::Integer(number), None | Some(Dimension::NUMBER)) => Ok(*number as f64),
            (Value::Number(number), None | Some(Dimension::NUMBER)) => Ok(*number),
            (other, dimension) => {
                let wanted = dimension.map_or("a number or a quantity".to_owned(), |d| d.to_string());
                let message = format!("this is {}, not {wanted} in quotes", other.kind());
                self.problems.add(node.place.problem(message));
                return None;
            }
        };
        match value {
            Ok(value) => self.within_bounds(value, address, &node.place).then_some(value),
            Err(error) => {
                let help = error.help.unwrap_or_default();
                self.problems.add(node.place.problem(error.message).help(help));
                None
            }
        }
    }

    /// Whether the parameter may have the value; complains where it may not.
    pub(super) fn within_bounds(&self, value: f64, address: Address, place: &Place) -> bool {
        let network = &self.model.network;
        let parameters = network.parameters(address.owner);
        let Some(parameter) = parameters.get(address.parameter) else { return false };
        let allowed = parameter.bounds.allow(value);
        if !allowed {
            let shown = self.model.unit(Observable::Parameter(address)).show(value);
            let message = format!("`{}.{}` cannot be {shown}", network.name(address.owner), parameter.name);
            self.problems.add(place.problem(message).help(format!("allowed: {}", parameter.bounds.words())));
        }
        allowed
    }

    /// A quantity within bounds.
    pub(super) fn bounded(
        &self,
        fields: &Fields<'_>,
        key: &str,
        dimension: Dimension,
        bounds: Bounds,
    ) -> Option<Placed<f64>> {
        let read = fields.quantity(key, dimension)?;
        if bounds.allow(read.value) {
            return Some(read);
        }
        let message = format!("`{key}` must be {}", bounds.words());
        self.problems.add(read.place.problem(message));
        None
    }

    /// Something to record, with its unit; knows the flows of laid lines too.
    pub(super) fn observable(&self, name: &str, place: &Place) -> Option<(Observable, Unit)> {
        if let Some((passage, what)) = name.split_once('.')
            && let Some(line) = self.lines.iter().find(|line| line.name == passage)
        {
            match what {
                "flow" => return Some(self.with_unit(Observable::Flow(line.passage))),
                "passed" => return Some(self.with_unit(Observable::Passed(line.passage))),
                _ => self.problems.unknown(place, "thing to record of a line", what, ["flow", "passed"]),
            }
            return None;
        }
        self.model.observable(name).map_err(|error| self.problems.add(error.at(place))).ok()
    }

    fn with_unit(&self, observable: Observable) -> (Observable, Unit) {
        (observable, self.model.unit(observable))
    }
}
