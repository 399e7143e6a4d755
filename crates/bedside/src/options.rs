//! How a recording is to be analysed.

use cisterna_analysis::index::ArterialZero;
use cisterna_infusion::{Dose, Kind as TestKind, Options as Settings, Phase};
use cisterna_recording::{KindMap, ReadError, Recording};

/// How a recording is to be analysed.
#[derive(Clone, Debug)]
pub struct Options {
    /// What channels are, where the guess by name and unit is not right.
    pub kinds: KindMap,
    /// Length of the windows of trends, s.
    pub window: f64,
    /// Where arterial pressure reads zero, for perfusion pressure.
    pub arterial_zero: ArterialZero,
    /// Channels that were recorded upside down: their numbers are taken with the other sign.
    pub reversed: Vec<String>,
    /// What is looked for beside what is excluded.
    pub cleaning: Cleaning,
    /// Intervals that a person marks as artefacts.
    pub excluded: Vec<Marked>,
    /// Intervals in which nothing is an artefact, whatever was found.
    pub trusted: Vec<Marked>,
    /// What is known of an infusion test besides the recording.
    pub test: Test,
}

/// What becomes an artefact besides what a person excludes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cleaning {
    /// What is found, and what the file marks as one.
    #[default]
    Found,
    /// Nothing: a person has gone through the list.
    AsListed,
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
    /// Why, in words; empty where nothing was said.
    pub why: String,
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
            reversed: Vec::new(),
            cleaning: Cleaning::Found,
            excluded: Vec::new(),
            trusted: Vec::new(),
            test: Test::default(),
        }
    }
}

impl Options {
    /// Says which channels are named that the recording does not have.
    pub(crate) fn check(&self, file: &str, recording: &Recording) -> Result<(), ReadError> {
        let marked = self.excluded.iter().chain(&self.trusted).filter_map(|marked| marked.channel.as_deref());
        for name in self.reversed.iter().map(String::as_str).chain(marked) {
            recording.require(file, name)?;
        }
        Ok(())
    }
}

impl Marked {
    /// Whether it speaks of a channel.
    pub(crate) fn is_of(&self, channel: &str) -> bool {
        self.channel.as_deref().is_none_or(|own| own == channel)
    }
}
