//! The documents that Cisterna brings along.

use std::sync::LazyLock;

use cisterna_validate::{Kind, Report, Row, ValidateError, Verdict, validate};

static REPORT: LazyLock<Result<Report, ValidateError>> = LazyLock::new(|| validate(None, &|_| {}));

fn described(row: &Row) -> String {
    let Row { id, quantity, unit, simulated, low, high, reason, .. } = row;
    format!("{id} {quantity}: {simulated:?} not in {low:?} .. {high:?} {unit} {reason:?}")
}

#[test]
fn the_published_test_models_give_their_figures_again() {
    let (missed, met): (Vec<&Row>, Vec<&Row>) = REPORT
        .as_ref()
        .unwrap()
        .rows
        .iter()
        .filter(|row| row.kind == Kind::Regression)
        .partition(|row| row.verdict != Verdict::InRange);
    let missed: Vec<String> = missed.into_iter().map(described).collect();
    assert!(missed.is_empty(), "{missed:#?}");
    assert!(met.len() >= 38, "{}", met.len());
}

#[test]
fn every_miss_has_a_reason() {
    let unlisted: Vec<String> =
        REPORT.as_ref().unwrap().unlisted_misses().into_iter().map(described).collect();
    assert!(unlisted.is_empty(), "{unlisted:#?}");
}

#[test]
fn a_tolerance_of_ours_is_told_as_ours() {
    for row in REPORT.as_ref().unwrap().rows.iter().filter(|row| row.note.contains("no spread printed")) {
        assert!(row.note.contains("is ours"), "{}", described(row));
    }
}
