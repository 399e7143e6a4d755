//! A document as a tree of values with their places.

use indexmap::IndexMap;

use super::place::Place;

/// A table; the order is that of the document.
#[derive(Clone, Debug)]
pub struct Table {
    /// The entries by key.
    pub entries: IndexMap<String, Node>,
    /// Where the table stands.
    pub place: Place,
}

/// A value with the places of its key and of itself.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where its key stands; in a list, the value itself.
    pub key: Place,
    /// The value.
    pub value: Value,
    /// Where it stands.
    pub place: Place,
}

impl Node {
    /// The three numbers of a list of three, a point or a direction; none for anything else.
    #[must_use]
    pub fn triple(nodes: &[Node]) -> Option<[f64; 3]> {
        let number = |node: &Node| match node.value {
            Value::Integer(number) => Some(number as f64),
            Value::Number(number) => Some(number),
            _ => None,
        };
        nodes.iter().map(number).collect::<Option<Vec<f64>>>()?.try_into().ok()
    }
}

/// What may stand in a document.
#[derive(Clone, Debug)]
pub enum Value {
    /// A string.
    String(String),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction or an exponent, always finite.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Table),
    /// A date or a time.
    Date,
}

impl Value {
    /// What it is, in words.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::String(_) => "a string",
            Self::Integer(_) => "a whole number",
            Self::Number(_) => "a number",
            Self::Boolean(_) => "true or false",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Date => "a date",
        }
    }
}

impl Table {
    /// An empty table that stands at `place`.
    #[must_use]
    pub fn empty(place: Place) -> Self {
        Self { entries: IndexMap::new(), place }
    }

    /// Lays `over` on this table: tables of the same key are joined, all else is replaced.
    pub fn overlay(&mut self, over: Table) {
        for (key, node) in over.entries {
            match (self.entries.get_mut(&key), node) {
                (Some(Node { value: Value::Table(below), .. }), Node { value: Value::Table(above), .. }) => {
                    below.overlay(above)
                }
                (_, node) => {
                    self.entries.insert(key, node);
                }
            }
        }
    }
}
