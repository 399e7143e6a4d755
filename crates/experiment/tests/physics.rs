//! Whole runs against closed forms, balances and each other.
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may panic")]

use cisterna_experiment::{Run, RunError, Scenario, run, run_four};
use cisterna_model::Library;

fn scenario(text: &str) -> Scenario {
    Scenario::from_text("test.toml", text, &Library::embedded())
        .unwrap_or_else(|problems| panic!("{problems}"))
}

fn done(text: &str) -> Run {
    let run = run(&scenario(text), &mut |_| true).unwrap();
    assert_eq!(run.stopped, None);
    run
}

fn measure(run: &Run, id: &str) -> f64 {
    let outcome = run.outcomes.iter().find(|outcome| outcome.id == id).unwrap();
    outcome.value.clone().unwrap()
}

/// Marmarou 1978: `x(t) = xp / (1 + (xp/xb - 1) exp(-E1 xp t / R))` during a constant infusion.
#[test]
fn marmarou_follows_its_closed_form() {
    let run = done(
        r#"
        title = "infusion"
        subject = "published/marmarou"
        duration = "600 s"
        settle = "0 s"
        tolerance = 1e-11
        max_step = "2 s"
        [[event]]
        at = "0 s"
        infuse = "cerebrospinal_fluid"
        rate = "1.5 mL/min"
        [record]
        rate = "1 Hz"
        channels = ["cerebrospinal_fluid.pressure"]
        "#,
    );
    let [elastance, resistance, base] = [0.11, 8.6, 10.0];
    let plateau = base + 1.5 * resistance;
    let pressure = &run.recording.channels[0];
    for (index, simulated) in pressure.values.iter().enumerate() {
        let minutes = pressure.time(index) / 60.0;
        let decay = (-elastance * plateau * minutes / resistance).exp();
        let exact = plateau / (1.0 + (plateau / base - 1.0) * decay);
        assert!((simulated - exact).abs() < 1e-8 * exact, "{minutes} min: {simulated} against {exact}");
    }
}

#[test]
fn the_adult_starts_in_a_steady_beat() {
    let run = done("title = \"start\"\nsubject = \"adult\"\nduration = \"2 s\"\nsettle = \"0 s\"\n");
    assert!(run.start.settled() && run.start.beats < 30, "{}", run.start);
}

/// An hour: contents and doors agree to 1e-9 mL through tilts and an infusion.
#[test]
fn contents_and_doors_agree_over_an_hour_of_tilts_and_an_infusion() {
    let turn = |minutes: usize, tilt: &str| {
        format!("[[event]]\nat = \"{minutes} min\"\ntilt = \"{tilt}\"\nover = \"10 s\"\n")
    };
    let tilts = [(5, "60 deg"), (12, "0 deg"), (18, "-15 deg"), (25, "0 deg"), (33, "30 deg"), (50, "0 deg")];
    let run = done(&format!(
        r#"
        title = "doors"
        subject = "adult"
        duration = "60 min"
        settle = "0 s"
        [record]
        rate = "1 Hz"
        channels = ["vault.pressure"]
        [[event]]
        at = "20 min"
        infuse = "lumbar_sac"
        rate = "1.5 mL/min"
        until = "40 min"
        {}"#,
        tilts.map(|(minutes, tilt)| turn(minutes, tilt)).concat(),
    ));
    assert!(run.ledger.residual.abs() < 1e-9, "{}", run.ledger.residual);
    let infused = run.ledger.doors.iter().find(|door| door.name == "infusion").unwrap();
    assert!((infused.volume - 30.0).abs() < 1e-9, "{}", infused.volume);
    assert!(run.end_state.iter().all(|(name, value)| !name.ends_with(".volume") || *value > 0.0));
}

