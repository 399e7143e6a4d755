//! The one type that simulations write, files are read into, and all analysis works on.

use serde::{Deserialize, Serialize};

use crate::error::{Place, ReadError, nearest};

/// Named channels on one clock, with marks, facts and provenance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recording {
    /// What was recorded, in one line.
    pub title: String,
    /// The channels, in the order in which they were written.
    pub channels: Vec<Channel>,
    /// Intervals with a meaning: beats, breaths, events, artefacts.
    pub marks: Vec<Mark>,
    /// Single numbers that belong to the whole recording (the ledger of doors, body height, ...).
    pub facts: Vec<Fact>,
    /// How it came about: key and text (program, version, model, scenario, hash, CPU level, hypotheses, ...).
    pub provenance: Vec<(String, String)>,
}

/// One signal, sampled evenly.
#[derive(Clone, Debug, PartialEq)]
pub struct Channel {
    /// Its name, for example `vault.pressure`.
    pub name: String,
    /// What a reader sees, for example "Intracranial pressure".
    pub label: String,
    /// The unit, for example `mmHg`.
    pub unit: String,
    /// Time of the first sample, s.
    pub start: f64,
    /// Samples per second.
    pub rate: f64,
    /// The samples; NaN where nothing was recorded (a gap).
    pub values: Vec<f64>,
    /// For a pressure: where it is measured and against what.
    pub reference: Option<Reference>,
    /// Whether the number is measured physiology or needs a hypothesis.
    pub basis: Basis,
}

/// Where a pressure is measured and against what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reference {
    /// The site of the sensor, for example "lateral ventricle".
    pub site: String,
    /// The level at which it reads zero, for example "external auditory meatus".
    pub zero_level: String,
    /// The reference pressure, usually "atmosphere".
    pub against: String,
}

/// On what a number rests.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// A real recording.
    Recorded,
    /// Computed from measured physiology and assumptions marked as such.
    #[default]
    Model,
    /// Computed under the named hypotheses.
    Hypothesis(Vec<String>),
}

/// An interval with a meaning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// What it is.
    pub kind: MarkKind,
    /// Its beginning, s.
    #[serde(with = "crate::number")]
    pub start: f64,
    /// Its end, s; equal to the start for a moment.
    #[serde(with = "crate::number")]
    pub end: f64,
    /// What a reader sees, for example "tilt to 60 deg".
    pub label: String,
}

/// What a mark means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    /// One heart beat, from onset to onset.
    Beat,
    /// One breath, from the start of inspiration to the next.
    Breath,
    /// Something that the scenario did.
    Event,
    /// Data that should not be trusted, with its reason as the label.
    Artefact,
    /// Nothing was recorded.
    Gap,
}

/// A single number that belongs to the whole recording.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// Its name, for example `ledger.formation`.
    pub name: String,
    /// The value.
    #[serde(with = "crate::number")]
    pub value: f64,
    /// Its unit.
    pub unit: String,
}

impl Recording {
    /// The channel called `name`.
    ///
    /// ```
    /// # use cisterna_recording::{Channel, Recording};
    /// let mut recording = Recording::default();
    /// recording.channels.push(Channel::new("vault.pressure", "mmHg", 0.0, 100.0, vec![9.5, 9.6]));
    /// assert!(recording.channel("vault.pressure").is_some());
    /// ```
    pub fn channel(&self, name: &str) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.name == name)
    }

    /// The channel called `name`, or an error about `file` that lists the channels and the name most like it.
    pub fn require(&self, file: &str, name: &str) -> Result<&Channel, ReadError> {
        self.channel(name).ok_or_else(|| {
            let names = || self.channels.iter().map(|channel| channel.name.as_str());
            let hint = nearest(name, names()).map(|near| format!("; did you mean `{near}`?"));
            let listed = names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            ReadError::new(
                file,
                Place::File,
                format!("no channel is called `{name}`"),
                if listed.is_empty() { "the file has no channels".to_owned() } else { listed }
                    + &hint.unwrap_or_default(),
            )
        })
    }

    /// The marks of one kind, in order of time.
    pub fn marks_of(&self, kind: MarkKind) -> impl Iterator<Item = &Mark> {
        self.marks.iter().filter(move |mark| mark.kind == kind)
    }

    /// The earliest start and the latest end of any channel, s; zero and zero without channels.
    pub fn span(&self) -> (f64, f64) {
        let start = self.channels.iter().map(|c| c.start).reduce(f64::min).unwrap_or(0.0);
        let end = self.channels.iter().map(Channel::end).reduce(f64::max).unwrap_or(start);
        (start, end)
    }
}

impl Channel {
    /// A channel whose label is its name, with no reference level, from the model.
    pub fn new(name: &str, unit: &str, start: f64, rate: f64, values: Vec<f64>) -> Self {
        Channel {
            name: name.to_owned(),
            label: name.to_owned(),
            unit: unit.to_owned(),
            start,
            rate,
            values,
            reference: None,
            basis: Basis::Model,
        }
    }

    /// All of it but its samples.
    #[must_use]
    pub fn without_samples(&self) -> Self {
        Channel {
            name: self.name.clone(),
            label: self.label.clone(),
            unit: self.unit.clone(),
            start: self.start,
            rate: self.rate,
            values: Vec::new(),
            reference: self.reference.clone(),
            basis: self.basis.clone(),
        }
    }

    /// Time of sample `index`, s.
    pub fn time(&self, index: usize) -> f64 {
        self.start + index as f64 / self.rate
    }

    /// Time of the last sample, s; the start of an empty channel.
    pub fn end(&self) -> f64 {
        self.time(self.values.len().saturating_sub(1))
    }

    /// The samples at times `from <= t < to` (s), with the time of the first of them.
    pub fn window(&self, from: f64, to: f64) -> (f64, &[f64]) {
        let index = |t: f64| {
            let raw = ((t - self.start) * self.rate - 1e-9).ceil();
            (raw.max(0.0) as usize).min(self.values.len())
        };
        let (first, last) = (index(from), index(to));
        (self.time(first), &self.values[first..last.max(first)])
    }
}
