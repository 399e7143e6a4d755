//! Hypotheses of the rhythm: what they do follows from their places, and off they do nothing.
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may panic")]

use cisterna_experiment::{Run, Scenario, run, run_beside};
use cisterna_model::{Library, Model};

/// Of an adult lying, under hypotheses, with values set.
fn adult(hypotheses: &str, set: &str, seconds: u32, channels: &str, measures: &str) -> Scenario {
    let text = format!(
        "title = \"rhythm\"\nsubject = \"adult\"\nhypotheses = [{hypotheses}]\nduration = \"{seconds} s\"\nsettle = \"0 s\"\n\
         start = {{ posture = \"supine\" }}\n[set]\n{set}\n[record]\nrate = \"20 Hz\"\n\
         channels = [\"aorta.pressure\", \"vault.pressure\"{channels}]\n{measures}"
    );
    Scenario::from_text("test.toml", &text, &Library::embedded())
        .unwrap_or_else(|problems| panic!("{problems}"))
}

fn done(scenario: &Scenario) -> Run {
    let run = run(scenario, &mut |_| true).unwrap();
    assert_eq!(run.stopped, None);
    run
}

fn values<'a>(run: &'a Run, channel: &str) -> &'a [f64] {
    &run.recording.channels.iter().find(|known| known.name == channel).unwrap().values
}

/// The mean rate of a clock, 1/s, after the first minute.
fn rate(run: &Run, clock: &str) -> f64 {
    let phase = &values(run, clock)[60 * 20..];
    (phase[phase.len() - 1] - phase[0]) / ((phase.len() - 1) as f64 / 20.0)
}

#[test]
fn the_twin_of_a_run_is_the_plain_model_to_the_bit() {
    let measure = "[[measure]]\nid = \"mean\"\nstatistic = \"mean\"\nchannel = \"vault.pressure\"\n";
    let held = adult("\"primary_respiratory_mechanism\"", "", 10, "", measure);
    let twin = held.twin(&Library::embedded()).unwrap().unwrap();
    let plain = adult("", "", 10, "", measure);
    assert!(twin.hypotheses.is_empty() && plain.twin(&Library::embedded()).unwrap().is_none());
    let plain = done(&plain);
    assert_eq!(values(&done(&twin), "vault.pressure"), values(&plain, "vault.pressure"));
    let beside = run_beside(&held, &twin, &mut |_| true).unwrap();
    let [outcome] = &beside.outcomes[..] else { panic!("one measure") };
    assert_eq!(outcome.twin, plain.outcomes[0].value.clone().ok());
    assert_eq!(outcome.difference(), Some(outcome.value.clone().unwrap() - outcome.twin.unwrap()));
}

#[test]
fn a_twin_goes_without_what_only_the_hypothesis_has() {
    let own = ", \"brain_motility\"";
    let held = adult("\"primary_respiratory_mechanism\"", "\"brain_motility.gain\" = \"1 mL\"", 5, own, "");
    let twin = held.twin(&Library::embedded()).unwrap().unwrap();
    assert_eq!(twin.probes.len() + 1, held.probes.len());
}

#[test]
fn without_amplitude_no_hypothesis_changes_anything() {
    let plain = done(&adult("", "", 10, "", ""));
    for (hypothesis, off) in [
        ("primary_respiratory_mechanism", "\"brain_motility.gain\" = \"0 mL\""),
        ("vasomotion_rhythm", "\"vasomotion_wave.value\" = \"0 1\""),
        (
            "entrainment",
            "\"pull_of_heart_on_breath.gain\" = \"0 1\"\n\"entrained_wave.resting_level\" = \"0 mmHg\"\n\
             \"entrained_wave.amplitude\" = \"0 mmHg\"",
        ),
    ] {
        let held = done(&adult(&format!("\"{hypothesis}\""), off, 10, "", ""));
        let pairs = values(&held, "aorta.pressure").iter().zip(values(&plain, "aorta.pressure"));
        let apart = pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(apart < 0.2, "{hypothesis}: {apart} mmHg of a pulse of 40");
    }
}

