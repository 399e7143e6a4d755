//! Which share of the variance of the results each value carries.

use cisterna_model::{Evidence, Ground};
use cisterna_quantity::Basis;

use crate::study::{Move, Study, Watch};

/// The variance that a value carries.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// The value.
    pub value: Evidence,
    /// How far it was moved: one standard deviation, canonical unit.
    pub step: f64,
    /// The change of every result, in its unit.
    pub changes: Vec<f64>,
    /// Its share of the variance of every result.
    pub shares: Vec<f64>,
    /// The mean of its shares over the results that any value moves.
    pub mean: f64,
}

/// The variance of the results, by value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shares {
    /// The values, those that carry most first.
    pub rows: Vec<Share>,
    /// The standard deviation of every result, in its unit.
    pub deviations: Vec<f64>,
    /// Values whose runs failed, each with the reason.
    pub failed: Vec<(String, String)>,
    /// How many values are taken as certain: definitions, and what states no range or one of no width.
    pub certain: usize,
    /// How many values the user did not wait for.
    pub left: usize,
}

/// The share of the variance of each result that each value carries: every value that states a range is moved alone, by
/// one standard deviation of an even distribution over it, `(high - low) / sqrt(12)`, to the side where the range has
/// more room. The change of a result, squared, is the variance that the value carries; values count as independent, and
/// the results as straight in each over that step.
pub fn shares(study: &Study, watch: &dyn Watch) -> Shares {
    let steps: Vec<(&Evidence, f64)> =
        study.values.iter().filter_map(|value| step(value).map(|step| (value, step))).collect();
    let moves: Vec<Move> =
        steps.iter().map(|(value, step)| Move { name: value.name.clone(), to: value.value + step }).collect();
    let mut shares = Shares { certain: study.values.len() - steps.len(), ..Shares::default() };
    for ((value, step), results) in steps.into_iter().zip(study.moved(&moves, watch)) {
        match results {
            None => shares.left += 1,
            Some(Err(reason)) => shares.failed.push((value.name.clone(), reason)),
            Some(Ok(results)) => {
                let bases = study.targets.iter().map(|target| target.base);
                let changes = results.into_iter().zip(bases).map(|(result, base)| result - base).collect();
                let value = value.clone();
                shares.rows.push(Share { value, step, changes, shares: Vec::new(), mean: 0.0 });
            }
        }
    }
    shares.weigh(study.targets.len());
    shares
}

/// One standard deviation to the side of more room; none for a value that is taken as certain: it states no range, or it
/// is a definition, whose range says what may be chosen.
fn step(value: &Evidence) -> Option<f64> {
    if value.ground == Ground::Stated(Basis::Definition) {
        return None;
    }
    let (low, high) = (value.low?, value.high?);
    let deviation = (high - low) / 12.0_f64.sqrt();
    let upwards = high - value.value >= value.value - low;
    (deviation > 0.0).then_some(if upwards { deviation } else { -deviation })
}

impl Shares {
    /// From changes to shares.
    fn weigh(&mut self, targets: usize) {
        let variance = |target: usize| self.rows.iter().map(|row| row.changes[target].powi(2)).sum::<f64>();
        let variances: Vec<f64> = (0..targets).map(variance).collect();
        let moved = variances.iter().filter(|variance| **variance > 0.0).count();
        for row in &mut self.rows {
            let share = |(change, variance): (&f64, &f64)| {
                if *variance > 0.0 { change * change / variance } else { 0.0 }
            };
            row.shares = row.changes.iter().zip(&variances).map(share).collect();
            row.mean = if moved > 0 { row.shares.iter().sum::<f64>() / moved as f64 } else { 0.0 };
        }
        self.rows.sort_by(|a, b| b.mean.total_cmp(&a.mean));
        self.deviations = variances.into_iter().map(f64::sqrt).collect();
    }

    /// The share of a result that all values without a published source carry together.
    #[must_use]
    pub fn unsourced(&self, target: usize) -> f64 {
        self.unsourced_rows().map(|row| row.shares[target]).sum()
    }

    /// The mean of the same over the results.
    #[must_use]
    pub fn unsourced_mean(&self) -> f64 {
        self.unsourced_rows().map(|row| row.mean).sum()
    }

    fn unsourced_rows(&self) -> impl Iterator<Item = &Share> {
        self.rows.iter().filter(|row| row.value.ground.is_unsourced())
    }
}
