//! Where numbers come from: runs and bones, each computed once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use cisterna_experiment::{self as experiment, Scenario, Stop, run, run_with_spread};
use cisterna_model::document::{Place, allowed};
use cisterna_model::{Evidence, Library, Model, Otherwise, Problems};
use cisterna_panel::{Outcome, Settings, Study, simulate};
use cisterna_quantity::parse_unit;
use cisterna_skeleton::plan::Whole;
use cisterna_touch::Values;

use crate::document::{Claim, Felt, Folder, From, Pressed, Run, TurnsOn};
use crate::value::Value;

/// What came of a run.
#[derive(Clone, Debug)]
pub(crate) struct Ran {
    outcomes: Vec<experiment::Outcome>,
    /// The same with a parameter at each end of its published range.
    moved: Vec<Vec<experiment::Outcome>>,
    hypotheses: Vec<String>,
}

/// One thing that is computed once, whoever asks first.
type Once<T> = Arc<OnceLock<Result<Arc<T>, String>>>;

/// Computes runs and bones, and keeps what came of them.
#[derive(Debug, Default)]
pub(crate) struct Laboratory {
    folder: Folder,
    runs: Mutex<HashMap<String, Once<Ran>>>,
    pressed: Mutex<HashMap<String, Once<Value>>>,
    panels: Mutex<HashMap<String, Once<Outcome>>>,
}

/// A value that is otherwise: its name in the evidence, and the canonical value.
pub(crate) type Moved<'a> = Option<(&'a str, f64)>;

impl Laboratory {
    pub fn new(folder: &Folder) -> Self {
        Laboratory { folder: folder.clone(), ..Laboratory::default() }
    }

    /// The value of a model on which a run stands.
    pub fn of_run(&self, run: &Run, name: &str) -> Result<Evidence, Problems> {
        let scenario = self.scenario(run, None).map_err(|error| told(&run.place, error))?;
        known(&scenario.model, name).map_err(|help| told(&run.place, help))
    }

    /// The value of a model on which bones stand.
    pub fn of_bones(&self, pressed: &Pressed, name: &str) -> Result<Evidence, String> {
        known(&model(pressed, None)?, name)
    }

    /// A measure of a run.
    pub fn measure(&self, run: &Run, measure: &str, moved: Moved<'_>) -> Result<Value, Problems> {
        let ran = self.ran(run, moved).map_err(|error| told(&run.place, error))?;
        let Some(place) = ran.outcomes.iter().position(|outcome| outcome.id == measure) else {
            let help = allowed(measure, ran.outcomes.iter().map(|outcome| outcome.id.as_str()));
            let problem = run.place.problem(format!("`{measure}` is no measure of this run"));
            return Err(problem.help(help).into());
        };
        ran.value(place).map_err(|error| told(&run.place, format!("`{measure}`: {error}")))
    }

    /// What came of a run.
    pub fn ran(&self, run: &Run, moved: Moved<'_>) -> Result<Arc<Ran>, String> {
        let key = format!("{} {moved:?}", run.key());
        once(&self.runs, key, || self.compute(run, moved))
    }

    /// The scenario of a run, with what the claim changes in it.
    fn scenario(&self, run: &Run, moved: Moved<'_>) -> Result<Scenario, String> {
        let (name, text) = self
            .folder
            .scenario(&run.scenario)
            .ok_or_else(|| format!("there is no scenario `{}`", run.scenario))?;
        let mut library = Library::embedded();
        if let Some((name, value)) = moved {
            library = library.with_value(name, value);
        }
        if run.changes.is_empty() {
            return Scenario::from_text(&name, &text, &library).map_err(|error| error.to_string());
        }
        let mut table: toml::Table = text.parse().map_err(|error| format!("{name}: {error}"))?;
        for (key, value) in &run.changes {
            match (table.get_mut(key), value) {
                (Some(toml::Value::Table(own)), toml::Value::Table(changes)) => own.extend(changes.clone()),
                _ => {
                    table.insert(key.clone(), value.clone());
                }
            }
        }
        Scenario::from_text(&name, &table.to_string(), &library).map_err(|error| error.to_string())
    }

