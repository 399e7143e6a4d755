//! The making of a visit: its stages one after another.

use cisterna_experiment::{Progress, Run, RunError, Scenario, run, run_with_spread};
use cisterna_model::{Library, Model, Problem, Problems};
use cisterna_skeleton::taught::Moved;

use crate::calm::left_by;
use crate::compile::{AFTER, BEFORE, Begin, Compiler, Hypotheses, Stage};
use crate::document::Session;
use crate::joints::test_joints;
use crate::restriction::Restriction;
use crate::visit::{Done, Findings, Left, Manner, Spreading, Stand, Visit, VisitError};

/// Makes a visit, stage by stage.
pub(crate) struct Maker<'a> {
    session: &'a Session,
    manner: Manner<'a>,
    /// The subject with hypotheses and without restrictions.
    healthy: Model,
    restrictions: Vec<Restriction>,
    simulated: f64,
}

impl<'a> Maker<'a> {
    pub fn new(session: &'a Session, manner: Manner<'a>) -> Result<Self, VisitError> {
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

    pub fn compiler(&self) -> Compiler<'_> {
        Compiler { session: self.session, healthy: &self.healthy, restrictions: &self.restrictions }
    }

    pub fn make(
        mut self,
        before: Option<&Findings>,
        watch: &mut dyn FnMut(Stand<'_>) -> bool,
    ) -> Result<Visit, VisitError> {
        let session = self.session;
        let all = session.steps.len() + 2;
        // Every station is listened to in turn, then the joints are tested. All stations are recorded at once: the time of
        // the others goes by after that.
        let listening = session.evaluation.time;
        let others = listening * session.evaluation.stations.len().saturating_sub(1) as f64;
        let mut begin = Begin::default();
        let before = match before {
            Some(before) => before.clone(),
            None => self.findings(0, all, "evaluation", &begin, watch)?,
        };
        // Where nothing goes on, nothing needs to be run for the time that goes by.
        let (gone, waits) = if before.state.is_empty() { (others, 0.0) } else { (0.0, others) };
        begin = Begin { time: begin.recorded() + listening + gone, waits, state: before.state.clone() };
        let mut done = Vec::new();
        for number in 0..session.steps.len() {
            let own = self.technique(number, all, &begin, watch)?;
            begin = Begin { time: own.span.1 + AFTER, waits: 0.0, state: own.state.clone() };
            done.push(own);
        }
        let after = self.again(&before, all, &begin, watch)?;
        let time = begin.time;
        let left = |restriction: &Restriction| Left::of(restriction, 1.0, restriction.degree(time));
        Ok(Visit {
            session: session.clone(),
            before,
            done,
            after,
            restrictions: self.restrictions.iter().map(left).collect(),
            time: begin.recorded() + listening + others,
            simulated: self.simulated,
        })
    }

    /// The re-evaluation. Where nothing of the subject goes on and no restriction is less than it was, the run would be that of the evaluation to the bit, and is
    /// taken from there; what is felt of it is felt anew.
    fn again(
        &mut self,
        before: &Findings,
        all: usize,
        begin: &Begin,
        watch: &mut dyn FnMut(Stand<'_>) -> bool,
    ) -> Result<Findings, VisitError> {
        let freed = self.restrictions.iter().any(|restriction| restriction.degree(begin.time) < 1.0);
        if freed || !before.state.is_empty() {
            return self.findings(all - 1, all, "re-evaluation", begin, watch);
        }
        let mut after = before.clone();
        after.stage = self.compiler().evaluation(all - 1, "re-evaluation", begin);
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
        begin: &Begin,
        watch: &mut dyn FnMut(Stand<'_>) -> bool,
    ) -> Result<Findings, VisitError> {
        let stage = self.compiler().evaluation(number, name, begin);
        let scenario = self.read(&stage)?;
        let run = self.ran(&scenario, &stage, (number, all), Spreading::One, watch)?;
        let asked = &self.session.evaluation;
        let joints = test_joints(&asked.joints, asked.force.value, &scenario.model, &self.healthy)?;
        let mut findings = Findings {
            stage,
            state: left_by(&run, &self.healthy),
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
        begin: &Begin,
        watch: &mut dyn FnMut(Stand<'_>) -> bool,
    ) -> Result<Done, VisitError> {
        let step = &self.session.steps[number];
        let stage = self.compiler().technique(number + 1, step, begin)?;
        let scenario = self.read(&stage)?;
        let run = self.ran(&scenario, &stage, (number + 1, all), self.manner.spread, watch)?;
        let time = begin.recorded() + BEFORE;
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
            state: left_by(&run, &self.healthy),
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
            loads.push((place, hand.contact.greatest().unwrap_or(0.0)));
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
