use super::*;
use crate::testing::white;
use std::f64::consts::TAU;

const RATE: f64 = 10.0;

fn channel(unit: &str, rate: f64, seconds: f64, wave: impl Fn(f64) -> f64) -> Channel {
    let values = (0..(seconds * rate) as usize).map(|i| wave(i as f64 / rate)).collect();
    Channel::new(unit, unit, 0.0, rate, values)
}

/// Many sines in all bands, so that there is power everywhere.
fn sines(t: f64) -> f64 {
    (1..200).map(|k| (TAU * 0.003 * f64::from(k) * t + f64::from(k * k)).sin()).sum()
}

fn numbers(found: &Transfer) -> Vec<Option<f64>> {
    found.figures().map(Figure::number).collect()
}

#[test]
fn a_delayed_and_halved_copy_has_its_gain_phase_and_coherence() {
    // 0.25 s later: 0.25 * 360 deg a hertz of lag.
    let input = channel("mmHg", RATE, 900.0, |t| 90.0 + sines(t));
    let output = channel("cm/s", RATE, 900.0, |t| 50.0 + 0.5 * sines(t - 0.25));
    let found = transfer(&input, &output, Phases::All).unwrap();
    for line in found.lines.iter().filter(|line| (0.02..0.45).contains(&line.frequency)) {
        assert!((line.gain - 0.5).abs() < 0.01, "{line:?}");
        assert!((line.phase + 90.0 * line.frequency).abs() < 1.5, "{line:?}");
        assert!(line.coherence > 0.99, "{line:?}");
    }
    let band = &found.bands[1];
    assert!((band.gain.number().unwrap() - 0.5).abs() < 5e-3);
    assert!((band.normalised_gain.number().unwrap() - 1.0).abs() < 0.03);
    assert_eq!((band.gain.unit.as_str(), band.normalised_gain.unit.as_str()), ("cm/s/mmHg", "%/mmHg"));
    let (low, high) = band.gain.value.clone().unwrap().interval.unwrap();
    assert!(low <= 0.5 && high >= 0.5 - 5e-3 && high - low < 0.05, "{low} {high}");
    let lag = transfer(&input, &output, Phases::OutputLeads).unwrap().bands[0].phase.value.clone();
    assert_eq!(lag, Err("none has a phase that counts".to_owned()));
}

#[test]
fn equal_parts_of_signal_and_noise_cohere_by_one_half() {
    let at = |t: f64| (t * RATE).round() as usize;
    let input = channel("mmHg", RATE, 20_000.0, |t| white(1, at(t)));
    let output = channel("cm/s", RATE, 20_000.0, |t| 50.0 + white(1, at(t)) + white(2, at(t)));
    let found = transfer(&input, &output, Phases::All).unwrap();
    let band = &found.bands[2];
    assert!((band.coherence.number().unwrap() - 0.5).abs() < 0.03, "{}", band.coherence);
    assert!((band.gain.number().unwrap() - 1.0).abs() < 0.05, "{}", band.gain);
    assert!(found.windows > 400 && found.critical_coherence < 0.01);
}

#[test]
fn strangers_reach_the_critical_coherence_in_few_lines() {
    let (mut above, mut all) = (0, 0);
    for seed in 0..20 {
        let at = |t: f64| (t * RATE).round() as usize;
        let input = channel("mmHg", RATE, 305.0, |t| white(2 * seed, at(t)));
        let output = channel("cm/s", RATE, 305.0, |t| 50.0 + white(2 * seed + 1, at(t)));
        let found = transfer(&input, &output, Phases::All).unwrap();
        assert_eq!((found.windows, found.critical_coherence), (5, 0.34));
        above += found.lines.iter().filter(|line| line.coherence >= 0.34).count();
        all += found.lines.len();
    }
    let share = f64::from(u32::try_from(above).unwrap()) / f64::from(u32::try_from(all).unwrap());
    assert!((0.02..0.09).contains(&share), "{share}");
}

#[test]
fn offset_scale_and_rate_do_not_matter() {
    let of = |rate: f64, offset: f64, scale: f64| {
        let input = channel("mmHg", rate, 600.0, |t| offset + scale * sines(t));
        let output =
            channel("cm/s", rate, 600.0, |t| 50.0 + 0.5 * sines(t + 0.3) + 4.0 * (TAU * 0.0433 * t).sin());
        numbers(&transfer(&input, &output, Phases::All).unwrap())
    };
    let plain = of(10.0, 0.0, 1.0);
    for (name, other, scale) in [
        ("offset", of(10.0, 500.0, 1.0), 1.0),
        ("scale", of(10.0, 0.0, 0.1), 10.0),
        ("rate", of(25.0, 0.0, 1.0), 1.0),
    ] {
        for (index, (left, right)) in plain.iter().zip(&other).enumerate() {
            let factor = match index % 6 {
                0 | 1 => scale,
                4 => 1.0 / (scale * scale),
                _ => 1.0,
            };
            let (left, right) = (factor * left.unwrap(), right.unwrap());
            assert!((left - right).abs() < 0.01 * left.abs() + 0.02, "{name}, {index}: {left} {right}");
        }
    }
}

#[test]
fn what_cannot_be_said_has_a_reason() {
    let of = |seconds: f64, rate: f64| channel("mmHg", rate, seconds, |t| 90.0 + sines(t));
    let reason = |x: &Channel, y: &Channel| transfer(x, y, Phases::All).unwrap_err();
    assert!(reason(&of(180.0, 10.0), &of(180.0, 10.0)).contains("last 180 s together"));
    assert!(reason(&of(900.0, 1.0), &of(900.0, 10.0)).contains("do not show 0.5 Hz"));
    let nothing = Channel::new("y", "cm/s", 0.0, 10.0, vec![f64::NAN; 9000]);
    assert!(reason(&of(900.0, 10.0), &nothing).contains("last 0 s together"));
    let mut holes = of(900.0, 10.0);
    holes.values.iter_mut().enumerate().for_each(|(i, value)| {
        if i % 500 < 100 {
            *value = f64::NAN
        }
    });
    assert!(reason(&holes, &of(900.0, 10.0)).contains("nine tenths"));
    let flat = Channel::new("y", "cm/s", 0.0, 10.0, vec![60.0; 9000]);
    let found = transfer(&of(900.0, 10.0), &flat, Phases::All).unwrap();
    assert_eq!(found.bands[0].gain.value, Err("one of the two does not vary".to_owned()));
    assert!(found.bands[0].gain.to_string().contains("none, as one of the two"));
}
