//! Signals as points at which breathing is looked at.

use crate::detect::Beat;

/// Points a second at which breathing is looked at: ten times the fastest breath of 60 a minute.
pub(crate) const RATE: f64 = 10.0;

/// Samples as points at [`RATE`]: the means between them.
pub(crate) fn points(values: &[f64], rate: f64) -> Vec<f64> {
    let index = |k: usize| ((k as f64 * rate / RATE) as usize).min(values.len().saturating_sub(1));
    let count = (values.len() as f64 / rate * RATE).floor() as usize;
    (0..count).map(|k| mean(&values[index(k)..index(k + 1).max(index(k) + 1)])).collect()
}

/// The means of beats (samples of `values`, which begin at sample `first`) as points at [`RATE`] from `from` s for `duration` s.
pub(crate) fn beat_level(
    beats: &[Beat],
    values: &[f64],
    first: usize,
    rate: f64,
    from: f64,
    duration: f64,
) -> Vec<f64> {
    let inside = |at: f64| (at.round() as usize).saturating_sub(first).min(values.len());
    let node = |beat: &Beat| {
        (0.5 * (beat.onset + beat.end) / rate - from, mean(&values[inside(beat.onset)..inside(beat.end)]))
    };
    between(&beats.iter().map(node).collect::<Vec<_>>(), duration)
}

/// Points at [`RATE`] on straight lines between nodes no further apart than two slow beats.
pub(super) fn between(nodes: &[(f64, f64)], duration: f64) -> Vec<f64> {
    let mut next = 0;
    (0..=(duration * RATE) as usize)
        .map(|k| {
            let time = k as f64 / RATE;
            while next < nodes.len() && nodes[next].0 < time {
                next += 1;
            }
            match (next.checked_sub(1).map(|before| nodes[before]), nodes.get(next)) {
                (Some(left), Some(right)) if right.0 - left.0 < 3.0 => {
                    left.1 + (right.1 - left.1) * (time - left.0) / (right.0 - left.0)
                }
                _ => f64::NAN,
            }
        })
        .collect()
}

/// The mean of what was measured; not a number where nothing was.
pub(super) fn mean(values: &[f64]) -> f64 {
    let (sum, count) = values
        .iter()
        .filter(|value| value.is_finite())
        .fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    sum / count
}
