//! What was done in a test, and how it is to be analysed.

use serde::{Deserialize, Serialize};

/// A test: what was recorded, what was infused, and in which phases.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Protocol {
    /// What kind of test it is.
    pub kind: Kind,
    /// The channel of the intracranial (or lumbar) pressure, in mmHg.
    pub pressure: String,
    /// What was infused.
    pub inflow: Inflow,
    /// Its phases, where they are not to be found from the data.
    #[serde(default)]
    pub phases: Option<Vec<Phase>>,
}

/// The kinds of tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One rate until the pressure is steady (Katzman and Hussey 1970, Neurology 20:534).
    ConstantRate,
    /// The pressure is held at one or more levels by what is infused (Ekstedt 1977, J Neurol Neurosurg Psychiatry 40:105).
    ConstantPressure,
    /// Small volumes at once (Marmarou 1978, J Neurosurg 48:332).
    Bolus,
    /// Fluid is withdrawn.
    Drainage,
    /// Several rates one after the other.
    PressureSteps,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 5] =
        [Kind::ConstantRate, Kind::ConstantPressure, Kind::Bolus, Kind::Drainage, Kind::PressureSteps];

    /// Its name in documents.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::ConstantRate => "constant_rate",
            Kind::ConstantPressure => "constant_pressure",
            Kind::Bolus => "bolus",
            Kind::Drainage => "drainage",
            Kind::PressureSteps => "pressure_steps",
        }
    }
}

/// What was infused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inflow {
    /// A channel of the rate, in mL/min, mL/s or mL/h; negative where fluid is withdrawn.
    Rate(String),
    /// A channel of the volume infused so far, in mL.
    Volume(String),
    /// As stated, in order of time; nothing flows between the doses.
    Stated(Vec<Dose>),
}

/// A rate that goes on for some time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dose {
    /// Its beginning, s on the clock of the recording.
    pub from: f64,
    /// Its end, s.
    pub until: f64,
    /// The rate, mL/min; negative where fluid is withdrawn.
    pub rate: f64,
}

/// A part of a test.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Phase {
    /// What it is.
    pub part: Part,
    /// Its beginning, s.
    pub from: f64,
    /// Its end, s.
    pub until: f64,
}

/// The parts of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Rest before anything is infused.
    Baseline,
    /// From the first dose until the plateau, or until the infusion ends.
    Infusion,
    /// From one dose to the next, until its plateau.
    Transition,
    /// The pressure is steady under a dose.
    Plateau,
    /// Nothing is infused any more, or not yet again.
    After,
}

impl Part {
    /// All parts.
    pub const ALL: [Part; 5] = [Part::Baseline, Part::Infusion, Part::Transition, Part::Plateau, Part::After];

    /// Its name in documents.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Part::Baseline => "baseline",
            Part::Infusion => "infusion",
            Part::Transition => "transition",
            Part::Plateau => "plateau",
            Part::After => "after",
        }
    }
}

/// How a test is analysed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// Length of the windows over which the pressure is averaged, s. Two breaths or more, so that pulse and breath go.
    pub window: f64,
    /// The least share of valid samples in a window.
    pub least_valid: f64,
    /// How much of the end of a dose is looked at for a plateau, s.
    pub plateau: f64,
    /// Pressure that the fluid flows out against (sagittal sinus), mmHg, where it was measured; gives the formation.
    pub venous_pressure: Option<f64>,
    /// The reference pressure, mmHg, where it is to be held and not found.
    pub reference_pressure: Option<f64>,
    /// Whether the time after a constant-rate infusion is fitted too. Tissue yields meanwhile, so that it often runs off the rise
    /// (an elastance coefficient of 0.24 in the rise and 0.14 in the fall in one series of patients).
    pub fit_after: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            // Assumed: two or three breaths at rest.
            window: 10.0,
            // Assumed: of a window on a rise, a fifth missing moves its mean by less than the noise.
            least_valid: 0.8,
            // Assumed: long beside slow waves of half a minute to two minutes.
            plateau: 300.0,
            venous_pressure: None,
            reference_pressure: None,
            fit_after: false,
        }
    }
}
