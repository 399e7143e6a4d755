//! Intraclass correlation of single ratings.

use super::Estimate;
use crate::distribution::f_quantile;

/// Three intraclass correlations of a single rating; they differ in who the raters are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Intraclass {
    /// ICC(1,1): every subject is rated by raters of its own.
    pub one_way: Estimate,
    /// ICC(2,1): the same raters rate all subjects and stand for all raters; agreement in size.
    pub two_way: Estimate,
    /// ICC(3,1): the same, these raters only; agreement in order, whatever their levels.
    pub fixed: Estimate,
}

/// The intraclass correlations of ratings, one row for each subject (Shrout & Fleiss 1979, Psychol Bull 86:420-428).
///
/// With n subjects, k raters and mean squares between subjects `B`, within subjects `W`, between raters `J` and of
/// the rest `E`:
///
/// ```text
/// ICC(1,1) = (B - W) / (B + (k-1) W)
/// ICC(2,1) = (B - E) / (B + (k-1) E + k (J - E)/n)
/// ICC(3,1) = (B - E) / (B + (k-1) E)
/// ```
///
/// None with fewer than two subjects or raters, rows of unequal length, a rating that is not finite, or no spread.
#[must_use]
pub fn intraclass(ratings: &[Vec<f64>]) -> Option<Intraclass> {
    let squares = Squares::of(ratings)?;
    let Squares { n, k, between: b, within: w, raters: j, rest: e } = squares;
    let one_way = (b - w) / (b + (k - 1.0) * w);
    let two_way = (b - e) / (b + (k - 1.0) * e + k * (j - e) / n);
    let fixed = (b - e) / (b + (k - 1.0) * e);
    let subjects = n - 1.0;
    let errors = subjects * (k - 1.0);
    Some(Intraclass {
        one_way: by_ratio(one_way, b / w, k, subjects, n * (k - 1.0)),
        two_way: squares.two_way_interval(two_way),
        fixed: by_ratio(fixed, b / e, k, subjects, errors),
    })
}

/// The interval that follows from the ratio of mean squares `f` alone: ICC(1,1) and ICC(3,1).
fn by_ratio(value: f64, f: f64, k: f64, above: f64, below: f64) -> Estimate {
    if !f.is_finite() {
        return Estimate { value, low: value, high: value };
    }
    let of = |f: f64| (f - 1.0) / (f + k - 1.0);
    Estimate {
        value,
        low: of(f / f_quantile(0.975, above, below)),
        high: of(f * f_quantile(0.975, below, above)),
    }
}

/// Mean squares of a table of ratings.
struct Squares {
    n: f64,
    k: f64,
    between: f64,
    within: f64,
    raters: f64,
    rest: f64,
}

impl Squares {
    fn of(ratings: &[Vec<f64>]) -> Option<Self> {
        let columns = ratings.first()?.len();
        let sound = |row: &Vec<f64>| row.len() == columns && row.iter().all(|rating| rating.is_finite());
        if ratings.len() < 2 || columns < 2 || !ratings.iter().all(sound) {
            return None;
        }
        let (n, k) = (ratings.len() as f64, columns as f64);
        let mean = ratings.iter().flatten().sum::<f64>() / (n * k);
        let square = |value: f64| (value - mean).powi(2);
        let total: f64 = ratings.iter().flatten().map(|rating| square(*rating)).sum();
        let rows: f64 = ratings.iter().map(|row| k * square(row.iter().sum::<f64>() / k)).sum();
        let column = |rater: usize| ratings.iter().map(|row| row[rater]).sum::<f64>() / n;
        let judged: f64 = (0..columns).map(|rater| n * square(column(rater))).sum();
        let within = (total - rows).max(0.0);
        (total > 0.0).then_some(Self {
            n,
            k,
            between: rows / (n - 1.0),
            within: within / (n * (k - 1.0)),
            raters: judged / (k - 1.0),
            rest: (within - judged).max(0.0) / ((n - 1.0) * (k - 1.0)),
        })
    }

    /// The interval of ICC(2,1), with the degrees of freedom of Satterthwaite as in Shrout & Fleiss 1979.
    fn two_way_interval(&self, value: f64) -> Estimate {
        let Self { n, k, between: b, raters: j, rest: e, .. } = *self;
        if e <= 0.0 {
            return Estimate { value, low: value, high: value };
        }
        let f = j / e;
        // Below zero the approximation has no sense; there it is that of no agreement.
        let agreed = value.max(0.0);
        let by_raters = k * agreed * f;
        let others = n * (1.0 + (k - 1.0) * agreed) - k * agreed;
        let freedom = (k - 1.0) * (n - 1.0) * (by_raters + others).powi(2)
            / ((n - 1.0) * by_raters.powi(2) + others.powi(2));
        let spread = k * j + (k * n - k - n) * e;
        let below = f_quantile(0.975, n - 1.0, freedom);
        let above = f_quantile(0.975, freedom, n - 1.0);
        Estimate {
            value,
            low: n * (b - below * e) / (below * spread + n * b),
            high: n * (above * b - e) / (spread + n * above * b),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Six targets by four judges, Shrout & Fleiss 1979, table 2.
    fn printed() -> Vec<Vec<f64>> {
        [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
            .map(|row| row.map(f64::from).to_vec())
            .to_vec()
    }

    #[test]
    fn the_printed_table_of_shrout_and_fleiss() {
        let found = intraclass(&printed()).unwrap();
        let rounded = |estimate: Estimate| (estimate.value * 100.0).round() / 100.0;
        assert_eq!([found.one_way, found.two_way, found.fixed].map(rounded), [0.17, 0.29, 0.71]);
        // Intervals as later programs print them for the same table (McGraw & Wong 1996 give the same formulas).
        let close = |value: f64, printed: f64| assert!((value - printed).abs() < 0.01, "{value} {printed}");
        close(found.one_way.low, -0.133);
        close(found.one_way.high, 0.723);
        close(found.two_way.low, 0.019);
        close(found.two_way.high, 0.761);
        close(found.fixed.low, 0.342);
        close(found.fixed.high, 0.946);
    }

    #[test]
    fn nothing_follows_from_one_subject_or_from_no_spread() {
        assert_eq!(intraclass(&[vec![1.0, 2.0]]), None);
        assert_eq!(intraclass(&[vec![1.0, 1.0], vec![1.0, 1.0]]), None);
        assert_eq!(intraclass(&[vec![1.0, 2.0], vec![1.0]]), None);
        assert_eq!(intraclass(&[vec![1.0, f64::NAN], vec![1.0, 2.0]]), None);
    }

    #[test]
    fn raters_who_say_the_same_agree_fully() {
        let found = intraclass(&[vec![1.0, 1.0], vec![2.0, 2.0], vec![4.0, 4.0]]).unwrap();
        assert_eq!((found.one_way.value, found.two_way.value, found.fixed.value), (1.0, 1.0, 1.0));
    }
}
