//! Restrictions: conditions that are a matter of degree, as far as their numbers are.

use cisterna_model::document::{Collector, Table, Value, allowed, parse};
use cisterna_model::{Library, Model, Problem, Problems};
use cisterna_quantity::{Dimension, Stated, exact_number};

use crate::technique::Technique;

/// A condition of the subject with how much of it there is.
#[derive(Clone, Debug, PartialEq)]
pub struct Restriction {
    /// Its name.
    pub name: String,
    /// What it is.
    pub summary: String,
    /// The numbers that it changes; none where it is not a matter of degree, as a fused suture.
    numbers: Vec<Number>,
    /// What let go of it, oldest first.
    freed: Vec<Freed>,
}

/// A number of the model, healthy and restricted.
#[derive(Clone, Debug, PartialEq)]
struct Number {
    section: String,
    item: String,
    key: String,
    /// In the unit of the document.
    healthy: f64,
    restricted: f64,
    unit: String,
}

/// A share of a restriction that was freed, and how it comes back.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Freed {
    share: f64,
    /// When, s of the session.
    at: f64,
    /// With which time constant it comes back, s.
    fall: f64,
}

impl Restriction {
    /// The condition called `name` on a subject.
    ///
    /// # Errors
    /// Where the library has no such condition, with the nearest one.
    pub fn of(name: &str, library: &Library, healthy: &Model) -> Result<Self, Problems> {
        let Some(text) = library.condition(name) else {
            let known = cisterna_model::list_conditions();
            let help = allowed(name, known.iter().map(|(name, _)| name.as_str()));
            return Err(Problem::of_file(name, "there is no such condition").help(help).into());
        };
        let problems = Collector::new();
        let table = parse(&text, &problems);
        let summary = match table.entries.get("summary").map(|node| &node.value) {
            Some(Value::String(summary)) => summary.clone(),
            _ => String::new(),
        };
        let numbers = numbers(&table, healthy).unwrap_or_default();
        Ok(Restriction { name: name.to_owned(), summary, numbers, freed: Vec::new() })
    }

    /// Whether there may be more or less of it.
    #[must_use]
    pub fn is_gradual(&self) -> bool {
        !self.numbers.is_empty()
    }

    /// Whether it is one of muscles, which signals hold.
    #[must_use]
    pub fn is_of_muscle(&self) -> bool {
        self.is_gradual() && self.numbers.iter().all(|number| number.section == "signal")
    }

    /// Whether a technique is taught to free what it lies in.
    #[must_use]
    pub fn answers_to(&self, technique: &Technique) -> bool {
        self.items().any(|item| technique.frees.iter().any(|name| name == item))
    }

    /// The joints, membranes or signals that it lies in.
    pub fn items(&self) -> impl Iterator<Item = &str> {
        self.numbers.iter().map(|number| number.item.as_str())
    }

    /// How much of it is there at a time of the session, s: one as its document says, nought where it is gone.
    #[must_use]
    pub fn degree(&self, time: f64) -> f64 {
        self.freed.iter().map(|freed| 1.0 - freed.share * (-(time - freed.at) / freed.fall).exp()).product()
    }

    /// A share of what is there is freed at a time, s, and comes back with a time constant, s.
    pub fn free(&mut self, share: f64, at: f64, fall: f64) {
        if share > 0.0 && self.is_gradual() {
            self.freed.push(Freed { share: share.min(1.0), at, fall });
        }
    }

    /// Its tables for a model document, at a degree.
    #[must_use]
    pub(crate) fn document(&self, degree: f64) -> String {
        let mut text = format!("\n# What is left of the condition `{}`.\n", self.name);
        let mut before = "";
        for number in &self.numbers {
            if number.item != before {
                text += &format!("[{}.{}]\n", number.section, number.item);
                before = &number.item;
            }
            let value = exact_number(number.healthy + degree * (number.restricted - number.healthy));
            let unit = &number.unit;
            let degree = exact_number(degree);
            text += &format!(
                "{} = \"{value} {unit} || hypothesis: {degree} of the condition, as a law of release leaves it\"\n",
                number.key
            );
        }
        text
    }
}

/// The numbers that a condition changes; none where it changes more than numbers of what is there.
fn numbers(table: &Table, healthy: &Model) -> Option<Vec<Number>> {
    let mut numbers = Vec::new();
    for (section, node) in &table.entries {
        let Value::Table(items) = &node.value else { continue };
        for (item, node) in &items.entries {
            let Value::Table(values) = &node.value else { return None };
            for (key, node) in &values.entries {
                let Value::String(text) = &node.value else { return None };
                let restricted = read(text)?;
                let name = format!("{item}.{key}");
                let known = healthy.evidence().iter().find(|entry| entry.name == name);
                let own = match known {
                    Some(entry) => restricted.unit.from_canonical(entry.value),
                    // What a joint has where no document says so.
                    None if section == "joint" && key == "stiffer" => 1.0,
                    None if section == "joint" => 0.0,
                    None => return None,
                };
                numbers.push(Number {
                    section: section.clone(),
                    item: item.clone(),
                    key: key.clone(),
                    healthy: own,
                    restricted: restricted.unit.from_canonical(restricted.value),
                    unit: restricted.unit.text().to_owned(),
                });
            }
        }
    }
    Some(numbers)
}

fn read(text: &str) -> Option<Stated> {
    let quantity = cisterna_quantity::Quantity::parse_any(text.split('|').next()?).ok()?;
    let dimension: Dimension = quantity.dimension;
    Stated::parse(text, dimension).ok()
}
