//! What comes of an analysis.

use serde::{Deserialize, Serialize};

use crate::protocol::{Dose, Kind, Phase};

/// The analysis of one test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// What kind of test it is.
    pub kind: Kind,
    /// The channel of the pressure.
    pub pressure: String,
    /// Share of its samples that are valid.
    pub valid: f64,
    /// The phases.
    pub phases: Vec<Phase>,
    /// What was infused, in few steps.
    pub doses: Vec<Dose>,
    /// Whether that was stated, and not recorded.
    pub stated: bool,
    /// What the model was fitted to: beginning and end, s.
    pub span: [f64; 2],
    /// The figures, in a fixed order.
    pub figures: Vec<Figure>,
    /// The course that was fitted.
    pub course: Fitted,
    /// What the residuals are made of.
    pub noise: Noise,
    /// What a reader must know: a test that was too short, what it does not determine.
    pub remarks: Vec<String>,
}

/// A figure, or why there is none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Its name, for example `dynamic_resistance`.
    pub id: String,
    /// What a reader sees.
    pub label: String,
    /// Its value, in `unit`; none where `reason` says why.
    pub value: Option<f64>,
    /// The 95 % interval; an end that the data do not bound is none.
    pub interval: Option<[Option<f64>; 2]>,
    /// Its unit.
    pub unit: String,
    /// How it is defined.
    pub definition: String,
    /// Where that is published.
    pub source: String,
    /// Why there is no value.
    pub reason: Option<String>,
}

/// A fitted course, window by window.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Fitted {
    /// Middles of the windows, s.
    pub times: Vec<f64>,
    /// Measured means, mmHg.
    pub measured: Vec<f64>,
    /// Means of the model, mmHg.
    pub fitted: Vec<f64>,
    /// Measured less fitted, mmHg.
    pub residuals: Vec<f64>,
}

/// What residuals are made of, as standard deviations of windows in mmHg.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Noise {
    /// Noise that does not hang together: sensor, what is left of pulse and breath.
    pub white: f64,
    /// Slow waves, at rest.
    pub slow_waves: f64,
    /// Over how long they hang together, s.
    pub memory: f64,
    /// How far the course walks off by itself in half an hour: drift, tissue that yields, whatever the model lacks.
    pub drift: f64,
}

impl Report {
    /// The figure of that name.
    ///
    /// Names are `resting_pressure`, `plateau_pressure`, `static_resistance`, `static_resistance_without_rest`,
    /// `dynamic_resistance`, `steady_resistance`, `elastance_at_rest`, `elastance_coefficient`, `pressure_volume_index`, `reference_pressure` and
    /// `formation`; where volume came or went at once, also `bolus_pressure_volume_index` and `bolus_resistance`.
    #[must_use]
    pub fn figure(&self, id: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.id == id)
    }

    /// The mean pressure over a phase, mmHg; none where the fit saw nothing of it.
    #[must_use]
    pub fn pressure_over(&self, phase: &Phase) -> Option<f64> {
        let inside = |time: &f64| (phase.from..phase.until).contains(time);
        let windows = self.course.times.iter().zip(&self.course.measured);
        let (sum, count) = windows
            .filter(|(time, _)| inside(time))
            .fold((0.0, 0.0), |(sum, count), (_, mean)| (sum + mean, count + 1.0));
        (count > 0.0).then(|| sum / count)
    }

    /// The mean of what was infused over a phase, mL/min.
    #[must_use]
    pub fn rate_over(&self, phase: &Phase) -> f64 {
        let part =
            |dose: &Dose| dose.rate * (dose.until.min(phase.until) - dose.from.max(phase.from)).max(0.0);
        self.doses.iter().map(part).sum::<f64>() / (phase.until - phase.from)
    }

    /// By what outflow resistance and stiffness of this test differ from those of another, for example of the same test done
    /// on a simulated adult: where a fit of the full subject may begin. The resistance that allows for slow tissue goes before
    /// the one that does not, the same of both tests. None where either lacks a figure.
    #[must_use]
    pub fn factors_over(&self, other: &Report) -> Option<Factors> {
        let ratio = |id: &str| Some(self.figure(id)?.value? / other.figure(id)?.value?);
        let pressure = |report: &Report| report.figure("resting_pressure")?.value;
        Some(Factors {
            resistance: ratio("steady_resistance").or_else(|| ratio("dynamic_resistance"))?,
            elastance: ratio("elastance_at_rest")?,
            resting_pressure: pressure(self)? - pressure(other)?,
        })
    }
}

/// Starting values for a fit of a full subject.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Factors {
    /// Outflow resistance over that of the other.
    pub resistance: f64,
    /// Elastance at rest over that of the other.
    pub elastance: f64,
    /// Resting pressure less that of the other, mmHg.
    pub resting_pressure: f64,
}
