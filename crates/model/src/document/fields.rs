//! Typed values out of a table.

use std::cell::RefCell;
use std::collections::HashSet;

use cisterna_quantity::{Dimension, ParseError, Quantity, Stated};

use super::collector::Collector;
use super::place::Place;
use super::table::{Node, Table, Value};

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

/// Takes typed values out of a table and remembers which keys were asked for.
///
/// Every accessor gives none both where the key is missing and where its value is wrong; the wrong ones are in
/// the collector. [`Fields::required`] complains of missing ones, [`Fields::finish`] of keys nobody asked for.
pub struct Fields<'a> {
    table: &'a Table,
    what: String,
    problems: &'a Collector,
    asked: RefCell<HashSet<String>>,
}

impl<'a> Fields<'a> {
    /// The fields of a table that people know as `what`, for example "passage `aqueduct`".
    #[must_use]
    pub fn of(table: &'a Table, what: impl Into<String>, problems: &'a Collector) -> Self {
        Self { table, what: what.into(), problems, asked: RefCell::default() }
    }

    /// Where the table stands.
    #[must_use]
    pub fn place(&self) -> &'a Place {
        &self.table.place
    }

    /// Whether the table has the key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.table.entries.contains_key(key)
    }

    /// The value of a key as it stands.
    #[must_use]
    pub fn node(&self, key: &str) -> Option<&'a Node> {
        self.asked.borrow_mut().insert(key.to_owned());
        self.table.entries.get(key)
    }

    /// Complains of all keys among `keys` that the table lacks.
    pub fn required(&self, keys: &[&str]) {
        let missing: Vec<String> =
            keys.iter().filter(|key| !self.has(key)).map(|key| format!("`{key}`")).collect();
        if !missing.is_empty() {
            self.problems.add(self.place().problem(format!("{} lacks {}", self.what, missing.join(", "))));
        }
    }

    fn typed<T>(&self, key: &str, wanted: &str, read: impl Fn(&'a Value) -> Option<T>) -> Option<Placed<T>> {
        let node = self.node(key)?;
        let found = read(&node.value);
        if found.is_none() {
            let message = format!("`{key}` is {}, not {wanted}", node.value.kind());
            self.problems.add(node.place.problem(message));
        }
        found.map(|value| Placed { value, place: inner_place(node) })
    }

    /// A string.
    #[must_use]
    pub fn string(&self, key: &str) -> Option<Placed<&'a str>> {
        self.typed(key, "a string", |value| match value {
            Value::String(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// A whole number.
    #[must_use]
    pub fn integer(&self, key: &str) -> Option<Placed<i64>> {
        self.typed(key, "a whole number", |value| match value {
            Value::Integer(integer) => Some(*integer),
            _ => None,
        })
    }

    /// A plain number.
    #[must_use]
    pub fn number(&self, key: &str) -> Option<Placed<f64>> {
        self.typed(key, "a number", |value| match value {
            Value::Integer(integer) => Some(*integer as f64),
            Value::Number(number) => Some(*number),
            _ => None,
        })
    }

    /// True or false.
    #[must_use]
    pub fn boolean(&self, key: &str) -> Option<Placed<bool>> {
        self.typed(key, "true or false", |value| match value {
            Value::Boolean(boolean) => Some(*boolean),
            _ => None,
        })
    }

    /// A table.
    #[must_use]
    pub fn table(&self, key: &str) -> Option<&'a Table> {
        let node = self.node(key)?;
        match &node.value {
            Value::Table(table) => Some(table),
            other => {
                let message = format!("`{key}` is {}, not a table", other.kind());
                self.problems.add(node.place.problem(message).help(format!("write it under `[{key}]`")));
                None
            }
        }
    }

    /// A list of anything.
    #[must_use]
    pub fn list(&self, key: &str) -> Option<&'a [Node]> {
        self.typed(key, "a list", |value| match value {
            Value::List(list) => Some(list.as_slice()),
            _ => None,
        })
        .map(|list| list.value)
    }

    /// A list of tables, as `[[key]]` makes it; empty where the key is missing.
    #[must_use]
    pub fn tables(&self, key: &str) -> Vec<&'a Table> {
        let Some(list) = self.list(key) else { return Vec::new() };
        let tables = list.iter().filter_map(|node| match &node.value {
            Value::Table(table) => Some(table),
            other => {
                self.problems.add(node.place.problem(format!("this is {}, not a table", other.kind())));
                None
            }
        });
        tables.collect()
    }

    /// A string or a list of strings; empty where the key is missing.
    #[must_use]
    pub fn strings(&self, key: &str) -> Vec<Placed<&'a str>> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let nodes = match &node.value {
            Value::List(list) => list.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let strings = nodes.iter().filter_map(|node| match &node.value {
            Value::String(text) => Some(Placed { value: text.as_str(), place: inner_place(node) }),
            other => {
                let message = format!("`{key}` holds {}, not a string", other.kind());
                self.problems.add(node.place.problem(message));
                None
            }
        });
        strings.collect()
    }

    /// A quantity such as `"10 mmHg"`, in the canonical unit of `dimension`.
    #[must_use]
    pub fn quantity(&self, key: &str, dimension: Dimension) -> Option<Placed<f64>> {
        self.parsed(key, |text| Quantity::parse(text, dimension))
    }

    /// A quantity of any dimension, in the canonical unit of its dimension.
    #[must_use]
    pub fn any_quantity(&self, key: &str) -> Option<Placed<Quantity>> {
        self.parsed(key, Quantity::parse_any)
    }

    /// A value with its range, basis and sources; of any dimension where none is given.
    #[must_use]
    pub fn stated(&self, key: &str, dimension: Option<Dimension>) -> Option<Placed<Stated>> {
        self.parsed(key, |text| {
            let dimension = match dimension {
                Some(dimension) => dimension,
                None => Quantity::parse_any(text.split('|').next().unwrap_or_default())?.dimension,
            };
            Stated::parse(text, dimension)
        })
    }

    /// A string that `read` understands.
    pub fn parsed<T>(&self, key: &str, read: impl Fn(&str) -> Result<T, ParseError>) -> Option<Placed<T>> {
        let node = self.node(key)?;
        let Value::String(text) = &node.value else {
            let message = format!("`{key}` is {}, not a string with a unit", node.value.kind());
            self.problems.add(node.place.problem(message).help("write it in quotes, as in `\"10 mmHg\"`"));
            return None;
        };
        let place = inner_place(node);
        match read(text) {
            Ok(value) => Some(Placed { value, place }),
            Err(error) => {
                let exact = place.source() == text;
                let place = if exact { place.part(error.span) } else { place };
                self.problems.add(place.problem(error.message).help(error.help.unwrap_or_default()));
                None
            }
        }
    }

    /// Complains of every key that nobody asked for; `also` are valid keys that were not asked for either.
    pub fn finish<'b>(self, also: impl IntoIterator<Item = &'b str>) {
        let mut asked = self.asked.into_inner();
        asked.extend(also.into_iter().map(str::to_owned));
        let mut valid: Option<Vec<&str>> = None;
        for (key, node) in &self.table.entries {
            if !asked.contains(key) && !self.problems.is_full() {
                let valid = valid.get_or_insert_with(|| {
                    let mut keys: Vec<&str> = asked.iter().map(String::as_str).collect();
                    keys.sort_unstable();
                    keys
                });
                let what = format!("key of {}", self.what);
                self.problems.unknown(&node.key, &what, key, valid.iter().copied());
            }
        }
    }
}

/// Where the content of a string stands, without its quotes; any other value as it stands.
fn inner_place(node: &Node) -> Place {
    let source = node.place.source();
    match &node.value {
        Value::String(text) if source.len() == text.len() + 2 => node.place.part(1..text.len() + 1),
        _ => node.place.clone(),
    }
}
