//! Rows that do not stand in order of time: points of a curve, as digitisers and drawings give them.

use crate::clock::{Clock, Finder, Uneven};

/// Rows that are put in order, at most; a longer table is a recording, and one that goes back is broken.
pub(crate) const MOST: usize = 1 << 16;
/// One step in so many may go back. Assumed: a hand that follows a printed curve slips once a beat or two, while a
/// clock that was set back makes half of all rows late.
const SLIPS: usize = 10;
/// How far back such a step goes at most, in usual steps. Assumed likewise.
const FAR: f64 = 2.0;

/// Rows in order of time.
#[derive(Debug)]
pub(crate) struct Order {
    /// For each row its place among the different times.
    pub ranks: Vec<usize>,
    /// What was done, for the user.
    pub told: String,
}

/// The order of `stamps` (s) and the clock of the different ones among them; `None` where these are no points of a
/// curve.
pub(crate) fn of(stamps: &[f64]) -> Option<Result<(Order, Clock), Uneven>> {
    let steps: Vec<f64> = stamps.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let (back, same) =
        (steps.iter().filter(|step| **step < 0.0).count(), steps.iter().filter(|s| **s == 0.0).count());
    let mut rising: Vec<f64> = steps.iter().copied().filter(|step| *step > 0.0).collect();
    rising.sort_by(f64::total_cmp);
    let falls = rising.is_empty() && back >= 2 && same == 0;
    let usual = rising.get(rising.len() / 2).copied().unwrap_or(0.0);
    let slips = SLIPS * (back + same) <= steps.len() && steps.iter().all(|step| *step >= -FAR * usual);
    if !(falls || slips) {
        return None;
    }
    let mut rows: Vec<usize> = (0..stamps.len()).collect();
    rows.sort_by(|a, b| stamps[*a].total_cmp(&stamps[*b]));
    let mut ranks = vec![0; stamps.len()];
    let (mut finder, mut rank, mut before) = (Finder::default(), 0, None);
    for row in rows {
        if before != Some(stamps[row]) {
            rank += usize::from(before.is_some());
            before = Some(stamps[row]);
            if let Err(uneven) = finder.push(stamps[row]) {
                return Some(Err(uneven));
            }
        }
        ranks[row] = rank;
    }
    let mut told = match falls {
        true => "rows stand from the latest to the earliest and were turned round".to_owned(),
        false => format!("time goes back or stands still in {} rows, which were put in order", back + same),
    };
    let shared = stamps.len() - 1 - rank;
    if shared > 0 {
        told += &format!("; {shared} of them have the time of another, and the mean of both stands");
    }
    Some(finder.finish().map(|clock| (Order { ranks, told }, clock)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_put_in_order_and_equal_times_share_a_place() {
        let mut stamps: Vec<f64> = (0..30).map(|i| f64::from(i) * 0.5).collect();
        stamps[12] = 5.4;
        stamps[21] = 10.0;
        let (order, clock) = of(&stamps).unwrap().unwrap();
        assert_eq!((order.ranks[10], order.ranks[11], order.ranks[12]), (10, 12, 11));
        assert_eq!((order.ranks[20], order.ranks[21], clock.rows), (20, 20, 29));
        assert!(order.told.starts_with("time goes back or stands still in 2 rows"), "{}", order.told);
    }

    #[test]
    fn rows_from_the_latest_to_the_earliest_are_turned_round() {
        let (order, clock) = of(&[3.0, 2.0, 1.0, 0.0]).unwrap().unwrap();
        assert_eq!((order.ranks, clock.start, clock.rate), (vec![3, 2, 1, 0], 0.0, 1.0));
    }

    #[test]
    fn a_clock_that_was_set_back_is_no_slip() {
        let set_back: Vec<f64> = (0..60).map(|i| f64::from(i % 30)).collect();
        assert!(of(&set_back).is_none());
        assert!(of(&[0.0, 2.0, 1.0]).is_none());
        assert!(of(&[1.0, 1.0, 1.0]).is_none());
    }
}
