//! The adult with senses and arousal, beside the adult.
#![allow(clippy::unwrap_used, reason = "a helper of a test may panic")]

use cisterna_experiment::{Run, Scenario, run};
use cisterna_model::Library;

/// A run, and its channels at 50 Hz.
fn lying(subject: &str, head: &str, duration: u32, channels: &str) -> Run {
    let text = format!(
        "title = \"t\"\nsubject = \"{subject}\"\nduration = \"{duration} s\"\nsettle = \"0 s\"\n{head}\n\
         [record]\nrate = \"50 Hz\"\nchannels = [{channels}]\n"
    );
    let scenario = Scenario::from_text("test.toml", &text, &Library::embedded()).unwrap();
    run(&scenario, &mut |_| true).unwrap()
}

/// The last value of a channel.
fn last(run: &Run, channel: usize) -> f64 {
    *run.recording.channels[channel].values.last().unwrap()
}

#[test]
fn nobody_stressed_is_the_plain_adult() {
    let channels = "\"aorta.pressure\", \"vault.pressure\", \"heart.rate\"";
    let plain = lying("adult", "", 20, channels);
    let calm = lying("subjects/adult_under_stress", "", 20, channels);
    for (plain, calm) in plain.recording.channels.iter().zip(&calm.recording.channels) {
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let off = mean(&calm.values) / mean(&plain.values) - 1.0;
        assert!(off.abs() < 2e-3, "{}: {off}", plain.name);
    }
}

#[test]
fn what_is_brought_along_begins_as_the_documents_or_the_scenario_say() {
    let head = "[set]\n\"stressor.value\" = 1\n\"tissue_tightness.start\" = 0.1\n";
    let channels = "\"arousal\", \"adrenaline\", \"cortisol\", \"tissue_tightness\", \"nervous_performance\"";
    let run = lying("subjects/adult_under_stress", head, 1, channels);
    assert!(run.start.settled());
    assert!(last(&run, 0) > 0.95 && last(&run, 1) > 0.95, "what is fast has followed the stressor");
    assert!((last(&run, 2) - 1.0).abs() < 0.01, "cortisol has not");
    assert!((last(&run, 3) - 0.1).abs() < 1e-4, "and tightness is as given");
    assert!((last(&run, 4) - 1.0).abs() < 1e-3);
}

#[test]
fn performance_falls_with_the_flow_of_the_brain() {
    let at = |flow: f64| {
        let head = format!(
            "[set]\n\"anterior_arterioles.resistance\" = \"{} mmHg s/mL\"\n\
             \"middle_arterioles.resistance\" = \"{} mmHg s/mL\"\n\"posterior_arterioles.resistance\" = \"{} mmHg s/mL\"\n",
            18.8 / flow,
            10.65 / flow,
            17.5 / flow
        );
        let run = lying("subjects/adult_under_stress", &head, 5, "\"nervous_performance\"");
        last(&run, 0)
    };
    let [whole, fifth, twentieth] = [1.0, 0.2, 0.05].map(at);
    assert!((whole - 1.0).abs() < 1e-3, "{whole}");
    assert!(fifth > twentieth && twentieth < 0.5, "{fifth} {twentieth}");
}

/// The states of a run's end as the start of another.
fn states(run: &Run) -> String {
    let line = |(name, value): &(String, f64)| format!("{name:?} = {value:?}\n");
    format!("[start.state]\n{}", run.end_state.iter().map(line).collect::<String>())
}

#[test]
fn a_run_that_begins_where_another_ended_goes_on_as_if_it_were_one() {
    let stressed = "[set]\n\"stressor.value\" = 1\n";
    let channels = "\"cortisol\", \"adrenal_signal\"";
    let whole = lying("subjects/stress_alone", stressed, 600, channels);
    let half = lying("subjects/stress_alone", stressed, 300, channels);
    let other = lying("subjects/stress_alone", &format!("{stressed}{}", states(&half)), 300, channels);
    for ((name, whole), (_, other)) in whole.end_state.iter().zip(&other.end_state) {
        assert!((whole - other).abs() < 2e-4 * (1.0 + whole.abs()), "{name}: {whole} {other}");
    }
    // Six lags of 50 s let 0.55 of an even step through after 300 s and 0.98 after 600 s: began they anew, it were 0.55 again.
    assert!((last(&half, 1) - 0.55).abs() < 0.05 && last(&other, 1) > 0.9);
}

#[test]
fn overload_goes_on_from_one_run_to_the_next() {
    // A flood of half a minute, then what overloads nobody anew, and does not end an overload either.
    let flood = "[set]\n\"stressor.value\" = 1\n[[event]]\nat = \"1 s\"\nset = { \"stressor.value\" = 2 }\nuntil = \"31 s\"\n";
    let calmer = "[set]\n\"stressor.value\" = 1\n";
    let channels = "\"overload\", \"felt_stimuli\"";
    let whole = lying("subjects/stress_alone", flood, 120, channels);
    let half = lying("subjects/stress_alone", flood, 60, channels);
    let rest = lying("subjects/stress_alone", &format!("{calmer}{}", states(&half)), 60, channels);
    assert_eq!(last(&half, 0), 1.0);
    assert!((0.65..1.3).contains(&last(&half, 1)), "{}", last(&half, 1));
    let on = |run: &Run| run.recording.channels[0].values.iter().all(|value| *value == 1.0);
    assert!(on(&rest), "an overload that began is not over because a stage is");
    for ((name, whole), (other, cut)) in whole.end_state.iter().zip(&rest.end_state) {
        assert_eq!(name, other);
        assert!((whole - cut).abs() < 2e-4 * (1.0 + whole.abs()), "{name}: {whole} {cut}");
    }
    assert_eq!(whole.end_state.iter().find(|(name, _)| name == "overload").unwrap().1, 1.0);
    // Of itself it does not begin there.
    let fresh = lying("subjects/stress_alone", calmer, 60, channels);
    assert_eq!(last(&fresh, 0), 0.0);
}

#[test]
fn the_beating_heart_is_sought_beside_states_that_are_given() {
    let head =
        "[set]\n\"stressor.value\" = 1\n[start.state]\n\"adrenaline\" = 0.25\n\"adrenal_signal.3\" = 0.5\n";
    let run = lying("subjects/adult_under_stress", head, 1, "\"adrenaline\"");
    assert!(run.start.settled());
    // A second brings it a 150th nearer to the arousal of one.
    let first = run.recording.channels[0].values[0];
    assert!((first - 0.25).abs() < 1e-6 && (last(&run, 0) - 0.255).abs() < 1e-3, "{first} {}", last(&run, 0));
}

#[test]
fn a_state_that_is_none_is_told_with_the_nearest_one() {
    let text = "title = \"t\"\nsubject = \"subjects/stress_alone\"\nduration = \"1 s\"\n\
                [start.state]\ncortisole = 1.0\n[record]\nchannels = [\"cortisol\"]\n";
    let said = Scenario::from_text("test.toml", text, &Library::embedded()).unwrap_err().to_string();
    assert!(said.contains("test.toml:5:") && said.contains("did you mean `cortisol`?"), "{said}");
}
