//! Bones that are moved by the fluid and give it room.
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may panic")]

use cisterna_experiment::{Run, Scenario, run, run_four, run_with_spread};
use cisterna_fluid::{Drive, Observable};
use cisterna_model::{Library, Problems};

fn read(text: &str, library: &Library) -> Result<Scenario, Problems> {
    Scenario::from_text("test.toml", text, library)
}

fn scenario(text: &str) -> Scenario {
    read(text, &Library::embedded()).unwrap_or_else(|problems| panic!("{problems}"))
}

fn done(scenario: &Scenario) -> Run {
    let run = run(scenario, &mut |_| true).unwrap();
    assert_eq!(run.stopped, None);
    run
}

/// Five seconds of an adult.
fn adult(subject: &str, channels: &str) -> Scenario {
    scenario(&format!(
        "title = \"bones\"\nsubject = \"{subject}\"\nduration = \"5 s\"\nsettle = \"0 s\"\n\
         [record]\nrate = \"500 Hz\"\nchannels = [\"vault.pressure\"{channels}]\n"
    ))
}

/// What drives the bones of somebody who lies still.
const DRIVES: [&str; 6] = [
    "vault.pressure",
    "effort_of_breath",
    "upper_cervical_sac.pressure",
    "middle_thoracic_sac.pressure",
    "lumbar_sac.pressure",
    "sacral_sac.pressure",
];

fn values<'a>(run: &'a Run, channel: &str) -> &'a [f64] {
    &run.recording.channels.iter().find(|known| known.name == channel).unwrap().values
}

/// The bones take and give no fluid; what they yield by is what their states and their stiffness say of the pressure. The states
/// are followed backwards from where they were at the end, so that none has to be guessed: `x' = r (g u - x)`, with the drives
/// straight between samples.
#[test]
fn the_vault_yields_by_the_compliance_of_its_bones() {
    let channels: String = DRIVES[1..].iter().map(|name| format!(", \"{name}\"")).collect();
    let channels = format!("{channels}, {{ of = \"intracranial_pressure.volume\", unit = \"mL\" }}");
    let scenario = adult("subjects/adult_with_bones", &channels);
    let run = done(&scenario);
    let without = done(&adult("adult", ""));
    for run in [&run, &without] {
        assert!(run.ledger.residual.abs() < 1e-9, "{} mL", run.ledger.residual);
    }

    let model = &scenario.model;
    let [bodies] = model.network.bodies.as_slice() else { panic!("one block") };
    let observed =
        DRIVES.map(|name| (Drive::Observed(model.observable(name).unwrap().0), values(&run, name)));
    let driven = |sample: usize| -> Vec<f64> {
        let drive = |drive: &Drive| match *drive {
            own if observed.iter().any(|(known, _)| *known == own) => {
                observed.iter().find(|(known, _)| *known == own).unwrap().1[sample]
            }
            // Lying still on the back.
            Drive::Up(_, axis) => scenario.up.0[axis],
            // Hands and muscles that do nothing.
            Drive::Observed(Observable::Signal(id)) => {
                let signal = &model.network.signals[id.0];
                assert!(signal.law.name == "constant" && signal.values == [0.0], "{}", signal.name);
                0.0
            }
            other => panic!("{other:?}"),
        };
        bodies.drives.iter().map(drive).collect()
    };
    let output = bodies.outputs.iter().find(|known| known.name == "intracranial_pressure.volume").unwrap();
    let mut states: Vec<f64> = (0..bodies.states.len())
        .map(|state| {
            let name = format!("bodies.0.{state}");
            run.end_state.iter().find(|(known, _)| *known == name).unwrap().1
        })
        .collect();
    let recorded = values(&run, "intracranial_pressure.volume");
    let swing = |values: &[f64]| {
        let (low, high) =
            values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), &v| (a.min(v), b.max(v)));
        high - low
    };
    let dot =
        |weights: &[f64], values: &[f64]| -> f64 { weights.iter().zip(values).map(|(w, v)| w * v).sum() };
    let step = 1.0 / scenario.rate;
    for sample in (0..recorded.len()).rev() {
        let now = driven(sample);
        let yielded = output.rest + dot(&output.states, &states) + dot(&output.drives, &now);
        let off = (yielded - recorded[sample]).abs();
        assert!(off < 1e-3 * swing(recorded), "at {sample}: {yielded} for {} mL", recorded[sample]);
        let Some(before) = sample.checked_sub(1).map(driven) else { break };
        for (state, own) in states.iter_mut().zip(&bodies.states) {
            let [from, to] = [&before, &now].map(|drives| dot(&own.gains, drives));
            let slope = (to - from) / step;
            // x(t) = g u(t) - slope/r + c exp(-r t)
            let lag = slope / own.rate;
            *state = from - lag + (*state - to + lag) * (own.rate * step).exp();
        }
    }
    // In a heartbeat hardly more than what gives way at once has time to; all of it is within what gives way in the end.
    let place = bodies.drives.iter().position(|drive| *drive == observed[0].0).unwrap();
    let at_once = output.drives[place];
    let end = at_once
        + output.states.iter().zip(&bodies.states).map(|(by, own)| by * own.gains[place]).sum::<f64>();
    let share = swing(recorded) / swing(observed[0].1);
    assert!(at_once > 0.0 && (0.99 * at_once..end).contains(&share), "{share} of {at_once} .. {end} mL/mmHg");
}

