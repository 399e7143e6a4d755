//! From text to a tree of values.

use std::sync::Arc;

use indexmap::IndexMap;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::collector::Collector;
use super::place::Place;
use super::problem::Problem;
use super::table::{Node, Table, Value};
use super::text::Text;

/// The longest document that is read, bytes.
const LONGEST: usize = 4 << 20;

/// Reads a TOML text as far as it can be read; what cannot is added to the problems.
#[must_use]
pub fn parse(text: &Arc<Text>, problems: &Collector) -> Table {
    let whole = Place::new(text, 0..0);
    if text.content().len() > LONGEST {
        problems.add(Problem::of_file(text.name(), "a document may be 4 MiB long, this one is longer"));
        return Table::empty(whole);
    }
    let (root, errors) = DeTable::parse_recoverable(text.content());
    let end = text.content().len();
    for error in &errors {
        let span = error.span().unwrap_or(end..end);
        problems.add(Place::new(text, span).problem(error.message()));
    }
    table(text, root.get_ref(), whole, problems)
}

fn table(text: &Arc<Text>, source: &DeTable<'_>, place: Place, problems: &Collector) -> Table {
    let mut entries: Vec<(&Spanned<DeString<'_>>, &Spanned<DeValue<'_>>)> = source.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    let entries: IndexMap<String, Node> = entries
        .into_iter()
        // A value that could not be read stands nowhere; its syntax error has been told.
        .filter(|(_, value)| matches!(value.get_ref(), DeValue::Table(_)) || !value.span().is_empty())
        .map(|(key, value)| {
            let key_place = Place::new(text, key.span());
            (key.get_ref().to_string(), node(text, value, Some(key_place), problems))
        })
        .collect();
    Table { entries, place }
}

fn node(text: &Arc<Text>, source: &Spanned<DeValue<'_>>, key: Option<Place>, problems: &Collector) -> Node {
    let place = Place::new(text, source.span());
    let key = key.unwrap_or_else(|| place.clone());
    let value = match source.get_ref() {
        DeValue::String(string) => Value::String(string.to_string()),
        DeValue::Integer(integer) => {
            match i64::from_str_radix(&integer.as_str().replace('_', ""), integer.radix()) {
                Ok(integer) => Value::Integer(integer),
                Err(_) => {
                    problems.add(place.problem("the whole number is too large"));
                    Value::Integer(0)
                }
            }
        }
        DeValue::Float(float) => match float.as_str().replace('_', "").parse::<f64>() {
            Ok(number) if number.is_finite() => Value::Number(number),
            _ => {
                problems.add(place.problem("a number must be finite"));
                Value::Number(0.0)
            }
        },
        DeValue::Boolean(boolean) => Value::Boolean(*boolean),
        DeValue::Datetime(_) => Value::Date,
        DeValue::Array(list) => {
            Value::List(list.iter().map(|item| node(text, item, None, problems)).collect())
        }
        // A table's own span covers its header only or all of its lines; its key is what people look for.
        DeValue::Table(inner) => Value::Table(table(text, inner, key.clone(), problems)),
    };
    Node { key, value, place }
}
