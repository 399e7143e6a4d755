//! Reading the document of values.

use std::cell::RefCell;
use std::collections::HashSet;

use cisterna_quantity::{Dimension, Quantity, Stated};

use crate::error::TouchError;
use crate::values::Value;

/// Takes stated values out of a document and keeps them all.
pub struct Reader {
    document: toml::Table,
    pub taken: RefCell<Vec<Value>>,
}

impl Reader {
    pub fn new(text: &str) -> Result<Self, TouchError> {
        let document =
            text.parse().map_err(|error: toml::de::Error| TouchError::Values(error.to_string()))?;
        Ok(Self { document, taken: RefCell::default() })
    }

    /// The value called `table.key`, in the canonical unit of `dimension`.
    pub fn take(&self, table: &str, key: &str, dimension: Dimension) -> Result<f64, TouchError> {
        let name = format!("{table}.{key}");
        let text = self.table(table)?.get(key).and_then(toml::Value::as_str);
        let text = text.ok_or_else(|| TouchError::Values(format!("`{name}` is missing, or no text")))?;
        self.keep(name, text, dimension)
    }

    /// Pairs of a frequency (Hz) and a stated length (mm) under `table.key`, in order of frequency.
    pub fn points(&self, table: &str, key: &str) -> Result<Vec<(f64, f64)>, TouchError> {
        let wrong = |message: String| TouchError::Values(format!("`{table}.{key}`: {message}"));
        let entries = self.table(table)?.get(key).and_then(toml::Value::as_table);
        let entries = entries.ok_or_else(|| wrong("is no table".to_owned()))?;
        let mut points = Vec::new();
        for (frequency, line) in entries {
            let text = line.as_str().ok_or_else(|| wrong(format!("`{frequency}` is no text")))?;
            let at =
                Quantity::parse(frequency, Dimension::FREQUENCY).map_err(|error| wrong(error.message))?;
            points.push((at, self.keep(format!("{table}.{key}.{frequency}"), text, Dimension::LENGTH)?));
        }
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        if points.len() < 2 {
            return Err(wrong("needs two points or more".to_owned()));
        }
        Ok(points)
    }

    /// Complains of the first key that nobody took.
    pub fn finish(self) -> Result<Vec<Value>, TouchError> {
        let taken = self.taken.into_inner();
        let known: HashSet<&str> = taken.iter().map(|value| value.name.as_str()).collect();
        for (table, entries) in self.document.iter() {
            for (key, entry) in entries.as_table().into_iter().flatten() {
                if !entry.is_table() && !known.contains(format!("{table}.{key}").as_str()) {
                    return Err(TouchError::Values(format!("`{table}.{key}` is no value of touch")));
                }
            }
        }
        Ok(taken)
    }

    fn table(&self, name: &str) -> Result<&toml::Table, TouchError> {
        let found = self.document.get(name).and_then(toml::Value::as_table);
        found.ok_or_else(|| TouchError::Values(format!("the table `{name}` is missing")))
    }

    fn keep(&self, name: String, text: &str, dimension: Dimension) -> Result<f64, TouchError> {
        let stated = Stated::parse(text, dimension)
            .map_err(|error| TouchError::Values(format!("`{name}`: {}", error.message)))?;
        let value = stated.value;
        self.taken.borrow_mut().push(Value { name, stated });
        Ok(value)
    }
}
