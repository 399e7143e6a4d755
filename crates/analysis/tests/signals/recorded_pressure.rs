//! Beats of a real arterial pressure (JohannesNE/waveformtools, 125 Hz, 40 s, MIT), whole and spoilt.
//!
//! The folder is named by `CISTERNA_SHARED`; where it is missing the tests say so and pass.

use crate::common::column;
use cisterna_analysis::{Polarity, Request, Statistic, Window, detect_beats, measure};
use cisterna_recording::{Channel, Recording};

const RATE: f64 = 125.0;

fn arterial_pressure() -> Option<Channel> {
    column("waveformtools/abp_125Hz_40s.csv", 1, "abp", RATE)
}

fn onsets(channel: &Channel) -> Vec<f64> {
    detect_beats(channel).map(|found| found.beats.iter().map(|beat| beat.start).collect()).unwrap_or_default()
}

#[test]
fn offset_scale_polarity_and_missing_samples_move_no_beat() {
    let Some(whole) = arterial_pressure() else { return };
    assert_eq!(whole.values.len(), 5000);
    let truth = onsets(&whole);
    let rate = 60.0 * (truth.len() - 1) as f64 / (truth[truth.len() - 1] - truth[0]);
    println!("{} beats at {rate:.1} a minute", truth.len());
    assert!((40.0..130.0).contains(&rate));

    let changed = |change: &dyn Fn(usize, f64) -> f64| {
        let mut channel = whole.clone();
        channel.values.iter_mut().enumerate().for_each(|(i, value)| *value = change(i, *value));
        channel
    };
    let spoilt = [
        ("500 mmHg more", changed(&|_, value| value + 500.0)),
        ("a tenth", changed(&|_, value| 0.1 * value)),
        ("upside down", changed(&|_, value| -value)),
        ("ten samples missing here and there", changed(&|i, v| if i % 477 == 13 { f64::NAN } else { v })),
        (
            "ten samples missing in a row",
            changed(&|i, v| if (2000..2010).contains(&i) { f64::NAN } else { v }),
        ),
    ];
    for (what, channel) in &spoilt {
        let found = onsets(channel);
        assert_eq!(found.len(), truth.len(), "{what}");
        for (found, truth) in found.iter().zip(&truth) {
            assert!((found - truth).abs() <= 1.0 / RATE, "{what}: {found} for {truth}");
        }
    }
    assert_eq!(detect_beats(&whole).unwrap().polarity, Polarity::Upright);
    assert_eq!(detect_beats(&spoilt[2].1).unwrap().polarity, Polarity::Reversed);
}

#[test]
fn a_gap_of_a_quarter_second_costs_two_beats_at_most() {
    let Some(whole) = arterial_pressure() else { return };
    let truth = onsets(&whole);
    for begin in (500..4500).step_by(97) {
        let mut gapped = whole.clone();
        gapped.values[begin..begin + 33].fill(f64::NAN);
        let found = onsets(&gapped);
        assert!(found.len() + 2 >= truth.len(), "gap at {begin}: {} of {}", found.len(), truth.len());
        for onset in &found {
            let away = truth.iter().map(|t| (t - onset).abs()).fold(f64::INFINITY, f64::min);
            assert!(away <= 1.0 / RATE, "gap at {begin}: an onset at {onset} s, {away} s from any");
        }
    }
}

#[test]
fn a_recording_without_marks_is_measured_by_its_own_beats() {
    let Some(whole) = arterial_pressure() else { return };
    let beats = onsets(&whole);
    let mut recording = Recording::default();
    recording.channels.push(whole);
    let window = Window { from: 0.0, to: 40.0 };
    let rate = measure(&recording, &Request::new(Statistic::HeartRate, "abp", window)).unwrap();
    assert_eq!((rate.beats_used, rate.unit.as_str()), (Some(beats.len()), "1/min"));
    let pulse = measure(&recording, &Request::new(Statistic::AmplitudePeakToPeak, "abp", window)).unwrap();
    assert!((20.0..100.0).contains(&pulse.value), "pulse pressure {}", pulse.value);
}
