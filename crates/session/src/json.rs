//! A visit for other programs; the same document and seed give the same text to the letter.

use cisterna_experiment::Outcome;
use serde_json::{Value, json};

use crate::felt::{Felt, Judged};
use crate::joints::JointTest;
use crate::sham::{Arm, Sham, ShamRow};
use crate::tally::TallyKind;
use crate::visit::{Done, Findings, Left, Visit};

impl Visit {
    /// The visit as JSON; with the twin without hypotheses, where there is one.
    #[must_use]
    pub fn json(&self, twin: Option<&Visit>) -> Value {
        let session = &self.session;
        json!({
            "session": session.name,
            "title": session.title,
            "hash": session.hash,
            "date": session.date,
            "client": session.client,
            "practitioner": session.practitioner.code,
            "seed": session.practitioner.seed,
            "subject": session.subject,
            "complaints": session.complaints,
            "stress": session.stress,
            "hypotheses": session.hypotheses,
            "time_s": self.time,
            "simulated_s": self.simulated,
            "restrictions": self.restrictions.iter().map(left).collect::<Vec<_>>(),
            "before": findings(&self.before),
            "techniques": self.done.iter().map(done).collect::<Vec<_>>(),
            "after": findings(&self.after),
            "without_hypotheses": twin.map(|twin| json!({
                "before": findings(&twin.before),
                "techniques": twin.done.iter().map(done).collect::<Vec<_>>(),
                "after": findings(&twin.after),
            })),
        })
    }
}

impl Sham {
    /// The shams as JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        let arm = |arm: &Arm| {
            json!({
                "mean": arm.mean,
                "visit_less_sham": arm.difference,
                "low": arm.interval.map(|interval| interval.0),
                "high": arm.interval.map(|interval| interval.1),
            })
        };
        let row = |row: &ShamRow| {
            json!({
                "what": row.label,
                "unit": row.unit,
                "kind": match row.kind { TallyKind::Physical => "physical", TallyKind::Reported => "reported" },
                "visit": row.own,
                "no_touch": arm(&row.untouched),
                "touch_anywhere": arm(&row.anywhere),
            })
        };
        json!({
            "seeds": self.seeds,
            "interval": "95 %, paired t test over seeds",
            "rows": self.rows.iter().map(row).collect::<Vec<_>>(),
        })
    }
}

fn left(left: &Left) -> Value {
    json!({
        "restriction": left.name,
        "before": left.before,
        "after": left.after,
        "gradual": left.gradual,
    })
}

fn findings(findings: &Findings) -> Value {
    json!({
        "measures": findings.outcomes.iter().map(outcome).collect::<Vec<_>>(),
        "state": state(&findings.state),
        "joints": findings.joints.iter().zip(&findings.judged).map(joint).collect::<Vec<_>>(),
        "stations": findings.felt.iter().map(felt).collect::<Vec<_>>(),
    })
}

fn done(done: &Done) -> Value {
    json!({
        "technique": done.technique.name,
        "row": done.technique.row,
        "from_s": done.span.0,
        "to_s": done.span.1,
        "freed": done.freed.iter().map(left).collect::<Vec<_>>(),
        "measures": done.outcomes.iter().map(outcome).collect::<Vec<_>>(),
        "state": state(&done.state),
    })
}

/// What goes on from the end of a stage, as `[start.state]` of a scenario takes it but for units, which are canonical.
fn state(states: &[(String, f64)]) -> Value {
    states.iter().map(|(name, value)| (name.clone(), json!(value))).collect::<serde_json::Map<_, _>>().into()
}

fn outcome(outcome: &Outcome) -> Value {
    json!({
        "id": outcome.id,
        "label": outcome.label,
        "value": outcome.value.as_ref().ok(),
        "reason": outcome.value.as_ref().err(),
        "unit": outcome.unit,
        "low": outcome.spread.map(|spread| spread.low),
        "high": outcome.spread.map(|spread| spread.high),
        "share_of_bone": outcome.spread.and_then(|spread| spread.bone),
    })
}

fn felt(felt: &Felt) -> Value {
    json!({
        "station": felt.station,
        "felt": felt.finding.as_ref().map(|finding| json!({
            "rate_per_min": finding.rate.map(|rate| rate * 60.0),
            "rate_error_per_min": finding.rate_error * 60.0,
            "amplitude_um": finding.amplitude * 1e3,
            "amplitude_error_um": finding.amplitude_error * 1e3,
            "regularity": finding.regularity,
            "d_prime": finding.d_prime,
            "probability": finding.probability,
            "claimed": finding.felt,
        })),
    })
}

fn joint((test, judged): (&JointTest, &Option<Judged>)) -> Value {
    let [own, soft, stiff] = test.gives;
    json!({
        "joint": test.joint,
        "hands": test.hands,
        "gives_um": finite(own),
        "gives_with_soft_sutures_um": finite(soft),
        "gives_with_stiff_sutures_um": finite(stiff),
        "other_side_um": test.other_side,
        "healthy_um": finite(test.healthy),
        "lag_um": finite(test.lag()),
        "d_prime": judged.map(|judged| judged.d_prime),
        "probability_called_restricted": judged.map(|judged| judged.probability),
        "called_restricted": judged.map(|judged| judged.claimed),
    })
}

fn finite(value: f64) -> Option<f64> {
    Some(value).filter(|value| value.is_finite())
}
