//! How a recording is to be analysed.

use cisterna_analysis::index::ArterialZero;
use cisterna_infusion::{Dose, Kind as TestKind, Options as Settings, Phase};
use cisterna_recording::KindMap;

/// How a recording is to be analysed.
#[derive(Clone, Debug)]
pub struct Options {
    /// What channels are, where the guess by name and unit is not right.
    pub kinds: KindMap,
    /// Length of the windows of trends, s.
    pub window: f64,
    /// Where arterial pressure reads zero, for perfusion pressure.
    pub arterial_zero: ArterialZero,
    /// Intervals that a person marks as artefacts.
    pub excluded: Vec<Marked>,
    /// Intervals in which nothing is an artefact, whatever was found.
    pub trusted: Vec<Marked>,
    /// What is known of an infusion test besides the recording.
    pub test: Test,
}

/// An interval of one channel, or of all.
#[derive(Clone, Debug, PartialEq)]
pub struct Marked {
    /// The channel; all where none is named.
    pub channel: Option<String>,
    /// Its beginning, s.
    pub from: f64,
    /// Its end, s.
    pub to: f64,
}

/// What is known of an infusion test besides the recording.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Test {
    /// Its kind; recognised where none is stated.
    pub kind: Option<TestKind>,
    /// What was infused, in order of time; read from a channel where nothing is stated.
    pub doses: Vec<Dose>,
    /// Its phases; found where none are given.
    pub phases: Option<Vec<Phase>>,
    /// How it is analysed.
    pub settings: Settings,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            kinds: KindMap::default(),
            // Ten seconds: the means of which RAP and PRx are made (Czosnyka 1997).
            window: 10.0,
            arterial_zero: ArterialZero::Meatus,
            excluded: Vec::new(),
            trusted: Vec::new(),
            test: Test::default(),
        }
    }
}

impl Marked {
    /// Whether it speaks of a channel.
    pub(crate) fn is_of(&self, channel: &str) -> bool {
        self.channel.as_deref().is_none_or(|own| own == channel)
    }
}
