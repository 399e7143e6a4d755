use super::*;
use crate::testing::white;
use std::f64::consts::TAU;

fn pressure(rate: f64, hours: f64, wave: impl Fn(f64) -> f64) -> Channel {
    let count = (3600.0 * hours * rate) as usize;
    let values = (0..count).map(|i| wave(i as f64 / rate) + 0.5 * white(1, i)).collect();
    Channel::new("icp", "mmHg", 0.0, rate, values)
}

fn of(found: &LundbergWaves, kind: WaveKind) -> Vec<PressureWave> {
    found.waves.iter().copied().filter(|wave| wave.kind == kind).collect()
}

#[test]
fn a_plateau_of_ten_minutes_is_found_and_an_hour_is_none() {
    let with =
        |from: f64, to: f64| pressure(1.0, 3.0, move |t| if (from..to).contains(&t) { 55.0 } else { 18.0 });
    let found = lundberg(&with(3600.0, 4200.0));
    let waves = of(&found, WaveKind::A);
    assert_eq!(waves.len(), 1);
    assert!((waves[0].start - 3600.0).abs() <= 10.0 && (waves[0].end - 4200.0).abs() <= 10.0, "{waves:?}");
    assert!((waves[0].height - 37.0).abs() < 1.0);
    assert!((found.shares[0].number().unwrap() - 100.0 * 600.0 / 10_800.0).abs() < 0.2);
    assert!(of(&lundberg(&with(3600.0, 7200.0)), WaveKind::A).is_empty());
    assert!(of(&lundberg(&with(3600.0, 3800.0)), WaveKind::A).is_empty());
    let mut dipped = with(3600.0, 4200.0);
    dipped.values[3900..3925].fill(f64::NAN);
    assert_eq!(of(&lundberg(&dipped), WaveKind::A).len(), 1);
}

#[test]
fn b_waves_once_a_minute_are_found_where_they_are() {
    let icp = pressure(1.0, 3.0, |t| {
        15.0 + if (3600.0..7200.0).contains(&t) { 4.0 * (TAU * t / 60.0).sin() } else { 0.0 }
    });
    let found = lundberg(&icp);
    let waves = of(&found, WaveKind::B);
    assert_eq!(waves.len(), 1, "{waves:?}");
    assert!((waves[0].start - 3600.0).abs() <= 120.0 && (waves[0].end - 7200.0).abs() <= 120.0, "{waves:?}");
    assert!((waves[0].per_minute.unwrap() - 1.0).abs() < 0.07 && (waves[0].height - 8.0).abs() < 1.2);
    assert!(of(&found, WaveKind::A).is_empty() && of(&found, WaveKind::C).is_empty());
    assert!(waves[0].mark().label.starts_with("B waves, 8 mmHg, 1."), "{}", waves[0].mark().label);
}

#[test]
fn c_waves_six_a_minute_are_found_and_need_a_fast_trend() {
    let wave = |t: f64| 15.0 + if t < 1800.0 { 2.0 * (TAU * t / 10.0).sin() } else { 0.0 };
    let found = lundberg(&pressure(2.0, 1.0, wave));
    let waves = of(&found, WaveKind::C);
    assert_eq!(waves.len(), 1, "{waves:?}");
    assert!((waves[0].per_minute.unwrap() - 6.0).abs() < 0.25 && (waves[0].end - 1800.0).abs() < 120.0);
    let slow = lundberg(&pressure(0.1, 1.0, wave));
    assert!(slow.shares[2].value.clone().unwrap_err().contains("do not show 8 waves a minute"));
    assert!(slow.shares[1].value.is_ok());
}

#[test]
fn noise_and_nothing_are_no_waves() {
    assert!(lundberg(&pressure(1.0, 6.0, |_| 12.0)).waves.is_empty());
    let wandering = pressure(1.0, 6.0, |t| 12.0 + 6.0 * (TAU * t / 4000.0).sin());
    assert!(lundberg(&wandering).waves.is_empty());
    let nothing = Channel::new("icp", "mmHg", 0.0, 1.0, vec![f64::NAN; 7200]);
    assert!(lundberg(&nothing).shares.iter().all(|share| share.value.is_err()));
    let kilopascal = Channel::new("icp", "kPa", 0.0, 1.0, vec![2.0; 7200]);
    assert!(lundberg(&kilopascal).shares[0].value.clone().unwrap_err().contains("not in mmHg"));
}
