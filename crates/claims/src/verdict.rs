//! Verdicts, and what they turn on.

use cisterna_model::Problems;
use cisterna_quantity::{Unit, exact_number};

use crate::document::{Claim, Decision, From, Number, Rule, TurnsOn, Verdict};
use crate::laboratory::{Laboratory, told};
use crate::value::{Value, together};

/// A parameter is sought within this factor of its own value.
const FURTHEST: f64 = 1e12;
/// Where a verdict turns is found to this share where only numbers are put together …
const CLOSE: f64 = 1e-4;
/// … and where every trial is a run.
const NEAR: f64 = 1e-2;
/// So often a verdict is tried at most on the way.
const TRIALS: usize = 80;

/// What the verdict of a claim turns on.
#[derive(Clone, Debug, PartialEq)]
pub struct Turning {
    /// The parameter.
    pub name: String,
    /// What a reader sees.
    pub label: String,
    /// What it is, canonical unit.
    pub value: f64,
    /// Its published range, canonical unit.
    pub range: Option<[f64; 2]>,
    /// Its unit.
    pub unit: Unit,
    /// Where the verdict becomes another one, canonical unit; none where it does not, however the parameter is moved.
    pub threshold: Option<f64>,
    /// The verdict on the other side.
    pub beyond: Verdict,
}

impl Turning {
    /// Whether the threshold lies within the published range; none without both.
    #[must_use]
    pub fn is_within_range(&self) -> Option<bool> {
        let ([low, high], at) = (self.range?, self.threshold?);
        Some((low..=high).contains(&at))
    }
}

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

