//! The adult's control: reflexes, gases, noise.
#![allow(clippy::unwrap_used, reason = "a helper of a test may panic")]

use cisterna_experiment::{Run, Scenario, run};
use cisterna_model::Library;

/// A run of the adult with some events, and its channels at 10 Hz.
fn adult(duration: u32, events: &str, channels: &str) -> Run {
    let text = format!(
        "title = \"control\"\nsubject = \"adult\"\nduration = \"{duration} s\"\nsettle = \"0 s\"\n{events}\n\
         [record]\nrate = \"10 Hz\"\nchannels = [{channels}]\n"
    );
    let scenario = Scenario::from_text("test.toml", &text, &Library::embedded()).unwrap();
    let run = run(&scenario, &mut |_| true).unwrap();
    assert_eq!(run.stopped, None);
    run
}

/// Mean of a channel between two times, s.
fn mean(run: &Run, channel: usize, from: f64, to: f64) -> f64 {
    let channel = &run.recording.channels[channel];
    let within =
        channel.values.iter().enumerate().filter(|(index, _)| (from..to).contains(&channel.time(*index)));
    let values: Vec<f64> = within.map(|(_, value)| *value).collect();
    values.iter().sum::<f64>() / values.len() as f64
}

#[test]
fn tilted_head_up_the_arteries_keep_their_pressure_and_the_heart_beats_faster() {
    let tilt = "[[event]]\nat = \"20 s\"\nover = \"10 s\"\ntilt = \"60 deg\"\n";
    let run = adult(120, tilt, "\"aorta.pressure\", { of = \"heart.rate\", unit = \"1/min\" }");
    let change = mean(&run, 0, 90.0, 120.0) - mean(&run, 0, 0.0, 20.0);
    assert!((-15.0..10.0).contains(&change), "arterial pressure changes by {change} mmHg");
    let faster = mean(&run, 1, 90.0, 120.0) - mean(&run, 1, 0.0, 20.0);
    assert!((10.0..20.0).contains(&faster), "{faster} beats a minute faster");
}

#[test]
fn lying_quietly_no_reflex_moves_the_heart_from_its_rate() {
    let run = adult(30, "", "\"baroreceptors\", \"cardiopulmonary_receptors\", \"brain_stem_want\"");
    assert!(mean(&run, 0, 10.0, 30.0).abs() < 1.0);
    assert!(mean(&run, 1, 10.0, 30.0).abs() < 0.5);
    assert!(mean(&run, 2, 10.0, 30.0).abs() < 0.01);
}

#[test]
fn a_held_breath_raises_carbon_dioxide_and_the_flow_of_the_brain() {
    let hold = "[[event]]\nat = \"10 s\"\nuntil = \"50 s\"\nbreathe = \"0 1/min\"\n";
    let run = adult(50, hold, "\"alveolar_carbon_dioxide\", \"cerebral_inflow\", \"alveolar_ventilation\"");
    let rise = mean(&run, 0, 45.0, 50.0) - mean(&run, 0, 0.0, 10.0);
    assert!((5.0..12.0).contains(&rise), "{rise} mmHg in 40 s");
    assert!(mean(&run, 1, 45.0, 50.0) > 1.2 * mean(&run, 1, 0.0, 10.0));
    assert!(mean(&run, 2, 45.0, 50.0).abs() < 1e-9);
}

#[test]
fn noise_is_off_unless_asked_for_and_the_same_for_the_same_seed() {
    let channels = "\"sympathetic_noise\", \"vasomotion\"";
    let quiet = adult(5, "", channels);
    assert!(quiet.recording.channels.iter().all(|channel| channel.values.iter().all(|&value| value == 0.0)));
    let on = "[[event]]\nat = \"0 s\"\nset = { \"variability.value\" = \"1 1\" }\n";
    let seeded =
        "[[event]]\nat = \"0 s\"\nset = { \"variability.value\" = \"1 1\", \"vasomotion.seed\" = \"9 1\" }\n";
    let [first, again, other] = [on, on, seeded].map(|events| adult(5, events, channels));
    assert_eq!(first.recording.channels[1].values, again.recording.channels[1].values);
    assert_ne!(first.recording.channels[1].values, other.recording.channels[1].values);
    assert_eq!(first.recording.channels[0].values.len(), other.recording.channels[0].values.len());
}
