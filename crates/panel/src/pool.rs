//! Figures of several studies as one: a single small study is compatible with nearly anything.

use crate::arm::Arm;
use crate::outcome::{Outcome, RowOutcome};
use crate::statistic::Statistic;
use crate::study::Row;

/// Figures that are pooled over studies: name, what it is, which statistics go into it.
pub const POOLS: [(&str, &str, &[Statistic]); 4] = [
    (
        "pooled_icc",
        "ICC between raters, mean over studies by subjects",
        &[Statistic::InterOneWay, Statistic::InterTwoWay, Statistic::InterFixed],
    ),
    ("pooled_icc_intra", "ICC of repeats, mean over studies by subjects", &[Statistic::Intra]),
    ("pooled_kappa", "kappa between raters, mean over studies by subjects", &[Statistic::InterKappa]),
    ("pooled_kappa_intra", "kappa of repeats, mean over studies by subjects", &[Statistic::IntraKappa]),
];

/// A pooled figure under arms of one name.
#[derive(Clone, Debug, PartialEq)]
pub struct Pooled {
    /// The arm.
    pub arm: String,
    /// The published figure beside the simulated ones.
    pub result: RowOutcome,
}

/// The pooled figures of several studies; each row counts by the subjects of its study, shared among its like rows.
///
/// A figure is pooled where two studies or more have it, and only under arms that all of these have.
#[must_use]
pub fn pooled(outcomes: &[Outcome]) -> Vec<Pooled> {
    let mut arms: Vec<&Arm> = Vec::new();
    for arm in outcomes.iter().flat_map(|outcome| &outcome.study.arms) {
        if !arms.iter().any(|known| known.name == arm.name) {
            arms.push(arm);
        }
    }
    let pairs = POOLS.iter().flat_map(|pool| arms.iter().map(move |arm| (pool, &arm.name)));
    pairs.filter_map(|(pool, arm)| one(outcomes, pool, arm)).collect()
}

fn one(
    outcomes: &[Outcome],
    (id, label, statistics): &(&str, &str, &[Statistic]),
    arm: &str,
) -> Option<Pooled> {
    let goes_in = |result: &&RowOutcome| statistics.contains(&result.row.statistic);
    let mut weighted: Vec<(f64, &RowOutcome)> = Vec::new();
    let mut studies = 0;
    for outcome in outcomes {
        let has = outcome.study.rows.iter().any(|row| statistics.contains(&row.statistic));
        if !has {
            continue;
        }
        studies += 1;
        let found = outcome.arms.iter().find(|known| known.arm.name == arm)?;
        let rows: Vec<&RowOutcome> = found.results.iter().filter(goes_in).collect();
        let weight = outcome.study.subjects as f64 / rows.len() as f64;
        weighted.extend(rows.into_iter().map(|row| (weight, row)));
    }
    if studies < 2 {
        return None;
    }
    let all: f64 = weighted.iter().map(|(weight, _)| weight).sum();
    let mean = |figure: &dyn Fn(&RowOutcome) -> f64| {
        weighted.iter().map(|(weight, row)| weight * figure(row)).sum::<f64>() / all
    };
    let draws = weighted.iter().map(|(_, row)| row.draws.len()).min()?;
    let row = Row {
        id: (*id).to_owned(),
        label: (*label).to_owned(),
        statistic: *statistics.first()?,
        published: mean(&|row| row.row.published),
        low: None,
        high: None,
        source: String::new(),
        note: format!("{studies} studies"),
    };
    let draws = (0..draws).map(|draw| mean(&|row| row.draws[draw])).collect();
    Some(Pooled { arm: arm.to_owned(), result: RowOutcome::new(row, draws) })
}
