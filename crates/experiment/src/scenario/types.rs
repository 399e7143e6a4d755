//! What a scenario says, every name resolved and every number in canonical units.

use std::path::PathBuf;
use std::sync::Arc;

use cisterna_analysis::{Statistic, Window};
use cisterna_fluid::{Address, Observable, Spline};
use cisterna_model::Model;
use cisterna_model::document::Text;
use cisterna_recording::Reference;

use super::injection::Injection;

/// What is done to a model, what is recorded of it and what is measured on the recording.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its title.
    pub title: String,
    /// One or two lines that say what it shows.
    pub summary: String,
    /// Name or path of the model document.
    pub subject: String,
    /// Hypotheses that are switched on.
    pub hypotheses: Vec<String>,
    /// The conditions that are laid on: restrictions, strain patterns and the like.
    pub conditions: Vec<String>,
    /// The model, with the values that the scenario sets and the lines that it lays.
    pub model: Model,
    /// How long is recorded, s.
    pub duration: f64,
    /// How long is run before time zero without being recorded, s.
    pub settle: f64,
    /// The posture at the start.
    pub up: Up,
    /// The angle by which each segment of the model is bent forwards at the start, rad.
    pub bends: Vec<f64>,
    /// States of signals with which the run begins, by the names of their unknowns: where another run ended, or a course. All
    /// else is sought beside them.
    pub state: Vec<(String, f64)>,
    /// What changes, in order of time; changes of one parameter don't overlap.
    pub changes: Vec<Event>,
    /// What is recorded.
    pub probes: Vec<Probe>,
    /// Samples per second.
    pub rate: f64,
    /// What is injected or withdrawn: one for every line that an event lays.
    pub injections: Vec<Injection>,
    /// What is measured on the recording.
    pub measures: Vec<Measure>,
    /// Relative tolerance of the solver.
    pub tolerance: f64,
    /// The longest step of the solver, s, where it is limited.
    pub max_step: Option<f64>,
    /// What a reader of the results must know, such as a recording that was replaced.
    pub notes: Vec<String>,
    /// Hash of the scenario's text, hexadecimal.
    pub text_hash: String,
    /// Where it was read.
    pub(crate) source: Source,
}

/// Where a scenario was read.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// Its text.
    pub text: Arc<Text>,
    /// The folder beside which its files lie.
    pub folder: Option<PathBuf>,
}

/// The direction of "up" in the body's frame (right, forward, up) times gravity over standard gravity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Up(pub [f64; 3]);

/// Something that happens.
#[derive(Clone, Debug)]
pub struct Event {
    /// What a reader sees, for example "head up"; none for a part of a manoeuvre.
    pub label: Option<String>,
    /// Its beginning, s.
    pub start: f64,
    /// Its end, s; equal to the start for a jump.
    pub end: f64,
    /// What it does.
    pub effect: Effect,
}

/// What an event does.
#[derive(Clone, Debug)]
pub enum Effect {
    /// The body turns from start to end.
    Posture {
        /// Where it is then.
        to: Up,
        /// The angle by which each segment of the model is bent forwards then, rad.
        bends: Vec<f64>,
    },
    /// A manoeuvre goes on from start to end; what it changes stands in events without a label.
    Manoeuvre {
        /// Its name.
        name: String,
    },
    /// A parameter changes: a ramp from start to end, or a jump.
    Parameter {
        /// The parameter.
        address: Address,
        /// Its value then, canonical unit.
        to: f64,
    },
    /// A parameter follows a recorded signal.
    Drive {
        /// The parameter.
        address: Address,
        /// The signal over the time of the run, canonical unit.
        signal: Arc<Spline>,
    },
}

/// A channel that is recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct Probe {
    /// The name of the channel.
    pub name: String,
    /// What a reader sees.
    pub label: String,
    /// The unit that is shown.
    pub unit: String,
    /// What a canonical value is multiplied by to be in `unit`.
    pub scale: f64,
    /// What is recorded.
    pub observable: Observable,
    /// For a pressure: where it is measured and against what.
    pub reference: Option<Reference>,
}

/// A number that is taken of the recording.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// Its name, unique in the scenario.
    pub id: String,
    /// What a reader sees.
    pub label: String,
    /// How it is taken.
    pub taken: Taken,
    /// The unit in which the result is shown.
    pub unit: String,
    /// The published value to compare with.
    pub published: Option<Published>,
}

/// How a number is taken.
#[derive(Clone, Debug, PartialEq)]
pub enum Taken {
    /// By a statistic of a channel.
    Statistic {
        /// What is computed.
        statistic: Statistic,
        /// The channel: the name of a probe.
        channel: String,
        /// The second channel, for statistics that compare two.
        other: Option<String>,
        /// The window that is looked at.
        window: Window,
        /// The window to compare with, for statistics that compare two.
        baseline: Option<Window>,
    },
    /// By comparing two measures of the scenario that stand before it.
    Comparison {
        /// How they are compared.
        form: Comparison,
        /// Their places among the measures.
        of: [usize; 2],
    },
}

/// How two measures are compared; differences are those of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// The first less the second.
    Difference,
    /// The first over the second.
    Ratio,
    /// The first over the second, less one.
    RelativeDifference,
}

impl Comparison {
    /// All of them.
    pub const ALL: [Comparison; 3] =
        [Comparison::Difference, Comparison::Ratio, Comparison::RelativeDifference];

    /// The key that documents use for it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Comparison::Difference => "difference",
            Comparison::Ratio => "ratio",
            Comparison::RelativeDifference => "relative_difference",
        }
    }
}

/// A published value.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// The value, in `unit`.
    pub value: Option<f64>,
    /// The lower end of the published range, in `unit`.
    pub low: Option<f64>,
    /// The upper end of the published range, in `unit`.
    pub high: Option<f64>,
    /// The unit as published.
    pub unit: String,
    /// What kind of statement it is.
    pub kind: Kind,
    /// The key of its source.
    pub source: String,
    /// What a reader must know about it.
    pub note: String,
    /// Why the model is known to miss it, where it is.
    pub known_miss: Option<String>,
}

/// What kind of statement a published value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A measured number with its spread.
    Measured,
    /// Something that is there or not.
    YesOrNo,
    /// A number measured in animals, beside which the model of a human body stands.
    Animal,
    /// A result of a published model, integrated again.
    Regression,
    /// What practice teaches.
    Taught,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 5] = [Kind::Measured, Kind::YesOrNo, Kind::Animal, Kind::Regression, Kind::Taught];

    /// The words that documents and tables use for it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Kind::Measured => "measured",
            Kind::YesOrNo => "yes or no",
            Kind::Animal => "animal",
            Kind::Regression => "regression",
            Kind::Taught => "taught",
        }
    }
}
