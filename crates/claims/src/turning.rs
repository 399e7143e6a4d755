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
    /// What failed on the way to where it would be, other than that a model does not allow the value; none where a threshold was
    /// found, or the whole way was open.
    pub failed: Option<String>,
    /// The verdict on the other side.
    pub beyond: Verdict,
}

/// Why there is no trial with a parameter at a value.
#[derive(Clone, Debug, PartialEq)]
enum Trouble {
    /// The model does not allow it: the way ends there.
    Refused,
    /// Something else.
    Failed(String),
}

/// Where a verdict turns, and what failed on the way where it was not found.
type Found = (Option<f64>, Option<String>);

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
        failed: None,
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
                failed: None,
                beyond,
            }
        }
        TurnsOn::Parameter { name, runs } => {
            let known = claim.runs.iter().find(|known| runs.contains(&known.name));
            let run =
                known.ok_or_else(|| told(&rule.place, format!("there is no run {}", runs.join(", "))))?;
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
    if found.value == 0.0 {
        // A parameter that is nought has no way outwards.
        return Ok(found);
    }
    let side = excess(claim, rule, laboratory, found.value)? >= 0.0;
    let on_side = |value: f64| match excess(claim, rule, laboratory, value) {
        Ok(over) => Ok((over >= 0.0) == side),
        Err(_) if laboratory.refuses(claim, &rule.turns_on, value) => Err(Trouble::Refused),
        Err(problems) => Err(Trouble::Failed(problems.to_string())),
    };
    (found.threshold, found.failed) = threshold(found.value, close, on_side);
    Ok(found)
}

/// Where a parameter leaves the side of `start`, sought from there outwards: by powers of two, then by halves of the step in the
/// logarithm. What fails ends the way on that side.
fn threshold(start: f64, close: f64, on_side: impl Fn(f64) -> Result<bool, Trouble>) -> Found {
    let mut trials = 0;
    let mut factor = 2.0;
    let mut inner = [Some(start); 2];
    let mut failed = None;
    let mut bracket = None;
    while bracket.is_none() && factor <= FURTHEST && trials < TRIALS {
        for (direction, last) in [1, -1].into_iter().zip(&mut inner) {
            let next = start * f64::powi(factor, direction);
            let Some(near) = *last else { continue };
            trials += 1;
            match on_side(next) {
                Ok(true) => *last = Some(next),
                Ok(false) => {
                    bracket = Some([near, next]);
                    break;
                }
                Err(trouble) => {
                    *last = None;
                    failed = failed.or(trouble.told());
                }
            }
        }
        factor *= factor.min(4.0);
    }
    let Some([mut near, mut far]) = bracket else { return (None, failed) };
    while (far / near - 1.0).abs() > close && trials < TRIALS {
        let middle = near.signum() * (near * far).sqrt();
        trials += 1;
        match on_side(middle) {
            Ok(true) => near = middle,
            Ok(false) => far = middle,
            // What was found so far stands: the verdict is another one there.
            Err(_) => break,
        }
    }
    (Some(far), None)
}

impl Trouble {
    fn told(self) -> Option<String> {
        match self {
            Trouble::Refused => None,
            Trouble::Failed(reason) => Some(reason),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Trouble, threshold};

    #[test]
    fn a_threshold_is_found_on_either_side() {
        for at in [3e-4, 0.2, 1.7, 900.0] {
            let (found, failed) = threshold(1.0, 1e-4, |p| Ok((p >= at) == (1.0 >= at)));
            let found = found.unwrap_or(f64::NAN);
            assert!((found / at - 1.0).abs() < 2e-4 && failed.is_none(), "{found} for {at}");
            // Beyond the threshold, so that the verdict there is the other one.
            assert_ne!(found >= at, 1.0 >= at);
        }
        assert_eq!(threshold(1.0, 1e-4, |_| Ok(true)), (None, None));
        let (below, _) = threshold(-2.0, 1e-4, |p| Ok(p >= -5.0));
        assert!(below.is_some_and(|below| (below + 5.0).abs() < 1e-2 && below < -5.0));
    }

    #[test]
    fn what_a_law_refuses_ends_the_way_and_what_fails_is_told() {
        let refused = |p: f64| if p > 3.0 { Err(Trouble::Refused) } else { Ok(true) };
        assert_eq!(threshold(1.0, 1e-4, refused), (None, None));
        let broken =
            |p: f64| if p > 3.0 { Err(Trouble::Failed("the run failed".to_owned())) } else { Ok(true) };
        assert_eq!(threshold(1.0, 1e-4, broken), (None, Some("the run failed".to_owned())));
        // On the other side the way is open, and what is found there counts.
        let other = |p: f64| if p > 3.0 { Err(Trouble::Refused) } else { Ok(p > 0.1) };
        let (found, failed) = threshold(1.0, 1e-4, other);
        assert!(found.is_some_and(|found| (found - 0.1).abs() < 1e-4) && failed.is_none());
    }
}