    fn compute(&self, run_of: &Run, moved: Moved<'_>) -> Result<Ran, String> {
        let scenario = self.scenario(run_of, moved)?;
        // Where a verdict turns is sought without ranges.
        let outcomes = outcomes(&scenario, moved.is_none())?;
        let mut ends = Vec::new();
        for name in run_of.over.iter().filter(|_| moved.is_none()) {
            let evidence = known(&scenario.model, name)?;
            for end in [evidence.low, evidence.high].into_iter().flatten() {
                ends.push(self::outcomes(&self.scenario(run_of, Some((name, end)))?, false)?);
            }
        }
        Ok(Ran { outcomes, moved: ends, hypotheses: scenario.hypotheses })
    }

    /// A figure of a panel of raters.
    pub fn panel(&self, study: &str, arm: &str, row: &str) -> Result<Value, String> {
        let outcome = once(&self.panels, study.to_owned(), || simulated(study))?;
        let own = outcome.arms.iter().find(|known| known.arm.name == arm);
        let found = own.and_then(|own| Some((own, own.results.iter().find(|known| known.row.id == row)?)));
        let (own, found) = found.ok_or_else(|| format!("`{study}` has no `{row}` in an arm `{arm}`"))?;
        let unit = parse_unit(found.row.statistic.unit()).map_err(|error| error.message)?;
        let [value, low, high] =
            [found.median, found.low, found.high].map(|figure| unit.to_canonical(figure));
        let hypotheses = own.arm.names().into_iter().map(str::to_owned).collect();
        Ok(Value::computed(value, [low, high], unit, hypotheses))
    }

    /// Whether a model does not allow what a verdict turns on to be such a value, whatever a run would give.
    pub fn refuses(&self, claim: &Claim, turns_on: &TurnsOn, value: f64) -> bool {
        match turns_on {
            TurnsOn::Number(_) => false,
            TurnsOn::Parameter { name, runs } => {
                let mut own = claim.runs.iter().filter(|known| runs.contains(&known.name));
                own.any(|run| self.scenario(run, Some((name, value))).is_err())
            }
            TurnsOn::Tissue { name, number } => {
                let number = claim.numbers.iter().find(|known| known.name == *number);
                number.is_some_and(|number| match &number.from {
                    From::Bones(pressed) => model(pressed, Some((name, value))).is_err(),
                    _ => false,
                })
            }
        }
    }

    /// What bones do under loads.
    pub fn bones(&self, pressed: &Pressed, moved: Moved<'_>) -> Result<Value, String> {
        let key = format!("{pressed:?} {moved:?}");
        once(&self.pressed, key, || press(pressed, moved)).map(|value| (*value).clone())
    }
}

/// So often a panel of raters is drawn.
const DRAWS: usize = 200;

/// The least motion that a share of people feels; its range is that from one in ten to nine in ten.
pub(crate) fn felt(felt: &Felt) -> Result<Value, String> {
    let values = Values::embedded().map_err(|error| error.to_string())?;
    let least = |share: f64| values.least_amplitude(felt.contact, felt.frequency, share);
    let micrometre = parse_unit("um").map_err(|error| error.message)?;
    let ends = [least(felt.share.min(0.1)), least(felt.share.max(0.9))];
    let sources = values.threshold_sources(felt.contact, felt.frequency);
    let mut value = Value::computed(least(felt.share), ends, micrometre, Vec::new());
    value.sources = sources.into_iter().map(str::to_owned).collect();
    value.note = Some(
        "thresholds of hands; slower than they were measured, they are assumed to go on rising".to_owned(),
    );
    Ok(value)
}

/// The figures of all arms of a study: the middle of the draws, with the band of 90 % of them.
fn simulated(study: &str) -> Result<Outcome, String> {
    let study = Study::load(study).map_err(|error| error.to_string())?;
    let settings = Settings { draws: DRAWS, seed: 1 };
    simulate(&study, &settings, &|| true).map_err(|error| error.to_string())
}

/// What is wrong with something that stands at a place.
pub(crate) fn told(place: &Place, message: impl Into<String>) -> Problems {
    place.problem(message).into()
}

/// What is computed for a key: once, while others that ask for it wait.
fn once<T>(
    all: &Mutex<HashMap<String, Once<T>>>,
    key: String,
    compute: impl FnOnce() -> Result<T, String>,
) -> Result<Arc<T>, String> {
    let own = {
        let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(all.entry(key).or_default())
    };
    own.get_or_init(|| compute().map(Arc::new)).clone()
}

fn outcomes(scenario: &Scenario, with_spread: bool) -> Result<Vec<experiment::Outcome>, String> {
    let ran =
        if with_spread { run_with_spread(scenario, &mut |_| true) } else { run(scenario, &mut |_| true) };
    let ran = ran.map_err(|error| error.to_string())?;
    match ran.stopped {
        Some(Stop::Failed(reason)) => Err(format!("the run failed: {reason}")),
        Some(Stop::Interrupted) => Err("the run was interrupted".to_owned()),
        None => Ok(ran.outcomes),
    }
}

