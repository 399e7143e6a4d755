//! A space that follows Marmarou's equation, stepped in time, with waves, drift and noise laid on.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

use cisterna_infusion::{Dose, Inflow, Kind, Options, Part, Problem, Protocol, Report, analyse};
use cisterna_recording::{Channel, Recording};

const RATE: f64 = 5.0;

#[derive(Clone, Copy)]
struct Space {
    rest: f64,
    resistance: f64,
    coefficient: f64,
    reference: f64,
}

const SPACE: Space = Space { rest: 10.0, resistance: 12.0, coefficient: 0.15, reference: 2.0 };

/// The equation in steps by Runge and Kutta, so that the closed form is not tested by itself.
fn pressure(space: Space, doses: &[Dose], seconds: f64) -> Vec<f64> {
    let slope = |p: f64, rate: f64| {
        space.coefficient * (p - space.reference) * (rate - (p - space.rest) / space.resistance) / 60.0
    };
    let (step, mut p) = (0.05, space.rest);
    let steps_a_sample = (1.0 / RATE / step) as usize;
    let mut values = Vec::new();
    for sample in 0..(seconds * RATE) as usize {
        values.push(p);
        for part in 0..steps_a_sample {
            let time = sample as f64 / RATE + (part as f64 + 0.5) * step;
            let rate = doses
                .iter()
                .find(|dose| dose.from <= time && time < dose.until)
                .map_or(0.0, |dose| dose.rate);
            let a = slope(p, rate);
            let b = slope(p + 0.5 * step * a, rate);
            let c = slope(p + 0.5 * step * b, rate);
            let d = slope(p + step * c, rate);
            p += step / 6.0 * (a + 2.0 * b + 2.0 * c + d);
        }
    }
    values
}

struct Chance(u64);

impl Chance {
    fn normal(&mut self) -> f64 {
        let mut uniform = || {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((self.0 >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
        };
        (-2.0 * uniform().ln()).sqrt() * (std::f64::consts::TAU * uniform()).cos()
    }
}

/// Pulse, breath, waves with a memory of 20 s, a drift up to 0.8 mmHg in half an hour, and white noise.
fn disturbed(clean: &[f64], seed: u64) -> Vec<f64> {
    let mut chance = Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) + 1);
    let (mut wave, drift) = (chance.normal(), 0.4 * chance.normal());
    let kept = (-1.0 / RATE / 20.0).exp();
    let noisy = clean.iter().enumerate().map(|(index, p)| {
        let time = index as f64 / RATE;
        wave = kept * wave + (1.0 - kept * kept).sqrt() * chance.normal();
        let waves = (7.1 * time).sin() + 0.5 * (1.6 * time).sin();
        p + waves + 0.7 * wave + drift * time / 1800.0 + 0.3 * chance.normal()
    });
    noisy.collect()
}

fn recorded(values: Vec<f64>) -> Recording {
    let mut recording = Recording::default();
    recording.channels.push(Channel::new("icp", "mmHg", 0.0, RATE, values));
    recording
}

fn protocol(kind: Kind, doses: &[Dose]) -> Protocol {
    Protocol { kind, pressure: "icp".to_owned(), inflow: Inflow::Stated(doses.to_vec()), phases: None }
}

fn constant(until: f64) -> Vec<Dose> {
    vec![Dose { from: 300.0, until, rate: 1.5 }]
}

fn value(report: &Report, id: &str) -> f64 {
    let figure = report.figure(id).unwrap();
    figure.value.unwrap_or_else(|| panic_with(figure.reason.as_deref()))
}

#[allow(clippy::panic, reason = "a figure that must be there is not")]
fn panic_with(reason: Option<&str>) -> f64 {
    panic!("{reason:?}")
}

#[test]
fn without_noise_every_protocol_gives_the_truth() {
    let dose = |from, until, rate| Dose { from, until, rate };
    for (kind, doses) in [
        (Kind::ConstantRate, vec![dose(299.9, 2400.0, 1.5)]),
        (Kind::Bolus, vec![dose(299.9, 305.9, 40.0), dose(999.9, 1005.9, 40.0)]),
        (Kind::Drainage, vec![dose(299.9, 309.9, -18.0)]),
        (Kind::PressureSteps, vec![dose(299.9, 1199.9, 0.8), dose(1199.9, 2099.9, 1.6)]),
    ] {
        let recording = recorded(pressure(SPACE, &doses, 2400.0));
        let report = analyse(&recording, &protocol(kind, &doses), &Options::default()).unwrap();
        for (id, truth) in [
            ("dynamic_resistance", 12.0),
            ("elastance_coefficient", 0.15),
            ("reference_pressure", 2.0),
            ("resting_pressure", 10.0),
            ("elastance_at_rest", 1.2),
            ("pressure_volume_index", 10_f64.ln() / 0.15),
        ] {
            let found = value(&report, id);
            // Means of samples are integrals but for the curvature between samples, sharpest where volume comes at once.
            let allowed = if matches!(kind, Kind::Bolus | Kind::Drainage) { 1e-3 } else { 1e-6 };
            assert!((found / truth - 1.0).abs() < allowed, "{kind:?} {id}: {found} {truth}");
        }
    }
}

