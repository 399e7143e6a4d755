//! Beats beside truth known by construction, at every sampling rate, and on noise.

use crate::common::*;
use cisterna_analysis::{DetectedBeats, Polarity, Wave, detect_beats, detect_beats_of};
use cisterna_recording::Channel;
use std::time::Instant;

const RATES: [f64; 5] = [50.0, 100.0, 125.0, 240.0, 1000.0];

fn onsets(found: &DetectedBeats) -> Vec<f64> {
    found.beats.iter().map(|beat| beat.start).collect()
}

/// The truth without the beats at the very ends, of which a part is not there.
fn inner(truth: &[f64], from: f64, to: f64) -> Vec<f64> {
    truth.iter().copied().filter(|t| (from..to).contains(t)).collect()
}

/// Heart rates of 46 to 150 a minute with 8 % of variation: more than 99 % found within 50 ms and more than 99 % of them true.
/// Peaks lie within 25 ms: half a sample at 50 Hz and the smoothing of a lopsided crest.
#[test]
fn pulses_are_found_at_every_sampling_rate() {
    for usual in [1.3, 0.85, 0.6, 0.4] {
        let beats = beat_times(600.0, usual, 0.08, 7);
        let feet: Vec<f64> = beats.windows(2).map(|b| b[0] + TANG_FOOT * (b[1] - b[0])).collect();
        let peaks: Vec<f64> = beats.windows(2).map(|b| b[0] + TANG_PEAK * (b[1] - b[0])).collect();
        for rate in RATES {
            let found = detect_beats(&arterial(rate, &beats)).unwrap();
            let onsets = onsets(&found);
            let (sensitivity, precision) =
                sensitivity_and_precision(&inner(&feet, 2.0, 595.0), &inner(&onsets, 2.0, 595.0), 0.05);
            let tops: Vec<f64> = found.fiducials.iter().map(|beat| beat.peak).collect();
            let (peaks, _) = sensitivity_and_precision(&inner(&peaks, 2.0, 595.0), &tops, 0.025);
            println!("{usual} s, {rate} Hz: onsets {sensitivity:.4}, {precision:.4}; peaks {peaks:.4}");
            assert!(sensitivity > 0.99 && precision > 0.99 && peaks > 0.99);
            assert_eq!(found.polarity, Polarity::Upright);
        }
    }
}

/// The onset of a beat does not move by more than one sample of the slower rate.
#[test]
fn the_sampling_rate_moves_no_onset() {
    let beats = beat_times(300.0, 0.8, 0.08, 3);
    let fine = onsets(&detect_beats(&arterial(1000.0, &beats)).unwrap());
    for rate in [50.0, 100.0, 125.0, 240.0] {
        let coarse = onsets(&detect_beats(&arterial(rate, &beats)).unwrap());
        let (sensitivity, precision) =
            sensitivity_and_precision(&inner(&fine, 2.0, 297.0), &inner(&coarse, 2.0, 297.0), 1.0 / rate);
        println!("{rate} Hz beside 1000 Hz within a sample: {sensitivity:.4}, {precision:.4}");
        assert!(sensitivity > 0.99 && precision > 0.99);
    }
}

/// The last whole beat of a channel has its peak, and there is none after it.
#[test]
fn fiducials_reach_to_the_last_whole_beat() {
    let beats = beat_times(60.0, 0.8, 0.05, 5);
    for rate in RATES {
        let channel = arterial(rate, &beats);
        let found = detect_beats(&channel).unwrap();
        let last = found.fiducials.last().unwrap();
        let end = channel.end();
        assert!(end - last.end < 1.0, "{rate} Hz: the last beat ends {} s before the end", end - last.end);
        assert!(last.onset < last.peak && last.peak < last.end);
    }
}

/// A dicrotic wave of a tenth of the pulse that begins to rise 0.32 s after the foot is found within 40 ms, surely; a
/// pulse that only falls has none.
#[test]
fn a_notch_is_told_only_where_there_is_one() {
    let wave = |rise: f64| {
        move |t: f64| {
            let phase = t.rem_euclid(0.9);
            let systole = 0.5 - 0.5 * (std::f64::consts::PI * (phase / 0.15).min(1.0)).cos();
            let fall = (-(phase - 0.15).max(0.0) / 0.25).exp();
            systole * fall + rise * (-((phase - 0.42) / 0.05).powi(2)).exp()
        }
    };
    for rate in RATES {
        let channel = |rise: f64| {
            let values = (0..(60.0 * rate) as usize).map(|i| wave(rise)(i as f64 / rate)).collect();
            Channel::new("abp", "mmHg", 0.0, rate, values)
        };
        let with = detect_beats(&channel(0.2)).unwrap();
        // The lowest point of the sum before the wave, on a fine grid.
        let truth = (250..420)
            .map(|ms| f64::from(ms) / 1000.0)
            .min_by(|a, b| wave(0.2)(*a).total_cmp(&wave(0.2)(*b)))
            .unwrap();
        for beat in &with.fiducials {
            let notch = beat.notch.unwrap();
            let away = notch.time.rem_euclid(0.9) - truth;
            assert!(away.abs() < 0.04, "{rate} Hz: {away}");
            assert!(notch.confidence > 0.5, "{rate} Hz: {}", notch.confidence);
        }
        let without = detect_beats(&channel(0.0)).unwrap();
        assert!(without.fiducials.iter().all(|beat| beat.notch.is_none()), "{rate} Hz");
    }
}

