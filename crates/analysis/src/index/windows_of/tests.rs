use crate::index::*;
use crate::testing::beating;
use cisterna_recording::{Channel, Recording};
use std::f64::consts::TAU;

/// Arterial pressure, flow velocity and intracranial pressure of one pulse of 1.2 beats a second, ten minutes.
fn waves(rate: f64) -> Recording {
    let wave = |mean: f64, swing: f64| -> Vec<f64> {
        (0..(600.0 * rate) as usize).map(|i| mean + swing * (TAU * 1.2 * i as f64 / rate).sin()).collect()
    };
    let mut recording = Recording::default();
    recording.channels.push(Channel::new("abp", "mmHg", 0.0, rate, wave(90.0, 20.0)));
    recording.channels.push(Channel::new("fv", "cm/s", 0.0, rate, wave(60.0, 30.0)));
    recording.channels.push(Channel::new("icp", "mmHg", 0.0, rate, wave(12.0, 2.0)));
    recording
}

#[test]
fn indices_of_waves_are_what_they_were_made_of() {
    for rate in [50.0, 125.0, 250.0] {
        let recording = waves(rate);
        let near = |found: OverTime, truth: f64, by: f64| {
            let value = found.summary.number().unwrap_or(f64::NAN);
            assert!((value - truth).abs() < by, "{} for {truth} at {rate} Hz", found.summary);
            assert_eq!(found.series.values.len(), 10);
        };
        near(pulsatility(&recording, "fv", None), 1.0, 0.005);
        // 90 - 60 * 20 / 30.
        near(critical_closing_harmonic(&recording, "abp", "fv", None), 50.0, 0.2);
        near(critical_closing_linear(&recording, "abp", "fv", None), 50.0, 0.2);
        near(pulse_transmission(&recording, "icp", "abp", None), 0.1, 1e-3);
    }
}

#[test]
fn the_baroreflex_of_each_five_minutes_is_found() {
    let mut recording = beating(605.0, 50.0, |t| {
        let wave = (TAU * 0.1 * t).sin();
        (0.9 + 0.036 * wave, 120.0 + 4.0 * wave)
    });
    recording.channels[0].name = "abp".into();
    let found = baroreflex(&recording, "abp", None);
    assert_eq!(found.series.values.len(), 2);
    assert!((found.summary.number().unwrap() - 9.0).abs() < 0.3, "{}", found.summary);
}

#[test]
fn the_power_of_a_sine_lies_in_its_band() {
    let waves = [(0.02, 3.0), (0.1, 2.0), (0.25, 1.0), (1.2, 4.0)];
    for rate in [10.0, 25.0] {
        let sum = |t: f64| 500.0 + waves.iter().map(|(f, a)| a * (TAU * f * t).sin()).sum::<f64>();
        let values = (0..(1800.0 * rate) as usize).map(|i| sum(i as f64 / rate)).collect();
        let channel = Channel::new("icp", "mmHg", 0.0, rate, values);
        for (found, (_, amplitude)) in band_powers(&channel, None, None).iter().zip(waves) {
            let power = found.summary.number().unwrap();
            assert!((power / (0.5 * amplitude * amplitude) - 1.0).abs() < 0.02, "{}", found.summary);
            assert_eq!((found.series.values.len(), found.summary.unit.as_str()), (3, "mmHg^2"));
        }
    }
    let trend = Channel::new("icp", "mmHg", 0.0, 0.1, (0..360).map(|i| f64::from(i % 7)).collect());
    let found = band_powers(&trend, None, None);
    assert!(found[0].summary.value.is_ok());
    assert_eq!(found[3].summary.value, Err("0.1 samples a second show nothing at 4 Hz".to_owned()));
}

#[test]
fn what_is_missing_has_its_reason() {
    let recording = waves(50.0);
    let reason = |found: OverTime| found.summary.value.unwrap_err();
    assert_eq!(reason(pulsatility(&recording, "mcav", None)), "there is no channel `mcav`");
    let mut flat = recording.clone();
    flat.channels[1].values.fill(60.0);
    assert!(!reason(pulsatility(&flat, "fv", None)).is_empty());
    flat.channels[1].values.fill(f64::NAN);
    assert!(reason(critical_closing_harmonic(&flat, "abp", "fv", None)).contains("holds 50 % of its data"));
    let mut short = recording.clone();
    short.channels.iter_mut().for_each(|channel| channel.values.truncate(500));
    assert!(reason(pulsatility(&short, "fv", None)).contains("last 10 s together"));
    assert!(
        band_powers(&short.channels[0], None, None)[0]
            .summary
            .value
            .clone()
            .unwrap_err()
            .contains("lasts 10 s")
    );
}

#[test]
fn what_is_marked_as_artefact_does_not_count() {
    use cisterna_recording::{Mark, MarkKind};
    let mut recording = waves(50.0);
    recording.channels[1].values[1000..2000].fill(900.0);
    recording.marks.push(Mark { kind: MarkKind::Artefact, start: 20.0, end: 40.0, label: "flush".into() });
    let found = pulsatility(&recording, "fv", None);
    assert!((found.summary.number().unwrap() - 1.0).abs() < 0.01, "{}", found.summary);
    assert!(found.summary.valid_fraction < 0.98);
}
