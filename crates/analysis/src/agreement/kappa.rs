//! Agreement of findings beyond what chance gives.

use super::Estimate;

/// A kappa with the agreement that was seen and the one that chance would give.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kappa {
    /// `(seen - chance) / (1 - chance)`, with its interval of 95 % by its large-sample error.
    pub kappa: Estimate,
    /// The share of agreement that was seen, 0 to 1.
    pub seen: f64,
    /// The share of agreement that chance would give.
    pub chance: f64,
}

/// Cohen's kappa of two raters who each put every subject into one of `categories` (Cohen 1960, Educ Psychol Meas
/// 20:37-46); its standard error is `sqrt(seen (1 - seen) / n) / (1 - chance)`.
///
/// None without pairs, with a category out of range, or where all findings are one and the same.
#[must_use]
pub fn cohen_kappa(pairs: &[(usize, usize)], categories: usize) -> Option<Kappa> {
    of_weights(pairs, categories, |a, b| f64::from(u8::from(a == b)))
}

/// Cohen's weighted kappa of ordered categories, with weights `1 - (distance / largest distance)^2` (Cohen 1968,
/// Psychol Bull 70:213-220).
///
/// None in the same cases as [`cohen_kappa`], and with fewer than two categories.
#[must_use]
pub fn weighted_kappa(pairs: &[(usize, usize)], categories: usize) -> Option<Kappa> {
    let largest = categories.checked_sub(1).filter(|largest| *largest > 0)? as f64;
    of_weights(pairs, categories, |a, b| 1.0 - (a.abs_diff(b) as f64 / largest).powi(2))
}

fn of_weights(
    pairs: &[(usize, usize)],
    categories: usize,
    weight: impl Fn(usize, usize) -> f64,
) -> Option<Kappa> {
    if pairs.is_empty() || pairs.iter().any(|(a, b)| *a >= categories || *b >= categories) {
        return None;
    }
    let n = pairs.len() as f64;
    let mut shares = vec![[0.0; 2]; categories];
    for (a, b) in pairs {
        shares[*a][0] += 1.0 / n;
        shares[*b][1] += 1.0 / n;
    }
    let seen = pairs.iter().map(|(a, b)| weight(*a, *b)).sum::<f64>() / n;
    let cells = (0..categories).flat_map(|a| (0..categories).map(move |b| (a, b)));
    let chance = cells.map(|(a, b)| weight(a, b) * shares[a][0] * shares[b][1]).sum();
    let spread = pairs.iter().map(|(a, b)| (weight(*a, *b) - seen).powi(2)).sum::<f64>() / n;
    beyond_chance(seen, chance, (spread / n).sqrt())
}

/// Fleiss' kappa of any number of raters (Fleiss 1971, Psychol Bull 76:378-382): `counts` has one row for each
/// subject and tells how many raters put it into each category. Its interval is by the spread over subjects.
///
/// None without subjects, with unequal numbers of raters, fewer than two of them, or only one category in use.
#[must_use]
pub fn fleiss_kappa(counts: &[Vec<usize>]) -> Option<Kappa> {
    let first = counts.first()?;
    let (categories, raters) = (first.len(), first.iter().sum::<usize>());
    let sound = |row: &Vec<usize>| row.len() == categories && row.iter().sum::<usize>() == raters;
    if raters < 2 || !counts.iter().all(sound) {
        return None;
    }
    let (n, k) = (counts.len() as f64, raters as f64);
    let alike = |row: &Vec<usize>| {
        row.iter().map(|count| (count * count.saturating_sub(1)) as f64).sum::<f64>() / (k * (k - 1.0))
    };
    let seen = counts.iter().map(alike).sum::<f64>() / n;
    let share = |category: usize| counts.iter().map(|row| row[category] as f64).sum::<f64>() / (n * k);
    let chance = (0..categories).map(|category| share(category).powi(2)).sum();
    let spread = counts.iter().map(|row| (alike(row) - seen).powi(2)).sum::<f64>() / n;
    beyond_chance(seen, chance, (spread / n).sqrt())
}

fn beyond_chance(seen: f64, chance: f64, error_of_seen: f64) -> Option<Kappa> {
    let room = 1.0 - chance;
    if room < 1e-12 {
        return None;
    }
    let value = (seen - chance) / room;
    let reach = 1.96 * error_of_seen / room;
    let kappa = Estimate { value, low: value - reach, high: (value + reach).min(1.0) };
    Some(Kappa { kappa, seen, chance })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(cells: &[(usize, usize, usize)]) -> Vec<(usize, usize)> {
        cells.iter().flat_map(|(a, b, count)| std::iter::repeat_n((*a, *b), *count)).collect()
    }

    #[test]
    fn two_readers_of_fifty_proposals() {
        // Both yes 20, both no 15, one yes 5 and 10: seen 0.7, chance 0.5.
        let found = cohen_kappa(&table(&[(1, 1, 20), (1, 0, 5), (0, 1, 10), (0, 0, 15)]), 2).unwrap();
        assert!((found.kappa.value - 0.4).abs() < 1e-12 && (found.chance - 0.5).abs() < 1e-12);
        assert!(
            (found.kappa.high - found.kappa.low - 2.0 * 1.96 * (0.21_f64 / 50.0).sqrt() / 0.5).abs() < 1e-12
        );
    }

    #[test]
    fn a_near_miss_counts_less_than_a_far_one() {
        let near = weighted_kappa(&table(&[(0, 0, 10), (1, 1, 10), (2, 2, 10), (0, 1, 5)]), 3).unwrap();
        let far = weighted_kappa(&table(&[(0, 0, 10), (1, 1, 10), (2, 2, 10), (0, 2, 5)]), 3).unwrap();
        assert!(near.kappa.value > far.kappa.value);
    }

    #[test]
    fn the_printed_example_of_fleiss_kappa() {
        // Ten subjects, fourteen raters, five categories: 0.210 (the worked example that textbooks print).
        let counts = [
            [0, 0, 0, 0, 14],
            [0, 2, 6, 4, 2],
            [0, 0, 3, 5, 6],
            [0, 3, 9, 2, 0],
            [2, 2, 8, 1, 1],
            [7, 7, 0, 0, 0],
            [3, 2, 6, 3, 0],
            [2, 5, 3, 2, 2],
            [6, 5, 2, 1, 0],
            [0, 2, 2, 3, 7],
        ];
        let found = fleiss_kappa(&counts.map(|row| row.to_vec())).unwrap();
        assert!((found.kappa.value - 0.210).abs() < 5e-4, "{}", found.kappa.value);
    }

    #[test]
    fn one_and_the_same_finding_tells_nothing_of_agreement() {
        assert_eq!(cohen_kappa(&[(1, 1), (1, 1)], 2), None);
        assert_eq!(fleiss_kappa(&[vec![2, 0], vec![2, 0]]), None);
        assert_eq!(cohen_kappa(&[(0, 2)], 2), None);
    }
}
