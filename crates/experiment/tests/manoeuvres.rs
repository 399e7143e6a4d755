//! Manoeuvres, postures and drains: what a scenario makes of them, and what is said where they are wrong.
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may panic")]

use cisterna_experiment::{Effect, Event, Scenario, Up, run};
use cisterna_model::{Library, Problems};

const MODEL: &str = r#"
title = "Cranium with an outflow"
[fluid.csf]
density = "1000 kg/m^3 || definition"
viscosity = "1 mPa s || definition"
[landmark.skull]
up = "200 mm || definition"
segment = "head"
[landmark.neck]
up = "100 mm || definition"
[segment.head]
joint = "neck"
lies = "above"
sitting = "10 deg || assumed: test"
[space.vault]
holds = "csf"
at = "skull"
wall = "elastic"
rest_volume = "100 mL || assumed: test"
compliance = "0.5 mL/mmHg || assumed: test"
start_pressure = "20 mmHg"
[space.chest]
kind = "outside"
holds = "csf"
at = "neck"
pressure = "5 mmHg || assumed: test"
[space.belly]
kind = "outside"
holds = "csf"
at = "neck"
pressure = "1 mmHg || assumed: test"
[space.flank]
kind = "outside"
holds = "csf"
at = "neck"
pressure = "7 mmHg || assumed: test"
[passage.villi]
from = "vault"
to = "chest"
law = "resistance"
resistance = "1e9 mmHg/(mL/min) || assumed: test"
[manoeuvre.strain]
summary = "strain"
amount = "40 mmHg || assumed: test"
within = ["0 mmHg", "60 mmHg"]
for = "10 s || assumed: test"
ramp = "0.5 s || assumed: test"
[[manoeuvre.strain.change]]
parameter = "chest.pressure"
add = "1 || definition"
[[manoeuvre.strain.change]]
parameter = "belly.pressure"
to = "amount"
at = "1 s || assumed: test"
over = "0.2 s || assumed: test"
back = "2 s || assumed: test"
[[manoeuvre.strain.change]]
parameter = "flank.pressure"
by = "-1 kPa || assumed: test"
[[manoeuvre.strain.change]]
parameter = "vault.compliance"
after = "1 s || assumed: test"
scale = "-0.01 1/mmHg || assumed: test"
for = "5 s || assumed: test"
[manoeuvre.drug]
summary = "drug"
[[manoeuvre.drug.change]]
parameter = "villi.resistance"
scale = "1 || assumed: test"
over = "5 s || assumed: test"
"#;

const HEAD: &str = "title = \"T\"\nsubject = \"tiny\"\nduration = \"100 s\"\n";

fn read(rest: &str) -> Result<Scenario, Problems> {
    Scenario::from_text("t.toml", &format!("{HEAD}{rest}"), &Library::from_pairs(&[("tiny", MODEL)]))
}

fn good(rest: &str) -> Scenario {
    read(rest).unwrap_or_else(|problems| panic!("{problems}"))
}

fn said(rest: &str, parts: &[&str]) {
    let all = read(rest).expect_err("this should be wrong").to_string();
    for part in parts {
        assert!(all.contains(part), "`{part}` is missing in:\n{all}");
    }
}

/// The changes of the parameter called `name`: start, end, value.
fn changes(scenario: &Scenario, name: &str) -> Vec<(f64, f64, f64)> {
    let (wanted, _) = scenario.model.address(name).unwrap();
    let own = |event: &Event| match event.effect {
        Effect::Parameter { address, to } if address == wanted => Some((event.start, event.end, to)),
        _ => None,
    };
    scenario.changes.iter().filter_map(own).collect()
}

fn labels(scenario: &Scenario) -> Vec<(&str, f64, f64)> {
    scenario
        .changes
        .iter()
        .filter_map(|event| Some((event.label.as_deref()?, event.start, event.end)))
        .collect()
}

