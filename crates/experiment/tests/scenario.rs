//! Scenario documents: what they become, and what is said where they are wrong.
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may panic")]

use cisterna_experiment::{Comparison, Effect, Event, Scenario, Taken, Up};
use cisterna_model::{Library, Problems};

const MODEL: &str = r#"
title = "Cranium with an outflow"
[fluid.csf]
density = "1000 kg/m^3 || definition"
viscosity = "1 mPa s || definition"
[landmark.skull]
up = "0 mm || definition"
[space.vault]
holds = "csf"
at = "skull"
wall = "elastic"
rest_volume = "100 mL || assumed: test"
compliance = "0.5 mL/mmHg || assumed: test"
[space.blood]
kind = "outside"
holds = "csf"
at = "skull"
pressure = "10 mmHg || assumed: test"
[space.sinus]
kind = "outside"
holds = "csf"
at = "skull"
pressure = "5 mmHg || assumed: test"
[passage.villi]
from = "vault"
to = "sinus"
law = "resistance"
resistance = "8 mmHg/(mL/min) || assumed: test"
[passage.plexus]
from = "blood"
to = "vault"
law = "source"
rate = "0.35 mL/min || assumed: test"
[signal.breathing]
law = "clock"
rate = "12 1/min || assumed: test"
[signal.chest]
law = "breath"
senses = "breathing"
acts = "sinus.pressure"
how = "set"
unit = "mmHg"
resting_level = "5 mmHg || assumed: test"
amplitude = "-2 mmHg || assumed: test"
inspiration = "0.4 || assumed: test"
"#;

const HEAD: &str = "title = \"T\"\nsubject = \"tiny\"\nduration = \"100 s\"\n";

fn read(text: &str) -> Result<Scenario, Problems> {
    Scenario::from_text("test.toml", text, &Library::from_pairs(&[("tiny", MODEL)]))
}

