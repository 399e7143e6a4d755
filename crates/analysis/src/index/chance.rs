//! Intervals: of a correlation by Fisher's transform, of a mean over time by means of batches, of anything else by resampling
//! blocks.

use crate::{f_quantile, normal_quantile};

/// How the interval of a mean over time is found, in words.
pub(crate) const OF_MEAN: &str = "of the mean, by Student's t from the means of batches of two windows or more (Schmeiser 1982, Oper Res 30:556, not re-read)";

/// The share of an interval, 1.
const SHARE: f64 = 0.95;
/// How often blocks are drawn again.
const DRAWS: usize = 500;

/// The standard normal number at which the upper tail outside the interval begins.
pub(crate) fn two_sided() -> f64 {
    normal_quantile(0.5 + 0.5 * SHARE)
}

/// The 95 % interval of a correlation of `count` independent pairs: `tanh(atanh r +- z / sqrt(n - 3))` (Fisher 1921, Metron
/// 1:3).
pub(crate) fn of_correlation(correlation: f64, count: f64) -> Option<(f64, f64)> {
    if count < 4.0 || correlation.abs() >= 1.0 {
        return None;
    }
    let (middle, width) = (correlation.atanh(), two_sided() / (count - 3.0).sqrt());
    Some(((middle - width).tanh(), (middle + width).tanh()))
}

/// For how many independent pairs the pairs of two series that remember count: `n (1 - a b) / (1 + a b)`, a and b the
/// correlations of each with itself one step later, or nought where one is below (Bretherton and others 1999, J Climate 12:1990,
/// not re-read; the formula as others quote it).
pub(crate) fn independent_pairs(x: &[f64], y: &[f64]) -> f64 {
    let both = memory(x).max(0.0) * memory(y).max(0.0);
    x.len() as f64 * (1.0 - both) / (1.0 + both)
}

/// The correlation of a series with itself one step later.
fn memory(values: &[f64]) -> f64 {
    let Some(middle) = mean(values) else { return 0.0 };
    let off = |value: f64| value - middle;
    let squares: f64 = values.iter().map(|value| off(*value).powi(2)).sum();
    let products: f64 = values.windows(2).map(|pair| off(pair[0]) * off(pair[1])).sum();
    if squares > 0.0 { products / squares } else { 0.0 }
}

/// Student's t that bounds 95 % on either side.
pub(crate) fn student(freedom: f64) -> f64 {
    f_quantile(SHARE, 1.0, freedom).sqrt()
}

/// The 95 % interval of the mean of values in order of time, from the means of batches of at least `batch` neighbours, which are
/// nearly independent where a batch is longer than what values remember. None for fewer than three batches.
pub(crate) fn of_mean(values: &[f64], batch: usize) -> Option<(f64, f64)> {
    let count = values.len().checked_div(batch)?;
    if count < 3 {
        return None;
    }
    let edge = |number: usize| number * values.len() / count;
    let means: Vec<f64> =
        (0..count).filter_map(|number| mean(&values[edge(number)..edge(number + 1)])).collect();
    let (middle, all) = (mean(&means)?, mean(values)?);
    let freedom = count as f64 - 1.0;
    let variance = means.iter().map(|value| (value - middle).powi(2)).sum::<f64>() / freedom;
    let width = student(freedom) * (variance / count as f64).sqrt();
    Some((all - width, all + width))
}

/// The 95 % interval of `statistic` of values in order of time, by drawing blocks of `block` neighbours with
/// replacement (Kuensch 1989, Ann Stat 17:1217), so that what neighbours share is kept. None for fewer than three
/// blocks, or where the statistic has no value in a tenth of the draws.
pub(crate) fn of_blocks<T: Copy>(
    values: &[T],
    block: usize,
    statistic: impl Fn(&[T]) -> Option<f64>,
) -> Option<(f64, f64)> {
    let count = values.len();
    if block == 0 || count < 3 * block {
        return None;
    }
    let mut chance = Chance(count as u64);
    let mut drawn = Vec::with_capacity(count + block);
    let mut found: Vec<f64> = Vec::with_capacity(DRAWS);
    for _ in 0..DRAWS {
        drawn.clear();
        while drawn.len() < count {
            let start = chance.below(count - block + 1);
            drawn.extend_from_slice(&values[start..start + block]);
        }
        drawn.truncate(count);
        found.extend(statistic(&drawn).filter(|value| value.is_finite()));
    }
    if found.len() < DRAWS - DRAWS / 10 {
        return None;
    }
    found.sort_by(f64::total_cmp);
    let at = |share: f64| found[((found.len() - 1) as f64 * share).round() as usize];
    // Few blocks scatter less when drawn again than when lived again, as a variance by n and not by n - 1 does; and 95 % of
    // Student's distribution reach further than of the normal one.
    let blocks = (count / block) as f64;
    let wider = (blocks / (blocks - 1.0)).sqrt() * student(blocks - 1.0) / two_sided();
    let middle = statistic(values)?;
    let [low, high] = [0.5 - 0.5 * SHARE, 0.5 + 0.5 * SHARE].map(at);
    let end = |drawn: f64| middle + wider * (drawn - middle);
    Some((low.min(end(low)), high.max(end(high))))
}

