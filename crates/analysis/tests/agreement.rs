//! What agreement must not depend on.

use cisterna_analysis::agreement::{cohen_kappa, fleiss_kappa, intraclass, limits_of_agreement};
use proptest::prelude::*;

fn ratings() -> impl Strategy<Value = Vec<Vec<f64>>> {
    prop::collection::vec(prop::collection::vec(0.0..10.0f64, 3), 3..12)
}

proptest! {
    #[test]
    fn intraclass_correlations_do_not_depend_on_unit_order_or_names(table in ratings(), factor in 0.1..9.0f64, shift in -5.0..5.0f64) {
        let found = intraclass(&table).unwrap();
        let mut other: Vec<Vec<f64>> =
            table.iter().map(|row| row.iter().rev().map(|rating| factor * rating + shift).collect()).collect();
        other.reverse();
        let moved = intraclass(&other).unwrap();
        for (a, b) in [(found.one_way, moved.one_way), (found.two_way, moved.two_way), (found.fixed, moved.fixed)] {
            prop_assert!((a.value - b.value).abs() < 1e-8, "{a:?} {b:?}");
            prop_assert!(a.low <= a.value + 1e-9 && a.value <= a.high + 1e-9 && a.value <= 1.0, "{a:?}");
        }
    }

    #[test]
    fn only_agreement_in_size_minds_the_level_of_a_rater(table in ratings(), shift in 1.0..20.0f64) {
        let mut other = table.clone();
        other.iter_mut().for_each(|row| row[0] += shift);
        let (found, moved) = (intraclass(&table).unwrap(), intraclass(&other).unwrap());
        prop_assert!((found.fixed.value - moved.fixed.value).abs() < 1e-8);
    }

    #[test]
    fn kappa_does_not_depend_on_names_or_on_who_is_first(pairs in prop::collection::vec((0..3usize, 0..3usize), 4..40)) {
        let found = cohen_kappa(&pairs, 3);
        let renamed: Vec<(usize, usize)> = pairs.iter().map(|(a, b)| ((b + 1) % 3, (a + 1) % 3)).collect();
        let other = cohen_kappa(&renamed, 3);
        prop_assert_eq!(found.is_some(), other.is_some());
        if let (Some(found), Some(other)) = (found, other) {
            prop_assert!((found.kappa.value - other.kappa.value).abs() < 1e-9);
            prop_assert!(found.kappa.value <= 1.0 + 1e-12);
        }
    }

    #[test]
    fn full_agreement_is_one(findings in prop::collection::vec(0..2usize, 4..40)) {
        let pairs: Vec<(usize, usize)> = findings.iter().map(|finding| (*finding, *finding)).collect();
        let counts: Vec<Vec<usize>> = findings.iter().map(|f| if *f == 0 { vec![3, 0] } else { vec![0, 3] }).collect();
        if let Some(found) = cohen_kappa(&pairs, 2) {
            prop_assert!((found.kappa.value - 1.0).abs() < 1e-12);
        }
        if let Some(found) = fleiss_kappa(&counts) {
            prop_assert!((found.kappa.value - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn limits_of_agreement_shift_with_the_bias_only(pairs in prop::collection::vec((0.0..9.0f64, 0.0..9.0f64), 3..30), shift in -3.0..3.0f64) {
        let found = limits_of_agreement(&pairs).unwrap();
        let moved: Vec<(f64, f64)> = pairs.iter().map(|(a, b)| (*a, b + shift)).collect();
        let moved = limits_of_agreement(&moved).unwrap();
        prop_assert!((moved.bias - found.bias - shift).abs() < 1e-9);
        prop_assert!((moved.half_width - found.half_width).abs() < 1e-9);
    }
}
