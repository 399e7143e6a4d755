//! One published value beside what the model says.

use cisterna_experiment::{Kind, Measure, Outcome, Published, Verdict};
use serde_json::{Value, json};

/// One published value beside what the model says; all numbers are in `unit`.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its name, unique among all documents.
    pub id: String,
    /// What was measured.
    pub quantity: String,
    /// The unit of every number of the row, as published.
    pub unit: String,
    /// The published value.
    pub published: Option<f64>,
    /// The lower end of the published range.
    pub low: Option<f64>,
    /// The upper end of the published range.
    pub high: Option<f64>,
    /// What the model says; none where it could not be measured.
    pub simulated: Option<f64>,
    /// How the two stand to each other.
    pub verdict: Verdict,
    /// What kind of statement was published.
    pub kind: Kind,
    /// The key of its source.
    pub source: String,
    /// What a reader must know about the published value.
    pub note: String,
    /// The document that the row stands in.
    pub document: String,
    /// Why there is no simulated value, or why the model is known to miss the published one.
    pub reason: Option<String>,
}

impl Row {
    /// The row of a measure that was taken; none where nothing was published.
    pub(crate) fn of_outcome(outcome: &Outcome, document: &str) -> Option<Self> {
        let published = outcome.published.as_ref()?;
        let row = Self::new(&outcome.id, &outcome.label, published, document);
        Some(match &outcome.value {
            Ok(value) if value.is_finite() => {
                let verdict = outcome.verdict()?;
                let reason = published.known_miss.clone().filter(|_| verdict == Verdict::KnownMiss);
                Self { simulated: Some(*value), verdict, reason, ..row }
            }
            Ok(_) => Self { reason: Some("the result is not a number".to_owned()), ..row },
            Err(reason) => Self { reason: Some(reason.clone()), ..row },
        })
    }

    /// The row of a measure that could not be taken for lack of a run: a miss, also where a miss is known, since
    /// its reason speaks of a value and not of a failure.
    pub(crate) fn without_run(measure: &Measure, document: &str, reason: &str) -> Option<Self> {
        let published = measure.published.as_ref()?;
        let row = Self::new(&measure.id, &measure.label, published, document);
        Some(Self { reason: Some(reason.to_owned()), ..row })
    }

    fn new(id: &str, quantity: &str, published: &Published, document: &str) -> Self {
        Self {
            id: id.to_owned(),
            quantity: quantity.to_owned(),
            unit: published.unit.clone(),
            published: published.value,
            low: published.low,
            high: published.high,
            simulated: None,
            verdict: Verdict::Miss,
            kind: published.kind,
            source: published.source.clone(),
            note: published.note.clone(),
            document: document.to_owned(),
            reason: None,
        }
    }

    /// The row as JSON, `null` where there is no number or no reason.
    pub(crate) fn to_json(&self) -> Value {
        let verdict = match self.verdict {
            Verdict::InRange => "in range",
            Verdict::KnownMiss => "known miss",
            Verdict::Miss => "miss",
        };
        json!({
            "id": self.id,
            "quantity": self.quantity,
            "unit": self.unit,
            "published": self.published,
            "low": self.low,
            "high": self.high,
            "simulated": self.simulated,
            "verdict": verdict,
            "kind": self.kind.words(),
            "source": self.source,
            "note": self.note,
            "document": self.document,
            "reason": self.reason,
        })
    }
}
