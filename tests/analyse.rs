//! `cisterna analyse` as its user meets it.

mod common;

use std::fmt::Write as _;
use std::fs;

use common::{cisterna, stderr, stdout};

/// A bed of half an hour: pressures that pulse 72 times a minute; the one in the head, in kPa, follows the slow waves of the
/// arterial one, and rises by so many mmHg from 300 s on.
fn bed(lift: f64) -> String {
    let mut text = "time [s];P1 [kPa];ABP [mmHg]\n".to_owned();
    for index in 0..1800 * 40 {
        let time = f64::from(index) / 40.0;
        let beat = (1.2 * time).fract();
        let pulse = (-((beat - 0.2) / 0.09).powi(2)).exp();
        let slow = (time / 11.0).sin() + 0.6 * (time / 37.0).cos();
        let rise = lift * (1.0 - (-(time - 300.0).max(0.0) / 200.0).exp());
        let head = 10.0 + rise + 0.8 * slow + (3.0 + 0.2 * rise) * pulse;
        let arterial = 85.0 + 4.0 * slow + 40.0 * pulse;
        let line = format!("{time:.3};{:.5};{arterial:.3}\n", head * 0.133_322).replace('.', ",");
        let _ = write!(text, "{line}");
    }
    text
}

#[test]
fn a_recording_is_analysed_printed_and_written() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("bed.csv"), bed(18.0)).expect("a recording");
    let arguments = ["analyse", "bed.csv", "--map", "P1=icp", "--infuse", "1.5@300..1800"];
    let output = cisterna(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let told = stdout(&output);
    assert!(told.contains("icp (as you said)") && told.contains("kPa was turned into mmHg"), "{told}");
    assert!(told.contains("Pressure reactivity index"), "{told}");
    let text = fs::read_to_string(folder.path().join("out/analyse/bed/analysis.json")).expect("JSON");
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let rate = json["channels"][0]["heart_rate"].as_f64().expect("a rate");
    assert!((rate - 72.0).abs() < 0.5, "{rate}");
    let figure = |index: &str| {
        let figures = json["figures"].as_array().expect("figures");
        figures.iter().find(|figure| figure["index"] == index).and_then(|figure| figure["value"].as_f64())
    };
    assert!(figure("prx").is_some() && figure("cpp").is_some(), "{text}");
    // The mean of a beat of this shape is 0.160 of its height, so that the height grows by 0.2 while the mean grows by
    // 1 + 0.2 * 0.160.
    let slope = figure("amplitude_pressure");
    assert!(slope.is_some_and(|slope| (slope / 0.1938 - 1.0).abs() < 0.1), "{slope:?}");
    let test = json["infusion"]["Ok"]["figures"].as_array().expect("an infusion test");
    let of =
        |id: &str| test.iter().find(|figure| figure["id"] == id).and_then(|figure| figure["value"].as_f64());
    assert!(of("static_resistance").is_some_and(|r| (r - 12.0).abs() < 1.0), "{:?}", of("static_resistance"));
    for file in ["index.html", "derived.csv", "derived.parquet"] {
        assert!(folder.path().join("out/analyse/bed").join(file).exists(), "{file}");
    }
    let page = fs::read_to_string(folder.path().join("out/analyse/bed/index.html")).expect("a page");
    assert!(page.contains("Averaged pulses") && page.contains("Infusion test"));
}

#[test]
fn phases_are_written_corrected_and_handed_back() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("bed.csv"), bed(18.0)).expect("a recording");
    let json = |arguments: &[&str]| -> serde_json::Value {
        let output = cisterna(
            folder.path(),
            &[&["analyse", "bed.csv", "--map", "P1=icp", "--json"], arguments].concat(),
        );
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        serde_json::from_str(&stdout(&output)).expect("JSON")
    };
    let found = json(&["--infuse", "1.5@300..1800"]);
    let path = folder.path().join("out/analyse/bed/phases.toml");
    let text = fs::read_to_string(&path).expect("phases");
    assert!(text.contains("kind = \"constant_rate\"") && text.contains("rate = \"1.5 mL/min\""), "{text}");
    let test = |json: &serde_json::Value| json["infusion"]["Ok"].clone();
    fs::write(folder.path().join("mine.toml"), &text).expect("phases");
    let again = json(&["--phases", "mine.toml"]);
    assert_eq!(test(&again)["phases"], test(&found)["phases"]);
    // A phase ends with the recorded pressure, half a sample before the stated dose.
    let dose = |json: &serde_json::Value, key: &str| test(json)["doses"][0][key].as_f64().expect("a number");
    for (key, near) in [("from", 1e-9), ("rate", 1e-9), ("until", 0.02)] {
        assert!((dose(&again, key) - dose(&found, key)).abs() < near, "{key}: {}", dose(&again, key));
    }
    let corrected = text.replacen("until = \"300 s\"", "until = \"4 min\"", 1);
    fs::write(folder.path().join("mine.toml"), &corrected).expect("phases");
    assert_eq!(test(&json(&["--phases", "mine.toml"]))["phases"][0]["until"], 240.0);
    fs::write(folder.path().join("mine.toml"), text.replace("\"baseline\"", "\"basline\"")).expect("phases");
    let wrong = cisterna(folder.path(), &["analyse", "bed.csv", "--phases", "mine.toml"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(
        stderr(&wrong).contains("mine.toml:5") && stderr(&wrong).contains("`baseline`"),
        "{}",
        stderr(&wrong)
    );
    let page = fs::read_to_string(folder.path().join("out/analyse/bed/index.html")).expect("a page");
    assert!(page.contains("Phases of the infusion test"));
}

#[test]
fn a_person_may_exclude_and_trust() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("bed.csv"), bed(0.0)).expect("a recording");
    let arguments = ["analyse", "bed.csv", "--json", "--exclude", "ABP:600..900", "--map", "P1=icp"];
    let output = cisterna(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let json: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let valid = |index: usize| json["channels"][index]["valid"].as_f64().expect("a share");
    assert!((valid(1) - 5.0 / 6.0).abs() < 0.01, "{}", valid(1));
    assert!(valid(0) > 0.99, "{}", valid(0));
    // A pressure that does nothing but follow is wholly passive.
    let figures = json["figures"].as_array().expect("figures");
    let prx =
        figures.iter().find(|figure| figure["index"] == "prx").and_then(|figure| figure["value"].as_f64());
    assert!(prx.is_some_and(|prx| prx > 0.9), "{prx:?}");
}