#[test]
fn a_strain_moves_chest_and_belly_together_and_lets_go() {
    let scenario = good("[[event]]\nat = \"20 s\"\ndo = \"strain\"\n");
    assert_eq!(changes(&scenario, "chest.pressure"), [(20.0, 20.5, 45.0), (30.0, 30.5, 5.0)]);
    assert_eq!(changes(&scenario, "belly.pressure"), [(21.0, 21.2, 40.0), (30.0, 32.0, 1.0)]);
    let after: Vec<_> = changes(&scenario, "vault.compliance");
    assert_eq!((after[0].0, after[1].0), (31.0, 36.0), "what follows the release begins after it");
    assert!((after[0].2 - 0.3).abs() < 1e-12 && after[1].2 == 0.5);
    assert_eq!(labels(&scenario), [("strain, 40 mmHg", 20.0, 30.0)]);
}

#[test]
fn the_amount_and_the_length_are_the_scenarios_to_choose() {
    let scenario = good(
        "[set]\n\"chest.pressure\" = \"8 mmHg\"\n[[event]]\nat = \"20 s\"\ndo = \"strain\"\namount = \"2 kPa\"\nfor = \"5 s\"\nlabel = \"a small one\"\n",
    );
    let chest = changes(&scenario, "chest.pressure");
    assert!((chest[0].2 - 8.0 - 15.0012).abs() < 1e-3, "2 kPa are 15 mmHg, over the 8 that were set");
    assert_eq!((chest[1].0, chest[1].2), (25.0, 8.0));
    assert_eq!(labels(&scenario), [("a small one", 20.0, 25.0)]);
}

#[test]
fn a_fixed_difference_is_the_same_whatever_the_amount_and_the_value_before() {
    for (before, amount) in [(7.0, 0), (7.0, 60), (-3.0, 40)] {
        let scenario = good(&format!(
            "[set]\n\"flank.pressure\" = \"{before} mmHg\"\n[[event]]\nat = \"20 s\"\ndo = \"strain\"\namount = \"{amount} mmHg\"\n",
        ));
        let flank = changes(&scenario, "flank.pressure");
        assert!((flank[0].2 - before + 7.5006).abs() < 1e-4, "1 kPa less: {}", flank[0].2);
        assert_eq!((flank[1].0, flank[1].2), (30.0, before));
    }
}

#[test]
fn nothing_of_a_manoeuvre_is_nothing_but_for_what_is_fixed() {
    let scenario = good("[[event]]\nat = \"20 s\"\ndo = \"strain\"\namount = \"0 mmHg\"\n");
    assert!(changes(&scenario, "chest.pressure").iter().all(|change| change.2 == 5.0));
}

#[test]
fn a_drug_stays_and_a_second_dose_works_on_what_the_first_left() {
    let scenario = good("[[event]]\nat = \"10 s\"\ndo = \"drug\"\n[[event]]\nat = \"50 s\"\ndo = \"drug\"\n");
    let resistance = changes(&scenario, "villi.resistance");
    assert_eq!(resistance.len(), 2);
    assert!((resistance[1].2 / resistance[0].2 - 2.0).abs() < 1e-12);
    assert_eq!(labels(&scenario)[0], ("drug", 10.0, 100.0), "it lasts until the end");
}

#[test]
fn what_is_wrong_with_a_manoeuvre_is_told_with_its_mend() {
    let event = |rest: &str| format!("[[event]]\nat = \"20 s\"\n{rest}\n");
    said(&event("do = \"strian\""), &["`strian` is no manoeuvre of `tiny`", "did you mean `strain`?"]);
    said(
        &event("do = \"strain\"\namount = \"90 mmHg\""),
        &["`strain` of 90 mmHg is more than can be done", "allowed: 0 mmHg to 60 mmHg"],
    );
    said(&event("do = \"strain\"\namount = \"9 mL\""), &["`mL` is a volume, not a pressure"]);
    said(&event("do = \"drug\"\namount = \"9 mL\""), &["`drug` has no amount"]);
    said(&event("do = \"strain\"\nover = \"2 s\""), &["has its own ramps and no `over`", "`for`"]);
    said(&event("do = \"strain\"\nfor = \"90 s\""), &["late: this ends at 110 s"]);
    said(&event("do = \"strain\"\nfor = \"1.1 s\""), &["over before it is there"]);
    said(
        &event("do = \"strain\"\ninfuse = \"vault\""),
        &["an event does one thing, this one has do, infuse"],
    );
    let twice = format!("{}{}", event("do = \"strain\""), "[[event]]\nat = \"25 s\"\ndo = \"strain\"\n");
    said(&twice, &["two changes of `chest.pressure` overlap", "t.toml:4", "t.toml:7"]);
}

