//! Uneven stamps on a grid that is fine enough for all of them.

use super::{Clock, FREE_PLACES, PLACES_PER_STAMP, Spread, Uneven};

/// Grid steps in a usual step: a stamp is moved by a sixteenth of that at most.
const FINENESS: f64 = 8.0;

/// The clock of all `stamps`, which are uneven for the reason given; that reason, where no grid is fine enough.
pub(super) fn clock(stamps: &[f64], uneven: Uneven) -> Result<Clock, Uneven> {
    let mut steps: Vec<f64> = stamps.windows(2).map(|pair| pair[1] - pair[0]).collect();
    steps.sort_by(f64::total_cmp);
    let (Some(shortest), Some(middle)) = (steps.first(), steps.get(steps.len() / 2)) else {
        return Err(uneven);
    };
    let step = plain_below(shortest.min(middle / FINENESS));
    let start = stamps[0];
    let places: Vec<usize> = stamps.iter().map(|stamp| ((stamp - start) / step).round() as usize).collect();
    let most = stamps.len() * PLACES_PER_STAMP + FREE_PLACES;
    let apart = places.windows(2).all(|pair| pair[0] < pair[1]);
    if !(apart && places.last().is_some_and(|last| *last < most)) {
        return Err(uneven);
    }
    let off = |(stamp, place): (&f64, &usize)| (stamp - start - *place as f64 * step).abs();
    let jitter = stamps.iter().zip(&places).map(off).fold(0.0, f64::max);
    let rows = stamps.len();
    Ok(Clock { start, rate: step.recip(), jitter, rows, spread: Spread::Sparse(places, uneven) })
}

/// The next lower of 1, 2 and 5 times a power of ten.
fn plain_below(step: f64) -> f64 {
    let power = 10f64.powf(step.log10().floor());
    [5.0, 2.0, 1.0].map(|digit| digit * power).into_iter().find(|plain| *plain <= step).unwrap_or(step)
}
