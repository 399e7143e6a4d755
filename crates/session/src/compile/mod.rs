//! From a step of a session to the two documents that its run needs: a subject with hands, and a scenario.

mod asks;
mod hands;
mod held;
mod reach;
mod touched;

pub(crate) use hands::{told, words};
pub use touched::{Hand, Touched};

use std::path::Path;

use cisterna_experiment::Scenario;
use cisterna_model::document::allowed;
use cisterna_model::{Library, Model, Problem, Problems};
use cisterna_quantity::exact_number;
use cisterna_recording::write_whole;

use crate::calm::State;
use crate::document::{Session, Step};
use crate::restriction::Restriction;
use crate::technique::Technique;

/// Rest before a technique and after it, s: whole breaths, so that means over them compare. Hands change places meanwhile.
pub(crate) const BEFORE: f64 = 20.0;
pub(crate) const AFTER: f64 = 20.0;
/// Run before that without being recorded, s.
pub(crate) const SETTLE: f64 = 8.0;
/// How long a hand takes to press and to leave, s.
pub(crate) const RAMP: f64 = 1.0;
/// Samples per second: ten for a heart beat's quickest part.
const RATE: f64 = 20.0;
/// The name of the subject's document beside its scenario.
const SUBJECT: &str = "subject";

/// The two documents of a run, and what they are for.
#[derive(Clone, Debug)]
pub struct Stage {
    /// The folder for what comes of it.
    pub folder: String,
    /// What it is.
    pub title: String,
    /// The subject's document.
    pub subject: String,
    /// The scenario.
    pub scenario: String,
    /// What is touched in it.
    pub touched: Touched,
}

/// What a stage is compiled for.
pub(crate) struct Compiler<'a> {
    pub session: &'a Session,
    /// The subject without restrictions, with the hypotheses that are laid on.
    pub healthy: &'a Model,
    pub restrictions: &'a [Restriction],
}

/// When a stage begins, and with what.
#[derive(Clone, Debug, Default)]
pub(crate) struct Begin {
    /// Time of the session, s.
    pub time: f64,
    /// How long nobody touches from then on before the stage itself: run, but not recorded, s.
    pub waits: f64,
    /// What goes on from the stage before.
    pub state: Vec<State>,
}

impl Begin {
    /// When what is recorded begins, s of the session.
    pub fn recorded(&self) -> f64 {
        self.time + self.waits + SETTLE
    }
}

/// Whether hypotheses are laid on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hypotheses {
    /// As the session says.
    On,
    /// None of them: the twin.
    Off,
}