/// Electrocardiograms of 46 to 150 a minute: more than 99 % within 50 ms of the R wave, and upside down likewise.
#[test]
fn complexes_are_found_at_every_sampling_rate() {
    for usual in [1.3, 0.85, 0.6, 0.4] {
        let beats = beat_times(600.0, usual, 0.08, 11);
        let truth: Vec<f64> = beats.windows(2).map(|b| 0.5 * (b[0] + b[1])).collect();
        for rate in RATES {
            let mut channel = train("ecg", rate, &beats, |turn| mcsharry(turn, usual));
            let upright = detect_beats_of(&channel, Wave::Electrocardiogram).unwrap();
            channel.values.iter_mut().for_each(|value| *value = 500.0 - 0.1 * *value);
            let reversed = detect_beats_of(&channel, Wave::Electrocardiogram).unwrap();
            let (sensitivity, precision) = sensitivity_and_precision(
                &inner(&truth, 2.0, 595.0),
                &inner(&onsets(&upright), 2.0, 595.0),
                0.05,
            );
            println!("ecg, {usual} s, {rate} Hz: {sensitivity:.4}, {precision:.4}");
            assert!(sensitivity > 0.99 && precision > 0.99);
            assert_eq!((upright.polarity, reversed.polarity), (Polarity::Upright, Polarity::Reversed));
            assert_eq!(upright.beats.len(), reversed.beats.len());
        }
    }
}

/// What is left of the beats under noise of a part of the pulse's height: printed, not asked for.
#[test]
fn beats_under_noise() {
    let beats = beat_times(600.0, 0.8, 0.08, 13);
    let feet: Vec<f64> = beats.windows(2).map(|b| b[0] + TANG_FOOT * (b[1] - b[0])).collect();
    let waves: Vec<f64> = beats.windows(2).map(|b| 0.5 * (b[0] + b[1])).collect();
    for part in [0.02, 0.05, 0.1, 0.2, 0.4] {
        let spoilt = |mut channel: Channel, height: f64| {
            let noise = noise(0, channel.values.len(), 17);
            channel.values.iter_mut().zip(noise).for_each(|(value, noise)| *value += part * height * noise);
            channel
        };
        let report = |what: &str, truth: &[f64], found: Result<DetectedBeats, _>| match found {
            Ok(found) => {
                let (s, p) = sensitivity_and_precision(truth, &onsets(&found), 0.05);
                println!(
                    "{what}, deviation of the noise {part} of the height: sensitivity {s:.4}, precision {p:.4}"
                );
            }
            Err(error) => println!("{what}, noise {part}: {error}"),
        };
        report("pulse at 125 Hz", &feet, detect_beats(&spoilt(arterial(125.0, &beats), 45.0)));
        let ecg = spoilt(train("ecg", 250.0, &beats, |turn| mcsharry(turn, 0.8)), 0.3);
        report("ecg at 250 Hz", &waves, detect_beats_of(&ecg, Wave::Electrocardiogram));
    }
}

/// Noise of any colour has no beats but a reason, in bounded time; what is found all the same is printed.
#[test]
fn noise_has_no_beats() {
    let mut worst = 0;
    for rate in RATES {
        for colour in [0, 1, 2] {
            for wave in [Wave::Pulse, Wave::Electrocardiogram] {
                let mut found = 0;
                let started = Instant::now();
                for seed in 0..4 {
                    let values = noise(colour, (300.0 * rate) as usize, 100 + seed);
                    match detect_beats_of(&Channel::new("x", "mmHg", 0.0, rate, values), wave) {
                        Ok(beats) => found += beats.beats.len(),
                        Err(error) => assert!(
                            error.to_string().contains("alike") || error.to_string().contains("stand")
                        ),
                    }
                }
                println!(
                    "{wave:?}, {rate} Hz, colour {colour}: {found} beats in 20 min, {:?}",
                    started.elapsed()
                );
                // Fewer than one a minute is what "none" can mean of chance.
                worst = worst.max(found);
                assert!(started.elapsed().as_secs() < 20);
            }
        }
    }
    assert!(worst < 20, "{worst} beats in 20 min of noise");
}
