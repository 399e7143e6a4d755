//! Folders of a user's own documents: what is compared, and what is wrong with them.

use std::error::Error;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Mutex;

use cisterna_validate::{Kind, Report, ValidateError, Verdict, validate};
use tempfile::TempDir;

/// Davson's balance for a second, with one measure of the resting pressure; formation and outflow give 9.44 mmHg.
fn resting(id: &str, published: &str) -> String {
    format!(
        r#"
        title    = "At rest"
        subject  = "published/davson"
        duration = "1 s"
        settle   = "3600 s"
        [[measure]]
        id        = "{id}"
        label     = "resting pressure"
        statistic = "mean"
        channel   = "cerebrospinal_fluid.pressure"
        published = {{ {published}, source = "davson1970" }}
        "#
    )
}

fn folder(documents: &[(&str, &str)]) -> io::Result<TempDir> {
    let folder = tempfile::tempdir()?;
    for (name, text) in documents {
        fs::write(folder.path().join(name), text)?;
    }
    Ok(folder)
}

fn report(documents: &[(&str, &str)]) -> Result<Report, Box<dyn Error>> {
    Ok(validate(Some(folder(documents)?.path()), &|_| {})?)
}

/// What is complained of; nothing where the documents are right.
fn complaint(documents: &[(&str, &str)]) -> io::Result<String> {
    match validate(Some(folder(documents)?.path()), &|_| {}) {
        Err(ValidateError::Documents(problems)) => Ok(problems.to_string()),
        _ => Ok(String::new()),
    }
}

