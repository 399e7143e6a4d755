//! The documents of stress, without a body.
#![allow(clippy::unwrap_used, reason = "a helper of a test may panic")]

use cisterna_experiment::{Scenario, run};
use cisterna_model::Library;

/// The channels of a run of stress alone, sampled each minute.
fn alone(head: &str, hours: u32, events: &str, channels: &str) -> Vec<Vec<f64>> {
    let text = format!(
        "title = \"t\"\nsubject = \"subjects/stress_alone\"\nsettle = \"0 s\"\nduration = \"{hours} h\"\ntolerance = 1e-6\n\
         {head}\n{events}\n[record]\nrate = \"0.01666666666666667 Hz\"\nchannels = [{channels}]\n"
    );
    let scenario = Scenario::from_text("test.toml", &text, &Library::embedded()).unwrap();
    let run = run(&scenario, &mut |_| true).unwrap();
    run.recording.channels.into_iter().map(|channel| channel.values).collect()
}

fn close(value: f64, expected: f64) -> bool {
    (value - expected).abs() < 1e-3
}

#[test]
fn adrenaline_and_cortisol_follow_their_time_constants() {
    let head =
        "[set]\n\"stressor.value\" = 1\n\"fresh_stimuli.second_weight\" = 0\n\"alarm.second_weight\" = 0\n";
    let found = alone(head, 24, "", "\"arousal\", \"adrenaline\", \"cortisol\"");
    assert!(close(found[0][1], 1.0));
    assert!(close(found[1][5], 1.0 - (-(300.0 - 1.0) / 150.0_f64).exp()), "{}", found[1][5]);
    assert!(close(found[2][0], 1.0));
    let (early, late) = (found[2][120], found[2][215]);
    let end = 7.5;
    assert!(
        ((end - late) / (end - early) * 1.0_f64.exp() - 1.0).abs() < 1e-3,
        "a time constant is 95 minutes"
    );
    assert!((found[2].last().unwrap() - end).abs() < 1e-3);
}

#[test]
fn the_pressure_to_sleep_rises_awake_and_falls_asleep() {
    let night = "[[event]]\nat = \"16 h\"\nset = { \"asleep.value\" = \"1 1\" }\n";
    let found = alone("", 24, night, "\"sleep_pressure\"");
    let evening = 1.0 - (1.0 - 0.357) * (-16.0 / 18.2_f64).exp();
    assert!(close(found[0][16 * 60], evening));
    assert!(close(found[0][24 * 60], evening * (-8.0 / 4.2_f64).exp()));
}

#[test]
fn more_stress_is_more_of_everything() {
    let at = |stressor: f64| {
        let head = format!("hypotheses = [\"stress_tightens\"]\n[set]\n\"stressor.value\" = {stressor}\n");
        let found = alone(&head, 24, "", "\"arousal\", \"cortisol\", \"muscle_tone\", \"tissue_tightness\"");
        found.into_iter().map(|channel| *channel.last().unwrap()).collect::<Vec<f64>>()
    };
    let [little, some, much] = [0.0, 0.5, 1.0].map(at);
    for place in 0..4 {
        assert!(little[place] < some[place] && some[place] < much[place], "channel {place}");
    }
}

#[test]
fn the_four_kinds_of_senses_are_ordered_as_they_are_described() {
    let arousal = |condition: &str, stressor: f64| {
        let head = format!("conditions = [{condition}]\n[set]\n\"stressor.value\" = {stressor}\n");
        let found = alone(&head, 2, "", "\"arousal\"");
        found[0][60]
    };
    let [low, seeking, sensitive, avoiding] =
        ["low_registration", "sensation_seeking", "sensory_sensitivity", "sensation_avoiding"]
            .map(|name| format!("\"{name}\""));
    let usual = arousal("", 0.8);
    assert!(arousal(&low, 0.8) < usual && usual < arousal(&sensitive, 0.8), "a low threshold feels more");
    assert!(arousal(&avoiding, 0.8) < arousal(&sensitive, 0.8), "who avoids keeps some of it off");
    assert!(arousal(&seeking, 0.0) > 0.05, "who seeks is not at rest where nothing happens");
    assert!(arousal(&seeking, 0.1) > arousal(&low, 0.1), "and has more than who lets it be");
    let overload = |condition: &str| {
        let head = format!("conditions = [{condition}]\n[set]\n\"stressor.value\" = 1.15\n");
        *alone(&head, 1, "", "\"overload\"")[0].last().unwrap()
    };
    assert_eq!(overload(&sensitive), 1.0);
    assert_eq!(overload(""), 0.0);
}

#[test]
fn touch_calms_only_where_that_is_held_and_by_as_much_as_is_published() {
    let arousal = |hypothesis: &str| {
        let head =
            format!("hypotheses = [{hypothesis}]\n[set]\n\"stressor.value\" = 0.5\n\"touched.value\" = 1\n");
        alone(&head, 4, "", "\"arousal\"")[0][200]
    };
    assert!(close(arousal("\"touch_calms\"") / arousal(""), 0.36));
}
