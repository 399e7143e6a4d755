//! Beats of an electrocardiogram, by their QRS complexes.

use super::candidates::{Parts, candidates, of_neighbours, usual_maxima};
use super::prepare::{Prepared, median, slopes, smoothed, summed};
use super::{Beat, quality};

/// Half the widths of the two running means between whose differences a QRS complex stands out, s: the band of 5 to 15 Hz of
/// Pan and Tompkins 1985. The finer one, taken twice, is a period of the mains long.
const FINE: f64 = 0.0095;
const COARSE: f64 = 0.07;
/// The time over which the squared slope is summed, s: about the longest normal QRS complex (Pan and Tompkins 1985 take 0.15 s,
/// which at a high rate leaves no quiet between the beats by which noise could be told).
const COMPLEX: f64 = 0.1;
/// The R wave lies so near to the steepest slope, s.
const BESIDE: f64 = 0.05;
/// The part of the usual maximum that makes a beat, and in a pause. The feature is a root of energy: four tenths of it are
/// a sixth of the energy; they take a quarter in between noise and signal, and half of that in a pause.
const PARTS: Parts = Parts { usual: 0.4, weak: 0.25 };
/// How many times the quarter from below of the feature its usual maximum is where there are surely complexes, and where there
/// may be, if the beats are alike, 1 (assumed; noise has less, see the test that prints it).
const STANDS_OUT: f64 = 3.8;
const MAY_STAND_OUT: f64 = 2.5;
/// The part of the usual beat that is compared before the R wave, 1.
const BEFORE: f64 = 0.3;

/// The beats of a stretch, from R wave to R wave, their times in samples.
///
/// After Pan and Tompkins 1985 (IEEE Trans Biomed Eng 32:230): band, slope, square, sum over 150 ms, thresholds that follow the
/// signal, and a second look in pauses. Both sides of a beat are known here, so that the thresholds come from both.
pub(super) fn beats(prepared: &Prepared, rate: f64) -> (Vec<Beat>, f64) {
    let half = |time: f64| (time * rate).round() as usize;
    let fine = smoothed(&smoothed(&prepared.values, half(FINE)), half(FINE));
    let coarse = smoothed(&smoothed(&prepared.values, half(COARSE)), half(COARSE));
    let band: Vec<f64> = fine.iter().zip(&coarse).map(|(fine, coarse)| fine - coarse).collect();
    let squares: Vec<f64> = slopes(&band, &prepared.hole).iter().map(|slope| slope * slope).collect();
    let feature: Vec<f64> =
        summed(&squares, half(COMPLEX).max(1)).into_iter().map(|sum| sum.max(0.0).sqrt()).collect();
    let tops = candidates(&feature, rate, PARTS);
    let (usual, piece) = usual_maxima(&feature, rate);
    let quiet = of_neighbours(&feature.chunks(piece).map(quarter_from_below).collect::<Vec<f64>>());
    // The sum is highest at the end of the complex.
    let complex = |top: &usize| top.saturating_sub(half(COMPLEX) + 1)..(top + 1).min(band.len());
    let clear: Vec<usize> = tops
        .into_iter()
        .filter(|&top| usual[top / piece] > MAY_STAND_OUT * quiet[top / piece])
        .filter(|top| !prepared.hole[complex(top)].contains(&true))
        .collect();
    let steepest =
        |top: &usize| complex(top).max_by(|&a, &b| squares[a].total_cmp(&squares[b])).unwrap_or(*top);
    let near = |top: &usize| {
        let at = steepest(top);
        at.saturating_sub(half(BESIDE))..(at + half(BESIDE) + 1).min(band.len())
    };
    let extremes = |top: &usize| super::prepare::range(&band[near(top)]);
    let upright = median(clear.iter().map(extremes).map(|(low, high)| high + low).collect());
    let sign = if upright < 0.0 { -1.0 } else { 1.0 };
    let waves: Vec<f64> = clear
        .iter()
        .filter_map(|top| near(top).max_by(|&a, &b| (sign * band[a]).total_cmp(&(sign * band[b]))))
        .map(|at| at as f64)
        .collect();
    let before = BEFORE * median(waves.windows(2).map(|pair| pair[1] - pair[0]).collect());
    let likeness = quality::likeness(&fine, &waves.iter().map(|wave| wave - before).collect::<Vec<f64>>());
    let stands_out = |k: usize| usual[clear[k] / piece] > STANDS_OUT * quiet[clear[k] / piece];
    let company = quality::of_company(&likeness);
    let sure: Vec<bool> = (0..waves.len()).map(|k| stands_out(k) || company[k] >= quality::ENOUGH).collect();
    let beat = |k: usize| Beat {
        onset: waves[k],
        end: waves[k + 1],
        peak: waves[k],
        notch: None,
        likeness: likeness[k],
    };
    (quality::in_runs(sure).map(beat).collect(), sign)
}

fn quarter_from_below(values: &[f64]) -> f64 {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| *value > 0.0).collect();
    let place = sorted.len() / 4;
    if sorted.is_empty() { 0.0 } else { *sorted.select_nth_unstable_by(place, f64::total_cmp).1 }
}
