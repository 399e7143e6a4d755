//! The measures of a run beside what was published.

use cisterna_analysis::{Request, UnitRule, measure};
use cisterna_fluid::Observable;
use cisterna_quantity::parse_unit;
use cisterna_recording::Recording;

use crate::scenario::{Comparison, Measure, Published, Scenario, Taken};

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
    /// What it is with other sutures and bone, where it tells of bones.
    pub spread: Option<Spread>,
    /// What it is in the twin of the run, which goes without hypotheses.
    pub twin: Option<f64>,
}

/// What a result is with sutures as soft and as stiff as is published, and what of it is bone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The lowest of the results with soft, stated and stiff sutures.
    pub low: f64,
    /// The highest of them.
    pub high: f64,
    /// The share that goes when the bone of the vault does not bend; none where the result is nothing.
    pub bone: Option<f64>,
}

impl Spread {
    /// The spread of a result over the runs with soft sutures, stiff ones and rigid bone.
    fn of(stated: &Outcome, others: [&Outcome; 3]) -> Option<Self> {
        let value = |outcome: &Outcome| outcome.value.as_ref().ok().copied();
        let own = value(stated)?;
        let [soft, stiff, rigid] = others.map(value);
        let ends = [own, soft?, stiff?];
        Some(Spread {
            low: ends.into_iter().fold(f64::INFINITY, f64::min),
            high: ends.into_iter().fold(f64::NEG_INFINITY, f64::max),
            bone: rigid.filter(|_| own != 0.0).map(|rigid| 1.0 - rigid / own),
        })
    }
}

/// Gives each measure that tells of bones its spread, from the runs with soft sutures, stiff ones and rigid bone.
pub(super) fn spread(scenario: &Scenario, stated: &mut [Outcome], others: [&[Outcome]; 3]) {
    let moves = |channel: &str| {
        let probe = scenario.probes.iter().find(|probe| probe.name == channel);
        probe.is_some_and(|probe| matches!(probe.observable, Observable::Motion(..)))
    };
    for (index, asked) in scenario.measures.iter().enumerate() {
        let tells = match &asked.taken {
            Taken::Statistic { channel, .. } => moves(channel),
            Taken::Comparison { of, .. } => of.iter().any(|&index| stated[index].spread.is_some()),
        };
        if tells {
            stated[index].spread = Spread::of(&stated[index], others.map(|other| &other[index]));
        }
    }
}

/// Gives each measure what it is in the twin without hypotheses.
pub(super) fn beside(outcomes: &mut [Outcome], twin: &[Outcome]) {
    for outcome in outcomes {
        let same = twin.iter().find(|other| other.id == outcome.id);
        outcome.twin = same.and_then(|other| other.value.as_ref().ok().copied());
    }
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
    /// By how much hypotheses change the result.
    #[must_use]
    pub fn difference(&self) -> Option<f64> {
        Some(self.value.as_ref().ok()? - self.twin?)
    }

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

/// Takes all measures of a scenario, in their order.
pub(super) fn outcomes(recording: &Recording, measures: &[Measure]) -> Vec<Outcome> {
    let mut taken = Vec::with_capacity(measures.len());
    for asked in measures {
        let value = match &asked.taken {
            Taken::Comparison { form, of } => compared(*form, of.map(|index| &taken[index]), &asked.unit),
            Taken::Statistic { statistic, channel, other, window, baseline } => {
                let request = Request {
                    other: other.as_deref(),
                    baseline: *baseline,
                    ..Request::new(*statistic, channel, *window)
                };
                measure(recording, &request)
                    .map_err(|error| error.to_string())
                    .and_then(|result| converted(result.value, &result.unit, &asked.unit))
            }
        };
        taken.push(Outcome {
            id: asked.id.clone(),
            label: asked.label.clone(),
            value,
            unit: asked.unit.clone(),
            published: asked.published.clone(),
            spread: None,
            twin: None,
        });
    }
    taken
}

/// The comparison of two results in `wanted`, or why one of them is missing.
fn compared(form: Comparison, [first, second]: [&Outcome; 2], wanted: &str) -> Result<f64, String> {
    let value = |outcome: &Outcome| {
        let told = |reason: &String| format!("`{}`: {reason}", outcome.id);
        outcome.value.as_ref().copied().map_err(told)
    };
    let (one, two) = (value(first)?, value(second)?);
    if form == Comparison::Ratio {
        let (factor, unit) = UnitRule::PerOther.apply(&first.unit, Some(&second.unit));
        return converted(factor * one / two, &unit, wanted);
    }
    let two = converted(two, &second.unit, &first.unit)?;
    match form {
        Comparison::RelativeDifference => converted(one / two - 1.0, "1", wanted),
        _ => converted(one - two, &first.unit, wanted),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(id: &str, value: Result<f64, String>, unit: &str) -> Outcome {
        Outcome {
            id: id.to_owned(),
            label: id.to_owned(),
            value,
            unit: unit.to_owned(),
            published: None,
            spread: None,
            twin: None,
        }
    }

    #[test]
    fn results_are_compared_across_units() {
        let (high, low) = (outcome("high", Ok(15.0), "mmHg"), outcome("low", Ok(2.0), "kPa"));
        let of = |form, wanted: &str| compared(form, [&high, &low], wanted).unwrap();
        assert!((of(Comparison::Ratio, "1") - 0.99992).abs() < 1e-4);
        assert!((of(Comparison::RelativeDifference, "%") + 0.008).abs() < 1e-2);
        assert!(of(Comparison::Difference, "mmHg").abs() < 2e-3);
        let flow = outcome("flow", Ok(1.1), "mL/min");
        let conductance = compared(Comparison::Ratio, [&flow, &high], "mL/min/mmHg").unwrap();
        assert!((conductance - 1.1 / 15.0).abs() < 1e-12);
    }

    #[test]
    fn what_one_of_two_lacks_is_told_by_its_name() {
        let (one, two) = (outcome("one", Ok(1.0), "mL"), outcome("two", Err("no beats".to_owned()), "mL"));
        let error = compared(Comparison::Ratio, [&one, &two], "1").unwrap_err();
        assert_eq!(error, "`two`: no beats");
    }
}