/// The parameter of a claim at another value.
pub(crate) struct Trial<'a> {
    turns_on: &'a TurnsOn,
    value: f64,
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
fn excess(claim: &Claim, rule: &Rule, laboratory: &Laboratory, value: f64) -> Result<f64, Problems> {
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

/// All numbers of a claim.
fn values(claim: &Claim, laboratory: &Laboratory, trial: Option<&Trial<'_>>) -> Result<Vec<Value>, Problems> {
    let mut values: Vec<Value> = Vec::new();
    for number in &claim.numbers {
        let mut value = value(claim, number, &values, laboratory, trial)?;
        if let Some(unit) = &number.unit {
            if unit.dimension() != value.dimension() {
                let message = format!(
                    "`{}` is in {}, which cannot be shown in {}",
                    number.name,
                    value.unit.text(),
                    unit.text()
                );
                return Err(told(&number.place, message));
            }
            value.unit = unit.clone();
        }
        values.push(if number.magnitude { value.magnitude() } else { value });
    }
    Ok(values)
}

fn value(
    claim: &Claim,
    number: &Number,
    before: &[Value],
    laboratory: &Laboratory,
    trial: Option<&Trial<'_>>,
) -> Result<Value, Problems> {
    match &number.from {
        From::Stated(stated) => {
            let mut own = Value::stated(stated);
            if let Some(Trial { turns_on: TurnsOn::Number(name), value }) = trial
                && *name == number.name
            {
                own.value = *value;
            }
            Ok(own)
        }
        From::Measure { run, measure } => {
            let moved = match trial {
                Some(Trial { turns_on: TurnsOn::Parameter { name, run: of }, value }) if of == run => {
                    Some((name.as_str(), *value))
                }
                _ => None,
            };
            let known = claim.runs.iter().find(|known| known.name == *run);
            let run = known.ok_or_else(|| told(&number.place, format!("there is no run `{run}`")))?;
            laboratory.measure(run, measure, moved)
        }
        From::Bones(pressed) => {
            let moved = match trial {
                Some(Trial { turns_on: TurnsOn::Tissue { name, number: of }, value })
                    if *of == number.name =>
                {
                    Some((name.as_str(), *value))
                }
                _ => None,
            };
            laboratory.bones(pressed, moved).map_err(|error| told(&number.place, error))
        }
        From::Felt(felt) => crate::laboratory::felt(felt).map_err(|error| told(&number.place, error)),
        From::Panel { study, arm, row } => {
            laboratory.panel(study, arm, row).map_err(|error| told(&number.place, error))
        }
        From::Together(how, names) => {
            let place = |name: &String| claim.numbers.iter().position(|known| known.name == *name);
            let all: Option<Vec<&Value>> = names.iter().map(|name| before.get(place(name)?)).collect();
            let wrong =
                || told(&number.place, format!("the numbers of `{}` do not go together", number.name));
            all.and_then(|all| together(*how, &all)).ok_or_else(wrong)
        }
    }
}

/// What the verdict turns on, and where.
fn turning(
    claim: &Claim,
    rule: &Rule,
    laboratory: &Laboratory,
    beyond: Verdict,
) -> Result<Turning, Problems> {
    let of_evidence = |name: &String, entry: cisterna_model::Evidence| Turning {
        name: name.clone(),
        label: entry.summary.clone(),
        value: entry.value,
        range: entry.low.zip(entry.high).map(|(low, high)| [low, high]),
        unit: entry.unit,
        threshold: None,
        beyond,
    };
    let mut found = match &rule.turns_on {
        TurnsOn::Number(name) => {
            let number = claim.numbers.iter().find(|number| number.name == *name);
            let stated = number.and_then(|number| match &number.from {
                From::Stated(stated) => Some((number, stated)),
                _ => None,
            });
            let (number, stated) =
                stated.ok_or_else(|| told(&rule.place, format!("`{name}` is no stated number")))?;
            Turning {
                name: name.clone(),
                label: number.label.clone(),
                value: stated.value,
                range: stated.low.zip(stated.high).map(|(low, high)| [low, high]),
                unit: stated.unit.clone(),
                threshold: None,
                beyond,
            }
        }
        TurnsOn::Parameter { name, run } => {
            let known = claim.runs.iter().find(|known| known.name == *run);
            let run = known.ok_or_else(|| told(&rule.place, format!("there is no run `{run}`")))?;
            of_evidence(name, laboratory.of_run(run, name)?)
        }
        TurnsOn::Tissue { name, number } => {
            let number = claim.numbers.iter().find(|known| known.name == *number);
            let Some((number, From::Bones(pressed))) = number.map(|number| (number, &number.from)) else {
                return Err(told(&rule.place, format!("`{name}` is no value of bones")));
            };
            let entry = laboratory.of_bones(pressed, name);
            of_evidence(name, entry.map_err(|error| told(&number.place, error))?)
        }
    };
    let close = if matches!(rule.turns_on, TurnsOn::Number(_)) { CLOSE } else { NEAR };
    found.threshold = threshold(found.value, close, |value| excess(claim, rule, laboratory, value))?;
    Ok(found)
}

/// Where a function of a parameter changes its sign, sought from `start` outwards: by powers of two, then by halves of the
/// step in the logarithm. A parameter that is nought has no way outwards.
fn threshold(
    start: f64,
    close: f64,
    f: impl Fn(f64) -> Result<f64, Problems>,
) -> Result<Option<f64>, Problems> {
    if start == 0.0 {
        return Ok(None);
    }
    let side = f(start)? >= 0.0;
    let mut trials = 0;
    let mut factor = 2.0;
    let mut inner = [start, start];
    let mut bracket = None;
    while bracket.is_none() && factor <= FURTHEST && trials < TRIALS {
        for (direction, last) in [1, -1].into_iter().zip(&mut inner) {
            let next = start * f64::powi(factor, direction);
            trials += 1;
            // A parameter that its law does not allow ends the way on this side.
            let Ok(there) = f(next) else { continue };
            if (there >= 0.0) != side {
                bracket = Some([*last, next]);
                break;
            }
            *last = next;
        }
        factor *= factor.min(4.0);
    }
    let Some([mut near, mut far]) = bracket else { return Ok(None) };
    while (far / near - 1.0).abs() > close && trials < TRIALS {
        let middle = near.signum() * (near * far).sqrt();
        trials += 1;
        if (f(middle)? >= 0.0) == side {
            near = middle;
        } else {
            far = middle;
        }
    }
    Ok(Some(far))
}

impl Decided {
    /// The threshold in words: which side of it the verdict lies on.
    #[must_use]
    pub fn turning_in_words(&self) -> Option<String> {
        let turning = self.turning.as_ref()?;
        let Some(at) = turning.threshold else {
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

impl std::fmt::Display for Turning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} = {}", self.name, exact_number(self.unit.from_canonical(self.value)))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::threshold;

    #[test]
    fn a_threshold_is_found_on_either_side() {
        for at in [3e-4, 0.2, 1.7, 900.0] {
            let found = threshold(1.0, 1e-4, |p| Ok(p - at)).unwrap().unwrap();
            assert!((found / at - 1.0).abs() < 2e-4, "{found} for {at}");
            // Beyond the threshold, so that the verdict there is the other one.
            assert_ne!(found >= at, 1.0 >= at);
        }
        assert_eq!(threshold(1.0, 1e-4, |_| Ok(1.0)).unwrap(), None);
        let below = threshold(-2.0, 1e-4, |p| Ok(p + 5.0)).unwrap().unwrap();
        assert!((below + 5.0).abs() < 1e-2 && below < -5.0);
    }
}
