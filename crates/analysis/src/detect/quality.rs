//! How much beats are alike: what tells a pulse from noise.

use super::prepare::median;

/// Points of a beat that are compared.
const POINTS: usize = 32;
/// The part of the usual beat that is compared, 1: the rest is cut off by an early beat.
const COMPARED: f64 = 0.85;
/// Beats less alike than this do not make up the usual one.
const ODD: f64 = 0.5;
/// Beats less like the usual one than this, with their neighbours, are noise, 1. On white, pink and brown noise the beats that
/// the detector takes are alike to less; see the test that prints what is left.
pub(super) const ENOUGH: f64 = 0.8;
/// So many beats that are alike must follow each other: a few are alike by chance (assumed; the same test).
const RUN: usize = 8;
/// The least part of all that pass for beats in a stretch that must stand in such runs, 1 (assumed; the same test).
const LEAST_PART: f64 = 0.25;
/// Beats on either side whose likeness counts too, so that a single odd beat (ectopic) remains a beat.
const BESIDE: usize = 2;

/// The correlation of each beat with the average of all, -1 to 1, from its onset (samples) for most of the usual beat.
pub(super) fn likeness(smooth: &[f64], onsets: &[f64]) -> Vec<f64> {
    let usual = median(onsets.windows(2).map(|pair| pair[1] - pair[0]).collect());
    let step = COMPARED * usual / POINTS as f64;
    let shapes: Vec<Option<[f64; POINTS]>> = onsets.iter().map(|&onset| shape(smooth, onset, step)).collect();
    let all = average(shapes.iter().flatten());
    let typical = average(shapes.iter().flatten().filter(|shape| dot(shape, &all) > ODD));
    shapes.iter().map(|shape| shape.as_ref().map_or(0.0, |shape| dot(shape, &typical))).collect()
}

/// The middle likeness of each beat and its neighbours.
pub(super) fn of_company(likeness: &[f64]) -> Vec<f64> {
    (0..likeness.len())
        .map(|i| median(likeness[i.saturating_sub(BESIDE)..(i + BESIDE + 1).min(likeness.len())].to_vec()))
        .collect()
}

/// The numbers of the beats (all but the last onset, which only ends one) that stand in a run of good ones, or in a stretch that
/// is too short for a run and all good; none where they are few among many.
pub(super) fn in_runs(mut good: Vec<bool>) -> impl Iterator<Item = usize> {
    good.pop();
    let needed = RUN.min(good.len());
    let mut kept = Vec::with_capacity(good.len());
    let mut begin = 0;
    for run in good.chunk_by(|a, b| a == b) {
        if run[0] && run.len() >= needed {
            kept.extend(begin..begin + run.len());
        }
        begin += run.len();
    }
    if (kept.len() as f64) < LEAST_PART * good.len() as f64 {
        kept.clear();
    }
    kept.into_iter()
}

/// The beat without its mean and its steady rise or fall, of length one; none where it is cut off or flat.
fn shape(smooth: &[f64], onset: f64, step: f64) -> Option<[f64; POINTS]> {
    let mut points = [0.0; POINTS];
    for (k, point) in points.iter_mut().enumerate() {
        let at = onset + k as f64 * step;
        let index = at.max(0.0) as usize;
        let (here, next) = (*smooth.get(index)?, *smooth.get(index + 1)?);
        *point = here + (at - index as f64) * (next - here);
    }
    let mean = points.iter().sum::<f64>() / POINTS as f64;
    let place = |k: usize| k as f64 - 0.5 * (POINTS - 1) as f64;
    let (mut along, mut across) = (0.0, 0.0);
    for (k, point) in points.iter().enumerate() {
        along += place(k) * (point - mean);
        across += place(k) * place(k);
    }
    points.iter_mut().enumerate().for_each(|(k, point)| *point -= mean + along / across * place(k));
    scaled(points)
}

fn average<'s>(shapes: impl Iterator<Item = &'s [f64; POINTS]>) -> [f64; POINTS] {
    let mut sum = [0.0; POINTS];
    for shape in shapes {
        sum.iter_mut().zip(shape).for_each(|(sum, point)| *sum += point);
    }
    scaled(sum).unwrap_or([0.0; POINTS])
}

fn scaled(mut points: [f64; POINTS]) -> Option<[f64; POINTS]> {
    let length = dot(&points, &points).sqrt();
    points.iter_mut().for_each(|point| *point /= length);
    (length > 0.0 && length.is_finite()).then_some(points)
}

fn dot(a: &[f64; POINTS], b: &[f64; POINTS]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The correlation of two courses, -1 to 1; nought where one is flat.
pub(crate) fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let count = a.len() as f64;
    let (mean_a, mean_b) = (a.iter().sum::<f64>() / count, b.iter().sum::<f64>() / count);
    let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
    for (a, b) in a.iter().zip(b) {
        let (a, b) = (a - mean_a, b - mean_b);
        (ab, aa, bb) = (ab + a * b, aa + a * a, bb + b * b);
    }
    if aa > 0.0 && bb > 0.0 { ab / (aa * bb).sqrt() } else { 0.0 }
}
