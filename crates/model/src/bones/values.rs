//! Values and points of the items of bones.

use std::collections::HashMap;

use cisterna_fluid::Parameter;
use cisterna_quantity::MERCURY;
use cisterna_skeleton::structure::Relaxation;

use super::ItemLaw;
use crate::build::Draft;
use crate::document::{Fields, Node, Placed, Table, Value, allowed};

/// N/mm^2 in one mmHg, and N mm in one mmHg mL times a thousandth.
pub(super) const MMHG: f64 = MERCURY * 1e-6;

impl<'a> Draft<'a> {
    pub(super) fn item_law<'l>(
        &self,
        fields: &Fields<'a>,
        what: &str,
        laws: &'l [ItemLaw],
    ) -> Option<&'l ItemLaw> {
        let names = || laws.iter().map(|law| law.name);
        let Some(name) = fields.string("law") else {
            if !fields.has("law") {
                let message = format!("this {what} lacks its `law`");
                self.problems.add(fields.place().problem(message).help(allowed("", names())));
            }
            return None;
        };
        let law = laws.iter().find(|law| law.name == name.value);
        if law.is_none() {
            self.problems.unknown(&name.place, &format!("law of a {what}"), name.value, names());
        }
        law
    }

    /// The values of an item by their keys; what is left out has its default.
    pub(super) fn item_values(
        &mut self,
        fields: &Fields<'a>,
        name: &str,
        parameters: &'static [Parameter],
    ) -> HashMap<&'static str, f64> {
        let mut values = HashMap::new();
        for parameter in parameters {
            let full = format!("{name}.{}", parameter.name);
            let stated = self.stated(fields, parameter, parameter.dimension, full);
            if stated.is_none() && !fields.has(parameter.name) && parameter.default.is_none() {
                let message = format!("`{name}` lacks `{}`", parameter.name);
                self.problems.add(fields.place().problem(message).help(parameter.summary));
            }
            values.insert(parameter.name, stated.or(parameter.default).unwrap_or(0.0));
        }
        values
    }

    pub(super) fn relaxation(
        &self,
        fields: &Fields<'a>,
        values: &HashMap<&'static str, f64>,
    ) -> Vec<Relaxation> {
        let value = |key: &str| values.get(key).copied().unwrap_or(0.0);
        let terms = [("relaxing", "relaxation_time"), ("relaxing_fast", "relaxation_time_fast")];
        let mut relaxation = Vec::new();
        for (share, time) in terms {
            if value(share) > 0.0 {
                if !fields.has(time) {
                    self.problems.add(fields.place().problem(format!("`{share}` without its `{time}`")));
                }
                relaxation.push(Relaxation { share: value(share), time: value(time) });
            }
        }
        let lost: f64 = relaxation.iter().map(|term| term.share).sum();
        if lost >= 1.0 {
            let message = format!("{:.0} % of the stiffness fade: nothing is left", 100.0 * lost);
            self.problems.add(fields.place().problem(message).help("the shares together must stay below 1"));
        }
        relaxation
    }

    pub(super) fn pair(&self, fields: &Fields<'a>, key: &str) -> Option<[Placed<&'a str>; 2]> {
        let named = fields.strings(key);
        let count = named.len();
        let pair = <[Placed<&str>; 2]>::try_from(named).ok();
        if pair.is_none() && fields.has(key) {
            let place = fields.node(key).map_or(fields.place(), |node| &node.place);
            self.problems.add(place.problem(format!("`{key}` holds {count} names, not two")));
        }
        pair
    }

    /// A point or direction, `[x, y, z]`.
    pub(super) fn point(&self, fields: &Fields<'a>, key: &str) -> Option<[f64; 3]> {
        if !fields.has(key) {
            return None;
        }
        self.points(fields, key, 1).and_then(|points| points.first().copied())
    }

    /// Points, `[[x, y, z], …]`, at least so many; a single one may stand without the outer brackets.
    pub(super) fn points(&self, fields: &Fields<'a>, key: &str, least: usize) -> Option<Vec<[f64; 3]>> {
        let list = fields.list(key)?;
        let inner = |node: &Node| match &node.value {
            Value::List(list) => Node::triple(list),
            _ => None,
        };
        let points: Option<Vec<[f64; 3]>> =
            Node::triple(list).map(|point| vec![point]).or_else(|| list.iter().map(inner).collect());
        let place = fields.node(key).map_or(fields.place(), |node| &node.place);
        match points {
            Some(points) if points.len() >= least => Some(points),
            Some(points) => {
                let message = format!("`{key}` holds {} points; at least {least} are needed", points.len());
                self.problems.add(place.problem(message));
                None
            }
            None => {
                let message = format!("`{key}` must hold three numbers for each point");
                self.problems.add(place.problem(message).help("right, forward, up, in mm: [x, y, z]"));
                None
            }
        }
    }

    /// Complains of a name that cannot be one, or that something of the network has.
    pub(super) fn check_item(&self, name: &str, table: &Table) {
        self.check_name(name, &table.place);
        if self.owners.contains_key(name) {
            let message = format!("`{name}` is the name of a space, passage or signal too");
            self.problems.add(table.place.problem(message));
        }
    }
}
