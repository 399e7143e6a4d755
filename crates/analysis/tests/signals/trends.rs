//! Trends of pieces: the same however a recording is cut, true where the truth is known, quick and small for a day.

use crate::common::*;
use cisterna_analysis::{Artefact, Plausible, Reason, Reducer, Role, Trends, Window};
use cisterna_recording::{Channel, Recording};
use std::f64::consts::{PI, TAU};

const ASKED: [(&str, Role); 3] = [
    ("icp", Role::Pulse(Plausible::INTRACRANIAL)),
    ("abp", Role::Pulse(Plausible::ARTERIAL)),
    ("resp", Role::Respiration),
];

/// Pulses of 4 and 45 mmHg on 12 and 80 mmHg, 75 a minute, 15 breaths a minute.
fn recording(duration: f64, rate: f64) -> Recording {
    let beats = beat_times(duration + 2.0, 0.8, 0.03, 3);
    let mut recording = Recording::default();
    let mut icp = train("icp", rate, &beats, |turn| 12.0 + 4.0 * tang(turn));
    let mut abp = arterial(rate, &beats);
    let breath = |i: usize| (TAU * i as f64 / rate / 4.0).sin();
    icp.values.iter_mut().enumerate().for_each(|(i, value)| *value += 0.5 * breath(i));
    let resp = (0..icp.values.len()).map(breath).collect();
    abp.values[(100.0 * rate) as usize..(130.0 * rate) as usize].fill(f64::NAN);
    icp.values[(200.0 * rate) as usize..(204.0 * rate) as usize].fill(250.0);
    recording.channels.extend([icp, abp, Channel::new("resp", "Ohm", 0.0, rate, resp)]);
    recording
}

/// A piece of all channels from sample to sample.
fn cut(whole: &Recording, from: usize, to: usize) -> Recording {
    let mut piece = Recording::default();
    for channel in &whole.channels {
        let to = to.min(channel.values.len());
        let values = channel.values[from.min(to)..to].to_vec();
        piece.channels.push(Channel::new(
            &channel.name,
            &channel.unit,
            channel.time(from),
            channel.rate,
            values,
        ));
    }
    piece
}

#[allow(clippy::unwrap_used, reason = "a test helper: what fails is a failed test")]
fn reduced(whole: &Recording, cuts: impl Iterator<Item = usize>) -> Trends {
    let mut reducer = Reducer::new(&ASKED, 10.0).unwrap();
    let end = whole.channels[0].values.len();
    let mut from = 0;
    for to in cuts.take_while(|to| *to < end).chain([end]) {
        reducer.push(&cut(whole, from, to)).unwrap();
        from = to;
    }
    reducer.finish()
}

/// Compares to the bit, NaN with NaN.
fn assert_same(a: &Trends, b: &Trends) {
    assert_eq!(a.findings, b.findings);
    for (a, b) in a.channels.iter().zip(&b.channels) {
        let bits = |channel: &Channel| channel.values.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
        assert_eq!((&a.name, a.start, a.rate), (&b.name, b.start, b.rate));
        assert_eq!(bits(a), bits(b), "{}", a.name);
    }
}

#[test]
fn however_a_recording_is_cut_its_trends_are_the_same_to_the_bit() {
    let whole = recording(500.0, 125.0);
    let once = reduced(&whole, std::iter::empty());
    assert_eq!(once.channels.len(), 15);
    for step in [37, 1250, 15_000, 40_001] {
        assert_same(&once, &reduced(&whole, (1..2000).map(|k| k * step)));
    }
}

