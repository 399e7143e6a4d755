//! Where a feature that grows with each beat passes a part of its usual maximum: one search for all waves.

use super::prepare::median;

/// The pieces in which the usual maximum is looked up, s; each holds at least one beat above 24 a minute.
const PIECE: f64 = 2.5;
/// How many pieces on either side make up what is usual.
const NEIGHBOURS: usize = 4;
/// The shortest beat, s (240 a minute).
pub(super) const SHORTEST: f64 = 0.25;
/// A pause of so many usual beats is looked through again for a weak one (Pan and Tompkins 1985).
const PAUSE: f64 = 1.66;

/// The parts of the usual maximum that make a beat.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    /// Anywhere, 1.
    pub usual: f64,
    /// In a pause, 1.
    pub weak: f64,
}

/// The usual maximum of the feature in each piece: the median of those of its neighbours; and the length of a piece.
pub(super) fn usual_maxima(feature: &[f64], rate: f64) -> (Vec<f64>, usize) {
    let piece = ((PIECE * rate) as usize).max(1);
    let maxima: Vec<f64> =
        feature.chunks(piece).map(|part| part.iter().copied().fold(0.0, f64::max)).collect();
    (of_neighbours(&maxima), piece)
}

/// The middle one of the values above nought of each piece and its neighbours.
pub(super) fn of_neighbours(values: &[f64]) -> Vec<f64> {
    (0..values.len())
        .map(|i| {
            let near = &values[i.saturating_sub(NEIGHBOURS)..(i + NEIGHBOURS + 1).min(values.len())];
            median(near.iter().copied().filter(|value| *value > 0.0).collect())
        })
        .collect()
}

/// The samples at which the feature is highest in each beat, in order.
pub(super) fn candidates(feature: &[f64], rate: f64, parts: Parts) -> Vec<usize> {
    let (usual, piece) = usual_maxima(feature, rate);
    let level = |i: usize, part: f64| part * usual[i / piece];
    let mut found = Vec::new();
    let mut at = 0;
    while at < feature.len() {
        // Within a piece the level is one number.
        let (low, end) = (level(at, parts.usual), (at / piece + 1) * piece);
        let rest = &feature[at..end.min(feature.len())];
        let Some(above) = rest.iter().position(|value| *value > low) else {
            at += rest.len();
            continue;
        };
        at += above;
        let end = (at..feature.len()).find(|&i| feature[i] <= level(i, parts.usual)).unwrap_or(feature.len());
        found.extend(highest(feature, at, end));
        at = end;
    }
    let merged = merge_doubles(found, feature, rate);
    with_weak_beats(&merged, feature, rate, &|i| level(i, parts.weak))
}

fn highest(feature: &[f64], from: usize, to: usize) -> Option<usize> {
    (from..to).max_by(|&a, &b| feature[a].total_cmp(&feature[b]))
}

/// Of candidates closer than half the usual distance (or the shortest beat), keeps the greater one.
fn merge_doubles(found: Vec<usize>, feature: &[f64], rate: f64) -> Vec<usize> {
    let distances = found.windows(2).map(|pair| (pair[1] - pair[0]) as f64).filter(|d| *d >= SHORTEST * rate);
    let least = (0.5 * median(distances.collect())).max(SHORTEST * rate);
    let mut kept: Vec<usize> = Vec::new();
    for at in found {
        match kept.last_mut() {
            Some(last) if ((at - *last) as f64) < least => {
                if feature[at] > feature[*last] {
                    *last = at;
                }
            }
            _ => kept.push(at),
        }
    }
    kept
}

/// Adds, in pauses, the highest place that passes the weaker level and is well away from both neighbours.
fn with_weak_beats(found: &[usize], feature: &[f64], rate: f64, level: &dyn Fn(usize) -> f64) -> Vec<usize> {
    let usual = median(found.windows(2).map(|pair| (pair[1] - pair[0]) as f64).collect());
    let away = (0.6 * usual).max(SHORTEST * rate) as usize;
    let mut all = Vec::with_capacity(found.len());
    for (k, &at) in found.iter().enumerate() {
        all.push(at);
        let Some(&next) = found.get(k + 1) else { break };
        let mut last = at;
        while (next - last) as f64 > PAUSE * usual && next - last > 2 * away {
            match highest(feature, last + away, next - away) {
                Some(weak) if feature[weak] > level(weak) && is_top(feature, weak) => {
                    all.push(weak);
                    last = weak;
                }
                _ => break,
            }
        }
    }
    all
}

/// Whether the feature falls to either side: the end of a stretch is no top.
fn is_top(feature: &[f64], at: usize) -> bool {
    at > 0 && at + 1 < feature.len() && feature[at] >= feature[at - 1] && feature[at] >= feature[at + 1]
}