#[test]
fn what_a_flow_follows_is_named_by_the_pressure_that_is_known() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut text = "time [s],ABP [mmHg],MCAv [cm/s]\n".to_owned();
    for index in 0..900 * 25 {
        let time = f64::from(index) / 25.0;
        let pulse = (-(((1.2 * time).fract() - 0.2) / 0.09).powi(2)).exp();
        let slow = (time / 11.0).sin() + 0.6 * (time / 37.0).cos();
        let _ = writeln!(
            text,
            "{time:.2},{:.3},{:.3}",
            85.0 + 4.0 * slow + 40.0 * pulse,
            50.0 + slow + 30.0 * pulse
        );
    }
    fs::write(folder.path().join("bed.csv"), text).expect("a recording");
    let output = cisterna(folder.path(), &["analyse", "bed.csv", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let json: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let figures = json["figures"].as_array().expect("figures");
    let of = |index: &str| figures.iter().find(|figure| figure["index"] == index);
    assert!(of("mx").is_none());
    let passive = of("mxa").expect("an index");
    assert!(passive["title"].as_str().is_some_and(|title| title.contains("Mxa")), "{passive}");
    assert!(passive["value"].as_f64().is_some_and(|value| value > 0.95), "{passive}");
}

#[test]
fn the_page_of_indices_is_what_the_program_lists() {
    let folder = tempfile::tempdir().expect("a folder");
    let listed = stdout(&cisterna(folder.path(), &["analyse", "--list", "--markdown"]));
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/analyse.md")).expect("a page");
    assert_eq!(
        page.trim_end(),
        listed.trim_end(),
        "make it by `cisterna analyse --list --markdown > docs/analyse.md`"
    );
}

#[test]
fn a_folder_is_gone_through_and_gone_on_with() {
    let folder = tempfile::tempdir().expect("a folder");
    let icu = folder.path().join("icu");
    fs::create_dir_all(icu.join("b")).expect("a folder");
    let short: String = bed(0.0).lines().take(4000).fold(String::new(), |text, line| text + line + "\n");
    fs::write(icu.join("one.csv"), &short).expect("a recording");
    fs::write(icu.join("b/two.csv"), &short).expect("a recording");
    fs::write(icu.join("torn.csv"), "time [s];icp [mmHg]\n0;1\n1;x\n").expect("a file");
    let first = cisterna(folder.path(), &["analyse", "icu"]);
    assert_eq!(first.status.code(), Some(1), "{}", stderr(&first));
    let told = stdout(&first);
    assert!(told.contains("3 of 3 recordings, 1 failed, 0 done before"), "{told}");
    assert!(told.contains("torn.csv"), "{told}");
    let again = stdout(&cisterna(folder.path(), &["analyse", "icu"]));
    assert!(again.contains("1 failed, 2 done before"), "{again}");
    let other = stdout(&cisterna(folder.path(), &["analyse", "icu", "--window", "20"]));
    assert!(other.contains("0 done before"), "{other}");
}

#[test]
fn mistakes_are_told_with_what_is_allowed() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("bed.csv"), "time [s],icp [mmHg]\n0,1\n1,2\n2,3\n").expect("a recording");
    let refused = |arguments: &[&str], told: &str| {
        let output = cisterna(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(told), "{arguments:?}: {}", stderr(&output));
    };
    refused(&["analyse", "bad.csv"], "did you mean `bed.csv`?");
    refused(&["analyse", "bed.csv", "--map", "ipc=icp"], "no channel is called `ipc`; allowed: `icp`");
    refused(&["analyse", "bed.csv", "--map", "icp=pressure of the head"], "is no kind of channel");
    refused(&["analyse", "bed.csv", "--infuse", "1.5"], "RATE@FROM..UNTIL");
    refused(&["analyse", "bed.csv", "--exclude", "9..3"], "ends before it begins");
    refused(&["analyse", "bed.csv", "--window", "7"], "10 s do");
    let listed = stdout(&cisterna(folder.path(), &["analyse", "--list"]));
    assert!(listed.contains("Optimal") && listed.contains("source:"), "{listed}");
}
