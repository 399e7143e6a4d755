//! Channels that are made of several things: sums, differences, flow over area.

use cisterna_fluid::signal::sum;
use cisterna_fluid::{Observable, Signal, SignalId};
use cisterna_model::document::{Fields, Node, Placed, Value};
use cisterna_quantity::{Dimension, Stated, Unit};

use super::reader::Reader;

/// What a channel may be made of; a table that describes one has one of these keys.
pub(super) const FORMS: [&str; 3] = ["of", "sum", "difference"];
/// The most things that a channel may add up.
pub(super) const MOST_TERMS: usize = 64;

/// What a described channel records.
pub(super) struct Recorded {
    pub observable: Observable,
    /// The unit in which it is shown where the scenario asks for none.
    pub unit: Unit,
    /// The name that it has where the scenario gives none; a sum has none.
    pub name: Option<String>,
}

impl Reader<'_> {
    /// What a table with `of`, `sum` or `difference` records.
    pub(super) fn recorded_of(&mut self, fields: &Fields<'_>) -> Option<Recorded> {
        let given: Vec<&str> = FORMS.into_iter().filter(|form| fields.has(form)).collect();
        let [form] = given.as_slice() else {
            let message = match given.as_slice() {
                [] => "a channel that records nothing".to_owned(),
                several => format!("a channel records one thing, this one has {}", several.join(", ")),
            };
            let help = format!("give one of: {}", FORMS.join(", "));
            self.problems.add(fields.place().problem(message).help(help));
            return None;
        };
        if *form == "of" {
            let of = fields.string("of")?;
            let (observable, unit) = self.observable(of.value, &of.place)?;
            return Some(Recorded { observable, unit, name: Some(of.value.to_owned()) });
        }
        let list = fields.list(form)?;
        if !fields.has("name") {
            let message = format!("a channel that is a {form} needs a `name`");
            self.problems.add(fields.place().problem(message));
        }
        let most = if *form == "difference" { 2 } else { MOST_TERMS };
        if !(2..=most).contains(&list.len()) {
            let wanted =
                if most == 2 { "of two things".to_owned() } else { format!("of 2 to {most} things") };
            let message = format!("a {form} is made {wanted}, this one of {}", list.len());
            self.problems.add(fields.place().problem(message));
            return None;
        }
        let (terms, unit) = self.terms(list)?;
        let second = if *form == "difference" { -1.0 } else { 1.0 };
        let weighed: Vec<_> = terms
            .into_iter()
            .enumerate()
            .map(|(k, term)| (term, if k == 0 { 1.0 } else { second }))
            .collect();
        let name = fields.string("name")?.value;
        Some(Recorded { observable: self.total(name, &weighed)?, unit, name: None })
    }

    /// The terms of a sum, all of one dimension; the unit is that of the first.
    fn terms(&self, list: &[Node]) -> Option<(Vec<Observable>, Unit)> {
        let mut unit: Option<Unit> = None;
        let mut terms = Vec::new();
        for node in list {
            let Value::String(name) = &node.value else {
                let message =
                    format!("a term is the name of something to record, this is {}", node.value.kind());
                self.problems.add(node.place.problem(message));
                return None;
            };
            let (observable, own) = self.observable(name, &node.place)?;
            let first = unit.get_or_insert_with(|| own.clone());
            if first.dimension() != own.dimension() {
                let message =
                    format!("`{name}` is {}, but the first term is {}", own.dimension(), first.dimension());
                let help = "only things of one kind can be added or compared";
                self.problems.add(node.place.problem(message).help(help));
                return None;
            }
            terms.push(observable);
        }
        Some((terms, unit?))
    }

    /// A weighted sum as something to record: a chain of signals that the model's own equations do not see.
    pub(super) fn total(&mut self, name: &str, terms: &[(Observable, f64)]) -> Option<Observable> {
        let mut terms = terms.iter().copied();
        let (mut total, mut weight) = terms.next()?;
        for (number, (term, its_weight)) in terms.enumerate() {
            let signals = &mut self.model.network.signals;
            signals.push(Signal {
                name: format!("{name}, sum {}", number + 1),
                law: &sum::LAW,
                values: vec![weight, its_weight],
                senses: vec![total, term],
                acts: None,
                unit: "1".to_owned(),
            });
            (total, weight) = (Observable::Signal(SignalId(signals.len() - 1)), 1.0);
        }
        Some(total)
    }

    /// The unit of a flow over `area`, and what a canonical flow is multiplied by to be a canonical velocity.
    pub(super) fn velocity(&mut self, fields: &Fields<'_>, flow: &Unit, name: &str) -> Option<(Unit, f64)> {
        let Placed { value: area, place } = fields.stated("area", Some(Dimension::AREA))?;
        if flow.dimension() != Dimension::FLOW {
            let message = format!("only a flow is divided by an `area`, and this is {}", flow.dimension());
            self.problems.add(place.problem(message));
            return None;
        }
        if area.value <= 0.0 {
            self.problems.add(place.problem("an `area` is more than zero"));
            return None;
        }
        for key in area.sources.iter().filter(|key| self.model.sources.get(key).is_none()) {
            let near = self.model.sources.nearest(key).map(|near| format!("did you mean `{near}`? "));
            let help = format!("{}sources stand in `sources.bib`", near.unwrap_or_default());
            self.problems.add(place.problem(format!("there is no source `{key}`")).help(help));
        }
        self.notes.push(format!("`{name}` is a flow over an area of {}", in_words(&area)));
        // 1 mL is 1000 mm^3, so that 1 mL/s through 1 mm^2 is 1000 mm/s.
        Some((Unit::canonical(Dimension::VELOCITY), 1000.0 / area.value))
    }
}

/// "20 mm^2 (measured rutgers2000)".
fn in_words(stated: &Stated) -> String {
    let ground = match (&stated.sources[..], &stated.note) {
        ([], None) => stated.basis.to_string(),
        ([], Some(note)) => format!("{}: {note}", stated.basis),
        (keys, _) => format!("{} {}", stated.basis, keys.join(", ")),
    };
    format!("{} ({ground})", stated.unit.show(stated.value))
}
