use super::*;
use crate::index::prx;
use crate::testing::white;
use std::f64::consts::TAU;

/// Ten hours of ten-second means in which perfusion pressure wanders from 50 to 100 mmHg and intracranial pressure
/// answers to arterial pressure the better the nearer it is to `best`.
fn recording(best: f64, hours: usize) -> (Channel, Channel, Channel) {
    let (mut abp, mut icp) = (Vec::new(), Vec::new());
    for i in 0..360 * hours {
        let t = 10.0 * i as f64;
        let slow = 85.0 + 25.0 * (TAU * t / 9000.0).sin();
        let wave = 3.0 * (TAU * t / 60.0).sin();
        // The wanted correlation of two waves by how much of one is in the other.
        let wanted = (-0.4 + ((slow - 10.0 - best) / 25.0).powi(2)).clamp(-0.9, 0.9);
        let other = 3.0 * (TAU * t / 43.0).sin();
        abp.push(slow + wave + 0.1 * white(1, i));
        icp.push(10.0 + 0.5 * (wanted * wave + (1.0 - wanted * wanted).sqrt() * other) + 0.1 * white(2, i));
    }
    let cpp = abp.iter().zip(&icp).map(|(abp, icp)| abp - icp).collect();
    let channel = |name: &str, values| Channel::new(name, "mmHg", 0.0, 0.1, values);
    (channel("icp", icp), channel("abp", abp), channel("cpp", cpp))
}

#[test]
fn the_pressure_of_best_reaction_is_found() {
    for best in [68.0, 75.0, 82.0] {
        let (icp, abp, cpp) = recording(best, 10);
        let found = optimal_cpp(&cpp, &prx(&icp, &abp, None), None);
        let overall = found.overall.value.clone().unwrap();
        assert!((overall.value - best).abs() < 2.5, "{} for {best}", found.overall);
        let (low, high) = overall.interval.unwrap();
        assert!(low < best + 2.5 && high > best - 2.5 && high - low < 12.0, "{low} {high}");
        let summary = found.over_time.summary.number().unwrap();
        assert!((summary - best).abs() < 3.0, "{summary} for {best}");
        assert!(found.over_time.share_with_value() > 0.9);
        assert!(found.bins.len() >= 9 && found.bins.iter().all(|bin| bin.count > 5));
    }
}

#[test]
fn what_breaks_a_condition_has_its_reason() {
    let flat = |cpp: f64, prx: f64| CppBin { cpp, prx, standard_error: 0.1, count: 10 };
    let of = |values: &[f64]| {
        let bins: Vec<CppBin> =
            values.iter().enumerate().map(|(i, prx)| flat(52.5 + 5.0 * i as f64, *prx)).collect();
        optimum(&bins)
    };
    assert!(of(&[0.1, 0.0, 0.1]).unwrap_err().contains("four bins"));
    assert!(of(&[0.0, 0.2, 0.3, 0.2, 0.0]).unwrap_err().contains("downwards"));
    assert!(of(&[0.0, 0.1, 0.25, 0.5, 0.9]).is_err());
    assert!(of(&[0.5, -0.4, 0.5, -0.4, 0.5, -0.4, 0.52]).unwrap_err().contains("follow a parabola"));
    let vertex = of(&[0.4, 0.1, 0.0, 0.1, 0.4]).unwrap();
    assert!((vertex - 62.5).abs() < 1e-9);
}

#[test]
fn a_short_recording_says_so() {
    let (icp, abp, cpp) = recording(75.0, 1);
    let found = optimal_cpp(&cpp, &prx(&icp, &abp, None), None);
    let reason = found.over_time.summary.value.unwrap_err();
    assert!(reason.contains("a window 14400 s"), "{reason}");
}

/// The perfusion pressure wanders by chance, with a memory of half an hour, and reacts best at 75 mmHg.
fn wandering(seed: u64) -> (Channel, Channel, Channel) {
    let (mut abp, mut icp) = (Vec::new(), Vec::new());
    let kept = (-10.0_f64 / 1800.0).exp();
    let mut slow = 0.0;
    for i in 0..3600 {
        let t = 10.0 * i as f64;
        slow = kept * slow + (1.0 - kept * kept).sqrt() * 3_f64.sqrt() * white(4 * seed, i);
        let cpp = 76.0 + 10.0 * slow;
        let wave = 3.0 * (TAU * t / 60.0).sin();
        let wanted = (-0.4 + ((cpp - 75.0) / 25.0).powi(2)).clamp(-0.9, 0.9);
        let other = 3.0 * (TAU * t / 43.0).sin();
        abp.push(cpp + 10.0 + wave + white(4 * seed + 1, i));
        icp.push(
            10.0 + 0.5 * (wanted * wave + (1.0 - wanted * wanted).sqrt() * other) + white(4 * seed + 2, i),
        );
    }
    let cpp = abp.iter().zip(&icp).map(|(abp, icp)| abp - icp).collect();
    let channel = |name: &str, values| Channel::new(name, "mmHg", 0.0, 0.1, values);
    (channel("icp", icp), channel("abp", abp), channel("cpp", cpp))
}

#[test]
fn intervals_hold_the_best_pressure_as_often_as_they_say() {
    let (mut held, mut told) = (0, 0);
    for seed in 0..100 {
        let (icp, abp, cpp) = wandering(seed);
        let found = optimal_cpp(&cpp, &prx(&icp, &abp, None), None);
        let interval = found.overall.value.as_ref().ok().and_then(|estimate| estimate.interval);
        if let Some((low, high)) = interval {
            told += 1;
            held += usize::from((low..=high).contains(&75.0));
        }
    }
    assert!(told >= 80 && (90 * told..=99 * told).contains(&(100 * held)), "{held} of {told}");
}
