//! The even clock behind a column of time stamps.
//!
//! The rate comes from the whole column, never from its first two rows: stamps are rounded, and exports drop
//! samples.

/// Grid places per stamp that gaps may add, so that two far stamps cannot ask for all memory.
const PLACES_PER_STAMP: usize = 16;
/// Grid places that gaps may always add.
const FREE_PLACES: usize = 4096;

/// An even clock, and where on it each stamp lies.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Clock {
    /// Time of the first sample, s.
    pub start: f64,
    /// Samples per second.
    pub rate: f64,
    /// The place of each stamp on the grid.
    pub places: Vec<usize>,
    /// How far a stamp lies from its place at most, s.
    pub jitter: f64,
}

/// Why stamps lie on no even clock.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Uneven {
    /// Stamp `row` does not come after the one before.
    Backwards { row: usize },
    /// Too many steps differ from the usual one.
    Irregular { row: usize, step: f64, usual: f64, count: usize },
    /// The gap before stamp `row` is out of proportion to what was recorded.
    Vast { row: usize, gap: f64 },
    /// Fewer than two stamps tell no rate.
    TooFew,
}

impl Clock {
    /// The clock of stamps (s).
    ///
    /// The usual step is the mean of all steps near the median. A step over 1.5 of it is a gap; places inside
    /// a run are counted on, places after a gap are found from the time. One step in twenty may be odd.
    pub(crate) fn of(stamps: &[f64]) -> Result<Self, Uneven> {
        let steps: Vec<f64> = stamps.windows(2).map(|pair| pair[1] - pair[0]).collect();
        if let Some(row) = steps.iter().position(|step| !(*step > 0.0 && step.is_finite())) {
            return Err(Uneven::Backwards { row: row + 1 });
        }
        let usual = usual_step(&steps).ok_or(Uneven::TooFew)?;
        let odd = |step: f64| {
            let ratio = step / usual;
            ratio < 0.6 || (ratio - ratio.round()).abs() > 0.4
        };
        let count = steps.iter().filter(|step| odd(**step)).count();
        if count > steps.len() / 20 + 1 {
            let row = steps.iter().position(|step| odd(*step)).unwrap_or(0);
            return Err(Uneven::Irregular { row: row + 1, step: steps[row], usual, count });
        }

        let most = stamps.len() * PLACES_PER_STAMP + FREE_PLACES;
        let counted =
            places(&steps, most, |_, place, step| place + (step / usual).round().max(1.0) as usize)?;
        let fitted = fitted_rate(stamps, &counted).filter(|rate| rate.is_finite() && *rate > 0.0);
        let fitted = fitted.unwrap_or(usual.recip());
        let placed = places(&steps, most, |row, place, step| {
            if step < 1.5 * usual {
                place + 1
            } else {
                (((stamps[row] - stamps[0]) * fitted).round() as usize).max(place + 1)
            }
        })?;
        let fitted = fitted_rate(stamps, &placed).filter(|rate| rate.is_finite() && *rate > 0.0);
        let rate = plainest_rate(stamps, &placed, fitted.unwrap_or(usual.recip()));
        let jitter = worst(stamps, &placed, rate);
        if jitter * rate > 1.0 {
            let late = |row: usize| (stamps[row] - stamps[0] - placed[row] as f64 / rate).abs() * rate > 1.0;
            let row = (1..stamps.len()).find(|row| late(*row)).unwrap_or(1);
            return Err(Uneven::Irregular { row, step: steps[row - 1], usual, count: count.max(1) });
        }
        Ok(Clock { start: stamps[0], rate, places: placed, jitter })
    }

    /// The number of grid places from the first stamp to the last.
    pub(crate) fn len(&self) -> usize {
        self.places.last().map_or(0, |last| last + 1)
    }

    /// Runs of places without a stamp: the first missing and the first present again.
    pub(crate) fn gaps(&self) -> impl Iterator<Item = (usize, usize)> {
        self.places.windows(2).filter(|pair| pair[1] > pair[0] + 1).map(|pair| (pair[0] + 1, pair[1]))
    }
}

/// The mean of the steps that are near the median, so that rounded stamps (2 ms, 3 ms, 2 ms ...) tell 2.5 ms.
fn usual_step(steps: &[f64]) -> Option<f64> {
    let mut sorted = steps.to_vec();
    let middle = sorted.len().checked_sub(1)? / 2;
    let (_, median, _) = sorted.select_nth_unstable_by(middle, f64::total_cmp);
    let median = *median;
    let near = || steps.iter().filter(|step| **step > 0.5 * median && **step < 1.9 * median);
    let mean = near().sum::<f64>() / near().count() as f64;
    (mean.is_finite() && mean > 0.0).then_some(mean)
}

/// The place of each stamp, from a rule that gives the next place; refuses a grid over `most` places.
fn places(
    steps: &[f64],
    most: usize,
    next: impl Fn(usize, usize, f64) -> usize,
) -> Result<Vec<usize>, Uneven> {
    let mut places = Vec::with_capacity(steps.len() + 1);
    let mut place = 0;
    places.push(place);
    for (index, step) in steps.iter().enumerate() {
        place = next(index + 1, place, *step);
        if place >= most {
            let (row, gap) = steps
                .iter()
                .enumerate()
                .max_by(|a, b| a.1.total_cmp(b.1))
                .map_or((1, 0.0), |(i, gap)| (i + 1, *gap));
            return Err(Uneven::Vast { row, gap });
        }
        places.push(place);
    }
    Ok(places)
}