impl Compiler<'_> {
    /// The stage of a technique.
    pub fn technique(&self, number: usize, step: &Step, begin: &Begin) -> Result<Stage, Problems> {
        let technique = &step.technique;
        self.names_of(technique)?;
        let touched = Touched::of(technique, step.time, self.healthy);
        let title = format!("{}: {}", self.session.title, technique.title);
        let target = self.target(technique);
        let subject = self.subject(&title, begin, |text| {
            hands::write(&touched, self.healthy, text);
            if let Some(joint) = &target {
                *text += &hands::sensed(joint);
            }
        });
        let duration = BEFORE + step.time + AFTER;
        let mut scenario = self.head(&title, &technique.summary, duration, begin);
        let worked = self.restrictions.iter().filter(|restriction| restriction.answers_to(technique));
        let pressure = reach::at_restrictions(&touched, worked, self.healthy);
        let felt = self.has("pressure_of_hands").then_some(pressure);
        hands::events(&touched, self.healthy, felt, &mut scenario);
        asks::write(&touched, self, step.time, &mut scenario);
        Ok(Stage {
            folder: format!("{number:02}_{}", technique.name),
            title: technique.title.clone(),
            subject,
            scenario,
            touched,
        })
    }

    /// The stage of an evaluation: nobody presses, and stations are recorded.
    pub fn evaluation(&self, number: usize, name: &str, begin: &Begin) -> Stage {
        let title = format!("{}: {name}", self.session.title);
        let subject = self.subject(&title, begin, |_| ());
        let listening = self.session.evaluation.time;
        let mut scenario =
            self.head(&title, "Nobody presses: what stations do by themselves", listening, begin);
        asks::listening(self, &mut scenario);
        Stage {
            folder: format!("{number:02}_{}", name.replace(' ', "_")),
            title: name.to_owned(),
            subject,
            scenario,
            touched: Touched::default(),
        }
    }

    /// The subject with what is left of its restrictions, and with more written after.
    fn subject(&self, title: &str, begin: &Begin, more: impl FnOnce(&mut String)) -> String {
        let base = &self.session.subject;
        let mut text = format!("title   = {title:?}\nextends = {base:?}\n");
        if self.has("pressure_of_hands") {
            text += "parts   = [\"parts/touch\"]\n";
        }
        for restriction in self.restrictions {
            let degree = restriction.degree(begin.time);
            if degree < 1.0 {
                text += &restriction.document(degree);
            }
        }
        more(&mut text);
        text
    }

    /// The head of a scenario.
    fn head(&self, title: &str, summary: &str, duration: f64, begin: &Begin) -> String {
        let whole = self.restrictions.iter().filter(|restriction| restriction.degree(begin.time) >= 1.0);
        let conditions: Vec<&str> = whole.map(|restriction| restriction.name.as_str()).collect();
        let hypotheses = &self.healthy.hypotheses;
        let mut text = format!("title    = {title:?}\nsummary  = {summary:?}\nsubject  = {SUBJECT:?}\n");
        if !conditions.is_empty() {
            text += &format!("conditions = {conditions:?}\n");
        }
        if !hypotheses.is_empty() {
            text += &format!("hypotheses = {hypotheses:?}\n");
        }
        text += &format!("duration = \"{} s\"\n", exact_number(duration));
        if let Some(stress) = self.session.stress.filter(|_| self.has("stressor")) {
            text += &format!("set      = {{ \"stressor.value\" = \"{} 1\" }}\n", exact_number(stress));
        }
        let settle = exact_number(begin.waits + SETTLE);
        text += &format!("settle   = \"{settle} s\"\n\n[start]\nposture = \"supine\"\n");
        text + &crate::calm::document(&begin.state, self.healthy)
    }

    /// Whether the subject has a signal, as hypotheses bring it along.
    pub(crate) fn has(&self, signal: &str) -> bool {
        self.healthy.observable(signal).is_ok()
    }

    /// Complains of what a technique frees and the subject does not have.
    fn names_of(&self, technique: &Technique) -> Result<(), Problems> {
        let Some(bones) = &self.healthy.bones else {
            let message = "has no bones that move: hands move nothing";
            let help = "take a subject with bones, as `subjects/adult_with_bones`";
            return Err(Problem::of_file(&self.session.subject, message).help(help).into());
        };
        let plan = &bones.plan;
        let joints = plan.joints.iter().map(|joint| joint.name.as_str());
        let sheets = plan.sheets.iter().map(|sheet| sheet.name.as_str());
        let tubes = plan.tubes.iter().map(|tube| tube.name.as_str());
        let known: Vec<&str> = joints.chain(sheets).chain(tubes).chain(self.healthy.names()).collect();
        let missing = technique.frees.iter().find(|name| !known.contains(&name.as_str()));
        let Some(missing) = missing else { return Ok(()) };
        let help = allowed(missing, known.iter().copied());
        let message = format!("frees `{missing}`, which `{}` does not have", self.session.subject);
        Err(Problem::of_file(format!("technique {}", technique.name), message).help(help).into())
    }

    /// The first joint among what a technique frees and what is restricted: there its opening is felt by hypotheses.
    fn target(&self, technique: &Technique) -> Option<String> {
        let worked = self.restrictions.iter().filter(|restriction| restriction.answers_to(technique));
        let items = worked.flat_map(Restriction::items);
        let joints = &self.healthy.bones.as_ref()?.plan.joints;
        let mut found = items.filter(|item| joints.iter().any(|joint| joint.name == **item));
        found.next().filter(|_| self.has("opening_at_restriction")).map(str::to_owned)
    }
}

impl Stage {
    /// Writes both documents into a folder of its own below `folder`, so that `cisterna run` replays it.
    ///
    /// # Errors
    /// What could not be written, in words.
    pub fn write(&self, folder: &Path) -> Result<(), String> {
        let own = folder.join(&self.folder);
        let failed =
            |error: &dyn std::fmt::Display| format!("{} could not be written: {error}", own.display());
        std::fs::create_dir_all(&own).map_err(|error| failed(&error))?;
        for (name, text) in [("subject.toml", &self.subject), ("scenario.toml", &self.scenario)] {
            write_whole(&own.join(name), |file| file.write_all(text.as_bytes()))
                .map_err(|error| failed(&error))?;
        }
        Ok(())
    }

    /// The scenario, read; on the documents that come along.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(&self) -> Result<Scenario, Problems> {
        let library = Library::embedded().with(SUBJECT, &self.subject);
        Scenario::from_text(&format!("{}/scenario.toml", self.folder), &self.scenario, &library)
    }
}
