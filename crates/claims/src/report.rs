//! All claims with their verdicts.

use serde_json::{Value as Json, json};

use crate::document::{Decision, Verdict};
use crate::verdict::Decided;

/// All claims with their verdicts, and what is wrong with those that have none.
#[derive(Clone, Debug)]
pub struct Report {
    /// The claims, in the order of their ids.
    pub claims: Vec<Decided>,
}

impl Report {
    /// How many claims have a verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.claims.iter().filter(|decided| decided.verdict == verdict).count()
    }

    /// The claims for another program; figures in the units that are named.
    #[must_use]
    pub fn to_json(&self) -> Json {
        json!({ "claims": self.claims.iter().map(claim).collect::<Vec<_>>() })
    }
}

fn claim(decided: &Decided) -> Json {
    let own = &decided.claim;
    let numbers = own.numbers.iter().zip(&decided.values).map(|(number, value)| {
        let shown = |figure: f64| value.unit.from_canonical(figure);
        json!({
            "name": number.name,
            "label": number.label,
            "value": shown(value.value),
            "low": shown(value.low),
            "high": shown(value.high),
            "unit": value.unit.text(),
            "rests_on": value.rests_on(),
            "sources": value.sources,
            "hypotheses": value.hypotheses,
        })
    });
    let (hypothesis, reason) = match &own.decision {
        Decision::Rule(rule) => (rule.hypothesis.clone(), None),
        Decision::Untestable(reason) => (None, Some(reason.clone())),
    };
    let turns_on = decided.turning.as_ref().map(|turning| {
        let shown = |figure: f64| turning.unit.from_canonical(figure);
        json!({
            "name": turning.name,
            "label": turning.label,
            "value": shown(turning.value),
            "range": turning.range.map(|ends| ends.map(shown)),
            "threshold": turning.threshold.map(shown),
            "failed_on_the_way": turning.failed,
            "threshold_within_range": turning.is_within_range(),
            "unit": turning.unit.text(),
            "verdict_beyond": turning.beyond.words(),
        })
    });
    let decided_by = match (&own.decision, &own.no_pair) {
        (Decision::Untestable(_), _) => None,
        (_, Some(_)) => Some("published figures"),
        (_, None) => Some("computed figures"),
    };
    let published = own.published.iter().map(|known| json!({ "says": known.says, "source": known.source }));
    json!({
        "id": own.id,
        "claim": own.claim,
        "stated_in": own.stated_in,
        "kind": own.kind.word(),
        "verdict": decided.verdict.words(),
        "firm": decided.is_firm,
        "hypothesis": hypothesis,
        "reason": reason,
        "decided_by": decided_by,
        "no_pair": own.no_pair,
        "reading": own.reading,
        "numbers": numbers.collect::<Vec<_>>(),
        "turns_on": turns_on,
        "published": published.collect::<Vec<_>>(),
    })
}