#[test]
fn the_brain_keeps_the_rate_that_it_is_given() {
    let measure = "[[measure]]\nid = \"rate\"\nstatistic = \"cycle_rate\"\nchannel = \"vault.pressure\"\n\
                   from_frequency = \"0.05 Hz\"\nto_frequency = \"0.22 Hz\"\nunit = \"1/min\"\n";
    let held = done(&adult("\"primary_respiratory_mechanism\"", "", 180, "", measure));
    let found = held.outcomes[0].value.clone().unwrap();
    assert!((found - 12.0).abs() < 0.1, "{found}");
}

#[test]
fn vasomotion_locks_to_the_breath_within_its_range_and_drifts_beyond() {
    let with = |pull: f64| {
        let set = format!(
            "\"pull_of_heart_on_breath.gain\" = \"0 1\"\n\"pull_of_breath_on_vasomotion.gain\" = \"{pull} Hz\""
        );
        done(&adult("\"entrainment\"", &set, 660, ", \"vasomotion_clock\", \"breathing\"", ""))
    };
    let locked = with(0.03);
    assert!((rate(&locked, "vasomotion_clock") - 0.5 * rate(&locked, "breathing")).abs() < 1e-4);
    // Twice the pull against what the breath has more than two waves (Adler).
    let drifting = with(0.015);
    let apart = rate(&drifting, "breathing") - 0.2;
    let slip = rate(&drifting, "breathing") - 2.0 * rate(&drifting, "vasomotion_clock");
    assert!((slip - (apart.powi(2) - 0.03_f64.powi(2)).sqrt()).abs() < 2e-3, "{slip} of {apart}");
}

/// Child and infant are heads with bones, whose body has no vessels of its own that could wax and wane.
#[test]
fn every_hypothesis_of_the_rhythm_is_borne_by_subjects_with_bones() {
    let heads = ["pressurestat", "primary_respiratory_mechanism", "muscle_tone_rhythm"];
    let bodies = [&heads[..], &["vasomotion_rhythm", "entrainment"]].concat();
    let felt = [&bodies[..], &["tissue_pressure"]].concat();
    for (subject, names) in [
        ("subjects/child_with_bones", &heads[..]),
        ("subjects/infant_with_bones", &heads),
        ("subjects/adult_with_bones", &bodies),
        ("subjects/elder_with_bones", &bodies),
        ("subjects/adult_with_stations", &felt),
    ] {
        Model::load_with(subject, names).unwrap_or_else(|problems| panic!("{subject}:\n{problems}"));
    }
}

/// With limits as narrow as its own pulse, the suture turns the plexuses on and off with every beat of the heart.
#[test]
fn the_pressurestat_turns_where_the_suture_passes_its_limits() {
    let scenario = |set: &str| {
        let text = format!(
            "title = \"relay\"\nsubject = \"subjects/adult_with_bones\"\nhypotheses = [\"pressurestat\"]\n\
             duration = \"4 s\"\nsettle = \"0 s\"\nstart = {{ posture = \"supine\" }}\n{set}\
             [record]\nrate = \"1000 Hz\"\nchannels = [{{ of = \"sagittal_suture.opening\", unit = \"um\" }}, \"pressurestat\"]\n"
        );
        Scenario::from_text("test.toml", &text, &Library::embedded())
            .unwrap_or_else(|wrong| panic!("{wrong}"))
    };
    let plain = done(&scenario(""));
    let pulse = values(&plain, "sagittal_suture.opening");
    // Breath moves the suture more than the heart does: the limits lie within the last heartbeat.
    let (low, high) = pulse[3000..]
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &x| (low.min(x), high.max(x)));
    let [below, above] = [0.35, 0.65].map(|share| low + share * (high - low));
    let run = done(&scenario(&format!(
        "[[event]]\nat = \"1 s\"\n\
         set = {{ \"pressurestat.on_above\" = \"{above} um\", \"pressurestat.off_below\" = \"{below} um\" }}\n"
    )));
    let (opening, relay) = (values(&run, "sagittal_suture.opening"), values(&run, "pressurestat"));
    let mut turns = 0;
    for k in 1..relay.len() {
        if relay[k] != relay[k - 1] {
            let limit = if relay[k] < relay[k - 1] { above } else { below };
            let passed = (opening[k - 1].min(opening[k])..=opening[k - 1].max(opening[k])).contains(&limit);
            assert!(passed, "{} .. {} at {k}", opening[k - 1], opening[k]);
            turns += 1;
        }
    }
    assert!(turns >= 2, "{turns} turns between {below} and {above} um of {low} .. {high}");
}
