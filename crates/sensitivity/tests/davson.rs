//! A model whose results are known in closed form: resting pressure = venous pressure + formation x resistance.
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may panic")]

use std::fs;

use cisterna_model::{Library, Model};
use cisterna_sensitivity::{Document, Span, Study, StudyError, movements, shares};

/// A study of one row: the resting pressure of Davson's model.
fn study() -> (tempfile::TempDir, Study) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("rest.toml");
    let text = cisterna_validate::embedded("davson").expect("a document");
    fs::write(&path, text.replace("kind = \"regression\"", "kind = \"measured\"")).expect("a file");
    let document = Document::named(&path.display().to_string()).expect("a document");
    let study = Study::new(&[document], Library::embedded(), &()).expect("a study");
    (folder, study)
}

fn value(model: &Model, name: &str) -> f64 {
    model.evidence_of(name).expect("a value")[0].value
}

#[test]
fn resting_pressure_moves_with_outflow_resistance_as_davson_says() {
    let (_folder, study) = study();
    let model = Model::load("published/davson").expect("a model");
    let (formation, sinus) = (value(&model, "formation.rate"), value(&model, "sinus.pressure"));
    let resistance = &model.evidence_of("absorption.resistance").expect("a value")[0];
    let [movement] = movements(&study, &[resistance], &()).try_into().expect("one movement");
    let Some(Span::Stated(low, high)) = movement.span else { panic!("{:?}", movement.span) };
    let row = movement.rows[0];
    for (end, pressure) in [(low, row.low), (high, row.high)] {
        let pressure = pressure.expect("a result");
        assert!((pressure - (sinus + formation * end)).abs() < 0.01, "{pressure} at {end}");
    }
    assert_eq!(
        row.most(),
        row.percent(row.low.expect("a result")).abs().max(row.percent(row.high.expect("a result")))
    );
}

#[test]
fn the_variance_of_resting_pressure_is_shared_as_the_derivatives_say() {
    let (_folder, study) = study();
    let model = Model::load("published/davson").expect("a model");
    let [formation, resistance] = ["formation.rate", "absorption.resistance"].map(|name| value(&model, name));
    let entry = |name: &str| {
        let entry = &model.evidence_of(name).expect("a value")[0];
        (entry.high.expect("an end") - entry.low.expect("an end")) / 12.0_f64.sqrt()
    };
    let parts = [
        ("sinus.pressure", entry("sinus.pressure")),
        ("formation.rate", entry("formation.rate") * resistance),
        ("absorption.resistance", entry("absorption.resistance") * formation),
    ];
    let whole: f64 = parts.iter().map(|(_, part)| part * part).sum();
    let found = shares(&study, &());
    assert!(found.failed.is_empty(), "{:?}", found.failed);
    for (name, part) in parts {
        let row = found.rows.iter().find(|row| row.value.name == name).expect("a row");
        assert!(
            (row.mean - part * part / whole).abs() < 0.01,
            "{name}: {} of {}",
            row.mean,
            part * part / whole
        );
    }
    assert!((found.rows.iter().map(|row| row.mean).sum::<f64>() - 1.0).abs() < 1e-12);
    assert!(found.unsourced_mean() < 1e-6, "everything that counts here was measured");
}

#[test]
fn a_document_that_nobody_has_is_told() {
    assert_eq!(Document::named("nowhere"), Err(StudyError::NoDocument("nowhere".to_owned())));
}