#[test]
fn four_with_the_same_bones_run_as_each_alone() {
    let hands = ["0", "0.05", "0.5", "1.5"].map(|force| {
        scenario(&format!(
            r#"
            title = "hands"
            subject = "subjects/adult_with_bones"
            duration = "2 s"
            settle = "0 s"
            [[event]]
            at = "0.5 s"
            set = {{ "hand_on_left_parietal.value" = "{force} N" }}
            over = "0.2 s"
            [record]
            rate = "50 Hz"
            channels = ["vault.pressure", "sagittal_suture.opening", "left_parietal_hand.motion"]
            "#
        ))
    });
    let together = run_four(hands.each_ref(), &mut |_| true).unwrap();
    for place in [0, 3] {
        let (lane, alone) = (&together[place], done(&hands[place]));
        assert_eq!((lane.steps, &lane.ledger), (alone.steps, &alone.ledger));
        assert_eq!(lane.end_state, alone.end_state);
        for (a, b) in lane.recording.channels.iter().zip(&alone.recording.channels) {
            assert!(a.values.iter().zip(&b.values).all(|(a, b)| a.to_bits() == b.to_bits()), "{}", a.name);
        }
    }
    let end = |run: &Run| *values(run, "left_parietal_hand.motion").last().unwrap();
    let moved = [0, 1, 2, 3].map(|place| end(&together[place]));
    assert!(moved.is_sorted_by(|a, b| a < b), "the harder the hand the further in: {moved:?}");
}

const SKULL: &str = r#"
title = "skull"
subject = "subjects/skull_alone"
duration = "2 s"
settle = "0 s"
[record]
rate = "10 Hz"
channels = ["sphenoid_bone.turn_y", "occipital_bone.turn_y"]
[[measure]]
id = "yield"
statistic = "mean"
channel = "intracranial_pressure.volume"
[[measure]]
id = "suture"
statistic = "maximum"
channel = "sagittal_suture.opening"
[[measure]]
id = "pressure"
statistic = "mean"
channel = "vault.pressure"
[[measure]]
id = "share"
ratio = ["suture", "yield"]
"#;

/// The skull alone with other values.
fn skull(set: &str, head: &str) -> Scenario {
    scenario(&format!("{head}{SKULL}[set]\n\"vault.pressure\" = \"10 mmHg\"\n{set}"))
}

fn measured(run: &Run, id: &str) -> f64 {
    run.outcomes.iter().find(|outcome| outcome.id == id).unwrap().value.clone().unwrap()
}

