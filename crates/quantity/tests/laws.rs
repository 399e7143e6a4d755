//! Laws that hold for every text and every number.

use cisterna_quantity::{Dimension, Quantity, Stated, nearest, parse_unit, short_number};
use proptest::prelude::*;

const UNITS: [&str; 12] = [
    "mmHg",
    "cmH2O",
    "mL",
    "uL/min",
    "mmHg/(mL/min)",
    "Pa s/m^3",
    "kg/m^3",
    "1/min",
    "deg",
    "%",
    "mL/(100 g min)",
    "mmHg^2/Hz",
];

/// Texts near the border of the grammar find more than arbitrary ones do.
const NEARLY_STATED: &str = "[-+0-9.,eE]{0,6}[ mLHgsPa%/()^²µ·°]{0,12}[ |.0-9]{0,8}[|: ,a-z]{0,16}";

proptest! {
    #[test]
    fn no_text_makes_a_parser_panic(text in any::<String>()) {
        let _ = parse_unit(&text);
        let _ = Quantity::parse_any(&text);
        let _ = Stated::parse(&text, Dimension::FLOW);
        let _ = nearest(&text, ["flow", "volume"]);
    }

    #[test]
    fn a_complaint_always_points_inside_its_text(text in NEARLY_STATED) {
        for error in [
            parse_unit(&text).err(),
            Quantity::parse_any(&text).err(),
            Stated::parse(&text, Dimension::VOLUME).err(),
        ].into_iter().flatten() {
            prop_assert!(text.get(error.span.clone()).is_some(), "{text:?}: {error:?}");
        }
    }

    #[test]
    fn what_is_read_is_a_finite_number(text in NEARLY_STATED) {
        if let Ok(quantity) = Quantity::parse_any(&text) {
            prop_assert!(quantity.value.is_finite());
        }
    }

    #[test]
    fn exact_quantities_read_back_to_the_bit(value in -1e12_f64..1e12, unit in 0..UNITS.len()) {
        let dimension = parse_unit(UNITS[unit]).unwrap().dimension();
        let quantity = Quantity { value, dimension };
        prop_assert_eq!(Quantity::parse_any(&quantity.exact()).unwrap(), quantity);
    }

    #[test]
    fn there_and_back_again_is_the_same_value(value in -1e9_f64..1e9, unit in 0..UNITS.len()) {
        let unit = parse_unit(UNITS[unit]).unwrap();
        let back = unit.from_canonical(unit.to_canonical(value));
        prop_assert!((back - value).abs() <= 4.0 * f64::EPSILON * value.abs());
    }

    #[test]
    fn three_digits_are_within_half_a_percent(value in -1e9_f64..1e9) {
        let printed: f64 = short_number(value).parse().unwrap();
        prop_assert!((printed - value).abs() <= 0.005 * value.abs());
    }

    #[test]
    fn a_stated_line_survives_printing(
        low in 0.0_f64..1.0, width in 0.1_f64..10.0, share in 0.01_f64..0.99,
        unit in 0..UNITS.len(), key in "[a-z]{3,8}[0-9]{4}",
    ) {
        let unit = parse_unit(UNITS[unit]).unwrap();
        let (value, high) = (low + share * width, low + width);
        let line = format!("{value} {} | {low} .. {high} | measured {key}: as told", unit.text());
        let stated = Stated::parse(&line, unit.dimension()).unwrap();
        let again = Stated::parse(&stated.to_string(), unit.dimension()).unwrap();
        let close = |a: f64, b: f64| (a - b).abs() <= 8.0 * f64::EPSILON * a.abs();
        prop_assert!(close(stated.value, again.value));
        prop_assert!(close(stated.high.unwrap(), again.high.unwrap()));
        prop_assert_eq!(stated.sources, again.sources);
        prop_assert_eq!(stated.note, again.note);
    }

    #[test]
    fn the_dimension_of_a_product_is_the_product_of_dimensions(a in 0..UNITS.len(), b in 0..UNITS.len()) {
        let (left, right) = (parse_unit(UNITS[a]).unwrap(), parse_unit(UNITS[b]).unwrap());
        let product = parse_unit(&format!("({})·({})", UNITS[a], UNITS[b])).unwrap();
        prop_assert_eq!(product.dimension(), left.dimension().times(right.dimension()));
        let ratio = parse_unit(&format!("({})/({})", UNITS[a], UNITS[b])).unwrap();
        prop_assert_eq!(ratio.dimension(), left.dimension().per(right.dimension()));
        let canonical = parse_unit(&ratio.dimension().canonical_unit()).unwrap();
        prop_assert_eq!(canonical.dimension(), ratio.dimension());
        prop_assert_eq!(canonical.factor(), 1.0);
    }
}
