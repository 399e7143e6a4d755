//! What each channel is, and what is asked of it.

use cisterna_analysis::{Plausible, Role};
use cisterna_quantity::{Dimension, parse_unit_of};
use cisterna_recording::{Channel, Guess, Kind, KindMap};

use crate::options::Options;

/// A channel with what it is.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// Its name.
    pub name: String,
    /// Its unit as it came.
    pub came_in: String,
    /// The unit in which it is analysed.
    pub unit: String,
    /// What a sample is multiplied by.
    pub factor: f64,
    /// Samples a second.
    pub rate: f64,
    /// What it is.
    pub kind: Kind,
    /// Why it is taken for that.
    pub why: String,
    /// What is asked of it.
    pub role: Role,
    /// What must be known of it.
    pub notes: Vec<String>,
}

/// What of a pressure its unit allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pressure {
    /// It is one.
    Calibrated,
    /// Its unit is none of pressure: nothing in mmHg can be said.
    Uncalibrated,
}

/// The slowest sampling at which a pulse can be told, 1/s.
const PULSE_RATE: f64 = 20.0;

impl Plan {
    /// What `channel` is, and how it is analysed as `options` say.
    pub fn of(channel: &Channel, options: &Options) -> Self {
        let mut plan = Plan::upright(channel, &options.kinds);
        if options.reversed.contains(&channel.name) {
            plan.factor = -plan.factor;
            plan.notes
                .push("was recorded upside down, as you said: its numbers have the other sign".to_owned());
        }
        plan
    }

    fn upright(channel: &Channel, kinds: &KindMap) -> Self {
        let Guess { kind, reason: why } = kinds.kind_of(channel);
        let mut plan = Plan {
            name: channel.name.clone(),
            came_in: channel.unit.clone(),
            unit: channel.unit.clone(),
            factor: 1.0,
            rate: channel.rate,
            kind,
            why,
            role: Role::Level,
            notes: Vec::new(),
        };
        let calibrated = match parse_unit_of(&channel.unit, Dimension::PRESSURE) {
            Ok(unit) if is_pressure(kind) && channel.unit != "mmHg" => {
                plan.factor = unit.to_canonical(1.0);
                plan.unit = "mmHg".to_owned();
                plan.notes.push(format!("{} was turned into mmHg", channel.unit));
                Pressure::Calibrated
            }
            Ok(_) => Pressure::Calibrated,
            Err(_) => Pressure::Uncalibrated,
        };
        if is_pressure(kind) && calibrated == Pressure::Uncalibrated {
            plan.notes.push(format!(
                "its unit `{}` is none of pressure: no index in mmHg is made of it",
                channel.unit
            ));
        }
        plan.role = role(kind, calibrated, channel.rate);
        if channel.rate < PULSE_RATE && has_pulse(kind) {
            plan.notes.push(format!("at {} samples a second no pulse can be told", channel.rate));
        }
        plan
    }

    /// Whether it is a pressure in mmHg.
    pub fn is_in_mmhg(&self) -> bool {
        is_pressure(self.kind) && self.unit == "mmHg"
    }

    /// Whether a pulse is looked for in it.
    pub fn has_pulse(&self) -> bool {
        matches!(self.role, Role::Pulse(_))
    }
}

fn is_pressure(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::IntracranialPressure
            | Kind::LumbarPressure
            | Kind::ArterialPressure
            | Kind::PerfusionPressure
            | Kind::CentralVenousPressure
            | Kind::PulmonaryPressure
    )
}

fn has_pulse(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::IntracranialPressure
            | Kind::LumbarPressure
            | Kind::ArterialPressure
            | Kind::PulmonaryPressure
            | Kind::FlowVelocity
            | Kind::Plethysmogram
    )
}

fn role(kind: Kind, pressure: Pressure, rate: f64) -> Role {
    let plausible = match (kind, pressure) {
        (Kind::IntracranialPressure | Kind::LumbarPressure, Pressure::Calibrated) => Plausible::INTRACRANIAL,
        (Kind::ArterialPressure, Pressure::Calibrated) => Plausible::ARTERIAL,
        _ => Plausible::ANYTHING,
    };
    match kind {
        _ if rate < PULSE_RATE && kind != Kind::Respiration => Role::Level,
        _ if has_pulse(kind) => Role::Pulse(plausible),
        Kind::Electrocardiogram => Role::Electrocardiogram,
        Kind::Respiration => Role::Respiration,
        _ => Role::Level,
    }
}
