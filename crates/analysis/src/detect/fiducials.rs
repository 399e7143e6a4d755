//! Onset, systolic peak and dicrotic notch of one pulse.

use super::prepare::range;

/// The first rise of this part of the steepest slope is the upstroke, 1 (assumed): of an intracranial pulse the second wave may
/// rise as steeply as the first.
const UPSTROKE: f64 = 0.7;
/// The systolic peak lies within this part of the beat, 1 (assumed: systole is at most about half of a beat at the rates
/// of the heart at rest; the crest of a rounded pulse of intracranial pressure comes a little later).
const PEAK_WITHIN: f64 = 0.65;
/// The notch lies within this part of the beat, 1 (assumed likewise: the valve shuts when systole ends).
const NOTCH_WITHIN: f64 = 0.8;
/// How long after the steepest fall the curve must flatten, s (assumed: the incisura lasts some 0.05 s).
const FLATTENS_WITHIN: f64 = 0.2;
/// A fall counts from this part of the steepest one, 1 (assumed: ripples on the crest are less steep).
const LEAST_FALL: f64 = 0.3;
/// A rise after the notch of this part of the pulse makes it certain, 1 (assumed).
const CERTAIN_RISE: f64 = 0.05;
/// A notch surer than that is told, 1: the fall must at least halve.
const LEAST_CONFIDENCE: f64 = 0.25;

/// Where the tangent at the steepest sample of the upstroke before `near` meets the level of the minimum before it, in samples.
pub(super) fn foot(smooth: &[f64], slope: &[f64], near: usize, back: usize) -> Option<f64> {
    let start = near.saturating_sub(back);
    let lowest = (start..=near).min_by(|&a, &b| smooth[a].total_cmp(&smooth[b]).then(b.cmp(&a)))?;
    let enough = UPSTROKE * (lowest..=near).map(|i| slope[i]).fold(0.0, f64::max);
    let first = (lowest..=near).find(|&i| slope[i] >= enough)?;
    let steepest = (first..near).find(|&i| slope[i + 1] < slope[i]).unwrap_or(near);
    (slope[steepest] > 0.0).then(|| {
        let foot = steepest as f64 - (smooth[steepest] - smooth[lowest]) / slope[steepest];
        foot.max(lowest as f64)
    })
}

/// The systolic peak of a pulse from `onset` to `end` (samples): the highest point, between samples by a parabola.
pub(super) fn peak(smooth: &[f64], onset: f64, end: f64) -> Option<f64> {
    let (from, to) = (onset.ceil() as usize, (onset + PEAK_WITHIN * (end - onset)) as usize);
    let top =
        (from..=to.min(smooth.len().checked_sub(1)?)).max_by(|&a, &b| smooth[a].total_cmp(&smooth[b]))?;
    if top == 0 || top + 1 >= smooth.len() {
        return Some(top as f64);
    }
    let (before, after) = (smooth[top] - smooth[top - 1], smooth[top] - smooth[top + 1]);
    let bend = before + after;
    Some(
        top as f64
            + if before >= 0.0 && after >= 0.0 && bend > 0.0 { 0.5 * (before - after) / bend } else { 0.0 },
    )
}

/// The dicrotic notch (samples) and how sure it is, 0 to 1.
///
/// After the steepest fall the curve flattens and falls again, or rises. Where it rises, the notch is the lowest point
/// before, and the sureness grows from a half to one with the rise; where it only flattens, it is the place of the sharpest
/// bend, and the sureness is half of the part by which the fall slackens. After Li, Dong and Vai 2010 (Biomed Signal Process
/// Control 5:76), who take zero crossings of the slope, else its inflections.
pub(super) fn notch(
    smooth: &[f64],
    slope: &[f64],
    peak: f64,
    onset: f64,
    end: f64,
    rate: f64,
) -> Option<(f64, f64)> {
    let limit = ((onset + NOTCH_WITHIN * (end - onset)) as usize).min(slope.len().checked_sub(2)?);
    let begin = peak.ceil() as usize;
    let by_slope = |a: &usize, b: &usize| slope[*a].total_cmp(&slope[*b]);
    // Of several falls each may end in a notch; the surest is taken.
    let mut best: Option<(f64, f64)> = None;
    let mut from = begin;
    let pulse = range(&smooth[onset.floor() as usize..(end.ceil() as usize).min(smooth.len())]);
    let steep = LEAST_FALL * (begin..limit).map(|i| slope[i]).fold(0.0, f64::min);
    while from < limit {
        let Some(fall) = (from..limit).find(|&i| {
            slope[i] < steep && slope[i] <= slope[i + 1] && slope[i] <= slope[i.saturating_sub(1)]
        }) else {
            break;
        };
        let reach = (fall + (FLATTENS_WITHIN * rate) as usize).min(limit);
        let Some(flat) = (fall..=reach).max_by(by_slope).filter(|&flat| flat > fall && flat < reach) else {
            from = fall + 1;
            continue;
        };
        let found = if slope[flat] > 0.0 {
            let Some(low) = (fall..=flat).min_by(|&a, &b| smooth[a].total_cmp(&smooth[b])) else { break };
            let top = (flat..limit).take_while(|&i| slope[i] > 0.0).last().unwrap_or(flat);
            let rise = (smooth[top] - smooth[low]) / (pulse.1 - pulse.0);
            (low as f64, 0.5 + 0.5 * (rise / CERTAIN_RISE).min(1.0))
        } else {
            let Some(bend) =
                (fall..flat).max_by(|&a, &b| (slope[a + 1] - slope[a]).total_cmp(&(slope[b + 1] - slope[b])))
            else {
                break;
            };
            (bend as f64, 0.5 * (1.0 - slope[flat] / slope[fall]))
        };
        if found.1 > best.map_or(LEAST_CONFIDENCE, |best| best.1) {
            best = Some(found);
        }
        from = flat + 1;
    }
    best
}
