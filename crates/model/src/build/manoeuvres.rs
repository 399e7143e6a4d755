//! Manoeuvres: what is done to the body by one name.

use cisterna_fluid::{Address, How, Parameter};
use cisterna_quantity::{Dimension, Quantity, Stated};

use super::dimension_of;
use super::draft::Draft;
use crate::document::{Fields, Place, Placed, Table, Value};
use crate::manoeuvre::{Amount, Change, Goal, Manoeuvre, Moment};
use crate::structure::{CHANGE_GOALS, CHANGE_KEY, CHANGE_TIMES, MANOEUVRE, MANOEUVRE_KEYS};

/// What the changes of a manoeuvre have in common.
struct Whole<'a> {
    name: &'a str,
    amount: Option<Dimension>,
    ramp: f64,
}

impl<'a> Draft<'a> {
    /// Reads the manoeuvres, once every parameter is known.
    pub fn manoeuvres(&mut self) -> Vec<Manoeuvre> {
        let items: Vec<_> = self.items("manoeuvre").collect();
        items.into_iter().map(|(name, table)| self.manoeuvre(name, table)).collect()
    }

    fn manoeuvre(&mut self, name: &'a str, table: &'a Table) -> Manoeuvre {
        self.check_name(name, &table.place);
        let fields = self.fields("manoeuvre", name, table);
        fields.required(&["summary", "change"]);
        let summary = fields.string("summary").map_or("", |text| text.value.trim()).to_owned();
        let (kind, amount) = self.amount(&fields, name);
        let [length, ramp] = [&MANOEUVRE[1], &MANOEUVRE[2]].map(|time| {
            self.stated(&fields, time, time.dimension, format!("manoeuvre.{name}.{}", time.name))
        });
        let whole = Whole { name, amount: kind, ramp: ramp.unwrap_or(0.0) };
        let tables = fields.tables("change");
        let changes: Vec<Change> = tables
            .into_iter()
            .enumerate()
            .filter_map(|(index, table)| self.change(&whole, index + 1, table))
            .collect();
        let values = MANOEUVRE.iter().map(|value| value.name);
        fields.finish(MANOEUVRE_KEYS.iter().map(|key| key.name).chain(values));
        Manoeuvre { name: name.to_owned(), summary, amount, length, changes }
    }

    /// `amount = "40 mmHg | 30 .. 50 | measured KEY"` with `within = ["0 mmHg", "100 mmHg"]`.
    ///
    /// The kind of quantity is known even where the amount is wrong, so that the changes can be judged.
    fn amount(&mut self, fields: &Fields<'a>, name: &str) -> (Option<Dimension>, Option<Amount>) {
        let within = fields.strings("within");
        if !fields.has("amount") {
            if let Some(first) = within.first() {
                self.problems.add(first.place.problem("`within` bounds an `amount`, and there is none"));
            }
            return (None, None);
        }
        let Some(mut stated) = fields.stated("amount", None) else { return (None, None) };
        let dimension = stated.value.dimension();
        let entered = self.stated(fields, &MANOEUVRE[0], Some(dimension), format!("manoeuvre.{name}.amount"));
        stated.value.value = entered.unwrap_or(stated.value.value);
        (Some(dimension), self.bounded(fields, &within, stated.value))
    }

    /// An amount with the least and the most that are allowed.
    fn bounded(&self, fields: &Fields<'a>, within: &[Placed<&str>], stated: Stated) -> Option<Amount> {
        let Stated { value: usual, unit, .. } = stated;
        let dimension = unit.dimension();
        let ends: Vec<f64> = within
            .iter()
            .filter_map(|end| match Quantity::parse(end.value, dimension) {
                Ok(value) => Some(value),
                Err(error) => {
                    let help = error.help.unwrap_or_default();
                    self.problems.add(end.place.problem(error.message).help(help));
                    None
                }
            })
            .collect();
        match (ends.as_slice(), within.len()) {
            (&[least, most], 2) if least <= usual && usual <= most => {
                return Some(Amount { usual, least, most, unit });
            }
            (&[_, _], 2) => {
                let message = format!("the usual amount of {} does not lie `within`", unit.show(usual));
                self.problems.add(fields.place().problem(message));
            }
            (_, 2) => {}
            _ => {
                let message = "an `amount` needs the least and the most that a scenario may ask for";
                let help = "write `within = [\"LEAST\", \"MOST\"]`, each with its unit";
                self.problems.add(fields.place().problem(message).help(help));
            }
        }
        None
    }

