//! What a verdict turns on, and where.

use cisterna_model::Problems;
use cisterna_quantity::{Unit, exact_number};

use crate::document::{Claim, From, Rule, TurnsOn, Verdict};
use crate::laboratory::{Laboratory, told};
use crate::verdict::excess;

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

impl std::fmt::Display for Turning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} = {}", self.name, exact_number(self.unit.from_canonical(self.value)))
    }
}

/// What the verdict turns on, and where.
pub(crate) fn turning(
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
    let mut inner = [Some(start); 2];
    let mut bracket = None;
    while bracket.is_none() && factor <= FURTHEST && trials < TRIALS {
        for (direction, last) in [1, -1].into_iter().zip(&mut inner) {
            let next = start * f64::powi(factor, direction);
            trials += 1;
            let Some(near) = *last else { continue };
            // A parameter that its law does not allow ends the way on this side.
            let Ok(there) = f(next) else {
                *last = None;
                continue;
            };
            if (there >= 0.0) != side {
                bracket = Some([near, next]);
                break;
            }
            *last = Some(next);
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