#[test]
fn a_value_that_cannot_be_is_refused_where_the_manoeuvre_is_done() {
    let deep = MODEL.replace("within = [\"0 mmHg\", \"60 mmHg\"]", "within = [\"0 mmHg\", \"600 mmHg\"]");
    let library = Library::from_pairs(&[("tiny", deep.as_str())]);
    let text = format!("{HEAD}[[event]]\nat = \"20 s\"\ndo = \"strain\"\namount = \"200 mmHg\"\n");
    let wrong = Scenario::from_text("t.toml", &text, &library).unwrap_err().to_string();
    assert!(wrong.contains("would make `vault.compliance` -0.5 mL/mmHg"), "{wrong}");
}

fn postures(scenario: &Scenario) -> Vec<(Up, f64)> {
    let lies = |event: &Event| match &event.effect {
        Effect::Posture { to, bends } => Some((*to, bends[0].to_degrees())),
        _ => None,
    };
    scenario.changes.iter().filter_map(lies).collect()
}

#[test]
fn sitting_bends_and_standing_straightens_unless_the_scenario_bends() {
    let at = |seconds: u32, rest: &str| format!("[[event]]\nat = \"{seconds} s\"\n{rest}\n");
    let scenario = good(
        &[
            at(10, "posture = \"sitting\""),
            at(20, "bend = { head = \"30 deg\" }\nlabel = \"looks down\""),
            at(30, "gravity = 0.5"),
            at(40, "posture = \"standing\""),
            at(50, "tilt = \"0 deg\"\nbend = { head = \"20 deg\" }\nuntil = \"60 s\""),
        ]
        .concat(),
    );
    let lies = postures(&scenario);
    let angles: Vec<f64> = lies.iter().map(|(_, angle)| angle.round()).collect();
    assert_eq!(angles, [10.0, 30.0, 30.0, 0.0, 20.0, 0.0]);
    assert_eq!(lies[2].0, Up([0.0, 0.0, 0.5]), "still sitting, at half the weight");
    assert_eq!(lies[5].0, Up([0.0, 0.0, 0.5]), "what was before returns");
    let start = good("start = { posture = \"sitting\", gravity = 0 }\n");
    assert_eq!((start.up, start.bends[0].to_degrees().round()), (Up([0.0; 3]), 10.0));
}

#[test]
fn what_is_wrong_with_a_posture_is_told_with_its_mend() {
    let event = |rest: &str| format!("[[event]]\nat = \"20 s\"\n{rest}\n");
    said(&event("bend = { haed = \"20 deg\" }"), &["`haed` is no key of `bend`", "did you mean `head`?"]);
    said(&event("bend = { head = \"20 mm\" }"), &["`mm` is a length, not an angle"]);
    said(&event("gravity = -1"), &["`gravity` is zero or more"]);
    said("start = { posture = \"sitting\", bend = { head = \"200 deg\" } }\n", &["between -180 deg"]);
}

/// A bent head hangs lower, so that the column on a space in the trunk is shorter: 100 mm of water weigh 7.355 mmHg.
#[test]
fn a_bowed_head_shortens_its_column() {
    let text = "settle = \"0 s\"\nstart = { posture = \"standing\" }\n\
        [set]\n\"villi.resistance\" = \"1 mmHg/(mL/min)\"\n\
        [[event]]\nat = \"50 s\"\nbend = { head = \"90 deg\" }\n[record]\nchannels = [\"villi.flow\"]\n";
    let run = run(&good(text), &mut |_| true).unwrap();
    let flow = &run.recording.channels[0].values;
    // q = (p + rho g h - p0)/R, the head 100 mm above the neck and then level with it.
    let (before, after) = (flow[4999], flow[5001]);
    assert!((60.0 * (before - after) - 7.3556).abs() < 0.05, "{before} {after}");
}

