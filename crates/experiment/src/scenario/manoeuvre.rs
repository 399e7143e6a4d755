//! Manoeuvres of the model, done by a scenario.

use cisterna_fluid::Bounds;
use cisterna_model::document::{Fields, Place};
use cisterna_model::{Amount, Change, Manoeuvre, Moment};
use cisterna_quantity::{Dimension, Quantity};

use super::reader::Reader;
use super::timeline::{Planned, Wanted};
use super::types::{Effect, Event};

/// The keys of an event that does a manoeuvre, besides `at`.
pub(super) const KEYS: [&str; 4] = ["do", "amount", "for", "label"];

impl Reader<'_> {
    /// `do = "valsalva", amount = "30 mmHg", for = "12 s"`.
    pub(super) fn manoeuvre(&mut self, fields: &Fields<'_>, start: f64) {
        let length = self.bounded(fields, "for", Dimension::TIME, Bounds::Positive);
        for key in ["over", "until"].into_iter().filter(|key| fields.has(key)) {
            let message = format!("a manoeuvre has its own ramps and no `{key}`");
            let help = "say how long it lasts with `for`";
            self.problems.add(fields.place().problem(message).help(help));
        }
        if let Some(length) = length.as_ref().filter(|length| start + length.value > self.duration) {
            let message = format!(
                "late: this ends at {} s, the run is over at {} s",
                start + length.value,
                self.duration
            );
            self.problems.add(length.place.problem(message).help("an event ends within `duration`"));
            return;
        }
        let Some(name) = fields.string("do") else { return };
        let manoeuvre = match self.model.manoeuvre(name.value) {
            Ok(found) => found.clone(),
            Err(error) => return self.problems.add(error.at(&name.place)),
        };
        let Some(amount) = self.amount(fields, &manoeuvre) else { return };
        let length = length.map(|length| length.value).or(manoeuvre.length);
        let words = match &manoeuvre.amount {
            Some(known) => format!("{}, {}", name.value.replace('_', " "), known.unit.show(amount)),
            None => name.value.replace('_', " "),
        };
        let label = fields.string("label").map_or(words, |label| label.value.to_owned());
        for change in &manoeuvre.changes {
            self.part(change, &manoeuvre, amount, (start, length), fields.place());
        }
        let end = length.map_or(self.duration, |length| (start + length).min(self.duration));
        let effect = Effect::Manoeuvre { name: manoeuvre.name };
        self.timeline.mark(Event { label: Some(label), start, end, effect });
    }

    /// The amount that the scenario asks for, or the usual one; 1 for a manoeuvre without an amount.
    fn amount(&self, fields: &Fields<'_>, manoeuvre: &Manoeuvre) -> Option<f64> {
        let Some(Amount { usual, least, most, unit }) = &manoeuvre.amount else {
            if let Some(node) = fields.node("amount") {
                let message = format!("`{}` has no amount: it is always the same", manoeuvre.name);
                self.problems.add(node.place.problem(message));
                return None;
            }
            return Some(1.0);
        };
        if !fields.has("amount") {
            return Some(*usual);
        }
        let given = fields.parsed("amount", |text| Quantity::parse(text, unit.dimension()))?;
        if (*least..=*most).contains(&given.value) {
            return Some(given.value);
        }
        let message = format!("`{}` of {} is more than can be done", manoeuvre.name, unit.show(given.value));
        let help = format!("allowed: {} to {}", unit.show(*least), unit.show(*most));
        self.problems.add(given.place.problem(message).help(help));
        None
    }

    /// One change of a manoeuvre that begins at `start` and lasts `length`.
    fn part(
        &mut self,
        change: &Change,
        whole: &Manoeuvre,
        amount: f64,
        (start, length): (f64, Option<f64>),
        place: &Place,
    ) {
        let end = length.map(|length| start + length);
        let begins = match (change.moment, end) {
            (Moment::At(at), _) => start + at,
            (Moment::After(after), Some(end)) => end + after,
            (Moment::After(_), None) => return,
        };
        let until = change.length.map(|length| begins + length).or(end);
        if let Some(until) = until.filter(|until| begins + change.over > *until) {
            let message = format!("`{}` is over before it is there: it ends at {until} s", whole.name);
            let help = format!("its changes take until {} s; give it a longer `for`", begins + change.over);
            return self.problems.add(place.problem(message).help(help));
        }
        if begins >= self.duration {
            return;
        }
        let wanted = Wanted::Parameter { address: change.address, goal: change.goal, amount };
        self.timeline.add(Planned {
            label: None,
            place: place.clone(),
            wanted,
            start: begins,
            over: change.over,
            until,
            back: change.back,
        });
    }
}
