//! `cisterna fit` as its user meets it.

#![expect(clippy::expect_used, reason = "a helper of a test may fail with its test")]

mod common;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use common::{cisterna, stderr, stdout};

/// A minute of an adult whose villi let less fluid out.
const MINUTE: &str = r#"
title    = "A minute of another adult"
subject  = "adult"
duration = "60 s"
settle   = "0 s"

[set]
"arachnoid_villi.resistance" = "15 mmHg/(mL/min)"

[record]
rate     = "50 Hz"
channels = ["vault.pressure"]
"#;

/// A recording of so many seconds with one channel.
fn recorded(folder: &Path, heading: &str, seconds: u32) {
    let mut text = format!("time [s],{heading}\n");
    for index in 0..=50 * seconds {
        let time = f64::from(index) / 50.0;
        let _ = writeln!(text, "{time:.2},{:.3}", 10.0 + (7.0 * time).sin());
    }
    fs::write(folder.join("bed.csv"), text).expect("a recording");
}

#[test]
fn a_minute_of_another_adult_gives_back_what_was_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("minute.toml"), MINUTE).expect("a scenario");
    let run = cisterna(folder.path(), &["run", "minute.toml", "--out", "run", "--no-report", "-q"]);
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    let arguments =
        ["fit", "run/recording.csv", "--free", "arachnoid_villi.resistance", "--out", "found", "--json"];
    let output = cisterna(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let found: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let value = &found["values"][0];
    let member = &value["members"][0];
    assert_eq!(value["determined"], true, "{value}");
    // 15 was set; the published range draws a little towards its middle of 10.
    let [low, high] = [0, 1].map(|end| member["interval"][end].as_f64().expect("an end"));
    assert!((low..=high).contains(&15.0), "{value}");
    let page = fs::read_to_string(folder.path().join("found/index.html")).expect("a page");
    assert!(page.contains("What the recording does not tell"));
    // What was found is a subject that runs.
    fs::write(
        folder.path().join("again.toml"),
        "title = \"Again\"\nsubject = \"found/fitted.toml\"\nduration = \"1 s\"\nsettle = \"0 s\"\n[record]\nchannels = \
         [\"vault.pressure\"]\n",
    )
    .expect("a scenario");
    let again = cisterna(folder.path(), &["run", "again.toml", "--no-report"]);
    assert_eq!(again.status.code(), Some(0), "{}", stderr(&again));
}

/// Three minutes of rest and five of an infusion.
const INFUSION: &str = r#"
title    = "An infusion"
subject  = "adult"
duration = "480 s"
settle   = "0 s"

[set]
"arachnoid_villi.resistance" = "15 mmHg/(mL/min)"

[[event]]
at     = "180 s"
until  = "480 s"
infuse = "lumbar_sac"
rate   = "1.5 mL/min"

[record]
rate     = "10 Hz"
channels = ["vault.pressure"]
"#;

#[test]
fn an_infusion_that_was_stated_is_fitted_by_draws() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("infusion.toml"), INFUSION).expect("a scenario");
    let run = cisterna(folder.path(), &["run", "infusion.toml", "--out", "run", "--no-report", "-q"]);
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    // What our own runs write of an infusion is known as one.
    let output = cisterna(folder.path(), &["analyse", "run/recording.csv", "--json"]);
    let analysed: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!(analysed["infusion"]["Ok"]["kind"], "constant_rate", "{}", stderr(&output));
    // From here on no channel tells of it.
    let arguments = [
        &["fit", "run/recording.csv", "--map", "infusion.passed=other"][..],
        &["--infuse", "1.5@180..480", "--draws", "100"],
        &["--free", "arachnoid_villi.resistance", "--out", "found", "--json"],
    ];
    let output = cisterna(folder.path(), &arguments.concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let found: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let [low, high] =
        [0, 1].map(|end| found["values"][0]["members"][0]["interval"][end].as_f64().expect("an end"));
    assert!((low..=high).contains(&15.0) && high < 1.2 * low, "{found}");
    // Draws and the same test by Marmarou's model are told on the page.
    let page = fs::read_to_string(folder.path().join("found/index.html")).expect("a page");
    assert!(page.contains("draws") && page.contains("The infusion test by Marmarou"));
}

#[test]
fn what_cannot_be_fitted_is_bad_input_and_says_what_could() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = |heading: &str, seconds: u32, more: &[&str]| {
        recorded(folder.path(), heading, seconds);
        let output = cisterna(folder.path(), &[&["fit", "bed.csv"], more].concat());
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        stderr(&output)
    };
    let none = told("ABP [mmHg]", 60, &[]);
    assert!(
        none.contains("no channel is a pressure of the fluid") && none.contains("--map P1=icp"),
        "{none}"
    );
    let short = told("ICP [mmHg]", 20, &[]);
    assert!(short.contains("20 s are too short for a fit; allowed: 48 s or more"), "{short}");
    let unit = told("ICP", 60, &[]);
    assert!(
        unit.contains("channel `ICP`") && unit.contains("a pressure or a flow that is calibrated"),
        "{unit}"
    );
    let name = told("ICP [mmHg]", 60, &["--free", "arachnoid_vili.resistance"]);
    assert!(name.contains("did you mean `arachnoid_villi.resistance`?"), "{name}");
    let draws = told("ICP [mmHg]", 60, &["--draws", "7"]);
    assert!(draws.contains("7 draws tell no interval; allowed: 100 or more, or none"), "{draws}");
    let stated = told("ICP [mmHg]", 60, &["--infuse", "fast@10..20"]);
    assert!(stated.contains("the rate is no number; allowed: mL/min, such as 1.5"), "{stated}");
    let span = told("ICP [mmHg]", 60, &["--from", "70"]);
    assert!(span.contains("allowed: 0 .. 60 s"), "{span}");
    let map = told("P1 [mmHg]", 60, &["--map", "P2=icp"]);
    assert!(map.contains("no channel is called `P2`; allowed: `P1`"), "{map}");
}