/// Samples per second: the slope of place over time by least squares.
fn fitted_rate(stamps: &[f64], places: &[usize]) -> Option<f64> {
    let n = stamps.len() as f64;
    let first = stamps.first()?;
    let mean_time = stamps.iter().map(|t| t - first).sum::<f64>() / n;
    let mean_place = places.iter().map(|p| *p as f64).sum::<f64>() / n;
    let (mut both, mut time) = (0.0, 0.0);
    for (stamp, place) in stamps.iter().zip(places) {
        let t = stamp - first - mean_time;
        both += t * (*place as f64 - mean_place);
        time += t * t;
    }
    Some(both / time)
}

/// How far a stamp lies from its place at most, s.
fn worst(stamps: &[f64], places: &[usize], rate: f64) -> f64 {
    let first = stamps.first().copied().unwrap_or_default();
    stamps
        .iter()
        .zip(places)
        .map(|(stamp, place)| (stamp - first - *place as f64 / rate).abs())
        .fold(0.0, f64::max)
}

/// The rate, or step, with the fewest digits that explains the stamps as well as the fitted one: 125 Hz, not
/// 124.99999998.
fn plainest_rate(stamps: &[f64], places: &[usize], fitted: f64) -> f64 {
    let allowed = worst(stamps, places, fitted) * 1.05 + 1e-9 / fitted;
    let last = places.last().copied().unwrap_or_default() as f64;
    let rounded = |value: f64, digits: usize| format!("{value:.digits$e}").parse::<f64>().unwrap_or(value);
    (0..13)
        .flat_map(|digits| [rounded(fitted, digits), rounded(fitted.recip(), digits).recip()])
        // The last stamp alone rules out most candidates at no cost.
        .filter(|rate| last * (rate.recip() - fitted.recip()).abs() <= 2.0 * allowed)
        .find(|rate| worst(stamps, places, *rate) <= allowed)
        .unwrap_or(fitted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stamps(count: usize, rate: f64, digits: usize) -> Vec<f64> {
        (0..count).map(|i| format!("{:.digits$}", i as f64 / rate).parse().unwrap()).collect()
    }

    #[test]
    fn stamps_rounded_to_milliseconds_still_tell_400_hz() {
        let clock = Clock::of(&stamps(4000, 400.0, 3)).unwrap();
        assert_eq!(clock.rate, 400.0);
        assert_eq!(clock.gaps().count(), 0);
        assert!((clock.jitter - 0.0005).abs() < 1e-6);
    }

    #[test]
    fn a_step_that_is_no_round_number_keeps_its_rate() {
        let clock = Clock::of(&stamps(1000, 62.4725, 9)).unwrap();
        assert!((clock.rate - 62.4725).abs() < 1e-7, "{}", clock.rate);
    }

    #[test]
    fn missing_stamps_are_a_gap_of_the_right_length() {
        let mut times = stamps(500, 125.0, 6);
        times.drain(200..233);
        let clock = Clock::of(&times).unwrap();
        assert_eq!(clock.rate, 125.0);
        assert_eq!(clock.gaps().collect::<Vec<_>>(), [(200, 233)]);
        assert_eq!(clock.len(), 500);
    }

    #[test]
    fn a_digitised_curve_is_refused_with_its_first_odd_row() {
        let times = [0.0, 0.047, 0.095, 0.174, 0.19, 0.237, 0.3, 0.4, 0.42, 0.5];
        assert!(matches!(Clock::of(&times), Err(Uneven::Irregular { row: 4, .. })));
    }

    #[test]
    fn a_gap_of_a_million_years_asks_for_no_memory() {
        let refused = Clock::of(&[0.0, 0.01, 0.02, 3e13]);
        assert_eq!(refused, Err(Uneven::Vast { row: 3, gap: 3e13 - 0.02 }));
    }

    #[test]
    fn time_that_stands_still_is_backwards() {
        assert_eq!(Clock::of(&[0.0, 0.01, 0.01, 0.02]), Err(Uneven::Backwards { row: 2 }));
        assert_eq!(Clock::of(&[0.0]), Err(Uneven::TooFew));
    }

    proptest! {
        #[test]
        fn whatever_rows_are_lost_the_rate_and_the_places_of_the_rest_stay(
            rate in prop::sample::select(vec![10.0, 50.0, 100.0, 125.0, 240.0, 250.0, 1000.0]),
            start in -1000.0..1000.0f64,
            lost in prop::collection::btree_set(1usize..400, 0..40),
        ) {
            let kept: Vec<usize> = (0..=400).filter(|i| !lost.contains(i)).collect();
            let times: Vec<f64> = kept.iter().map(|i| start + *i as f64 / rate).collect();
            let clock = Clock::of(&times).unwrap();
            prop_assert!((clock.rate / rate - 1.0).abs() < 1e-9, "{}", clock.rate);
            prop_assert_eq!(clock.places, kept);
        }
    }
}