/// A value of a model by its name.
fn known(model: &Model, name: &str) -> Result<Evidence, String> {
    let found = model.evidence().iter().rev().find(|entry| entry.name == name);
    found.cloned().ok_or_else(|| match model.evidence_of(name) {
        Err(error) => error.to_string(),
        Ok(near) => {
            let names: Vec<String> = near.iter().map(|entry| format!("`{}`", entry.name)).collect();
            format!("`{name}` is no value of `{}`: {}", model.name, names.join(", "))
        }
    })
}

impl Ran {
    /// A measure with its range: that over sutures, and of each parameter moved by itself, put together as independent.
    fn value(&self, place: usize) -> Result<Value, String> {
        let outcome = &self.outcomes[place];
        let unit = parse_unit(&outcome.unit).map_err(|error| error.message)?;
        let own = outcome.value.clone()?;
        let mut away = [0.0, 0.0];
        let mut add = |figure: f64| {
            let end = usize::from(figure > own);
            away[end] += (figure - own).powi(2);
        };
        if let Some(spread) = outcome.spread {
            add(spread.low);
            add(spread.high);
        }
        for moved in &self.moved {
            add(moved[place].value.clone()?);
        }
        let [low, high] = [own - away[0].sqrt(), own + away[1].sqrt()].map(|end| unit.to_canonical(end));
        Ok(Value::computed(unit.to_canonical(own), [low, high], unit, self.hypotheses.clone()))
    }
}

fn model(pressed: &Pressed, moved: Moved<'_>) -> Result<Model, String> {
    let mut library = Library::embedded();
    for (name, value) in pressed.set.iter().map(|(name, value)| (name.as_str(), *value)).chain(moved) {
        library = library.with_value(name, value);
    }
    let lay_on: Vec<&str> = pressed.lay_on.iter().map(String::as_str).collect();
    Model::from_library(&library, &pressed.subject, &lay_on).map_err(|error| error.to_string())
}

/// An output of bones under loads, slack cables hanging: as stated and with sutures as soft and as stiff as is published.
fn press(pressed: &Pressed, moved: Moved<'_>) -> Result<Value, String> {
    let model = model(pressed, moved)?;
    let bones = model.bones.as_ref().ok_or_else(|| format!("`{}` has no bones", model.name))?;
    let mut by = Vec::new();
    for (load, size) in &pressed.by {
        let place = bones.plan.loads.iter().position(|known| known.name == *load);
        let names = || bones.plan.loads.iter().map(|load| load.name.as_str()).collect::<Vec<_>>();
        let place = place.ok_or_else(|| {
            let help = allowed(load, names());
            format!("`{load}` is no load of `{}` ({help}); `cisterna bones --loads` lists them", model.name)
        })?;
        by.push((place, *size));
    }
    let unknown = || match model.observable(&pressed.of) {
        Err(error) => error.to_string(),
        Ok(_) => format!("`{}` is nothing that bones do", pressed.of),
    };
    // What the loads do, beside what acts all the time.
    let answer = |whole: &Whole| {
        let ask = |loads: &[(usize, f64)]| {
            let answer = whole.ask(&pressed.of, loads, pressed.in_the_end);
            answer.map_err(|error| error.to_string())?.ok_or_else(unknown)
        };
        Ok::<f64, String>(ask(&by)? - ask(&[])?)
    };
    let value = answer(&bones.whole)?;
    let own = model.network.bodies.first();
    let output = own.and_then(|own| own.outputs.iter().find(|output| output.name == pressed.of));
    let unit = output.map(|output| output.unit.clone()).ok_or_else(unknown)?;
    let mut ends = [value, value];
    // Where a verdict turns is sought without ranges.
    let otherwise = [Otherwise::SoftSutures, Otherwise::StiffSutures];
    for how in otherwise.into_iter().filter(|_| moved.is_none()) {
        let other = bones.whole_otherwise(how).map_err(|error| error.to_string())?;
        let end = answer(&other)?;
        ends = [ends[0].min(end), ends[1].max(end)];
    }
    let unit = parse_unit(&unit).map_err(|error| error.message)?;
    Ok(Value::computed(value, ends, unit, model.hypotheses.clone()))
}
