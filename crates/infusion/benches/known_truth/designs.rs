//! How a test of each kind is done: what is infused when, and what the laboratory knows of it.

use std::fmt::Write;

use cisterna_infusion::{Dose, Inflow, Kind, Options, Protocol};
use cisterna_recording::{Channel, Recording};

use crate::population::Subject;

/// Samples per second.
pub const RATE: f64 = 20.0;
/// Baseline before anything is infused, s.
pub const BASELINE: f64 = 300.0;
/// How long one rate runs, s: within the 20 to 40 minutes that constant-rate tests take.
const INFUSION: f64 = 1500.0;
/// A resting pressure above which 1 and not 1.5 mL/min is infused, mmHg, as laboratories do.
const HIGH_REST: f64 = 15.0;
/// Pressures held over that at rest, mmHg, and for how long each, s; steps of some mmHg for some minutes, as in Ekstedt 1977.
const HELD: [f64; 3] = [6.0, 12.0, 18.0];
const HELD_FOR: f64 = 600.0;
/// Resistance of the needle through which a pressure is held, mmHg/(mL/min). Assumed: small against every outflow resistance, so
/// that pulse and waves run through it too, as what holds a pressure answers them.
const NEEDLE: f64 = 0.3;
/// Boluses: how many, how far apart (s), mL and s each (Marmarou 1978 gave some millilitres in seconds).
const BOLUSES: (usize, f64, f64, f64) = (4, 480.0, 4.0, 6.0);
/// Withdrawn, mL/min and for so long, s: ten millilitres, as at a diagnostic puncture. Then it is waited, s.
const DRAINED: (f64, f64, f64) = (2.0, 300.0, 3000.0);
/// Steps of a rate, as shares of that of the constant-rate test, and how long each, s.
const STEPS: [f64; 3] = [1.0 / 3.0, 2.0 / 3.0, 1.0];
const STEP: f64 = 700.0;
/// How long the return is recorded, s.
const AFTER: f64 = 300.0;

/// A test as it is done on one subject.
pub struct Design {
    kind: Kind,
    doses: Vec<Dose>,
    seconds: f64,
}

impl Design {
    /// The test of a kind.
    pub fn new(kind: Kind, subject: &Subject) -> Self {
        let rate = if subject.rest() > HIGH_REST { 1.0 } else { 1.5 };
        let dose = |from: f64, seconds: f64, rate: f64| Dose { from, until: from + seconds, rate };
        let after_each = |number: usize, each: f64| BASELINE + number as f64 * each;
        let (doses, after): (Vec<Dose>, f64) = match kind {
            Kind::ConstantRate => (vec![dose(BASELINE, INFUSION, rate)], 0.0),
            // What runs is not known before: the times alone count.
            Kind::ConstantPressure => {
                ((0..HELD.len()).map(|n| dose(after_each(n, HELD_FOR), HELD_FOR, 0.0)).collect(), 0.0)
            }
            Kind::Bolus => {
                let (count, apart, volume, seconds) = BOLUSES;
                let bolus = |n| dose(after_each(n, apart), seconds, 60.0 * volume / seconds);
                ((0..count).map(bolus).collect(), apart - seconds)
            }
            Kind::Drainage => (vec![dose(BASELINE, DRAINED.1, -DRAINED.0)], DRAINED.2),
            Kind::PressureSteps => {
                let step = |(n, share): (usize, &f64)| dose(after_each(n, STEP), STEP, share * rate);
                (STEPS.iter().enumerate().map(step).collect(), AFTER)
            }
        };
        let seconds = doses.last().map_or(BASELINE, |dose| dose.until) + after;
        Design { kind, doses, seconds }
    }

    /// The scenario of the test.
    pub fn scenario(&self, subject: &Subject) -> String {
        let mut text = subject.scenario(self.seconds);
        // Where the pressure is held, it is measured beside the needle.
        let pressure = if self.kind == Kind::ConstantPressure { "lumbar_sac" } else { "vault" };
        let mut channels = format!("\"{pressure}.pressure\", \"sinuses.pressure\"");
        for (number, dose) in self.doses.iter().enumerate() {
            let Dose { from, until, rate } = dose;
            let what = if self.kind == Kind::ConstantPressure {
                // Writing to a string cannot fail.
                let _ = write!(channels, ", \"level_{number}.flow\"");
                let pressure = subject.rest() + HELD[number];
                format!(
                    "infuse = \"lumbar_sac\"\nname = \"level_{number}\"\npressure = \"{pressure} mmHg\"\n\
                     resistance = \"{NEEDLE} mmHg/(mL/min)\""
                )
            } else {
                let way = if *rate < 0.0 { "withdraw" } else { "infuse" };
                format!("{way} = \"lumbar_sac\"\nrate = \"{} mL/min\"", rate.abs())
            };
            let _ = write!(text, "\n[[event]]\nat = \"{from} s\"\nuntil = \"{until} s\"\n{what}\n");
        }
        let _ = write!(text, "\n[record]\nrate = \"{RATE} Hz\"\nchannels = [{channels}]\n");
        text
    }

    /// What a laboratory records of a run, and how it reads that. A pump that holds a pressure tells its rate once a second;
    /// the pressure of the sinus is measured at rest.
    pub fn recorded(&self, subject: &Subject, run: &Recording) -> (Recording, Protocol, Options) {
        let mut recording = Recording::default();
        let mut channel = |name: &str, unit: &str, rate: f64, values: Vec<f64>| {
            recording.channels.push(Channel::new(name, unit, 0.0, rate, values));
        };
        channel("icp", "mmHg", RATE, subject.sensed(&run.channels[0].values));
        let inflow = if self.kind == Kind::ConstantPressure {
            let flows: Vec<&Channel> =
                run.channels.iter().filter(|channel| channel.name.ends_with(".flow")).collect();
            let second = RATE as usize;
            let mean = |from: usize| {
                let all = flows.iter().map(|flow| {
                    let some = &flow.values[from..(from + second).min(flow.values.len())];
                    some.iter().sum::<f64>() / some.len() as f64
                });
                // The flow of canon is in mL/s.
                60.0 * all.sum::<f64>()
            };
            let rates = (0..run.channels[0].values.len()).step_by(second).map(mean).collect();
            channel("pump", "mL/min", 1.0, rates);
            Inflow::Rate("pump".to_owned())
        } else {
            Inflow::Stated(self.doses.clone())
        };
        let sinus = &run.channels[1].values[..(BASELINE * RATE) as usize];
        let venous_pressure = Some(sinus.iter().sum::<f64>() / sinus.len() as f64);
        let protocol = Protocol { kind: self.kind, pressure: "icp".to_owned(), inflow, phases: None };
        (recording, protocol, Options { venous_pressure, ..Options::default() })
    }
}
