//! Plateau waves in ten-second means.

use super::{Found, PressureWave, WaveKind, require_mmhg};
use crate::index::aligned::Aligned;
use cisterna_recording::Channel;

/// The length of a mean, s.
const BLOCK: f64 = 10.0;
/// The level of a plateau, mmHg (Czosnyka 1999).
const LEVEL: f64 = 40.0;
/// How long a plateau lasts, s (Lundberg 1960).
const LASTS: (f64, f64) = (300.0, 1200.0);
/// How long a dip or gap within a plateau may be, s (assumed).
const BRIDGED: f64 = 30.0;
/// How far around a plateau its rise and fall are sought, s (assumed).
const AROUND: f64 = 600.0;
/// The least rise and fall, mmHg (assumed).
const LEAST_RISE: f64 = 10.0;

pub(super) fn search(icp: &Channel) -> Result<Found, String> {
    require_mmhg(icp)?;
    let rows = Aligned::new(&[icp], BLOCK)?;
    let values = &rows.columns[0];
    let around = (AROUND / BLOCK) as usize;
    let waves = runs(values)
        .into_iter()
        .filter(|(from, to)| (LASTS.0..=LASTS.1).contains(&((to - from) as f64 * BLOCK)))
        .filter_map(|(from, to)| {
            let height = median(&values[from..to])?;
            let before = lowest(&values[from.saturating_sub(around)..from])?;
            let after = lowest(&values[to..(to + around).min(values.len())])?;
            (height - before.max(after) >= LEAST_RISE).then_some(PressureWave {
                kind: WaveKind::A,
                start: rows.start + from as f64 * BLOCK,
                end: rows.start + to as f64 * BLOCK,
                height: height - before,
                per_minute: None,
            })
        })
        .collect();
    Ok(Found { waves, valid: rows.valid_fraction() })
}

/// First and one past the last value of each run above the level.
fn runs(values: &[f64]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (place, _) in values.iter().enumerate().filter(|(_, value)| **value > LEVEL) {
        match found.last_mut() {
            Some((_, end)) if (place - *end) as f64 * BLOCK <= BRIDGED => *end = place + 1,
            _ => found.push((place, place + 1)),
        }
    }
    found
}

fn lowest(values: &[f64]) -> Option<f64> {
    values.iter().copied().filter(|value| value.is_finite()).reduce(f64::min)
}

fn median(values: &[f64]) -> Option<f64> {
    let mut valid: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    valid.sort_by(f64::total_cmp);
    valid.get(valid.len() / 2).copied()
}
