//! A visit: evaluation, techniques in their order with what they free, and re-evaluation.

use std::path::Path;

use cisterna_experiment::Outcome;
use cisterna_model::Problems;
use cisterna_recording::Recording;
use cisterna_skeleton::taught::Moved;

use crate::compile::{Begin, Hypotheses, Stage};
use crate::document::Session;
use crate::felt::{Feeler, Felt, Judged};
use crate::joints::JointTest;
use crate::maker::Maker;
use crate::restriction::Restriction;
use crate::technique::Technique;

/// What came of a session.
#[derive(Clone, Debug)]
pub struct Visit {
    /// What was to be done.
    pub session: Session,
    /// What was there before.
    pub before: Findings,
    /// What each technique did.
    pub done: Vec<Done>,
    /// What was there after.
    pub after: Findings,
    /// The restrictions with how much of each was there before and after.
    pub restrictions: Vec<Left>,
    /// How long it was in the session's time, s.
    pub time: f64,
    /// How much of that was simulated, s.
    pub simulated: f64,
}

/// What an evaluation finds.
#[derive(Clone, Debug)]
pub struct Findings {
    /// The run.
    pub stage: Stage,
    /// What was measured of it.
    pub outcomes: Vec<Outcome>,
    /// Its recording.
    pub recording: Recording,
    /// The states that go on from its end, by name, in canonical units: arousal, hormones and the like; empty where the subject
    /// has none.
    pub state: Vec<(String, f64)>,
    /// The joints that were tested.
    pub joints: Vec<JointTest>,
    /// What the practitioner felt at each station.
    pub felt: Vec<Felt>,
    /// What the practitioner said of each joint; none where hands do not reach it.
    pub judged: Vec<Option<Judged>>,
}

/// What a technique did.
#[derive(Clone, Debug)]
pub struct Done {
    /// The technique.
    pub technique: Technique,
    /// The run.
    pub stage: Stage,
    /// What was measured of it.
    pub outcomes: Vec<Outcome>,
    /// Its recording.
    pub recording: Recording,
    /// The states that go on from its end, as of [`Findings`].
    pub state: Vec<(String, f64)>,
    /// How every bone lies after minutes of its first hands.
    pub moved: Vec<Moved>,
    /// How much of each restriction that it works on was there before and after.
    pub freed: Vec<Left>,
    /// When it began and ended, s of the session.
    pub span: (f64, f64),
}

/// How much of a restriction was there before and after, from one to none.
#[derive(Clone, Debug, PartialEq)]
pub struct Left {
    /// The restriction.
    pub name: String,
    /// What it is.
    pub summary: String,
    /// Before.
    pub before: f64,
    /// After.
    pub after: f64,
    /// Whether there may be more or less of it at all.
    pub gradual: bool,
    /// The joints, membranes or signals in which it lies.
    pub items: Vec<String>,
}

impl Left {
    pub(crate) fn of(restriction: &Restriction, before: f64, after: f64) -> Self {
        Left {
            name: restriction.name.clone(),
            summary: restriction.summary.clone(),
            before,
            after,
            gradual: restriction.is_gradual(),
            items: restriction.items().map(str::to_owned).collect(),
        }
    }
}

/// Why there is no visit.
#[derive(Debug)]
pub enum VisitError {
    /// Something in the documents.
    Documents(Problems),
    /// A run that could not be made.
    Run(String),
    /// Whoever watched ended it.
    Interrupted,
}

impl From<Problems> for VisitError {
    fn from(problems: Problems) -> Self {
        VisitError::Documents(problems)
    }
}

impl std::fmt::Display for VisitError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            VisitError::Documents(problems) => write!(f, "{problems}"),
            VisitError::Run(reason) => write!(f, "{reason}"),
            VisitError::Interrupted => write!(f, "interrupted"),
        }
    }
}

impl std::error::Error for VisitError {}

