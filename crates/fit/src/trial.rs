//! The experiment that a model makes of a task, and its runs with other values.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use cisterna_analysis::{Request, measure};
use cisterna_experiment::{Origin, Progress, Scenario, Stop, run_four_near, run_near};
use cisterna_infusion::Dose;
use cisterna_model::Library;
use cisterna_recording::Recording;
use rayon::prelude::*;

use crate::arterial::Arterial;
use crate::error::FitError;
use crate::free::Free;
use crate::scenario;
use crate::search::Watch;
use crate::task::Task;
use crate::windows::{Windows, observed};

/// Lanes of a run.
const LANES: usize = 4;

/// So much rest before an infusion is run, s: twice what Marmarou's model needs for a baseline.
const REST: f64 = 120.0;

/// The experiment of a task.
pub(crate) struct Trial {
    scenario: Scenario,
    /// When the model begins, s on the clock of the recording.
    pub begin: f64,
    /// What is infused, on the clock of the recording.
    pub doses: Vec<Dose>,
    /// The values that are free.
    pub free: Vec<Free>,
    /// The windows of what is explained.
    pub windows: Vec<Windows>,
    /// The subject that runs.
    pub subject: String,
    /// The start of the first run, near which all others begin.
    origin: OnceLock<Origin>,
    runs: AtomicUsize,
}

impl Trial {
    /// Reads what a task asks for.
    pub fn new(task: &Task<'_>) -> Result<Self, FitError> {
        let doses = task.infused.as_ref().map(|infused| scenario::doses(task, infused)).transpose()?;
        let doses = doses.unwrap_or_default();
        let begin = begin(task, &doses);
        let arterial = task.arterial.as_deref().map(|name| Arterial::of(task, name, begin)).transpose()?;
        let unknown = arterial.as_ref().map_or(&[][..], |arterial| &arterial.unknown);
        let windows = observed(task, begin, unknown)?;
        let folder = tempfile::tempdir()
            .map_err(|cause| FitError::Run(format!("no temporary folder could be made: {cause}")))?;
        let subject = scenario::subject(task)?;
        let text = scenario::text(task, &subject, &windows, arterial.as_ref(), &doses, begin, folder.path())?;
        let scenario = Scenario::from_text("fit", &text, &Library::embedded())
            .map_err(|problems| FitError::Input(problems.to_string()))?;
        let free = task.free.iter().map(|name| Free::of(&scenario.model, name)).collect::<Result<_, _>>()?;
        let (origin, runs) = (OnceLock::new(), AtomicUsize::new(0));
        Ok(Trial { scenario, begin, doses, free, windows, subject, origin, runs })
    }

    /// How many runs there were.
    pub fn runs(&self) -> usize {
        self.runs.load(Ordering::Relaxed)
    }

    /// The scenario with the free values moved by `exp(x)`.
    fn moved(&self, x: &[f64]) -> Result<Scenario, FitError> {
        let mut scenario = self.scenario.clone();
        for (free, x) in self.free.iter().zip(x) {
            for member in &free.members {
                let value = member.value * x.exp();
                let model = scenario.model.set(member.address, value);
                scenario.model = model.map_err(|error| FitError::Run(error.to_string()))?;
            }
        }
        Ok(scenario)
    }

    /// What the windows hold with the free values moved.
    pub fn simulate(&self, x: &[f64], watch: &Watch<'_>) -> Result<Vec<f64>, FitError> {
        self.read(&self.run(x, watch)?)
    }

    /// What the model makes of the free values moved.
    pub fn run(&self, x: &[f64], watch: &Watch<'_>) -> Result<Recording, FitError> {
        let scenario = self.moved(x)?;
        self.runs.fetch_add(1, Ordering::Relaxed);
        let done =
            run_near(&scenario, self.origin.get(), &mut |now| self.goes_on(now, watch)).map_err(told)?;
        // The first start that was found serves all others.
        let _ = self.origin.set(done.origin);
        whole(done.recording, done.stopped)
    }