#[test]
fn tissue_that_a_scenario_sets_changes_the_answer() {
    let stated = measured(&done(&skull("", "")), "yield");
    let soft = measured(&done(&skull("\"serrate_suture.stiffness\" = \"4 N/mm^3\"\n", "")), "yield");
    let same = measured(&done(&skull("\"serrate_suture.stiffness\" = \"77 N/mm^3\"\n", "")), "yield");
    assert!(stated > 0.0 && soft > stated, "{soft} and {stated} uL");
    assert_eq!(same, stated);
    let refused = |set: &str| {
        let text = format!("{SKULL}[set]\n{set}\n");
        read(&text, &Library::embedded()).unwrap_err().to_string()
    };
    let negative = refused("\"serrate_suture.stiffness\" = \"-4 N/mm^3\"");
    assert!(negative.contains("`stiffness` cannot be -4 N/mm^3"), "{negative}");
    let unit = refused("\"serrate_suture.stiffness\" = \"4 N/mm\"");
    assert!(unit.contains("`N/mm` is a"), "{unit}");
    let unknown = refused("\"serate_suture.stiffness\" = \"4 N/mm^3\"");
    assert!(unknown.contains("serate_suture"), "{unknown}");
}

#[test]
fn a_measure_of_bones_lies_within_its_spread() {
    let scenario = skull("", "");
    let run = run_with_spread(&scenario, &mut |_| true).unwrap();
    let plain = done(&scenario);
    for id in ["yield", "suture", "share"] {
        let outcome = run.outcomes.iter().find(|outcome| outcome.id == id).unwrap();
        let value = outcome.value.clone().unwrap();
        let spread = outcome.spread.unwrap_or_else(|| panic!("`{id}` has no spread"));
        assert!(spread.low <= value && value <= spread.high, "{id}: {spread:?} for {value}");
        assert_eq!(value, measured(&plain, id), "the stated run is the run alone");
    }
    let [volume, pressure] =
        ["yield", "pressure"].map(|id| run.outcomes.iter().find(|outcome| outcome.id == id).unwrap().spread);
    // What is published of sutures spans a factor of fifty: no range is a point. Bone that does not bend yields less.
    let volume = volume.unwrap();
    assert!(volume.high > 1.1 * volume.low, "{volume:?}");
    assert!((0.0..1.0).contains(&volume.bone.unwrap()), "{volume:?}");
    assert_eq!(pressure, None, "a pressure that a scenario sets tells of no bone");
    assert!(plain.outcomes.iter().all(|outcome| outcome.spread.is_none()));
}

#[test]
fn a_condition_is_told_with_the_result_and_bends_the_base() {
    let torsion = skull("", "conditions = [\"torsion_left\"]\n");
    assert_eq!(
        (torsion.conditions.as_slice(), torsion.hypotheses.len()),
        (&["torsion_left".to_owned()][..], 0)
    );
    let (plain, twisted) = (done(&skull("", "")), done(&torsion));
    let provenance = ("condition".to_owned(), "torsion_left".to_owned());
    assert!(twisted.recording.provenance.contains(&provenance));
    let turn = |run: &Run| values(run, "sphenoid_bone.turn_y")[0] - values(run, "occipital_bone.turn_y")[0];
    let turned = turn(&twisted) - turn(&plain);
    // A milliradian is what the junction would take by itself; what lies round it holds against that.
    assert!((0.0..1.0).contains(&turned) && turned > 0.01, "{turned} mrad");
}

#[test]
fn hypotheses_and_conditions_are_not_mixed_up() {
    let pump = "title = \"A pump\"\nhypothesis = \"pump\"\n";
    let library = Library::embedded().with("hypotheses/pump", pump);
    let told = |key: &str, name: &str| {
        read(&format!("{key} = [\"{name}\"]\n{SKULL}"), &library).map_err(|problems| problems.to_string())
    };
    assert!(told("hypotheses", "pump").is_ok());
    let refused = told("conditions", "pump").unwrap_err();
    assert!(
        refused.contains("`pump` is a hypothesis, no condition") && refused.contains("`hypotheses`"),
        "{refused}"
    );
    let refused = told("hypotheses", "torsion_left").unwrap_err();
    assert!(refused.contains("`torsion_left` is a condition, no hypothesis"), "{refused}");
}
