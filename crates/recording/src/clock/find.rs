//! Finds the clock of stamps as they go by.

use super::fit::Fit;
use super::{Clock, FREE_PLACES, PLACES_PER_STAMP, Spread, Uneven, sparse};

/// Stamps from which the usual step is told, and up to which uneven ones are kept.
const SAMPLE: usize = 1 << 16;
/// One step in so many may be odd.
const ODD: usize = 20;

/// Finds the clock of stamps that go by.
///
/// The usual step is the mean of all steps near the median of the first [`SAMPLE`]. A step over 1.5 of it is a
/// gap, as long as the time says at the rate found so far. One step in twenty may be odd. Where many rows share
/// a stamp, rows are counted on and only the first row of each stamp tells time.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    /// The first stamps, from which the usual step is told.
    sample: Vec<f64>,
    track: Option<Track>,
}

impl Finder {
    /// Takes the next stamp, s.
    pub(crate) fn push(&mut self, stamp: f64) -> Result<(), Uneven> {
        if let Some(track) = &mut self.track {
            return track.push(stamp);
        }
        self.sample.push(stamp);
        if self.sample.len() == SAMPLE { self.begin() } else { Ok(()) }
    }

    fn begin(&mut self) -> Result<(), Uneven> {
        let mut track = Track::new(&self.sample)?;
        self.sample.iter().skip(1).try_for_each(|stamp| track.push(*stamp))?;
        self.track = Some(track);
        Ok(())
    }

    /// The clock of all stamps.
    pub(crate) fn finish(mut self) -> Result<Clock, Uneven> {
        if self.track.is_none() {
            self.begin()?;
        }
        let track = self.track.ok_or(Uneven::TooFew)?;
        match track.finish() {
            Err(uneven @ Uneven::Irregular { .. }) if self.sample.len() < SAMPLE => {
                sparse::clock(&self.sample, uneven)
            }
            found => found,
        }
    }
}

/// What is known after some stamps.
#[derive(Debug)]
struct Track {
    start: f64,
    /// The step between rows, s.
    usual: f64,
    /// How many rows share a stamp, if many do, and the step between different stamps (s).
    shared: Option<(f64, f64)>,
    last: f64,
    rows: usize,
    place: usize,
    jumps: Vec<(usize, usize)>,
    fit: Fit,
    odd: usize,
    odd_rows: Vec<usize>,
    odd_step: f64,
    longest: (usize, f64),
}

impl Track {
    fn new(sample: &[f64]) -> Result<Self, Uneven> {
        let first = *sample.first().ok_or(Uneven::TooFew)?;
        let steps: Vec<f64> = sample.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let same = steps.iter().filter(|step| **step == 0.0).count();
        let rising: Vec<f64> = steps.iter().copied().filter(|step| *step > 0.0).collect();
        // A few such stamps may be a slip, many are a habit of the export.
        let shares = same >= 4 && same * ODD > steps.len() && rising.len() > 1;
        if let (false, Some(row)) = (shares, steps.iter().position(|step| !(*step > 0.0 && step.is_finite())))
        {
            return Err(Uneven::Backwards { row: row + 1, from: sample[row], to: sample[row + 1] });
        }
        let step = usual_step(&rising).ok_or(Uneven::TooFew)?;
        // The first and the last stamp may be cut; rows between the first rows of stamps tell how many share one.
        let shared = shares.then(|| {
            let starts: Vec<usize> = (1..sample.len()).filter(|i| sample[*i] > sample[i - 1]).collect();
            let whole = starts.windows(2).filter(|pair| {
                let rise = sample[pair[1]] - sample[pair[0]];
                rise < 1.5 * step
            });
            let (count, rows) = whole.fold((0, 0), |(n, sum), pair| (n + 1, sum + pair[1] - pair[0]));
            (rows as f64 / f64::from(count.max(1)), step)
        });
        let usual = shared.map_or(step, |(rows, step)| step / rows.max(1.0));
        let mut fit = Fit::default();
        if shared.is_none() {
            fit.add(0, 0.0);
        }
        Ok(Track {
            start: first,
            usual,
            shared,
            last: first,
            rows: 1,
            place: 0,
            jumps: Vec::new(),
            fit,
            odd: 0,
            odd_rows: Vec::new(),
            odd_step: 0.0,
            longest: (0, 0.0),
        })
    }

    fn push(&mut self, stamp: f64) -> Result<(), Uneven> {
        let step = stamp - self.last;
        let rises = step > 0.0 || (self.shared.is_some() && step == 0.0);
        if !(rises && step.is_finite()) {
            return Err(Uneven::Backwards { row: self.rows, from: self.last, to: stamp });
        }
        // How much of the step is ordinary: a row, or a stamp that rows share.
        let ordinary = self.shared.map_or(self.usual, |(_, step)| step);
        let mut places = 1;
        if step >= 1.5 * ordinary {
            let missing = ((step - ordinary) * self.fit.rate().unwrap_or(self.usual.recip())).round();
            places += (missing as usize).min((usize::MAX / 4).saturating_sub(self.place));
            if step > self.longest.1 {
                self.longest = (self.rows, step);
            }
        }
        if self.shared.is_none() {
            let ratio = step / self.usual;
            if ratio < 0.6 || (ratio - ratio.round()).abs() > 0.4 {
                self.note_odd(step);
            }
        }
        self.place += places;
        if places > 1 {
            self.jumps.push((self.rows, self.place));
        }
        if step > 0.0 {
            self.fit.add(self.place, stamp - self.start);
        }
        self.rows += 1;
        self.last = stamp;
        Ok(())
    }