#[test]
fn intervals_hold_the_truth_as_often_as_they_say() {
    let doses = constant(1800.0);
    let clean = pressure(SPACE, &doses, 1800.0);
    let (mut plain, mut steady) = (0, 0);
    let count = 200;
    for seed in 0..count {
        let recording = recorded(disturbed(&clean, seed));
        let report = analyse(&recording, &protocol(Kind::ConstantRate, &doses), &Options::default()).unwrap();
        let holds = |id: &str| {
            let [low, high] = report.figure(id).unwrap().interval.unwrap_or([None, None]);
            low.is_some_and(|low| low <= 12.0) && high.is_some_and(|high| high >= 12.0)
        };
        plain += u64::from(holds("dynamic_resistance"));
        steady += u64::from(holds("steady_resistance"));
    }
    assert!((180..=198).contains(&plain), "dynamic: {plain} of {count}");
    assert!((180..=198).contains(&steady), "steady: {steady} of {count}");
}

#[test]
fn a_test_that_was_too_short_says_so() {
    let doses = constant(540.0);
    let recording = recorded(disturbed(&pressure(SPACE, &doses, 540.0), 3));
    let report = analyse(&recording, &protocol(Kind::ConstantRate, &doses), &Options::default()).unwrap();
    let reason = |id: &str| report.figure(id).unwrap().reason.clone();
    assert!(reason("static_resistance").is_some_and(|reason| reason.contains("no steady plateau")));
    assert!(reason("reference_pressure").is_some_and(|reason| reason.contains("longer or higher rise")));
}

#[test]
fn what_is_missing_has_its_reason() {
    let doses = constant(1800.0);
    let clean = pressure(SPACE, &doses, 1800.0);
    let of = |values: &[f64], protocol: &Protocol| {
        analyse(&recorded(values.to_vec()), protocol, &Options::default()).unwrap_err()
    };
    let usual = protocol(Kind::ConstantRate, &doses);
    assert!(matches!(of(&vec![f64::NAN; clean.len()], &usual), Problem::NoPressure { found: 0, .. }));
    let other = Protocol { pressure: "abp".to_owned(), ..usual.clone() };
    assert!(of(&clean, &other).to_string().contains("`icp`"));
    assert!(matches!(of(&clean, &protocol(Kind::ConstantRate, &[])), Problem::NoInfusion(_)));
    let late = [Dose { from: 5000.0, until: 6000.0, rate: 1.5 }];
    assert!(matches!(of(&clean, &protocol(Kind::ConstantRate, &late)), Problem::NoInfusion(_)));
    let early = [Dose { from: 20.0, until: 1500.0, rate: 1.5 }];
    assert!(matches!(of(&clean, &protocol(Kind::ConstantRate, &early)), Problem::NoBaseline { .. }));
}

#[test]
fn a_gap_and_a_running_volume_change_nothing_but_little() {
    let doses = constant(2100.0);
    let mut values = pressure(SPACE, &doses, 2400.0);
    values[4000..4700].fill(f64::NAN);
    let mut recording = recorded(values);
    let volume = (0..12_000).map(|i| 0.025 * (f64::from(i) / RATE - 300.0).clamp(0.0, 1800.0)).collect();
    recording.channels.push(Channel::new("infused", "mL", 0.0, RATE, volume));
    let usual = protocol(Kind::ConstantRate, &doses);
    let by_volume = Protocol { inflow: Inflow::Volume("infused".to_owned()), ..usual };
    let report = analyse(&recording, &by_volume, &Options::default()).unwrap();
    assert!((value(&report, "dynamic_resistance") - 12.0).abs() < 1e-3);
    assert!(report.phases.iter().any(|phase| phase.part == Part::Plateau));
    assert!(report.phases.iter().any(|phase| phase.part == Part::After));
}