#[test]
fn a_pressure_within_its_range_is_told_in_the_published_unit() {
    let text = resting("rest", r#"value = 12.8, low = 12, high = 14, unit = "cmH2O", note = "of ours""#);
    let report = report(&[("rest.toml", &text)]).unwrap();
    let row = &report.rows[0];
    assert!((row.simulated.unwrap() - 9.44 * 1.359_51).abs() < 0.01, "{row:?}");
    assert_eq!((row.verdict, row.kind, row.unit.as_str()), (Verdict::InRange, Kind::Measured, "cmH2O"));
    assert_eq!((report.in_range, report.total), (1, 1));
    assert!(report.unlisted_misses().is_empty());
}

#[test]
fn only_a_miss_without_a_reason_is_unlisted() {
    let known = resting("known", r#"low = 20, unit = "mmHg", known_miss = "no such outflow""#);
    let open = resting("open", r#"high = 9, unit = "mmHg""#);
    let report = report(&[("a.toml", &known), ("b.toml", &open)]).unwrap();
    assert_eq!((report.in_range, report.total), (0, 2));
    assert_eq!(report.rows[0].verdict, Verdict::KnownMiss);
    assert_eq!(report.rows[0].reason.as_deref(), Some("no such outflow"));
    let unlisted: Vec<&str> = report.unlisted_misses().iter().map(|row| row.id.as_str()).collect();
    assert_eq!(unlisted, ["open"]);
}

#[test]
fn a_reason_that_is_no_longer_needed_is_not_told() {
    let text = resting("rest", r#"low = 9, high = 10, unit = "mmHg", known_miss = "it was too high once""#);
    let report = report(&[("rest.toml", &text)]).unwrap();
    assert_eq!((report.rows[0].verdict, &report.rows[0].reason), (Verdict::InRange, &None));
}

#[test]
fn a_heart_that_stands_still_gives_a_miss_with_the_reason_also_where_a_miss_is_known() {
    let text = resting("still", r#"low = 20, unit = "mmHg", known_miss = "no such outflow""#)
        .replace("published/davson", "published/cvsim6")
        .replace("cerebrospinal_fluid", "systemic_veins");
    let report =
        report(&[("still.toml", &format!("{text}\n[set]\n\"heart.rate\" = \"0 1/min\"\n"))]).unwrap();
    let row = &report.rows[0];
    assert_eq!((row.simulated, row.verdict), (None, Verdict::Miss), "{row:?}");
    assert!(row.reason.as_deref().is_some_and(|reason| reason.contains("the heart stands still")), "{row:?}");
    assert_eq!(report.to_json()["rows"][0]["simulated"], serde_json::Value::Null);
}

#[test]
fn what_cannot_be_measured_is_a_miss_with_the_reason() {
    let text = resting("beats", r#"low = 50, unit = "1/min""#).replace("\"mean\"", "\"heart_rate\"");
    let report = report(&[("beats.toml", &text)]).unwrap();
    let row = &report.rows[0];
    assert_eq!((row.simulated, row.verdict), (None, Verdict::Miss), "{row:?}");
    assert!(row.reason.as_deref().is_some_and(|reason| reason.contains("beat")), "{row:?}");
}

#[test]
fn the_json_has_the_fields_that_readers_rely_on() {
    let text = resting("rest", r#"value = 9.44, high = 10, unit = "mmHg", kind = "regression""#);
    let json = report(&[("rest.toml", &text)]).unwrap().to_json();
    let keys: Vec<&String> = json["rows"][0].as_object().unwrap().keys().collect();
    let wanted =
        ["id", "quantity", "unit", "published", "low", "high", "simulated", "verdict", "kind", "source"];
    assert_eq!(keys[..10], wanted);
    assert_eq!(keys[10..], ["note", "document", "reason"]);
    assert_eq!(json["rows"][0]["verdict"], "in range");
    assert_eq!(json["rows"][0]["kind"], "regression");
    assert_eq!(json["rows"][0]["low"], serde_json::Value::Null);
    assert_eq!((&json["in_range"], &json["total"]), (&1.into(), &1.into()));
}

#[test]
fn two_documents_with_one_row_are_both_named() {
    let text = resting("rest", r#"low = 9, unit = "mmHg""#);
    let wrong = complaint(&[("first.toml", &text), ("second.toml", &text)]).unwrap();
    assert!(wrong.contains("the row `rest` stands in"), "{wrong}");
    assert!(wrong.contains("first.toml") && wrong.contains("second.toml"), "{wrong}");
}

#[test]
fn all_that_is_wrong_with_all_documents_is_told_at_once() {
    let unknown =
        resting("unknown", r#"low = 9, unit = "mmHg""#).replace("cerebrospinal_fluid", "cerebrospinal_fluit");
    let unjudged = resting("unjudged", r#"value = 9, unit = "mmHg""#);
    let silent = "title = \"Silent\"\nsubject = \"published/davson\"\nduration = \"1 s\"\n";
    let wrong = complaint(&[("a.toml", &unknown), ("b.toml", &unjudged), ("c.toml", silent)]).unwrap();
    assert!(wrong.contains("cerebrospinal_fluid"), "{wrong}");
    assert!(wrong.contains("the row `unjudged` has no `low` and no `high`"), "{wrong}");
    assert!(wrong.contains("no measure of this document has a published value"), "{wrong}");
}

#[test]
fn a_folder_without_documents_is_told() {
    let error = validate(Some(folder(&[("read.me", "")]).unwrap().path()), &|_| {}).unwrap_err().to_string();
    assert!(error.contains("no validation document"), "{error}");
    let error = validate(Some(Path::new("no/such/folder")), &|_| {}).unwrap_err().to_string();
    assert!(error.starts_with("no/such/folder: the folder cannot be read"), "{error}");
}

#[test]
fn every_document_is_told_when_it_is_done() {
    let text = resting("rest", r#"low = 9, unit = "mmHg""#);
    let folder = folder(&[("rest.toml", &text)]).unwrap();
    let lines = Mutex::new(Vec::new());
    validate(Some(folder.path()), &|line| lines.lock().unwrap().push(line.to_owned())).unwrap();
    let lines = lines.into_inner().unwrap();
    assert_eq!(lines.len(), 1);
    assert!(lines[0].ends_with("rest.toml: 1 of 1 in range"), "{lines:?}");
}
