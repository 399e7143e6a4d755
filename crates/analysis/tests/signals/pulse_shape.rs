//! Peaks of averaged pulses whose times are known: three, two, and a single rounded hump, at 50, 100 and 240 samples a second.

use crate::common::*;
use cisterna_analysis::{PulseShape, Window, detect_beats, pulse_shape};
use cisterna_recording::Channel;

/// A pulse of bells at these times after its beginning (s, height, width in s), beats of 0.95 s with 4 % of variation for two
/// minutes, noise of a hundredth of the height; the last beat is cut off.
fn pulses(rate: f64, bells: &[(f64, f64, f64)]) -> (Channel, Vec<f64>) {
    let beats = beat_times(120.0, 0.95, 0.04, 31);
    let noise = noise(0, (120.0 * rate) as usize, 5);
    let wave = |t: f64| {
        bells
            .iter()
            .map(|(at, height, width)| height * (-((t - at) / width).powi(2) / 2.0).exp())
            .sum::<f64>()
    };
    let mut k = 0;
    let values = noise
        .iter()
        .enumerate()
        .map(|(i, noise)| {
            let t = i as f64 / rate;
            while k + 1 < beats.len() && beats[k + 1] <= t {
                k += 1;
            }
            10.0 + 4.0 * (wave(t - beats[k]) + 0.01 * noise)
        })
        .collect();
    (Channel::new("icp", "mmHg", 0.0, rate, values), beats)
}

/// The shape, and how long after the beginning of the beat its onset is found, s.
#[allow(clippy::unwrap_used, reason = "a test helper: what fails is a failed test")]
fn found(rate: f64, bells: &[(f64, f64, f64)]) -> (PulseShape, f64) {
    let (channel, beats) = pulses(rate, bells);
    let shape = pulse_shape(&channel, Window { from: 0.0, to: 120.0 }).unwrap();
    let mut late: Vec<f64> = detect_beats(&channel)
        .unwrap()
        .beats
        .iter()
        .filter_map(|beat| beats.iter().map(|begin| beat.start - begin).find(|late| late.abs() < 0.2))
        .collect();
    late.sort_by(f64::total_cmp);
    (shape, late[late.len() / 2])
}

/// Expected: as many peaks as were made, each within 25 ms of its bell (bells that overlap move each other's tops by up to 10 ms,
/// and a sample at 50 Hz is 20 ms).
fn expect(what: &str, bells: &[(f64, f64, f64)], number: usize, ratio: std::ops::Range<f64>) {
    for rate in [50.0, 100.0, 240.0] {
        let (shape, late) = found(rate, bells);
        let times: Vec<f64> = shape.peaks.iter().map(|peak| peak.time + late).collect();
        println!(
            "{what}, {rate} Hz: {times:.3?}, sure {:.2?}, {:?} beats",
            shape.peaks.iter().map(|p| p.confidence).collect::<Vec<_>>(),
            shape.beats
        );
        assert_eq!(times.len(), number, "{what}, {rate} Hz");
        for (time, bell) in times.iter().zip(bells) {
            assert!((time - bell.0).abs() < 0.025, "{what}, {rate} Hz: {time} for {}", bell.0);
        }
        match shape.second_over_first() {
            Some(found) => assert!(ratio.contains(&found), "{what}, {rate} Hz: P2/P1 {found}"),
            None => assert_eq!(number, 1),
        }
    }
}

#[test]
fn three_peaks() {
    expect("P1 > P2 > P3", &[(0.12, 1.0, 0.035), (0.25, 0.75, 0.04), (0.40, 0.45, 0.05)], 3, 0.65..0.85);
    expect("P2 > P1", &[(0.12, 0.6, 0.035), (0.25, 1.0, 0.045), (0.41, 0.6, 0.05)], 3, 1.4..1.9);
}

#[test]
fn two_peaks() {
    expect("P1 and P2", &[(0.12, 1.0, 0.035), (0.27, 0.8, 0.06)], 2, 0.7..0.9);
}

#[test]
fn a_rounded_hump_is_one_peak() {
    expect("hump", &[(0.28, 1.0, 0.1)], 1, 0.0..1.0);
}

#[test]
fn without_pulse_there_is_no_shape_but_a_reason() {
    let flat = Channel::new("icp", "mmHg", 0.0, 100.0, vec![10.0; 5000]);
    let noisy = Channel::new("icp", "mmHg", 0.0, 100.0, noise(0, 12_000, 9));
    for channel in [flat, noisy] {
        assert!(pulse_shape(&channel, Window { from: 0.0, to: 100.0 }).is_err());
    }
}
