//! The waves of points that are breaths.

use super::Breath;
use super::points::RATE;

/// Half the width of the smoothing, in points, taken twice: breaths of 60 a minute keep nine tenths of their depth.
const SMOOTHING: usize = 1;
/// Half of the time whose mean is the resting level, s: at four breaths a minute it still holds one.
const LEVEL: f64 = 8.0;
/// The breaths round which tell what is usual, on either side.
const NEIGHBOURS: usize = 8;
/// A wave counts from this part of the third quarter of the heights round it, 1 (Schäfer and Kratky 2008, Ann Biomed Eng 36:476).
const PART: f64 = 0.2;
/// The shortest and longest breath, s (60 and 3 a minute).
const SHORTEST: f64 = 1.0;
const LONGEST: f64 = 20.0;

/// The mean of the valid points within `reach` of each.
fn running(series: &[f64], reach: usize) -> Vec<f64> {
    let (mut sum, mut count) = (0.0, 0_usize);
    let mut sums = vec![(0.0, 0)];
    for value in series {
        if value.is_finite() {
            (sum, count) = (sum + value, count + 1);
        }
        sums.push((sum, count));
    }
    (0..series.len())
        .map(|k| {
            let (from, to) = (sums[k.saturating_sub(reach)], sums[(k + reach + 1).min(series.len())]);
            (to.0 - from.0) / (to.1 - from.1) as f64
        })
        .collect()
}

/// The breaths of points at [`RATE`], in s from the first.
pub(crate) fn breaths_in(series: &[f64]) -> Vec<Breath> {
    let smooth = running(&running(series, SMOOTHING), SMOOTHING);
    let level = running(&smooth, (LEVEL * RATE) as usize);
    let wave: Vec<f64> = smooth
        .iter()
        .zip(&level)
        .zip(series)
        .map(|((s, l), raw)| if raw.is_finite() { s - l } else { f64::NAN })
        .collect();
    let turns = great_turns(half_waves(&wave));
    turns
        .windows(3)
        .filter(|turn| turn[0].1 < 0.0 && turn[1].1 > 0.0 && turn[2].1 < 0.0)
        .filter(|turn| wave[turn[0].0..turn[2].0].iter().all(|value| value.is_finite()))
        .map(|turn| Breath {
            start: turn[0].0 as f64 / RATE,
            peak: turn[1].0 as f64 / RATE,
            end: turn[2].0 as f64 / RATE,
            depth: smooth[turn[1].0] - 0.5 * (smooth[turn[0].0] + smooth[turn[2].0]),
        })
        .filter(|breath| (SHORTEST..=LONGEST).contains(&breath.duration()))
        .collect()
}

/// The furthest point of each stretch above or below nothing: its number and value.
fn half_waves(wave: &[f64]) -> Vec<(usize, f64)> {
    let mut turns: Vec<(usize, f64)> = Vec::new();
    for (k, &value) in wave.iter().enumerate().filter(|(_, value)| value.is_finite()) {
        match turns.last_mut() {
            Some(last) if (last.1 > 0.0) == (value > 0.0) => {
                if value.abs() > last.1.abs() {
                    *last = (k, value);
                }
            }
            _ => turns.push((k, value)),
        }
    }
    turns
}

/// Leaves out waves that are small among their neighbours and joins what then lies on the same side.
fn great_turns(turns: Vec<(usize, f64)>) -> Vec<(usize, f64)> {
    let usual = |k: usize| {
        let near = &turns[k.saturating_sub(NEIGHBOURS)..(k + NEIGHBOURS + 1).min(turns.len())];
        let mut heights: Vec<f64> = near.iter().map(|turn| turn.1.abs()).collect();
        let place = heights.len() * 3 / 4;
        *heights.select_nth_unstable_by(place, f64::total_cmp).1
    };
    let mut kept: Vec<(usize, f64)> = Vec::new();
    for (_, &turn) in turns.iter().enumerate().filter(|(k, turn)| turn.1.abs() >= PART * usual(*k)) {
        match kept.last_mut() {
            Some(last) if (last.1 > 0.0) == (turn.1 > 0.0) => {
                if turn.1.abs() > last.1.abs() {
                    *last = turn;
                }
            }
            _ => kept.push(turn),
        }
    }
    kept
}
