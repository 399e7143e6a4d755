//! The program as its user meets it: what it writes, what it says, how it ends.

#![expect(clippy::expect_used, reason = "a helper of a test may fail with its test")]

mod common;

use std::fs;

use common::{cisterna, stderr, stdout};

/// A short run with one measure.
const SMALL: &str = r#"
title    = "Two seconds of the adult"
subject  = "adult"
duration = "2 s"
settle   = "0 s"

[record]
channels = ["vault.pressure", "aqueduct.flow"]

[[measure]]
id        = "icp_mean"
label     = "Mean intracranial pressure"
statistic = "mean"
channel   = "vault.pressure"
published = { low = 7.8, high = 14.3, unit = "mmHg", source = "malm2011" }
"#;

fn folder_with_scenario() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("small.toml"), SMALL).expect("a scenario");
    folder
}

#[test]
fn a_run_leaves_recording_measures_and_report() {
    let folder = folder_with_scenario();
    let output = cisterna(folder.path(), &["run", "small.toml"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let summary = stdout(&output);
    assert!(summary.contains("Mean intracranial pressure"), "{summary}");
    assert!(summary.contains("7.8 .. 14.3"), "{summary}");
    let mut files: Vec<String> = fs::read_dir(folder.path().join("out/small"))
        .expect("the folder of the run")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    files.sort();
    assert_eq!(files, ["measures.json", "recording.csv", "recording.parquet", "report.html"]);
    let recording =
        cisterna::recording::open(&folder.path().join("out/small/recording.parquet")).expect("it reads");
    assert_eq!(recording.channel("vault.pressure").expect("recorded").values.len(), 201);
    let report = fs::read_to_string(folder.path().join("out/small/report.html")).expect("a report");
    for heading in ["Waveforms", "Volumes", "Ledger of doors", "not a medical device"] {
        assert!(report.contains(heading), "no {heading}");
    }
}

#[test]
fn json_is_all_that_the_standard_output_holds() {
    let folder = folder_with_scenario();
    let output = cisterna(folder.path(), &["run", "small.toml", "--json", "--no-report"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let measures: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    let icp = &measures["measures"][0];
    assert_eq!((icp["id"].as_str(), icp["unit"].as_str()), (Some("icp_mean"), Some("mmHg")));
    assert!((0.0..25.0).contains(&icp["value"].as_f64().expect("a value")), "{icp}");
    assert!(!folder.path().join("out/small/report.html").exists());
}

#[test]
fn an_unknown_scenario_is_bad_input_and_the_nearest_is_named() {
    let folder = folder_with_scenario();
    let output = cisterna(folder.path(), &["run", "scenarios/rset.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("did you mean `rest`?"), "{}", stderr(&output));
    assert!(!folder.path().join("out").exists(), "nothing is left behind");
}

#[test]
fn a_path_that_leads_nowhere_is_not_the_scenario_of_that_name() {
    let folder = folder_with_scenario();
    let output = cisterna(folder.path(), &["run", "elsewhere/rest.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("did you mean `rest`?"), "{}", stderr(&output));
}

#[test]
fn a_run_that_injects_records_its_volume_and_draws_its_curve() {
    let folder = folder_with_scenario();
    let injecting = format!(
        "{}\n[[event]]\nat = \"1 s\"\ninfuse = \"lumbar_sac\"\nvolume = \"2 mL\"\nover = \"6 s\"\n",
        SMALL.replace("2 s", "8 s")
    );
    fs::write(folder.path().join("bolus.toml"), injecting).expect("a scenario");
    let output = cisterna(folder.path(), &["run", "bolus.toml", "--quiet"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let recording =
        cisterna::recording::open(&folder.path().join("out/bolus/recording.csv")).expect("it reads");
    let ends = |name: &str| {
        let values = &recording.channel(name).expect("recorded").values;
        values[values.len() - 1] - values[0]
    };
    assert!((ends("infusion.passed") - 2.0).abs() < 0.01, "{}", ends("infusion.passed"));
    assert!((1.9..2.1).contains(&ends("csf.content")), "little is absorbed in 8 s: {}", ends("csf.content"));
    let report = fs::read_to_string(folder.path().join("out/bolus/report.html")).expect("a report");
    assert!(report.contains("Pressure and volume") && report.contains("volume added"));
}

#[test]
fn a_mistake_in_a_scenario_is_told_with_its_line() {
    let folder = folder_with_scenario();
    fs::write(folder.path().join("small.toml"), SMALL.replace("2 s", "2 mL")).expect("a scenario");
    let output = cisterna(folder.path(), &["run", "small.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("small.toml:4"), "{}", stderr(&output));
}

#[test]
fn a_folder_that_cannot_be_made_is_an_output_error() {
    let folder = folder_with_scenario();
    fs::write(folder.path().join("taken"), "a file").expect("a file");
    let output = cisterna(folder.path(), &["run", "small.toml", "--out", "taken/out"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("taken/out could not be made"), "{}", stderr(&output));
}

#[test]
fn a_file_on_the_disk_stands_before_the_embedded_one() {
    let folder = folder_with_scenario();
    fs::create_dir(folder.path().join("scenarios")).expect("a folder");
    fs::write(folder.path().join("scenarios/rest.toml"), SMALL).expect("a scenario");
    let output = cisterna(folder.path(), &["run", "scenarios/rest.toml", "--no-report"]);
    assert!(
        stdout(&output).starts_with("Two seconds of the adult"),
        "{}{}",
        stdout(&output),
        stderr(&output)
    );
}

#[test]
fn a_value_is_told_with_its_place_and_an_unknown_one_with_its_neighbour() {
    let folder = folder_with_scenario();
    let known = cisterna(folder.path(), &["evidence", "aqueduct", "--no-runs"]);
    assert_eq!(known.status.code(), Some(0));
    assert!(stdout(&known).contains("stated at"), "{}", stdout(&known));
    let unknown = cisterna(folder.path(), &["evidence", "aqueducts"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(stderr(&unknown).contains("aqueduct"), "{}", stderr(&unknown));
}

/// Davson's balance as an experiment whose row was measured.
const BALANCE: &str = r#"
    title    = "Balance"
    subject  = "published/davson"
    duration = "60 s"
    settle   = "3600 s"
    [record]
    rate     = "1 Hz"
    channels = ["cerebrospinal_fluid.pressure"]
    [[measure]]
    id        = "resting"
    statistic = "mean"
    channel   = "cerebrospinal_fluid.pressure"
    published = { low = 6, high = 12, unit = "mmHg", source = "davson1970" }
"#;

#[test]
fn a_value_is_told_with_the_results_at_both_ends_of_its_range() {
    let folder = folder_with_scenario();
    fs::write(folder.path().join("balance.toml"), BALANCE).expect("a document");
    let model = ["--model", "published/davson", "--on", "balance.toml"];
    let told = cisterna(
        folder.path(),
        &[&["evidence", "absorption.resistance", "--out", "moved.csv"][..], &model].concat(),
    );
    assert_eq!(told.status.code(), Some(0), "{}", stderr(&told));
    assert!(stdout(&told).contains("its stated range"), "{}", stdout(&told));
    assert!(stdout(&told).contains("balance.toml"), "{}", stdout(&told));
    let table = fs::read_to_string(folder.path().join("moved.csv")).expect("a table");
    assert_eq!(table.lines().count(), 2, "{table}");
    let idle = cisterna(folder.path(), &["evidence", "--idle", "--json", "--on", "balance.toml"]);
    let idle: serde_json::Value = serde_json::from_slice(&idle.stdout).expect("JSON");
    let parts = idle["parts"].as_array().expect("parts");
    let standing = |name: &str| {
        let part = parts.iter().find(|part| part["name"] == name).expect("a part");
        part["standing"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(standing("formation"), "needed");
    assert_eq!(standing("absorption"), "needed");
    // The balance does not depend on how much the fluid yields.
    assert_eq!(standing("cerebrospinal_fluid"), "idle");
}

#[test]
fn the_variance_of_a_balance_is_carried_by_what_was_measured() {
    let folder = folder_with_scenario();
    fs::write(folder.path().join("balance.toml"), BALANCE).expect("a document");
    let told = cisterna(folder.path(), &["evidence", "--unsourced", "--json", "--on", "balance.toml"]);
    let told: serde_json::Value = serde_json::from_slice(&told.stdout).expect("JSON");
    assert!(told["unsourced_share"].as_f64().expect("a share") < 1e-6);
    assert_eq!(told["values"][0]["name"], "sinus.pressure");
    let wrong = cisterna(folder.path(), &["evidence", "--unsourced", "--out", "table.txt"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains(".csv or .json"), "{}", stderr(&wrong));
}

#[test]
fn every_value_of_the_adult_is_valid_json() {
    let folder = folder_with_scenario();
    let output = cisterna(folder.path(), &["evidence", "--unsourced", "--no-runs", "--json"]);
    let values: Vec<serde_json::Value> = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert!(!values.is_empty());
    assert!(values.iter().all(|value| value["basis"] != "measured"));
}

#[test]
fn schemas_are_json_and_laws_are_a_page() {
    let folder = folder_with_scenario();
    for kind in ["model", "scenario", "course", "panel", "claim"] {
        let output = cisterna(folder.path(), &["schema", kind]);
        let schema: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
        assert!(schema["$schema"].is_string());
    }
    assert!(stdout(&cisterna(folder.path(), &["laws"])).starts_with("# Reference"));
    assert!(stdout(&cisterna(folder.path(), &["completions", "bash"])).contains("_cisterna"));
}

/// A tetrahedron as PLY.
const ATLAS: &str = "ply\nformat ascii 1.0\nelement vertex 4\nproperty float x\nproperty float y\nproperty float z\n\
element face 4\nproperty list uchar int vertex_indices\nend_header\n\
0 0 1480\n60 0 1480\n0 60 1480\n0 0 1540\n3 0 2 1\n3 0 1 3\n3 1 2 3\n3 2 0 3\n";

#[test]
fn a_bone_becomes_facts_that_can_be_shown() {
    let folder = folder_with_scenario();
    fs::create_dir(folder.path().join("bones")).expect("a folder");
    fs::write(folder.path().join("bones/C1.ply"), ATLAS).expect("a mesh");
    let output = cisterna(folder.path(), &["anatomy", "derive", "bones", "--out", "facts.toml"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(
        stderr(&output).contains("6 of 7 bones missing") && stdout(&output).contains("written: facts.toml")
    );
    let shown = cisterna(folder.path(), &["anatomy", "show", "atlas", "--facts", "facts.toml"]);
    let told = stdout(&shown);
    let volume = told.lines().find_map(|line| line.strip_prefix("volume mL")).map(str::trim);
    assert_eq!(volume, Some("36"), "{told}");
}

#[test]
fn bad_meshes_leave_no_document() {
    let folder = folder_with_scenario();
    fs::write(folder.path().join("C1.ply"), ATLAS.replace("3 2 0 3\n", "3 2 3 0\n")).expect("a mesh");
    let output = cisterna(folder.path(), &["anatomy", "derive", "C1.ply", "--out", "facts.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("edges at which one of two triangles shows its back"),
        "{}",
        stderr(&output)
    );
    assert!(!folder.path().join("facts.toml").exists());
}

#[test]
fn a_bone_of_the_adult_is_told_and_an_unknown_one_with_its_neighbour() {
    let folder = folder_with_scenario();
    let shown = stdout(&cisterna(folder.path(), &["anatomy", "show", "frontal_bone", "sphenoid_bone"]));
    assert!(shown.contains("coherence") && shown.contains("BodyParts3D"), "{shown}");
    let unknown = cisterna(folder.path(), &["anatomy", "show", "frontal_bnoe"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(stderr(&unknown).contains("did you mean `frontal_bone`?"), "{}", stderr(&unknown));
    let apart = cisterna(folder.path(), &["anatomy", "show", "frontal_bone", "sacrum"]);
    assert!(stderr(&apart).contains("frontal_bone and sacrum do not face each other"), "{}", stderr(&apart));
}

#[test]
fn bones_are_told_as_a_table_and_drawn_on_a_page() {
    let folder = folder_with_scenario();
    let by = ["bones", "--by", "intracranial_pressure=10 mmHg", "--by", "left_parietal_hand=0.05"];
    let output = cisterna(folder.path(), &by);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let table = stdout(&output);
    assert!(
        table.starts_with("Under 10 mmHg of intracranial_pressure, 0.05 N of left_parietal_hand"),
        "{table}"
    );
    for row in
        ["\nbone ", "\nfrontal_bone ", "\njoint ", "\nmembrane or muscle ", "\nfalx_cerebri ", "over sutures"]
    {
        assert!(table.contains(row), "no {row} in {table}");
    }
    let page = fs::read_to_string(folder.path().join("out/bones/bones.html")).expect("a page");
    assert!(page.contains("<title>Bones: Adult with moving bones"), "{}", &page[..400]);
    for part in ["<svg", "sagittal_suture", "not a medical device"] {
        assert!(page.contains(part), "no {part}");
    }
}

#[test]
fn bones_as_json_hold_every_bone_within_its_range() {
    let folder = folder_with_scenario();
    let output =
        cisterna(folder.path(), &["bones", "subjects/skull_alone", "--json", "--lay-on", "torsion_left"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let told: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!(told["conditions"][0], "torsion_left");
    let bones = told["bones"].as_array().expect("bones");
    assert!(bones.len() >= 20, "{}", bones.len());
    for bone in bones {
        let number = |key: &str| bone["centre_um"][key].as_f64().expect("a number");
        assert!(number("low") <= number("value") && number("value") <= number("high"), "{bone}");
    }
    let sphenoid = bones.iter().find(|bone| bone["bone"] == "sphenoid_bone").expect("the sphenoid");
    assert!(sphenoid["turn_mrad"][1].as_f64().expect("a turn") != 0.0, "{sphenoid}");
}

#[test]
fn an_unknown_load_of_bones_is_bad_input_and_the_nearest_is_named() {
    let folder = folder_with_scenario();
    let output =
        cisterna(folder.path(), &["bones", "subjects/skull_alone", "--by", "intracranial_presure=1"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("did you mean `intracranial_pressure`?"), "{}", stderr(&output));
    assert!(!folder.path().join("out").exists(), "nothing is left behind");
    let unit =
        cisterna(folder.path(), &["bones", "subjects/skull_alone", "--by", "intracranial_pressure=1 N"]);
    assert_eq!(unit.status.code(), Some(2));
    assert!(stderr(&unit).contains("`N` is a force, not a pressure"), "{}", stderr(&unit));
    let boneless = cisterna(folder.path(), &["bones", "adult"]);
    assert_eq!(boneless.status.code(), Some(2));
    assert!(stderr(&boneless).contains("`adult` has no bones"), "{}", stderr(&boneless));
}

#[test]
fn a_touch_is_told_with_its_interval() {
    let folder = folder_with_scenario();
    let output = cisterna(folder.path(), &["run", "touch-parietal", "--no-report"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let told = stdout(&output);
    let line = told.lines().find(|line| line.contains("Motion of the skull under the hand"));
    let line = line.unwrap_or_else(|| panic!("{told}"));
    assert!(line.contains(" .. "), "no interval in `{line}`");
}

#[test]
fn the_list_tells_the_conditions() {
    let folder = folder_with_scenario();
    let told = stdout(&cisterna(folder.path(), &["list"]));
    let conditions = told.split("\nConditions\n").nth(1).expect("conditions").split("\n\n").next();
    let conditions = conditions.expect("a list");
    for row in
        ["torsion_left", "Torsion with the left greater wing high", "fused_sagittal_suture", "tight_falx"]
    {
        assert!(conditions.contains(row), "no {row} in {conditions}");
    }
    assert!(!conditions.contains("touch-parietal"), "{conditions}");
}

#[test]
fn a_panel_is_told_as_a_table_with_a_page_and_as_json() {
    let folder = tempfile::tempdir().expect("a folder");
    let few = ["panel", "wirth_pattullo_1994", "--draws", "20"];
    let output = cisterna(folder.path(), &few);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let table = stdout(&output);
    for words in ["wirth_pattullo_icc", "subject", "own:", "written: out/panel/index.html"] {
        assert!(table.contains(words), "{table}");
    }
    let page = fs::read_to_string(folder.path().join("out/panel/index.html")).expect("the page");
    assert!(page.contains("What a hand can feel") && page.contains("kasparian2015"));
    let output = cisterna(folder.path(), &[&few[..], &["--json"]].concat());
    let told: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!(told["studies"][0]["arms"][0]["rows"][1]["published"], -0.02);
}

#[test]
fn an_unknown_study_is_bad_input_and_the_nearest_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = cisterna(folder.path(), &["panel", "roger_1998"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("did you mean `rogers_1998`?"), "{}", stderr(&output));
}

#[test]
fn a_run_under_a_hypothesis_stands_beside_its_twin() {
    let folder = folder_with_scenario();
    let held = SMALL.replace("duration", "hypotheses = [\"primary_respiratory_mechanism\"]\nduration");
    fs::write(folder.path().join("held.toml"), held).expect("a scenario");
    let output = cisterna(folder.path(), &["run", "held.toml"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let told = stdout(&output);
    assert!(told.contains("without primary_respiratory_mechanism  difference"), "{told}");
    let json = fs::read_to_string(folder.path().join("out/held/measures.json")).expect("the measures");
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let measure = &json["measures"][0];
    let [value, twin, difference] =
        ["value", "without_hypotheses", "difference"].map(|key| measure[key].as_f64());
    assert_eq!(value.zip(twin).map(|(value, twin)| value - twin), difference);
    assert!(difference.is_some_and(|difference| difference.abs() > 1e-3), "{measure}");
    let page = fs::read_to_string(folder.path().join("out/held/report.html")).expect("the report");
    assert!(page.contains("without primary_respiratory_mechanism"));
}

#[test]
fn hypotheses_of_the_rhythm_stand_beside_each_other() {
    let folder = folder_with_scenario();
    let output =
        cisterna(folder.path(), &["rhythm", "vasomotion_rhythm", "--scenario", "small.toml", "--markdown"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let told = stdout(&output);
    assert!(told.contains("\n| none | ") && told.contains("\n| vasomotion_rhythm | "), "{told}");
    let page = fs::read_to_string(folder.path().join("out/rhythm/rhythm.html")).expect("the page");
    assert!(page.contains("Symmetry, quality and transmission"));
    let wrong = cisterna(folder.path(), &["rhythm", "vasomotion_rythm", "--scenario", "small.toml"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains("did you mean `vasomotion_rhythm`?"), "{}", stderr(&wrong));
}

/// A day of work and a night.
const DAY: &str = r#"
title   = "A day"
subject = "subjects/adult_under_stress"
days    = 1

[[daily]]
at = "9 h"
do = "work_load"

[[daily]]
at = "23 h"
do = "sleep"

[record]
channels = ["arousal", "aorta.pressure"]
"#;

#[test]
fn a_course_gives_a_table_numbers_and_a_page() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("day.toml"), DAY).expect("a course");
    let output = cisterna(folder.path(), &["course", "day.toml"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stdout(&output).contains("averages of beats from"), "{}", stdout(&output));
    let told = fs::read_to_string(folder.path().join("out/day/course.json")).expect("numbers");
    let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
    let arousal = &told["channels"][0];
    assert_eq!(arousal["name"], "arousal");
    let most = arousal["values"].as_array().expect("values").iter().filter_map(|value| value.as_f64());
    assert!((0.2..0.4).contains(&most.fold(0.0, f64::max)), "{arousal}");
    let page = fs::read_to_string(folder.path().join("out/day/report.html")).expect("a page");
    assert!(page.contains("Day by day"));
}

#[test]
fn a_session_is_read_before_anything_runs_and_an_index_is_asked_for_politely() {
    let folder = tempfile::tempdir().expect("a folder");
    let unknown = cisterna(folder.path(), &["session", "first-visits"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(stderr(&unknown).contains("did you mean `first-visit`?"), "{}", stderr(&unknown));
    let empty = cisterna(folder.path(), &["session", "--list"]);
    assert_eq!(empty.status.code(), Some(2));
    assert!(stderr(&empty).contains("there is no index out/sessions.sqlite"), "{}", stderr(&empty));
    for kind in ["technique", "session"] {
        let schema = cisterna(folder.path(), &["schema", kind]);
        assert!(stdout(&schema).contains("\"$schema\""));
    }
    let list = stdout(&cisterna(folder.path(), &["list"]));
    assert!(list.contains("frontal_lift") && list.contains("first-visit"), "{list}");
}
