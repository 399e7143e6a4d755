//! All rows of a validation, counted.

use cisterna_experiment::Verdict;
use serde_json::{Value, json};

use crate::row::Row;

/// All rows of a validation, counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// The rows, in the order of the documents' names and of their measures.
    pub rows: Vec<Row>,
    /// How many are within their published range.
    pub in_range: usize,
    /// How many there are.
    pub total: usize,
}

impl Report {
    pub(crate) fn new(rows: Vec<Row>) -> Self {
        let in_range = rows.iter().filter(|row| row.verdict == Verdict::InRange).count();
        Self { in_range, total: rows.len(), rows }
    }

    /// The misses that no document gives a reason for.
    pub fn unlisted_misses(&self) -> Vec<&Row> {
        self.rows.iter().filter(|row| row.verdict == Verdict::Miss).collect()
    }

    /// `{"rows": [{"id", "quantity", "unit", "published", "low", "high", "simulated", "verdict": "in range" |
    /// "known miss" | "miss", "kind": "measured" | "yes or no" | "regression", "source", "note", "document",
    /// "reason"}], "in_range": n, "total": n}`
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({
            "rows": self.rows.iter().map(Row::to_json).collect::<Vec<_>>(),
            "in_range": self.in_range,
            "total": self.total,
        })
    }
}
