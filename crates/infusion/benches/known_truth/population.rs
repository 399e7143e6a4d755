//! Whose tests are simulated: the adult with its outflow, its stores and its formation over the published ranges.

use std::fmt::Write;

use crate::designs::RATE;

/// Outflow resistances, mmHg/(mL/min): from healthy young adults (6 .. 11, Albeck 1991, J Neurosurg 74:597) to candidates for
/// a shunt (17.7 +/- 11.3, Andersson 2011, Fluids Barriers CNS 8:15).
const RESISTANCE: [f64; 2] = [6.0, 29.0];
/// By what all stores are stiffer than those of the adult: up to the elastance of hydrocephalus (0.24 1/mL) over that of a
/// pressure-volume index of 25 mL (Marmarou 1978, J Neurosurg 48:332), as `parts/hydrocephalic_stores` has it.
const STIFFNESS: [f64; 2] = [1.0, 2.6];
/// Formation, mL/min: from chronic hydrocephalus (0.25 +/- 0.08, Silverberg 2002, J Neurosurg 97:1271) to the upper end in
/// adults (Cutler 1968, Brain 91:707).
const FORMATION: [f64; 2] = [0.17, 0.45];
/// Slope of the sensor's drift, mmHg/h. Published drifts are below 0.8 mmHg in a day (Czosnyka 1996, Neurosurgery 38:219); here
/// that may come within the half hour of a test.
const DRIFT: [f64; 2] = [-1.6, 1.6];
/// Standard deviation of the sensor's noise from sample to sample, mmHg; the static error of a good sensor there.
const SENSOR_NOISE: f64 = 0.3;
/// Pressure of the adult's sinuses at rest, mmHg; only decides what is infused.
const SINUS: f64 = 7.3;
/// Resistances of the adult's three doors of absorption, mmHg/(mL/min).
const DOORS: [(&str, f64); 3] = [("arachnoid_villi", 11.0), ("thoracic_roots", 80.0), ("lumbar_roots", 80.0)];
/// Compliance (mL/mmHg), elastance coefficient (1/mL) and width of the knee (mL) of the adult's stores.
const STORES: [(&str, f64, f64, f64); 9] = [
    ("vault", 0.18, 1.5, 0.1),
    ("upper_cervical_sac", 0.05, 6.9, 0.01),
    ("lower_cervical_sac", 0.069, 5.0, 0.02),
    ("upper_thoracic_sac", 0.08, 4.3, 0.01),
    ("middle_thoracic_sac", 0.08, 4.3, 0.01),
    ("lower_thoracic_sac", 0.08, 4.3, 0.01),
    ("upper_lumbar_sac", 0.076, 4.6, 0.02),
    ("lumbar_sac", 0.11, 3.2, 0.02),
    ("sacral_sac", 0.034, 10.0, 0.02),
];
/// Volume (mL) and compliance (mL/mmHg) of the veins that yield with the stores.
const LACUNAE: (f64, f64) = (22.0, 0.7);

/// One test.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    /// Its number; seeds of noise follow from it.
    pub number: usize,
    /// Outflow resistance of all doors of absorption together, mmHg/(mL/min).
    pub resistance: f64,
    /// By what its stores are stiffer than the adult's.
    pub stiffness: f64,
    /// Formation, mL/min.
    pub formation: f64,
    /// Drift of the sensor, mmHg/h.
    pub drift: f64,
}

impl Subject {
    /// Spread evenly over all ranges (Weyl 1916, with roots of primes); resistance and stiffness by their logarithms.
    pub fn new(number: usize) -> Self {
        let within = |root: f64, [low, high]: [f64; 2]| low + (high - low) * (number as f64 * root).fract();
        let resistance = within(2_f64.sqrt(), RESISTANCE.map(f64::ln)).exp();
        let stiffness = within(3_f64.sqrt(), STIFFNESS.map(f64::ln)).exp();
        let formation = within(5_f64.sqrt(), FORMATION);
        Subject { number, resistance, stiffness, formation, drift: within(7_f64.sqrt(), DRIFT) }
    }

    /// About its pressure at rest, mmHg.
    pub fn rest(&self) -> f64 {
        SINUS + self.formation * self.resistance
    }

    /// The scenario in which it lies at rest for so long, s; events may follow.
    pub fn scenario(&self, seconds: f64) -> String {
        let adult = 1.0 / DOORS.iter().map(|(_, resistance)| 1.0 / resistance).sum::<f64>();
        let mut text = format!(
            "title = \"Infusion test {}\"\nsubject = \"adult\"\nduration = \"{seconds} s\"\nsettle = \"60 s\"\n\
             start = {{ posture = \"supine\" }}\n\n[set]\n\"variability.value\" = 1\n\
             \"formation.value\" = \"{} mL/min\"\n",
            self.number, self.formation
        );
        let mut set = |name: &str, value: f64, unit: &str| {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "\"{name}\" = \"{value} {unit}\"");
        };
        for (door, resistance) in DOORS {
            let name = format!("{door}.resistance");
            set(&name, resistance * self.resistance / adult, "mmHg/(mL/min)");
        }
        for (store, compliance, elastance, knee) in STORES {
            set(&format!("{store}.compliance"), compliance / self.stiffness, "mL/mmHg");
            set(&format!("{store}.elastance_coefficient"), elastance * self.stiffness, "1/mL");
            set(&format!("{store}.knee_width"), knee / self.stiffness, "mL");
        }
        set("venous_lacunae.rest_volume", LACUNAE.0 / self.stiffness, "mL");
        set("venous_lacunae.compliance", LACUNAE.1 / self.stiffness, "mL/mmHg");
        let noises =
            ["vasomotion", "sympathetic_noise", "sinus_node_noise", "breath_noise", "breathing_rate_noise"];
        for (kind, noise) in noises.into_iter().enumerate() {
            set(&format!("{noise}.seed"), (self.number + 1 + 1000 * kind) as f64, "1");
        }
        text
    }

    /// What the sensor makes of a pressure: drift, and noise of a seed.
    pub fn sensed(&self, pressure: &[f64]) -> Vec<f64> {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(self.number as u64 + 1);
        let mut uniform = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
        };
        let noisy = pressure.iter().enumerate().map(|(index, pressure)| {
            let hours = index as f64 / RATE / 3600.0;
            // Box and Muller 1958.
            let normal = (-2.0 * uniform().ln()).sqrt() * (std::f64::consts::TAU * uniform()).cos();
            pressure + self.drift * hours + SENSOR_NOISE * normal
        });
        noisy.collect()
    }
}
