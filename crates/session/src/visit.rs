//! A visit: evaluation, techniques in their order with what they free, and re-evaluation.

use std::path::Path;

use cisterna_experiment::{Outcome, Progress, Run, RunError, Scenario, run, run_with_spread};
use cisterna_model::{Library, Model, Problem, Problems};
use cisterna_recording::Recording;
use cisterna_skeleton::taught::Moved;

use crate::compile::{Compiler, Hypotheses, Stage};
use crate::document::Session;
use crate::felt::{Feeler, Felt, Judged};
use crate::joints::{JointTest, test_joints};
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
    fn of(restriction: &Restriction, before: f64, after: f64) -> Self {
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
        let compiled = |(number, step)| maker.compiler().technique(number + 1, step, 0.0);
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

struct Maker<'a> {
    session: &'a Session,
    manner: Manner<'a>,
    /// The subject with hypotheses and without restrictions.
    healthy: Model,
    restrictions: Vec<Restriction>,
    simulated: f64,
}

impl<'a> Maker<'a> {
    fn new(session: &'a Session, manner: Manner<'a>) -> Result<Self, VisitError> {
        let library = Library::embedded();
        let laid_on: Vec<&str> = match manner.hypotheses {
            Hypotheses::On => session.hypotheses.iter().map(String::as_str).collect(),
            Hypotheses::Off => Vec::new(),
        };
        let releases: Vec<&str> =
            laid_on.iter().copied().filter(|name| name.contains("release_by_")).collect();
        if releases.len() > 1 {
            let message = format!("there is one law of release at a time, not {}", releases.join(" and "));
            return Err(Problems::from(Problem::of_file(&session.name, message)).into());
        }
        let healthy = Model::from_library(&library, &session.subject, &laid_on)?;
        if session.stress.is_some() && healthy.observable("stressor").is_err() {
            let message = format!("`stress` is given, but `{}` has none", session.subject);
            let help = "take a subject under stress, as `subjects/adult_with_bones_under_stress`";
            return Err(Problems::from(Problem::of_file(&session.name, message).help(help)).into());
        }
        let restrictions = session.restrictions.iter().map(|name| Restriction::of(name, &library, &healthy));
        let restrictions = restrictions.collect::<Result<_, _>>()?;
        Ok(Maker { session, manner, healthy, restrictions, simulated: 0.0 })
    }

