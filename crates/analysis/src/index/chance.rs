//! Intervals: of a correlation by Fisher's transform, of a mean over time by resampling blocks.

use crate::normal_quantile;

/// The share of an interval, 1.
const SHARE: f64 = 0.95;
/// How often blocks are drawn again.
const DRAWS: usize = 500;

/// The standard normal number at which the upper tail outside the interval begins.
pub(crate) fn two_sided() -> f64 {
    normal_quantile(0.5 + 0.5 * SHARE)
}

/// The 95 % interval of a correlation of `count` independent pairs: `tanh(atanh r +- z / sqrt(n - 3))` (Fisher 1921, Metron
/// 1:3). Neighbouring means of ten seconds are not quite independent, so that it is too narrow rather than too wide.
pub(crate) fn of_correlation(correlation: f64, count: usize) -> Option<(f64, f64)> {
    if count < 4 || correlation.abs() >= 1.0 {
        return None;
    }
    let (middle, width) = (correlation.atanh(), two_sided() / (count as f64 - 3.0).sqrt());
    Some(((middle - width).tanh(), (middle + width).tanh()))
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
    Some((at(0.5 - 0.5 * SHARE), at(0.5 + 0.5 * SHARE)))
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

    #[test]
    fn a_correlation_of_one_half_from_thirty_pairs() {
        // 0.17 to 0.73, as tables of the transform give it.
        let (low, high) = of_correlation(0.5, 30).unwrap();
        assert!((low - 0.170).abs() < 1e-3 && (high - 0.729).abs() < 1e-3, "{low} {high}");
        assert_eq!((of_correlation(0.5, 3), of_correlation(1.0, 30)), (None, None));
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
