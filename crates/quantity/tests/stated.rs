//! The one-line value of a document: what is read, what is refused, and where it points.

use cisterna_quantity::{Basis, Dimension, ParseError, Stated};

fn read(text: &str) -> Result<Stated, ParseError> {
    Stated::parse(text, Dimension::VOLUME)
}

#[test]
fn a_measured_volume_carries_its_range_and_source() {
    let stated = read("1.0 mL | 0.5 .. 2 | measured condon1986").unwrap();
    assert_eq!(stated.value, 1.0);
    assert_eq!(stated.unit.text(), "mL");
    assert_eq!((stated.low, stated.high), (Some(0.5), Some(2.0)));
    assert_eq!(stated.basis, Basis::Measured);
    assert_eq!(stated.sources, ["condon1986"]);
    assert_eq!(stated.note, None);
    assert_eq!(stated.dimension(), Dimension::VOLUME);
}

#[test]
fn the_range_is_in_the_unit_of_the_value() {
    let line = "0.35 mL/min | 0.2 .. 0.6 | measured rubin1966, cutler1968: steady, in adults: mostly";
    let stated = Stated::parse(line, Dimension::FLOW).unwrap();
    assert_eq!(stated.value, 0.35 / 60.0);
    assert_eq!(stated.low, Some(0.2 / 60.0));
    assert_eq!(stated.high, Some(0.6 / 60.0));
    assert_eq!(stated.sources, ["rubin1966", "cutler1968"]);
    assert_eq!(stated.note.as_deref(), Some("steady, in adults: mostly"));
    assert_eq!(stated.to_string(), line);
}

#[test]
fn each_basis_needs_its_ground() {
    assert_eq!(
        read("1 mL || assumed: share of the | whole").unwrap().note.as_deref(),
        Some("share of the | whole")
    );
    assert_eq!(read("1 mL || assumed ursino1997").unwrap().sources, ["ursino1997"]);
    assert_eq!(read("1 mL||derived lindstrom2018: x over y").unwrap().basis, Basis::Derived);
    assert_eq!(read("1 mL || hypothesis: taught").unwrap().basis, Basis::Hypothesis);
    assert_eq!(read("0 mL || definition").unwrap().basis, Basis::Definition);
    for text in ["1 mL || measured", "1 mL || measured: surely", "1 mL || assumed", "1 mL || derived :"] {
        let error = Stated::parse(text, Dimension::VOLUME).unwrap_err();
        assert!(error.message.contains("needs"), "{text}: {error}");
    }
}

#[test]
fn negative_and_tight_ranges_are_read() {
    let stated = Stated::parse("-5 mmHg | -6..-4 | measured x", Dimension::PRESSURE).unwrap();
    assert_eq!((stated.low, stated.high), (Some(-6.0), Some(-4.0)));
    assert_eq!(read("1 mL | 1..1 | measured x").unwrap().high, Some(1.0));
}

#[test]
fn a_wrong_line_is_answered_at_its_place() {
    for (text, at, part) in [
        ("1.0 mL", "", "needs its basis"),
        ("1.0 mm", "mm", "is a length, not a volume"),
        ("1.0 mL | measured x", " measured x", "second `|`"),
        ("3 mL | 0.5 .. 2 | measured x", "3 mL", "outside its range"),
        ("1 mL | 2 .. 0.5 | measured x", "2 .. 0.5", "below its beginning"),
        ("1 mL | 0.5 - 2 | measured x", "0.5 - 2", "`LOW .. HIGH`"),
        ("1 mL | 0.5 .. 2 mL | measured x", "mL", "too much here"),
        ("1 mL | 0.5 .. | measured x", "", "number is missing"),
        ("1 mL | a .. 2 | measured x", "a", "is no number"),
        ("1 mL || mesured x", "mesured", "did you mean `measured`?"),
        ("1 mL || ", "", "basis of the value is missing"),
        ("1 mL || condon1986", "condon1986", "a basis is one of measured, derived"),
        ("1 mL || measured x,, y", "", "source key is missing"),
        ("1 mL || assumed share of it", "share of it", "stands after a colon"),
        ("1 mL || measured 1986", "1986", "is no source key"),
    ] {
        let error = Stated::parse(text, Dimension::VOLUME).unwrap_err();
        assert_eq!(&text[error.span.clone()], at, "{text}: {error}");
        assert!(error.to_string().contains(part), "{text}: {error}");
    }
}
