//! The measures of a run for programs.

use serde_json::{Value, json};

use cisterna::experiment::{Outcome, Run, Scenario, Stop, Verdict};

/// The word for a verdict.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::InRange => "in range",
        Verdict::KnownMiss => "known miss",
        Verdict::Miss => "miss",
    }
}

/// The measures with what was published, how the run came about and whether it ended early.
pub fn json(scenario: &Scenario, run: &Run) -> Value {
    let stopped = run.stopped.as_ref().map(|stop| match stop {
        Stop::Interrupted => "interrupted".to_owned(),
        Stop::Failed(reason) => reason.clone(),
    });
    json!({
        "title": scenario.title,
        "model": scenario.model.name,
        "conditions": scenario.conditions,
        "hypotheses": scenario.hypotheses,
        "measures": run.outcomes.iter().map(outcome).collect::<Vec<_>>(),
        "ledger": {
            "doors": run.ledger.doors.iter().map(|door| json!({
                "name": door.name, "from": door.from, "to": door.to, "volume": door.volume, "unit": "mL",
            })).collect::<Vec<_>>(),
            "residual": run.ledger.residual,
            "unit": "mL",
        },
        "start": { "beats": run.start.beats, "residual": run.start.residual },
        "stopped": stopped,
        "notes": scenario.notes,
    })
}

fn outcome(outcome: &Outcome) -> Value {
    let published = outcome.published.as_ref().map(|published| {
        json!({
            "value": published.value,
            "low": published.low,
            "high": published.high,
            "unit": published.unit,
            "kind": published.kind.words(),
            "source": published.source,
            "note": published.note,
            "known_miss": published.known_miss,
        })
    });
    json!({
        "id": outcome.id,
        "label": outcome.label,
        "value": outcome.value.as_ref().ok(),
        "unit": outcome.unit,
        "reason": outcome.value.as_ref().err(),
        "published": published,
        "verdict": outcome.verdict().map(verdict),
        "without_hypotheses": outcome.twin,
        "difference": outcome.difference(),
        "sutures": outcome.spread.map(|spread| json!({
            "low": spread.low, "high": spread.high, "share_of_bone": spread.bone,
        })),
    })
}