/// Expected: mean 12 plus four times the mean of the shape (0.2508 of its height by the areas of its two bells, cut at the ends), pulse
/// 4 within 5 % (smoothed by nothing), 75 beats within 3, 15 breaths within 1, and no value where less than half is valid.
#[test]
fn trends_are_true() {
    let trends = reduced(&recording(500.0, 125.0), std::iter::empty());
    let all = |name: &str| trends.channel(name).unwrap().values.clone();
    let fine: f64 = (0..10_000).map(|k| tang(-PI + TAU * f64::from(k) / 10_000.0)).sum::<f64>() / 10_000.0;
    for (k, mean) in all("icp.mean").iter().enumerate().take(49) {
        assert!((mean - 12.0 - 4.0 * fine).abs() < 0.3, "window {k}: {mean}");
    }
    assert!((trends.channel("icp.mean").unwrap().start - 5.0).abs() < 1e-12);
    for (name, truth, within) in [
        ("icp.pulse", 4.0, 0.3),
        ("icp.heart_rate", 75.0, 5.0),
        ("icp.respiratory_rate", 15.0, 1.0),
        ("abp.heart_rate", 75.0, 5.0),
        ("resp.respiratory_rate", 15.0, 0.5),
        ("resp.depth", 2.0, 0.2),
    ] {
        for (k, value) in all(name).iter().enumerate().take(49) {
            let missing = name.starts_with("abp") && (10..13).contains(&k);
            assert_eq!(value.is_nan(), missing, "{name}, window {k}: {value}");
            assert!(missing || (value - truth).abs() < within, "{name}, window {k}: {value}");
        }
    }
    // Four seconds of flush are out, of their window six tenths are left.
    assert!((all("icp.valid")[20] - 0.6).abs() < 0.05, "{}", all("icp.valid")[20]);
    assert_eq!(trends.findings[0].artefacts.len(), 1);
}

#[test]
fn a_person_overrules_what_is_found() {
    let whole = recording(300.0, 125.0);
    let mut reducer = Reducer::new(&ASKED, 10.0).unwrap();
    let added = Artefact { reason: Reason::Noise, start: 20.0, end: 40.0 };
    reducer.overrule("icp", &[added], &[Window { from: 190.0, to: 210.0 }]);
    reducer.push(&whole).unwrap();
    let trends = reducer.finish();
    assert_eq!(trends.findings[0].artefacts, [added]);
    let mean = &trends.channel("icp.mean").unwrap().values;
    assert!(mean[2].is_nan() && mean[3].is_nan() && mean[20] > 80.0);
}

#[test]
fn what_does_not_fit_is_refused_with_a_reason() {
    assert!(Reducer::new(&ASKED, 7.0).err().unwrap().to_string().contains("120 s"));
    let whole = recording(300.0, 125.0);
    let mut reducer = Reducer::new(&ASKED, 10.0).unwrap();
    reducer.push(&whole).unwrap();
    let error = reducer.push(&whole).unwrap_err().to_string();
    assert!(error.contains("where the last ended"), "{error}");
    assert!(Reducer::new(&ASKED, 10.0).unwrap().finish().channels.is_empty());
}

/// A day of three channels at 250 samples a second, expected under 8 s on one core (in release). The making of the samples is not counted.
#[test]
#[ignore = "measures speed; run with --release -- --ignored --nocapture"]
fn a_day_of_three_channels() {
    let minute = 15_000;
    let hour = recording(3600.0, 250.0);
    let mut reducer = Reducer::new(&ASKED, 10.0).unwrap();
    let mut spent = std::time::Duration::ZERO;
    for k in 0..24 * 60 {
        let mut piece = cut(&hour, k % 59 * minute, k % 59 * minute + minute);
        piece.channels.iter_mut().for_each(|channel| channel.start = 60.0 * k as f64);
        let started = std::time::Instant::now();
        reducer.push(&piece).unwrap();
        spent += started.elapsed();
    }
    let started = std::time::Instant::now();
    let trends = reducer.finish();
    spent += started.elapsed();
    let memory = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = memory.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("").to_owned();
    println!(
        "{spent:?}; {} beats; {peak}, of which {} MB are the hour of samples",
        trends.findings[0].beats.len(),
        3 * 900_000 * 8 / 1_000_000
    );
    assert_eq!(trends.channel("icp.mean").unwrap().values.len(), 8640);
}