    fn change(&mut self, whole: &Whole<'_>, number: usize, table: &'a Table) -> Option<Change> {
        let fields = self.fields("change of manoeuvre", whole.name, table);
        fields.required(&["parameter"]);
        let target = fields.string("parameter").and_then(|name| self.changeable(name.value, &name.place));
        let [at, after, length, over, back] = [0, 1, 2, 3, 4].map(|index| {
            let time: &'static Parameter = &CHANGE_TIMES[index];
            let name = format!("manoeuvre.{}.{number}.{}", whole.name, time.name);
            self.stated(&fields, time, time.dimension, name)
        });
        let moment = match (at, after) {
            (Some(_), Some(_)) => {
                let message = "a change begins `at` or `after`, this one has both";
                self.problems.add(fields.place().problem(message));
                return None;
            }
            (_, Some(after)) => Moment::After(after),
            (at, None) => Moment::At(at.unwrap_or(0.0)),
        };
        if matches!(moment, Moment::After(_)) && length.is_none() {
            let message = "what begins `after` the manoeuvre needs a `for` of its own";
            self.problems.add(fields.place().problem(message));
        }
        let goal = target.and_then(|target| self.goal(&fields, whole, number, target));
        let goals = CHANGE_GOALS.iter().map(|goal| goal.name);
        fields.finish(CHANGE_KEY.iter().map(|key| key.name).chain(goals));
        let over = over.unwrap_or(whole.ramp);
        Some(Change { address: target?, moment, length, over, back: back.unwrap_or(over), goal: goal? })
    }

    /// A parameter that a manoeuvre may change: one that no signal sets.
    fn changeable(&self, name: &str, place: &Place) -> Option<Address> {
        let address = match self.names().address(name) {
            Ok((address, _)) => address,
            Err(error) => {
                self.problems.add(error.at(place));
                return None;
            }
        };
        let sets = |action: cisterna_fluid::Action| action.how == How::Set && action.target == address;
        if let Some(signal) = self.network.signals.iter().find(|signal| signal.acts.is_some_and(sets)) {
            let message = format!("`{name}` has a writer already: the signal `{}` sets it", signal.name);
            self.problems.add(place.problem(message).help("one parameter has one writer"));
            return None;
        }
        Some(address)
    }

    /// One of `to`, `by`, `add` and `scale`.
    fn goal(
        &mut self,
        fields: &Fields<'a>,
        whole: &Whole<'_>,
        number: usize,
        address: Address,
    ) -> Option<Goal> {
        let given: Vec<&'static Parameter> =
            CHANGE_GOALS.iter().filter(|goal| fields.has(goal.name)).collect();
        let [goal] = given.as_slice() else {
            let message = "a change goes one way";
            self.problems.add(fields.place().problem(message).help("give one of: to, by, add, scale"));
            return None;
        };
        let dimension = dimension_of(&self.network, &self.evidence, address);
        let name = format!("manoeuvre.{}.{number}.{}", whole.name, goal.name);
        let times = |kind: Dimension| whole.amount.map_or(kind, |amount| kind.per(amount));
        match goal.name {
            "to" => {
                if let Some(Value::String(text)) = fields.node("to").map(|node| &node.value)
                    && text == "amount"
                {
                    return self.whole_amount(fields, whole, dimension);
                }
                let value = self.stated(fields, goal, dimension, name)?;
                self.within_bounds(fields, address, value).then_some(Goal::To(value))
            }
            "by" => self.stated(fields, goal, dimension, name).map(Goal::By),
            "add" => self.stated(fields, goal, dimension.map(times), name).map(Goal::Add),
            _ => self.stated(fields, goal, Some(times(Dimension::NUMBER)), name).map(Goal::Scale),
        }
    }

    /// `to = "amount"`: both are of one kind.
    fn whole_amount(
        &self,
        fields: &Fields<'a>,
        whole: &Whole<'_>,
        dimension: Option<Dimension>,
    ) -> Option<Goal> {
        match (whole.amount, dimension) {
            (Some(amount), Some(dimension)) if amount != dimension => {
                let message = format!("the amount is {amount}, the parameter {dimension}");
                self.problems.add(fields.place().problem(message).help("use `add` or `scale`"));
            }
            (Some(_), _) => return Some(Goal::Amount),
            (None, _) => {
                let message = "this manoeuvre has no `amount` that the parameter could go to";
                self.problems.add(fields.place().problem(message));
            }
        }
        None
    }

    fn within_bounds(&self, fields: &Fields<'a>, address: Address, value: f64) -> bool {
        let parameters = self.network.parameters(address.owner);
        let Some(parameter) = parameters.get(address.parameter) else { return false };
        let allowed = parameter.bounds.allow(value);
        if !allowed {
            let owner = self.network.name(address.owner);
            let message = format!("`{owner}.{}` cannot go there", parameter.name);
            self.problems
                .add(fields.place().problem(message).help(format!("allowed: {}", parameter.bounds.words())));
        }
        allowed
    }
}