    /// The same of many ways, four side by side and as many fours at once as there are cores.
    pub fn simulate_all(&self, ways: &[Vec<f64>], watch: &Watch<'_>) -> Result<Vec<Vec<f64>>, FitError> {
        let fours = ways.par_chunks(LANES).map(|ways| match ways {
            // Lanes cost two to three runs of one.
            [one] => Ok(vec![self.simulate(one, watch)?]),
            [one, two] => {
                let (one, two) = rayon::join(|| self.simulate(one, watch), || self.simulate(two, watch));
                Ok(vec![one?, two?])
            }
            _ => self.simulate_four(ways, watch),
        });
        Ok(fours.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    /// The same, with none where the model cannot live.
    pub fn simulate_living(
        &self,
        ways: &[Vec<f64>],
        watch: &Watch<'_>,
    ) -> Result<Vec<Option<Vec<f64>>>, FitError> {
        let fours = ways.par_chunks(LANES).map(|four| match self.simulate_all(four, watch) {
            Ok(ends) => Ok(ends.into_iter().map(Some).collect()),
            // Which of the four it was, each alone tells.
            Err(FitError::Run(_)) => four.iter().map(|way| living(self.simulate(way, watch))).collect(),
            Err(error) => Err(error),
        });
        Ok(fours.collect::<Result<Vec<Vec<_>>, _>>()?.into_iter().flatten().collect())
    }

    /// Up to four ways side by side.
    fn simulate_four(&self, ways: &[Vec<f64>], watch: &Watch<'_>) -> Result<Vec<Vec<f64>>, FitError> {
        // Where there are fewer, the last is run again: lanes are there anyway.
        let way = |lane: usize| self.moved(&ways[lane.min(ways.len() - 1)]);
        let scenarios = [way(0)?, way(1)?, way(2)?, way(3)?];
        self.runs.fetch_add(ways.len(), Ordering::Relaxed);
        let go_on = &mut |now| self.goes_on(now, watch);
        let runs = run_four_near(scenarios.each_ref(), self.origin.get(), go_on).map_err(told)?;
        let runs = runs.into_iter().take(ways.len());
        runs.map(|run| self.read(&whole(run.recording, run.stopped)?)).collect()
    }

    fn goes_on(&self, now: Progress, watch: &Watch<'_>) -> bool {
        let share =
            (now.time + self.scenario.settle) / (now.end + self.scenario.settle).max(f64::MIN_POSITIVE);
        (watch.told)(self.runs(), share.clamp(0.0, 1.0));
        (watch.going)()
    }

    /// The windows of a run.
    pub fn read(&self, recording: &Recording) -> Result<Vec<f64>, FitError> {
        let mut values = Vec::new();
        for windows in &self.windows {
            for (statistic, window) in &windows.request {
                let measured = measure(recording, &Request::new(*statistic, &windows.of, *window));
                values.push(measured.map(|measured| measured.value).map_err(|error| {
                    FitError::Run(format!("of its `{}` nothing could be measured: {error}", windows.of))
                })?);
            }
        }
        Ok(values)
    }
}

/// When the model begins: where the part that is looked at does, or before what was infused earlier, with the rest before it as
/// far as it was recorded.
fn begin(task: &Task<'_>, doses: &[Dose]) -> f64 {
    let rest = |dose: &Dose| (dose.from - REST).max(task.recording.span().0);
    doses.first().map_or(task.from, |dose| rest(dose).min(task.from))
}

/// A run that came to its end.
fn whole(recording: Recording, stopped: Option<Stop>) -> Result<Recording, FitError> {
    match stopped {
        None => Ok(recording),
        Some(Stop::Interrupted) => Err(FitError::Interrupted),
        Some(Stop::Failed(why)) => Err(FitError::Run(why)),
    }
}

/// A run that failed is none; what else went wrong is told.
pub(crate) fn living(run: Result<Vec<f64>, FitError>) -> Result<Option<Vec<f64>>, FitError> {
    match run {
        Ok(end) => Ok(Some(end)),
        Err(FitError::Run(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn told(error: cisterna_experiment::RunError) -> FitError {
    match error {
        cisterna_experiment::RunError::Interrupted => FitError::Interrupted,
        error => FitError::Run(error.to_string()),
    }
}