fn good(rest: &str) -> Scenario {
    read(&format!("{HEAD}{rest}")).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The messages with their lines and help, each in one line.
fn wrong(rest: &str) -> String {
    let problems = read(&format!("{HEAD}{rest}")).expect_err("this should be wrong");
    let line = |p: &cisterna_model::Problem| {
        format!("{}: {} = {}", p.line, p.message, p.help.clone().unwrap_or_default())
    };
    problems.list.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn said(rest: &str, parts: &[&str]) {
    let all = wrong(rest);
    for part in parts {
        assert!(all.contains(part), "`{part}` is missing in:\n{all}");
    }
}

fn parameter(event: &Event) -> (f64, f64, f64) {
    match event.effect {
        Effect::Parameter { to, .. } => (event.start, event.end, to),
        _ => panic!("{event:?}"),
    }
}

#[test]
fn a_short_scenario_has_sensible_defaults() {
    let scenario = good("");
    assert_eq!((scenario.up, scenario.settle, scenario.rate), (Up::SUPINE, 20.0, 100.0));
    assert_eq!(scenario.probes[0].name, "vault.pressure");
    assert_eq!(scenario.probes[0].reference.as_ref().unwrap().zero_level, "skull");
    assert_eq!(scenario.text_hash.len(), 16);
}

#[test]
fn an_infusion_runs_for_its_time_and_is_a_door() {
    let text = "[[event]]\nat = \"10 s\"\ninfuse = \"vault\"\nrate = \"1.5 mL/min\"\nuntil = \"70 s\"\n\
                [record]\nchannels = [{ of = \"infusion.flow\", unit = \"mL/min\" }]\n";
    let scenario = good(text);
    let changes: Vec<_> = scenario.changes.iter().map(parameter).collect();
    assert_eq!(changes, [(10.0, 10.0, 0.025), (70.0, 70.0, 0.0)]);
    assert!((scenario.probes[0].scale - 60.0).abs() < 1e-12);
    assert_eq!(scenario.model.network.passages.last().unwrap().name, "infusion");
}

#[test]
fn a_bolus_of_four_millilitres_in_two_seconds_is_two_a_second() {
    let text = "[[event]]\nat = \"10 s\"\nwithdraw = \"vault\"\nvolume = \"4 mL\"\nover = \"2 s\"\n";
    let changes: Vec<_> = good(text).changes.iter().map(parameter).collect();
    assert_eq!(changes, [(10.0, 10.0, 2.0), (12.0, 12.0, 0.0)]);
}

#[test]
fn a_held_pressure_is_a_switch_on_a_needle() {
    let text = "[[event]]\nat = \"10 s\"\ninfuse = \"vault\"\npressure = \"30 mmHg\"\nuntil = \"50 s\"\n";
    let scenario = good(text);
    assert_eq!(scenario.changes.iter().map(parameter).map(|c| c.2).collect::<Vec<_>>(), [1.0, 0.0]);
    let demand = scenario.model.network.signals.iter().find(|s| s.name == "infusion_demand").unwrap();
    assert_eq!(demand.values, [-1.0 / 6.0, 30.0, 0.0]);
}

#[test]
fn a_change_returns_to_what_was_there_before() {
    let text = "[set]\n\"plexus.rate\" = \"0.6 mL/min\"\n[[event]]\nat = \"10 s\"\nover = \"5 s\"\n\
                parameter = \"plexus.rate\"\nto = \"1.2 mL/min\"\nuntil = \"40 s\"\n\
                [[event]]\nat = \"60 s\"\ntilt = \"90 deg\"\nover = \"10 s\"\n";
    let scenario = good(text);
    let changes: Vec<_> = scenario.changes[..2].iter().map(parameter).collect();
    assert_eq!(changes, [(10.0, 15.0, 0.02), (40.0, 45.0, 0.01)]);
    assert!(matches!(scenario.changes[2].effect, Effect::Posture { to: Up([0.0, _, up]), .. } if up == 1.0));
}

#[test]
fn a_measure_records_what_it_needs() {
    let text = "[[measure]]\nid = \"icp\"\nstatistic = \"value_at\"\nat = \"1 min\"\nchannel = \"vault.volume\"\n\
                published = { value = 140, unit = \"mL\", source = \"someone\", kind = \"measured\" }\n";
    let scenario = good(text);
    assert!(scenario.probes.iter().any(|probe| probe.name == "vault.volume"));
    let Taken::Statistic { statistic, .. } = &scenario.measures[0].taken else { panic!("a statistic") };
    assert_eq!(*statistic, cisterna_analysis::Statistic::ValueAt { at: 60.0 });
}

const TWO: &str = "[[measure]]\nid = \"icp\"\nstatistic = \"mean\"\nchannel = \"vault.pressure\"\n\
                   [[measure]]\nid = \"highest\"\nstatistic = \"maximum\"\nchannel = \"vault.pressure\"\n\
                   unit = \"cmH2O\"\n";

#[test]
fn measures_before_are_compared() {
    let text = format!(
        "{TWO}[[measure]]\nid = \"share\"\nratio = [\"highest\", \"icp\"]\nunit = \"%\"\n\
         [[measure]]\nid = \"rise\"\ndifference = [\"highest\", \"icp\"]\n"
    );
    let scenario = good(&text);
    let share = Taken::Comparison { form: Comparison::Ratio, of: [1, 0] };
    assert_eq!((&scenario.measures[2].taken, scenario.measures[2].unit.as_str()), (&share, "%"));
    assert_eq!(scenario.measures[3].unit, "cmH2O");
    said(
        "[[measure]]\nid = \"share\"\nratio = [\"share\", \"icp\"]\n",
        &["`share` is no measure before this one"],
    );
}

#[test]
fn mistakes_are_told_with_their_mend() {
    said("[set]\n\"plexsu.rate\" = \"1 mL/min\"\n", &["5: `plexsu` is no", "did you mean `plexus`"]);
    said("[set]\n\"plexus.rate\" = \"1 mmHg\"\n", &["5: `mmHg` is a pressure, not a flow"]);
    said(
        "[set]\n\"villi.resistance\" = \"-1 mmHg s/mL\"\n",
        &["5: `villi.resistance` cannot be", "more than zero"],
    );
    said("[[event]]\nat = \"200 s\"\nposture = \"prone\"\n", &["5: late: the run is over at 100 s"]);
    said(
        "[[event]]\nat = \"2 s\"\nposture = \"supnie\"\n",
        &["`supnie` is no posture", "did you mean `supine`"],
    );
    said("[[event]]\nat = \"2 s\"\n", &["an event that does nothing", "posture, tilt"]);
    said(
        "[[event]]\nat = \"2 s\"\ninfuse = \"sinus\"\nrate = \"1 mL/min\"\n",
        &["no space that holds fluid", "vault"],
    );
    said("[[event]]\nat = \"2 s\"\ninfuse = \"vault\"\n", &["needs one of `rate`"]);
    said(
        "[[event]]\nat = \"2 s\"\nparameter = \"sinus.pressure\"\nto = \"9 mmHg\"\n",
        &["the signal `chest` sets it"],
    );
    said(
        "[[measure]]\nid = \"a\"\nstatistic = \"maen\"\nchannel = \"vault.pressure\"\n",
        &["no statistic", "`mean`"],
    );
    said(
        "[[measure]]\nid = \"a\"\nstatistic = \"value_at\"\nchannel = \"vault.pressure\"\n",
        &["needs the parameter `at`"],
    );
    said(
        "[[measure]]\nid = \"a\"\nstatistic = \"mean\"\nchannel = \"vault.pressure\"\nunit = \"mL\"\nwindow = [\"90 s\", \"110 s\"]\n",
        &["`mL` is a volume, not a pressure", "does not lie inside the run"],
    );
    said("[record]\nchanels = []\n", &["no key of `[record]`", "did you mean `channels`"]);
    let no_time = read("title = \"T\"\nsubject = \"tiny\"\nduration = \"0 s\"\n").unwrap_err().to_string();
    assert!(no_time.contains("`duration` must be longer than 0 s"), "{no_time}");
    let no_model = read(&HEAD.replace("tiny", "tiyn")).unwrap_err().to_string();
    assert!(no_model.contains("test.toml:2") && no_model.contains("did you mean `tiny`"), "{no_model}");
}

#[test]
fn overlapping_changes_name_both_lines() {
    let text = "[[event]]\nat = \"2 s\"\nparameter = \"plexus.rate\"\nto = \"1 mL/min\"\nuntil = \"20 s\"\n\
                [[event]]\nat = \"10 s\"\nparameter = \"plexus.rate\"\nto = \"2 mL/min\"\n";
    said(text, &["two changes of `plexus.rate` overlap", "test.toml:4", "test.toml:9"]);
}

#[test]
fn recordings_drive_parameters_and_their_faults_are_passed_on() {
    let folder = std::env::temp_dir().join(format!("cisterna-scenario-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = |name: &str, text: &str| {
        std::fs::write(folder.join(name), text).unwrap();
        folder.join(name).display().to_string()
    };
    let table = |hole: &str| {
        let row = |i: i32| format!("{i},{}\n", if i == 50 { hole.to_owned() } else { (i % 7).to_string() });
        format!("time_s,abp [kPa]\n{}", (0..=120).map(row).collect::<String>())
    };
    let drive = |path: &str, more: &str| {
        format!("[[drive]]\nparameter = \"blood.pressure\"\nfile = {path:?}\nchannel = \"ABP\"\n{more}\n")
    };
    let whole = file("whole.csv", &table("1"));
    let scenario = good(&drive(&whole, ""));
    let Effect::Drive { signal, .. } = &scenario.changes[0].effect else { panic!() };
    assert_eq!(signal.end(), 100.0);
    said(&drive(&whole, "start = \"50 s\""), &["the run needs 100.000 s of it", "`repeat`"]);
    good(&drive(&whole, "start = \"50 s\"\nrepeat = true"));
    let holed = file("holed.csv", &table(""));
    said(&drive(&holed, ""), &["has a gap of 1.000 s at 50.000 s"]);
    good(&drive(&holed, "gaps = \"bridge 2 s\""));
    said(&drive(&file("empty.csv", ""), ""), &["empty.csv"]);
    said(&drive(&folder.join("whle.csv").display().to_string(), ""), &["no such file", "whole.csv"]);
    let absent = drive("nowhere/abp.csv", &format!("fallback = {whole:?}"));
    assert!(good(&absent).notes[0].contains("replaced by"));
    said(&format!("{}{}", drive(&whole, ""), drive(&whole, "")), &["drives it all the time"]);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_parameter_follows_a_course_through_points() {
    let drive = |points: &str, more: &str| {
        format!("[[drive]]\nparameter = \"blood.pressure\"\npoints = {points}\n{more}\n")
    };
    let course = "[[\"5 s\", \"90 mmHg\"], [\"15 s\", \"100 mmHg\"], [\"25 s\", \"100 mmHg\"]]";
    let scenario = good(&drive(course, ""));
    let Effect::Drive { signal, .. } = &scenario.changes[0].effect else { panic!() };
    assert_eq!((signal.first(), (signal.end() * 1e6).round()), (90.0, 25e6));
    said(&drive(course, "repeat = true"), &["goes with a recording", "follows `points`"]);
    said(&drive("[[\"5 s\", \"90 mm\"], [\"15 s\", \"100 mm\"]]", ""), &["these points are", "pressure"]);
    said(&drive("[[\"5 s\", \"90 mmHg\"], [\"5 s\", \"91 mmHg\"]]", ""), &["one after another"]);
    said(&format!("{}{}", drive(course, ""), drive(course, "")), &["drives it all the time"]);
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let text = "[set]\n\"plexsu.rate\" = \"1 mL/min\"\n[[event]]\nat = \"200 s\"\nposture = \"prone\"\n\
                [record]\nchannels = [\"valt.pressure\"]\n[[measure]]\nid = \"a\"\nstatistic = \"maen\"\nchannel = \"vault.pressure\"\n";
    assert_eq!(wrong(text).lines().count(), 4, "{}", wrong(text));
}

/// A reader that panics on what somebody is still typing is no reader.
#[test]
fn no_beginning_of_a_document_makes_the_reader_panic() {
    let text = format!(
        "{HEAD}start = {{ tilt = \"30 deg\" }}\n[[event]]\nat = \"2 s\"\ninfuse = \"vault\"\npressure = \"20 mmHg\"\n\
         [[measure]]\nid = \"a\"\nstatistic = \"mean\"\nchannel = \"vault.pressure\"\nwindow = [\"1 s\", \"9 s\"]\n"
    );
    for end in (0..text.len()).filter(|&end| text.is_char_boundary(end)) {
        let _ = read(&text[..end]);
    }
}

#[test]
fn the_schema_knows_every_statistic_and_action() {
    let schema = cisterna_experiment::scenario_schema().to_string();
    for word in cisterna_analysis::STATISTICS.iter().map(|info| info.name).chain(["withdraw", "left lateral"])
    {
        assert!(schema.contains(&format!("\"{word}\"")), "{word}");
    }
}
