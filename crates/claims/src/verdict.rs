//! Verdicts: a rule on the numbers of a claim.

use cisterna_model::Problems;

use crate::document::{Claim, Decision, Rule, Verdict};
use crate::laboratory::{Laboratory, told};
use crate::numbers::{Trial, values};
use crate::turning::{Turning, turning};
use crate::value::Value;

/// A claim with its numbers and its verdict.
#[derive(Clone, Debug)]
pub struct Decided {
    /// The claim.
    pub claim: Claim,
    /// Its numbers, in their order.
    pub values: Vec<Value>,
    /// The verdict.
    pub verdict: Verdict,
    /// Whether it is the same at every corner of the two ranges that it compares.
    pub is_firm: bool,
    /// What it turns on.
    pub turning: Option<Turning>,
}

impl Decided {
    /// The threshold in words: which side of it the verdict lies on.
    #[must_use]
    pub fn turning_in_words(&self) -> Option<String> {
        let turning = self.turning.as_ref()?;
        let Some(at) = turning.threshold else {
            if let Some(reason) = &turning.failed {
                let what = turning.label.to_lowercase();
                return Some(format!(
                    "no value of {what} that could be tried changes it; one failed: {reason}"
                ));
            }
            return Some(format!("no value of {} changes it", turning.label.to_lowercase()));
        };
        let side = if at > turning.value { "from" } else { "down to" };
        Some(format!("{} {side} {} on: {}", turning.label, turning.unit.show(at), turning.beyond.words()))
    }

    /// A number of the claim by its name.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&Value> {
        let place = self.claim.numbers.iter().position(|number| number.name == name)?;
        self.values.get(place)
    }
}

/// The verdict of a claim.
pub(crate) fn decide(claim: &Claim, laboratory: &Laboratory) -> Result<Decided, Problems> {
    let values = values(claim, laboratory, None)?;
    let rule = match &claim.decision {
        Decision::Untestable(_) => {
            let claim = claim.clone();
            return Ok(Decided {
                claim,
                values,
                verdict: Verdict::NotTestable,
                is_firm: true,
                turning: None,
            });
        }
        Decision::Rule(rule) => rule,
    };
    let [own, bound] = compared(claim, rule, &values)?;
    let holds = |own: f64, bound: f64| if rule.at_least { own >= bound } else { own <= bound };
    let told = |holds: bool| if holds { rule.then } else { rule.otherwise };
    let now = holds(own.value, bound.value);
    let ends = [own.low, own.high].map(|own_end| [bound.low, bound.high].map(|end| holds(own_end, end)));
    let is_firm = ends.iter().flatten().all(|end| *end == now);
    let turning = turning(claim, rule, laboratory, told(!now))?;
    Ok(Decided { claim: claim.clone(), verdict: told(now), is_firm, turning: Some(turning), values })
}

/// The verdict of a claim were what it turns on another value, canonical unit; none for what cannot be tested.
pub(crate) fn were(claim: &Claim, laboratory: &Laboratory, value: f64) -> Result<Option<Verdict>, Problems> {
    let Decision::Rule(rule) = &claim.decision else { return Ok(None) };
    let over = excess(claim, rule, laboratory, value)?;
    Ok(Some(if over >= 0.0 { rule.then } else { rule.otherwise }))
}

/// By how much the claim's number is on the side that the claim wants, with the parameter at `value`.
pub(crate) fn excess(
    claim: &Claim,
    rule: &Rule,
    laboratory: &Laboratory,
    value: f64,
) -> Result<f64, Problems> {
    let trial = Trial { turns_on: &rule.turns_on, value };
    let values = values(claim, laboratory, Some(&trial))?;
    let [own, bound] = compared(claim, rule, &values)?;
    Ok(if rule.at_least { own.value - bound.value } else { bound.value - own.value })
}

fn compared<'a>(claim: &Claim, rule: &Rule, values: &'a [Value]) -> Result<[&'a Value; 2], Problems> {
    let [own, bound] = [&rule.compare, &rule.bound].map(|name| {
        let place = claim.numbers.iter().position(|number| number.name == *name);
        place
            .and_then(|place| values.get(place))
            .ok_or_else(|| told(&rule.place, format!("`{name}` is no number")))
    });
    let pair = [own?, bound?];
    if pair[0].dimension() == pair[1].dimension() {
        return Ok(pair);
    }
    let [one, other] = pair.map(|value| value.unit.text());
    Err(told(&rule.place, format!("`{}` is in {one}, `{}` in {other}", rule.compare, rule.bound)))
}
