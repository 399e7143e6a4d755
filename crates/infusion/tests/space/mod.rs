//! A space that follows Marmarou's equation, stepped in time, with waves, drift and noise laid on.
#![allow(clippy::unwrap_used, dead_code, reason = "a test that cannot go on fails; each takes what it needs")]

use cisterna_infusion::{Dose, Inflow, Kind, Protocol, Report};
use cisterna_recording::{Channel, Recording};

pub const RATE: f64 = 5.0;

#[derive(Clone, Copy)]
pub struct Space {
    pub rest: f64,
    pub resistance: f64,
    pub coefficient: f64,
    pub reference: f64,
}

pub const SPACE: Space = Space { rest: 10.0, resistance: 12.0, coefficient: 0.15, reference: 2.0 };

/// The equation in steps by Runge and Kutta, so that the closed form is not tested by itself.
pub fn pressure(space: Space, doses: &[Dose], seconds: f64) -> Vec<f64> {
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

pub struct Chance(pub u64);

impl Chance {
    pub fn normal(&mut self) -> f64 {
        let mut uniform = || {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((self.0 >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
        };
        (-2.0 * uniform().ln()).sqrt() * (std::f64::consts::TAU * uniform()).cos()
    }
}

/// Pulse, breath, waves with a memory of 20 s, a drift up to 0.8 mmHg in half an hour, and white noise.
pub fn disturbed(clean: &[f64], seed: u64) -> Vec<f64> {
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

pub fn recorded(values: Vec<f64>) -> Recording {
    let mut recording = Recording::default();
    recording.channels.push(Channel::new("icp", "mmHg", 0.0, RATE, values));
    recording
}

pub fn protocol(kind: Kind, doses: &[Dose]) -> Protocol {
    Protocol { kind, pressure: "icp".to_owned(), inflow: Inflow::Stated(doses.to_vec()), phases: None }
}

pub fn value(report: &Report, id: &str) -> f64 {
    let figure = report.figure(id).unwrap();
    figure.value.unwrap_or_else(|| panic_with(figure.reason.as_deref()))
}

#[allow(clippy::panic, reason = "a figure that must be there is not")]
fn panic_with(reason: Option<&str>) -> f64 {
    panic!("{reason:?}")
}