/// Where a visit stands, told to whoever watches it.
#[derive(Clone, Copy, Debug)]
pub struct Stand<'a> {
    /// What goes on.
    pub stage: &'a str,
    /// Which stage it is, from nought, and how many there are.
    pub stages: (usize, usize),
    /// How far it is.
    pub share: f64,
}

/// How a visit is made.
#[derive(Clone, Copy, Debug)]
pub struct Manner<'a> {
    /// Whether hypotheses are laid on.
    pub hypotheses: Hypotheses,
    /// Whether each technique is run with sutures as soft and as stiff as is published, too.
    pub spread: Spreading,
    /// The folder into which the documents of each stage are written; none writes nothing.
    pub folder: Option<&'a Path>,
}

/// Whether runs are made with their spread over sutures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spreading {
    /// Stated sutures, soft and stiff ones, and bone that does not bend.
    Four,
    /// As stated only.
    One,
}

impl Session {
    /// Makes the visit. `watch` hears where it stands and answers whether to go on.
    ///
    /// # Errors
    /// What is wrong with its documents, a run that cannot be made, and the watcher's no.
    pub fn visit(
        &self,
        manner: Manner<'_>,
        watch: &mut dyn FnMut(Stand<'_>) -> bool,
    ) -> Result<Visit, VisitError> {
        Maker::new(self, manner)?.make(None, watch)
    }

    /// The documents of its techniques, with every restriction as at intake; nothing is run.
    ///
    /// # Errors
    /// What is wrong with its documents.
    pub fn stages(&self, hypotheses: Hypotheses) -> Result<Vec<Stage>, VisitError> {
        let maker = Maker::new(self, Manner { hypotheses, spread: Spreading::One, folder: None })?;
        let begin = Begin::default();
        let compiled = |(number, step)| maker.compiler().technique(number + 1, step, &begin);
        Ok(self.steps.iter().enumerate().map(compiled).collect::<Result<Vec<_>, _>>()?)
    }

    /// The same after an evaluation that has been made.
    pub(crate) fn visit_from(
        &self,
        before: &Findings,
        manner: Manner<'_>,
        watch: &mut dyn FnMut(Stand<'_>) -> bool,
    ) -> Result<Visit, VisitError> {
        Maker::new(self, manner)?.make(Some(before), watch)
    }
}

impl Visit {
    /// Whether a restriction of this joint was put into the subject.
    #[must_use]
    pub fn put_in(&self, joint: &str) -> bool {
        self.restrictions.iter().any(|left| left.items.iter().any(|item| item == joint))
    }
}

impl Findings {
    /// The stations of two sides that were both listened to, and whether what is felt of them differs beyond chance.
    #[must_use]
    pub fn sides(&self) -> Vec<(&str, &str, bool)> {
        let other = |felt: &Felt| {
            let name = format!("right_{}", felt.station.strip_prefix("left_")?);
            self.felt.iter().find(|other| other.station == name)
        };
        let pairs = self.felt.iter().filter_map(|felt| Some((felt, other(felt)?)));
        let compared = pairs.filter_map(|(left, right)| {
            let found = cisterna_touch::symmetry(left.finding.as_ref()?, right.finding.as_ref()?)?;
            Some((left.station.as_str(), right.station.as_str(), found.differs))
        });
        compared.collect()
    }

    /// Lets the practitioner of a session feel it, with a seed of chance.
    ///
    /// # Errors
    /// Where a station cannot be felt.
    pub fn feel(&mut self, session: &Session, seed: u64) -> Result<(), VisitError> {
        let wrong = |error: cisterna_touch::TouchError| VisitError::Run(format!("what hands feel: {error}"));
        let feeler = Feeler::of(&session.practitioner, seed).map_err(wrong)?;
        self.felt = feeler.stations(&self.recording, &session.evaluation.stations).map_err(wrong)?;
        self.judged = self.joints.iter().map(|test| feeler.joint(test)).collect();
        Ok(())
    }
}