/// The mean of some values; none of none.
pub(crate) fn mean(values: &[f64]) -> Option<f64> {
    let first = *values.first()?;
    Some(first + values.iter().map(|value| value - first).sum::<f64>() / values.len() as f64)
}

/// Chance that is the same every time (SplitMix64: Steele, Lea & Flood 2014, OOPSLA 453-472).
struct Chance(u64);

impl Chance {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % count as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::white;

    #[test]
    fn a_correlation_of_one_half_from_thirty_pairs() {
        // 0.17 to 0.73, as tables of the transform give it.
        let (low, high) = of_correlation(0.5, 30.0).unwrap();
        assert!((low - 0.170).abs() < 1e-3 && (high - 0.729).abs() < 1e-3, "{low} {high}");
        assert_eq!((of_correlation(0.5, 3.0), of_correlation(1.0, 30.0)), (None, None));
    }

    /// Noise that remembers `memory` of itself from step to step.
    fn remembering(memory: f64, count: usize, seed: u64) -> Vec<f64> {
        let fresh = (1.0 - memory * memory).sqrt();
        let mut level = white(seed, count);
        (0..count)
            .map(|index| {
                level = memory * level + fresh * white(seed, index);
                level
            })
            .collect()
    }

    /// Expected: 90 to 99 % of intervals hold the truth, as they are of 95 %.
    #[test]
    fn intervals_of_correlations_of_series_that_remember_cover_the_truth() {
        for memory in [0.0, 0.5, 0.8] {
            let (mut covered, mut given) = (0_usize, 0_u32);
            for seed in 0..600 {
                let x = remembering(memory, 30, 2 * seed);
                let other = remembering(memory, 30, 2 * seed + 1);
                let y: Vec<f64> = x.iter().zip(&other).map(|(x, o)| 0.6 * x + 0.8 * o).collect();
                let pairs: Vec<(f64, f64)> = x.iter().copied().zip(y.iter().copied()).collect();
                let r = crate::least_squares::line(&pairs).unwrap().correlation;
                // Thirty values that hardly change count for fewer than four, and give none.
                let Some((low, high)) = of_correlation(r, independent_pairs(&x, &y)) else { continue };
                given += 1;
                covered += usize::from((low..high).contains(&0.6));
            }
            let share = f64::from(u32::try_from(covered).unwrap()) / f64::from(given);
            println!("memory {memory}: {covered} of {given} intervals of a correlation cover it");
            assert!((0.90..=0.99).contains(&share) && given > 550, "{memory}: {share} of {given}");
        }
    }

    #[test]
    fn intervals_of_means_of_series_that_remember_cover_the_truth() {
        for (memory, batch) in [(0.0, 5), (0.5, 10), (0.8, 20)] {
            let mut covered = 0;
            for seed in 0..600 {
                let (low, high) = of_mean(&remembering(memory, 200, seed), batch).unwrap();
                covered += usize::from((low..high).contains(&0.0));
            }
            println!("memory {memory}: {covered} of 600 intervals of a mean cover it");
            assert!((540..=594).contains(&covered), "{memory}: {covered}");
        }
        assert_eq!(of_mean(&[1.0; 29], 10), None);
    }

    #[test]
    fn the_interval_of_a_mean_is_as_wide_as_its_standard_error_says() {
        let values: Vec<f64> = (0..400).map(|i| crate::testing::noise(f64::from(i))).collect();
        let variance = values.iter().map(|v| v * v).sum::<f64>() / 400.0;
        let (low, high) = of_blocks(&values, 5, mean).unwrap();
        let width = 2.0 * two_sided() * (variance / 400.0).sqrt();
        assert!(((high - low) / width - 1.0).abs() < 0.25, "{} for {width}", high - low);
        assert!(of_blocks(&values[..10], 5, mean).is_none());
    }
}