    fn note_odd(&mut self, step: f64) {
        if self.odd == 0 {
            self.odd_step = step;
        }
        self.odd += 1;
        if self.odd_rows.len() < 3 {
            self.odd_rows.push(self.rows);
        }
    }

    fn finish(self) -> Result<Clock, Uneven> {
        let irregular = |rows: Vec<usize>, step: f64, count: usize| {
            Err(Uneven::Irregular { rows, step, usual: self.usual, count })
        };
        if self.odd > (self.rows - 1) / ODD + 1 {
            return irregular(self.odd_rows, self.odd_step, self.odd);
        }
        if self.place >= self.rows * PLACES_PER_STAMP + FREE_PLACES {
            return Err(Uneven::Vast { row: self.longest.0, gap: self.longest.1 });
        }
        let slack = if self.shared.is_some() { 0.5 } else { 0.0 };
        let rate = self.fit.plainest_rate(self.usual.recip(), slack);
        let jitter = self.fit.worst(rate.recip());
        if self.shared.is_none() && jitter * rate > 1.0 {
            let row = self.odd_rows.first().copied().unwrap_or(self.rows - 1);
            return irregular(vec![row], self.odd_step, self.odd.max(1));
        }
        Ok(match self.shared {
            None => {
                Clock { start: self.start, rate, jitter, rows: self.rows, spread: Spread::Even(self.jumps) }
            }
            Some((rows, step)) => Clock {
                // The first row may lie anywhere in its stamp: counted back from the next stamp's first row.
                start: self.start + self.fit.offset(rate.recip()).clamp(0.0, step),
                rate,
                jitter: step,
                rows: self.rows,
                spread: Spread::Shared(self.jumps, rows),
            },
        })
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(stamps: &[f64]) -> Result<Clock, Uneven> {
        let mut finder = Finder::default();
        stamps.iter().try_for_each(|stamp| finder.push(*stamp))?;
        finder.finish()
    }

    fn places(clock: &Clock) -> Vec<usize> {
        (0..clock.rows).map(|row| clock.run(row).0).collect()
    }

    fn stamps(count: usize, rate: f64, digits: usize) -> Vec<f64> {
        (0..count).map(|i| format!("{:.digits$}", i as f64 / rate).parse().unwrap()).collect()
    }

    #[test]
    fn stamps_rounded_to_milliseconds_still_tell_400_hz() {
        let clock = of(&stamps(4000, 400.0, 3)).unwrap();
        assert_eq!(clock.rate, 400.0);
        assert_eq!(clock.gaps().len(), 0);
        assert!((clock.jitter - 0.0005).abs() < 1e-6);
    }

    #[test]
    fn a_step_that_is_no_round_number_keeps_its_rate() {
        let clock = of(&stamps(1000, 62.4725, 9)).unwrap();
        assert!((clock.rate - 62.4725).abs() < 1e-7, "{}", clock.rate);
    }

    #[test]
    fn missing_stamps_are_a_gap_of_the_right_length() {
        let mut times = stamps(500, 125.0, 6);
        times.drain(200..233);
        let clock = of(&times).unwrap();
        assert_eq!(clock.rate, 125.0);
        assert_eq!(clock.gaps(), [(200, 233)]);
        assert_eq!(places(&clock).last(), Some(&499));
    }

    #[test]
    fn a_digitised_curve_lies_on_a_fine_grid_and_says_where_it_is_odd() {
        let times = [0.0, 0.047, 0.095, 0.174, 0.19, 0.237, 0.3, 0.4, 0.42, 0.5];
        let clock = of(&times).unwrap();
        assert_eq!(clock.rate, 200.0);
        assert_eq!(places(&clock), [0, 9, 19, 35, 38, 47, 60, 80, 84, 100]);
        let Spread::Sparse(_, Uneven::Irregular { rows, count, .. }) = clock.spread else { panic!() };
        assert_eq!((rows, count), (vec![4, 8], 2));
    }

    #[test]
    fn rows_that_share_a_stamp_are_spread_over_it() {
        // 100 Hz, stamps in whole seconds, from the middle of a second on, with a minute missing.
        let times: Vec<f64> =
            (0..1040).map(|i| ((i + 63) / 100) as f64 + if i >= 537 { 60.0 } else { 0.0 }).collect();
        let clock = of(&times).unwrap();
        assert_eq!(clock.rate, 100.0);
        assert!((clock.start - 0.63).abs() < 0.011, "{}", clock.start);
        assert_eq!(clock.gaps(), [(537, 6537)]);
        assert_eq!(clock.jitter, 1.0);
    }

    #[test]
    fn a_gap_of_a_million_years_asks_for_no_memory() {
        let refused = of(&[0.0, 0.01, 0.02, 3e13]);
        assert_eq!(refused, Err(Uneven::Vast { row: 3, gap: 3e13 - 0.02 }));
    }

    #[test]
    fn gaps_beyond_all_counting_are_one_vast_gap() {
        // Found by fuzzing: the second such gap had no places left.
        let mut times: Vec<f64> = (0..10).map(f64::from).collect();
        times.extend([1e30, 2e30, 3e30, 3e300]);
        assert!(matches!(of(&times), Err(Uneven::Vast { .. } | Uneven::Irregular { .. })));
    }

    #[test]
    fn time_that_stands_still_is_backwards() {
        assert_eq!(of(&[0.0, 0.01, 0.01, 0.02]), Err(Uneven::Backwards { row: 2, from: 0.01, to: 0.01 }));
        assert_eq!(of(&[0.0]), Err(Uneven::TooFew));
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
            let clock = of(&times).unwrap();
            prop_assert!((clock.rate / rate - 1.0).abs() < 1e-9, "{}", clock.rate);
            prop_assert_eq!(places(&clock), kept);
        }
    }
}