#[test]
fn a_drain_drips_until_the_pressure_is_that_of_its_height() {
    let text = "settle = \"0 s\"\n[[event]]\nat = \"10 s\"\ndrain = \"vault\"\nheight = \"15 cm\"\nuntil = \"90 s\"\n\
        [record]\nchannels = [\"vault.pressure\", \"drain.flow\"]\n";
    let run = run(&good(text), &mut |_| true).unwrap();
    let [pressure, flow] = [0, 1].map(|index| &run.recording.channels[index].values);
    assert!(flow.iter().all(|&flow| flow >= 0.0), "nothing comes back");
    assert!(flow[500] == 0.0 && flow[1100] > 0.1);
    let height = 150.0 * 9.806_65e-3 / 133.322_387_415 * 1000.0;
    assert!((pressure[8900] - height).abs() < 0.5, "{} against {height}", pressure[8900]);
    said("[[event]]\nat = \"1 s\"\ndrain = \"valt\"\nheight = \"1 cm\"\n", &["did you mean `vault`?"]);
    said("[[event]]\nat = \"1 s\"\ndrain = \"vault\"\n", &["lacks `height`"]);
}

#[test]
fn every_manoeuvre_that_comes_along_can_be_done() {
    let library = Library::embedded();
    for subject in ["adult", "head"] {
        let model = cisterna_model::Model::load(subject).unwrap();
        assert!(model.manoeuvres.len() >= 7, "{subject}");
        for manoeuvre in &model.manoeuvres {
            let text = format!(
                "title = \"T\"\nsubject = \"{subject}\"\nduration = \"1000 s\"\n[[event]]\nat = \"10 s\"\ndo = \"{}\"\n",
                manoeuvre.name
            );
            let scenario =
                Scenario::from_text("t.toml", &text, &library).unwrap_or_else(|wrong| panic!("{wrong}"));
            assert_eq!(scenario.changes.iter().filter(|event| event.label.is_some()).count(), 1);
            assert!(scenario.changes.len() > 1, "{}", manoeuvre.name);
        }
    }
}

/// Straining against 40 mmHg raises the pressure in chest, right atrium and head by about as much (smith1996: 35, 25 to 45).
#[test]
fn straining_presses_on_chest_veins_and_head_together() {
    let text = "title = \"T\"\nsubject = \"adult\"\nduration = \"22 s\"\nsettle = \"2 s\"\n\
        [[event]]\nat = \"8 s\"\ndo = \"valsalva\"\nfor = \"8 s\"\n\
        [record]\nchannels = [\"right_atrium.pressure\", \"vault.pressure\"]\n";
    let scenario = Scenario::from_text("t.toml", text, &Library::embedded()).unwrap();
    let run = run(&scenario, &mut |_| true).unwrap();
    assert_eq!(run.stopped, None);
    assert!(run.ledger.residual.abs() < 1e-9);
    for channel in &run.recording.channels {
        let mean = |from: usize, to: usize| channel.values[from..to].iter().sum::<f64>() / (to - from) as f64;
        let rise = mean(1300, 1600) - mean(400, 800);
        assert!((25.0..45.0).contains(&rise), "{}: {rise}", channel.name);
        assert!((mean(2000, 2200) - mean(400, 800)).abs() < 5.0, "{} comes back", channel.name);
    }
}

/// Whoever breathes for the lungs, the gases stay: a machine's breath of 500 mL is a little more than that of rest.
#[test]
fn a_machine_breathes_as_well_as_the_muscles_did() {
    let text = "title = \"T\"\nsubject = \"adult\"\nduration = \"200 s\"\nsettle = \"2 s\"\n\
        [[event]]\nat = \"10 s\"\ndo = \"ventilation\"\n\
        [record]\nrate = \"1 Hz\"\nchannels = [\"alveolar_carbon_dioxide\", \"alveolar_oxygen\", \"alveoli.pressure\"]\n";
    let scenario = Scenario::from_text("t.toml", text, &Library::embedded()).unwrap();
    let run = run(&scenario, &mut |_| true).unwrap();
    let [carbon_dioxide, oxygen, alveoli] = [0, 1, 2].map(|index| &run.recording.channels[index].values);
    assert!((30.0..42.0).contains(&carbon_dioxide[199]), "{}", carbon_dioxide[199]);
    assert!(oxygen[199] > 95.0, "{}", oxygen[199]);
    let highest = alveoli[20..].iter().copied().fold(0.0, f64::max);
    assert!(highest > 2.0 && alveoli[..9].iter().all(|&pressure| pressure.abs() < 1e-9), "{highest}");
}