    fn compiler(&self) -> Compiler<'_> {
        Compiler { session: self.session, healthy: &self.healthy, restrictions: &self.restrictions }
    }

    fn make(
        mut self,
        before: Option<&Findings>,
        watch: &mut dyn FnMut(Stand<'_>) -> bool,
    ) -> Result<Visit, VisitError> {
        let session = self.session;
        let all = session.steps.len() + 2;
        // Every station is listened to in turn, then the joints are tested.
        let listening = session.evaluation.time * session.evaluation.stations.len().max(1) as f64;
        let before = match before {
            Some(before) => before.clone(),
            None => self.findings(0, all, "evaluation", 0.0, watch)?,
        };
        let mut time = listening;
        let mut done = Vec::new();
        for number in 0..session.steps.len() {
            let own = self.technique(number, all, time, watch)?;
            time = own.span.1;
            done.push(own);
        }
        let after = self.again(&before, all, time, watch)?;
        let left = |restriction: &Restriction| Left::of(restriction, 1.0, restriction.degree(time));
        Ok(Visit {
            session: session.clone(),
            before,
            done,
            after,
            restrictions: self.restrictions.iter().map(left).collect(),
            time: time + listening,
            simulated: self.simulated,
        })
    }

    /// The re-evaluation. Where no restriction is less than it was, the run would be that of the evaluation to the bit, and is
    /// taken from there; what is felt of it is felt anew.
    fn again(
        &mut self,
        before: &Findings,
        all: usize,
        time: f64,
        watch: &mut dyn FnMut(Stand<'_>) -> bool,
    ) -> Result<Findings, VisitError> {
        if self.restrictions.iter().any(|restriction| restriction.degree(time) < 1.0) {
            return self.findings(all - 1, all, "re-evaluation", time, watch);
        }
        let mut after = before.clone();
        after.stage = self.compiler().evaluation(all - 1, "re-evaluation", time);
        if let Some(folder) = self.manner.folder {
            after.stage.write(folder).map_err(VisitError::Run)?;
        }
        after.feel(self.session, self.session.practitioner.seed.wrapping_add(all as u64 - 1))?;
        Ok(after)
    }

    fn findings(
        &mut self,
        number: usize,
        all: usize,
        name: &str,
        time: f64,
        watch: &mut dyn FnMut(Stand<'_>) -> bool,
    ) -> Result<Findings, VisitError> {
        let stage = self.compiler().evaluation(number, name, time);
        let scenario = self.read(&stage)?;
        let run = self.ran(&scenario, &stage, (number, all), Spreading::One, watch)?;
        let asked = &self.session.evaluation;
        let joints = test_joints(&asked.joints, asked.force.value, &scenario.model, &self.healthy)?;
        let mut findings = Findings {
            stage,
            outcomes: run.outcomes,
            recording: run.recording,
            joints,
            felt: Vec::new(),
            judged: Vec::new(),
        };
        // What is felt after is felt anew.
        findings.feel(self.session, self.session.practitioner.seed.wrapping_add(number as u64))?;
        Ok(findings)
    }

    fn technique(
        &mut self,
        number: usize,
        all: usize,
        time: f64,
        watch: &mut dyn FnMut(Stand<'_>) -> bool,
    ) -> Result<Done, VisitError> {
        let step = &self.session.steps[number];
        let stage = self.compiler().technique(number + 1, step, time)?;
        let scenario = self.read(&stage)?;
        let run = self.ran(&scenario, &stage, (number + 1, all), self.manner.spread, watch)?;
        let end = time + step.time;
        let moved = moved(&scenario, &stage);
        let mut freed = Vec::new();
        for restriction in &mut self.restrictions {
            if !restriction.answers_to(&step.technique) {
                continue;
            }
            let before = restriction.degree(time);
            let signal = if restriction.is_of_muscle() { "muscle_freed" } else { "restriction_freed" };
            let share = run.outcomes.iter().find(|outcome| outcome.id == signal);
            let fall = self.healthy.evidence().iter().find(|entry| entry.name == format!("{signal}.fall"));
            if let (Some(Ok(share)), Some(fall)) = (share.map(|share| &share.value), fall) {
                restriction.free(share.abs(), end, fall.value);
            }
            freed.push(Left::of(restriction, before, restriction.degree(end)));
        }
        Ok(Done {
            technique: step.technique.clone(),
            stage,
            outcomes: run.outcomes,
            recording: run.recording,
            moved,
            freed,
            span: (time, end),
        })
    }

    /// Reads a stage, and writes its documents where that is wanted.
    fn read(&self, stage: &Stage) -> Result<Scenario, VisitError> {
        let scenario = stage.read()?;
        if let Some(folder) = self.manner.folder {
            stage.write(folder).map_err(VisitError::Run)?;
        }
        Ok(scenario)
    }

    fn ran(
        &mut self,
        scenario: &Scenario,
        stage: &Stage,
        stages: (usize, usize),
        spread: Spreading,
        watch: &mut dyn FnMut(Stand<'_>) -> bool,
    ) -> Result<Run, VisitError> {
        let whole = scenario.duration + scenario.settle;
        let mut told = |progress: Progress| {
            let share = ((progress.time + scenario.settle) / whole).clamp(0.0, 1.0);
            watch(Stand { stage: &stage.title, stages, share })
        };
        let run = match spread {
            Spreading::Four => run_with_spread(scenario, &mut told),
            Spreading::One => run(scenario, &mut told),
        };
        let run = run.map_err(|error| match error {
            RunError::Interrupted => VisitError::Interrupted,
            error => VisitError::Run(format!("{}: {error}", stage.title)),
        })?;
        self.simulated += whole;
        match &run.stopped {
            None => Ok(run),
            Some(cisterna_experiment::Stop::Interrupted) => Err(VisitError::Interrupted),
            Some(cisterna_experiment::Stop::Failed(reason)) => {
                Err(VisitError::Run(format!("{}: {reason}", stage.title)))
            }
        }
    }
}

/// How every bone lies after minutes of the first hands of a stage.
fn moved(scenario: &Scenario, stage: &Stage) -> Vec<Moved> {
    let Some(bones) = &scenario.model.bones else { return Vec::new() };
    let first = stage.touched.first();
    let mut loads = Vec::new();
    for hand in stage.touched.on_bones().filter(|hand| (hand.from, hand.until) == first) {
        let name = format!("{}_touches", hand.name);
        if let Some(place) = bones.plan.loads.iter().position(|load| load.name == name) {
            loads.push((place, hand.contact.strength.value));
        }
    }
    let (Ok(found), Ok(rest)) = (bones.whole.under(&loads, true), bones.whole.under(&[], true)) else {
        return Vec::new();
    };
    let bodies = bones.whole.structure.bodies();
    let known = &bones.plan.anatomy.facts.bone;
    let real = (0..bodies.len()).filter(|&body| known.contains_key(&bodies[body].name));
    let motion = |body: usize| {
        let mut motion = found.motions[body];
        motion.shift -= rest.motions[body].shift;
        motion.turn -= rest.motions[body].turn;
        motion
    };
    real.map(|body| Moved {
        name: bodies[body].name.clone(),
        centre: bodies[body].centre,
        motion: motion(body),
    })
    .collect()
}
