//! The measures of a run beside what was published.

use cisterna_analysis::{Request, measure};
use cisterna_quantity::parse_unit;
use cisterna_recording::Recording;

use crate::scenario::{Measure, Published};

/// A measure with its result.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Its name, unique in the scenario.
    pub id: String,
    /// What a reader sees.
    pub label: String,
    /// The value, or why there is none.
    pub value: Result<f64, String>,
    /// The unit of the value.
    pub unit: String,
    /// What was published.
    pub published: Option<Published>,
}

/// How a result stands to what was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Within the published range.
    InRange,
    /// Outside it, with the reason known.
    KnownMiss,
    /// Outside it.
    Miss,
}

impl Outcome {
    /// How the result stands to the published range; none where nothing was published.
    pub fn verdict(&self) -> Option<Verdict> {
        let published = self.published.as_ref()?;
        let value = self.value.as_ref().copied().unwrap_or(f64::NAN);
        let above = published.low.is_none_or(|low| value >= low);
        let below = published.high.is_none_or(|high| value <= high);
        Some(match (above && below && value.is_finite(), &published.known_miss) {
            (true, _) => Verdict::InRange,
            (false, Some(_)) => Verdict::KnownMiss,
            (false, None) => Verdict::Miss,
        })
    }
}

/// Takes all measures of a scenario.
pub(super) fn outcomes(recording: &Recording, measures: &[Measure]) -> Vec<Outcome> {
    measures.iter().map(|asked| outcome(recording, asked)).collect()
}

fn outcome(recording: &Recording, asked: &Measure) -> Outcome {
    let request = Request {
        other: asked.other.as_deref(),
        baseline: asked.baseline,
        ..Request::new(asked.statistic, &asked.channel, asked.window)
    };
    let wanted = asked.unit.clone().or_else(|| asked.published.as_ref().map(|p| p.unit.clone()));
    let (value, unit) = match measure(recording, &request) {
        Err(error) => (Err(error.to_string()), wanted.unwrap_or_default()),
        Ok(result) => match wanted {
            None => (Ok(result.value), result.unit),
            Some(wanted) => (converted(result.value, &result.unit, &wanted), wanted),
        },
    };
    Outcome {
        id: asked.id.clone(),
        label: asked.label.clone(),
        value,
        unit,
        published: asked.published.clone(),
    }
}

fn converted(value: f64, from: &str, to: &str) -> Result<f64, String> {
    if from == to {
        return Ok(value);
    }
    let both = parse_unit(from).and_then(|from| parse_unit(to).map(|to| (from, to)));
    match both {
        Ok((from, to)) if from.dimension() == to.dimension() => {
            Ok(to.from_canonical(from.to_canonical(value)))
        }
        Ok(_) => Err(format!("the result is in {from}, which cannot be shown in {to}")),
        Err(error) => Err(error.to_string()),
    }
}
