//! What every detector begins with: short holes bridged, smoothed, and the slope taken.

/// Missing samples up to this long are bridged by a straight line, s.
const BRIDGED: f64 = 0.1;
/// What lies beyond is no measurement but an overflow, in any unit; it counts as missing.
const LARGEST: f64 = 1e9;

/// A stretch of a channel without missing samples, and where it had some.
pub(crate) struct Prepared {
    /// The samples, holes filled by straight lines.
    pub values: Vec<f64>,
    /// Which belong to holes longer than what is bridged.
    pub hole: Vec<bool>,
    /// How many were measured.
    pub valid: usize,
}

impl Prepared {
    pub fn new(samples: &[f64], rate: f64) -> Self {
        let usable = |value: f64| value.abs() < LARGEST;
        let longest = (BRIDGED * rate).round() as usize;
        let (mut values, mut hole) = (samples.to_vec(), vec![false; samples.len()]);
        let (mut at, mut valid) = (0, 0);
        while at < values.len() {
            if usable(values[at]) {
                (at, valid) = (at + 1, valid + 1);
                continue;
            }
            let end = (at..values.len()).find(|&i| usable(values[i])).unwrap_or(values.len());
            let before = at.checked_sub(1).map(|i| values[i]);
            let after = values.get(end).copied();
            for i in at..end {
                let part = (i + 1 - at) as f64 / (end + 1 - at) as f64;
                values[i] = match (before, after) {
                    (Some(before), Some(after)) => before + part * (after - before),
                    (Some(level), None) | (None, Some(level)) => level,
                    (None, None) => 0.0,
                };
                hole[i] = end - at > longest;
            }
            at = end;
        }
        Prepared { values, hole, valid }
    }

    /// Whether the samples are all alike, but for rounding.
    pub fn is_flat(&self) -> bool {
        let (low, high) = range(&self.values);
        high - low <= 1e-9 * high.abs().max(low.abs())
    }
}

/// The lowest and highest value.
pub(super) fn range(values: &[f64]) -> (f64, f64) {
    values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(*v), h.max(*v)))
}

/// Sums of all values before each place, counted from the first value so that an offset costs no precision.
fn sums(values: &[f64]) -> Vec<f64> {
    let base = values.first().copied().unwrap_or(0.0);
    let mut sum = 0.0;
    let mut sums = Vec::with_capacity(values.len() + 1);
    sums.push(0.0);
    sums.extend(values.iter().map(|value| {
        sum += value - base;
        sum
    }));
    sums
}

/// The centred mean over `2 half + 1` samples, fewer at the ends.
pub(crate) fn smoothed(values: &[f64], half: usize) -> Vec<f64> {
    let (count, sums) = (values.len(), sums(values));
    let base = values.first().copied().unwrap_or(0.0);
    (0..count)
        .map(|i| {
            let reach = half.min(i).min(count - 1 - i);
            base + (sums[i + reach + 1] - sums[i - reach]) / (2 * reach + 1) as f64
        })
        .collect()
}

/// The sum of the last `width` values at each place.
pub(super) fn summed(values: &[f64], width: usize) -> Vec<f64> {
    let mut sum = 0.0;
    let mut sums = Vec::with_capacity(values.len() + 1);
    sums.push(0.0);
    sums.extend(values.iter().map(|value| {
        sum += value;
        sum
    }));
    (0..values.len()).map(|i| sums[i + 1] - sums[(i + 1).saturating_sub(width)]).collect()
}

/// The slope at each sample, in units per sample; zero in and beside holes.
pub(super) fn slopes(values: &[f64], hole: &[bool]) -> Vec<f64> {
    let last = values.len().saturating_sub(1);
    (0..values.len())
        .map(|i| {
            let (before, after) = (i.saturating_sub(1), (i + 1).min(last));
            let holed = hole[before] || hole[i] || hole[after];
            if holed { 0.0 } else { (values[after] - values[before]) / (after - before).max(1) as f64 }
        })
        .collect()
}

/// The middle value; zero of none.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    let middle = values.len() / 2;
    if values.is_empty() { 0.0 } else { *values.select_nth_unstable_by(middle, f64::total_cmp).1 }
}
