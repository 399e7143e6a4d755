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