/// Four hearts side by side, with their own steps, beats and tilts, are each what they are alone, to the bit.
#[test]
fn four_hearts_side_by_side_run_as_each_alone() {
    let subjects = ["50", "70", "90", "120"].map(|rate| {
        scenario(&format!(
            r#"
            title = "hearts"
            subject = "adult"
            duration = "20 s"
            settle = "1 s"
            set = {{ "heart.rate" = "{rate} 1/min" }}
            [[event]]
            at = "8 s"
            tilt = "60 deg"
            over = "5 s"
            [record]
            rate = "50 Hz"
            channels = ["aorta.pressure", "vault.pressure", "aqueduct.flow"]
            "#
        ))
    });
    let together = run_four(subjects.each_ref(), &mut |_| true).unwrap();
    for (subject, lane) in subjects.iter().zip(&together) {
        let alone = run(subject, &mut |_| true).unwrap();
        assert_eq!((lane.steps, &lane.ledger), (alone.steps, &alone.ledger));
        assert_eq!(lane.end_state, alone.end_state);
        assert_eq!(lane.recording.marks, alone.recording.marks);
        for (a, b) in lane.recording.channels.iter().zip(&alone.recording.channels) {
            assert!(a.values.iter().zip(&b.values).all(|(a, b)| a.to_bits() == b.to_bits()), "{}", a.name);
        }
    }
    let different =
        scenario("title = \"other\"\nsubject = \"adult\"\nduration = \"2 s\"\ntolerance = 1e-5\n");
    let [first, second, third, _] = subjects.each_ref();
    let refused = run_four([first, second, third, &different], &mut |_| true);
    assert_eq!(refused.unwrap_err(), RunError::Apart("tolerance"));
}

/// Valves do not depend on the step: stroke volumes and means within 0.5 % from 10 ms down to 0.1 ms.
#[test]
fn valves_do_not_depend_on_the_longest_step() {
    let at = |step: &str| {
        done(&format!(
            r#"
            title = "valves"
            subject = "published/cvsim6"
            duration = "6 s"
            settle = "2 s"
            max_step = "{step}"
            [record]
            rate = "1000 Hz"
            channels = ["systemic_arteries.pressure", "left_outflow.flow", "venous_return.flow"]
            [[measure]]
            id = "pressure"
            statistic = "mean"
            channel = "systemic_arteries.pressure"
            [[measure]]
            id = "ejected"
            statistic = "ejected_volume"
            channel = "left_outflow.flow"
            [[measure]]
            id = "returned"
            statistic = "ejected_volume"
            channel = "venous_return.flow"
            "#
        ))
    };
    let finest = at("0.1 ms");
    for step in ["10 ms", "5 ms", "1 ms"] {
        let run = at(step);
        for id in ["pressure", "ejected", "returned"] {
            let ratio = measure(&run, id) / measure(&finest, id);
            assert!((ratio - 1.0).abs() < 5e-3, "{id} at {step}: {ratio}");
        }
    }
}

#[test]
fn results_do_not_depend_on_the_output_rate() {
    let at = |rate: &str| {
        done(&format!(
            "title = \"rates\"\nsubject = \"published/cvsim6\"\nduration = \"4 s\"\nsettle = \"1 s\"\n\
             [record]\nrate = \"{rate}\"\nchannels = [\"systemic_arteries.pressure\"]\n"
        ))
    };
    let (coarse, fine) = (at("10 Hz"), at("50 Hz"));
    let [coarse_end, fine_end] = [&coarse, &fine].map(|run| run.end_state.clone());
    assert_eq!(coarse_end, fine_end);
    let thinned = fine.recording.channels[0].values.iter().step_by(5);
    assert!(thinned.zip(&coarse.recording.channels[0].values).all(|(a, b)| a.to_bits() == b.to_bits()));
}

#[test]
fn an_emptied_space_stops_the_run_and_keeps_what_was_computed() {
    let run = run(
        &scenario(
            r#"
            title = "emptied"
            subject = "published/davson"
            duration = "60 s"
            settle = "0 s"
            [[event]]
            at = "10 s"
            withdraw = "cerebrospinal_fluid"
            rate = "10 mL/s"
            [record]
            channels = ["cerebrospinal_fluid.pressure"]
            "#,
        ),
        &mut |_| true,
    )
    .unwrap();
    assert!(format!("{:?}", run.stopped).contains("`cerebrospinal_fluid` would hold -"));
    assert!(run.recording.channels[0].values.len() > 1000);
}
