//! The experiment that a model makes of a task, and its runs with other values.

use std::fmt::Write as _;
use std::path::Path;

use cisterna_analysis::{Request, Statistic, Window, measure};
use cisterna_experiment::{Scenario, Stop, run, run_four};
use cisterna_model::{Library, Model};
use cisterna_quantity::exact_number;
use cisterna_recording::{Channel, Recording, write_csv};

use crate::error::{FitError, input};
use crate::free::Free;
use crate::search::Watch;
use crate::task::Task;
use crate::windows::{Windows, observed};

/// The model that stands for the adult where a recorded arterial pressure drives it.
const DRIVEN: (&str, &str) = ("adult", "head");
/// How long a driven model runs before, s: some four time constants of the outflow of fluid.
const SETTLE: f64 = 1800.0;
/// The longest gap of a recorded arterial pressure that is bridged, s: a beat or two.
const BRIDGED: f64 = 2.0;
/// Samples per second of a run: twenty for each of the shortest of waves that are compared, the pulse.
const RATE: f64 = 50.0;
/// Changes of a rate of infusion below this share of its highest are none.
const STEADY: f64 = 0.02;
/// So many changes of the rate of an infusion are read.
const MOST_STEPS: usize = 60;

/// The experiment of a task.
pub(crate) struct Trial {
    scenario: Scenario,
    /// The values that are free.
    pub free: Vec<Free>,
    /// The windows of what is explained.
    pub windows: Vec<Windows>,
    /// The subject that runs.
    pub subject: String,
}

impl Trial {
    /// Reads what a task asks for.
    pub fn new(task: &Task<'_>) -> Result<Self, FitError> {
        let windows = observed(task)?;
        let folder = tempfile::tempdir()
            .map_err(|cause| FitError::Run(format!("no temporary folder could be made: {cause}")))?;
        let subject = subject(task)?;
        let text = text(task, &subject, &windows, folder.path())?;
        let scenario = Scenario::from_text("fit", &text, &Library::embedded())
            .map_err(|problems| FitError::Input(problems.to_string()))?;
        let free = task.free.iter().map(|name| Free::of(&scenario.model, name)).collect::<Result<_, _>>()?;
        Ok(Trial { scenario, free, windows, subject })
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
        let scenario = self.moved(x)?;
        let done = run(&scenario, &mut |_| watch.go_on()).map_err(told)?;
        self.read(&done.recording, done.stopped.as_ref())
    }

    /// The same of four ways at once, in little more time than one takes.
    pub fn simulate_four(&self, ways: [&[f64]; 4], watch: &Watch<'_>) -> Result<[Vec<f64>; 4], FitError> {
        let [a, b, c, d] = ways.map(|x| self.moved(x));
        let scenarios = [a?, b?, c?, d?];
        let runs = run_four(scenarios.each_ref(), &mut |_| watch.go_on()).map_err(told)?;
        let [a, b, c, d] = runs.map(|run| self.read(&run.recording, run.stopped.as_ref()));
        Ok([a?, b?, c?, d?])
    }

    fn read(&self, recording: &Recording, stopped: Option<&Stop>) -> Result<Vec<f64>, FitError> {
        match stopped {
            None => {}
            Some(Stop::Interrupted) => return Err(FitError::Interrupted),
            Some(Stop::Failed(why)) => return Err(FitError::Run(why.clone())),
        }
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

fn told(error: cisterna_experiment::RunError) -> FitError {
    match error {
        cisterna_experiment::RunError::Interrupted => FitError::Interrupted,
        error => FitError::Run(error.to_string()),
    }
}

/// The subject that runs: one without a heart of its own where a recorded pressure drives it.
fn subject(task: &Task<'_>) -> Result<String, FitError> {
    let load = |name: &str| Model::load(name).map_err(|problems| FitError::Input(problems.to_string()));
    if task.arterial.is_none() {
        load(task.subject)?;
        return Ok(task.subject.to_owned());
    }
    let name = if task.subject == DRIVEN.0 { DRIVEN.1 } else { task.subject };
    if load(name)?.address("aorta.pressure").is_err() {
        return input(format!(
            "`{name}` has a heart of its own and cannot be driven by a recorded arterial pressure; allowed: `adult`, a \
             subject whose `aorta` is an outside space, or no arterial pressure"
        ));
    }
    Ok(name.to_owned())
}

/// The scenario of a task.
fn text(task: &Task<'_>, subject: &str, windows: &[Windows], folder: &Path) -> Result<String, FitError> {
    let duration = task.to - task.from;
    let mut text = format!(
        "title = \"Fit\"\nsummary = \"What explains a recording\"\nsubject = {subject:?}\nduration = \"{} s\"\nstart = {{ \
         posture = {:?} }}\n",
        exact_number(duration),
        task.posture
    );
    let mut set = String::new();
    if let Some(name) = &task.arterial {
        let channel = task.recording.require(task.file, name).map_err(|e| FitError::Input(e.to_string()))?;
        let (_, values) = channel.window(task.from, task.to);
        let path = folder.join("arterial.csv");
        let driving = Channel::new("arterial", &channel.unit, 0.0, channel.rate, values.to_vec());
        let recording = Recording { channels: vec![driving], ..Recording::default() };
        write_csv(&recording, &path).map_err(|error| FitError::Run(error.to_string()))?;
        let mean = mean(task, name)?;
        let _ = write!(text, "settle = \"{SETTLE} s\"\n\n[[drive]]\nparameter = \"aorta.pressure\"\n");
        let _ = write!(text, "file = {:?}\nchannel = \"arterial\"\n", path.display().to_string());
        let _ = write!(text, "gaps = \"bridge {BRIDGED} s\"\nrepeat = true\n");
        let _ = writeln!(set, "\"aorta.pressure\" = \"{} {}\"", exact_number(mean), channel.unit);
    } else if let Some(rate) = heart_rate(task, windows) {
        let _ = writeln!(set, "\"heart.rate\" = \"{} 1/min\"", exact_number(rate));
    }
    if let Some(infused) = &task.infused {
        for (from, until, rate) in steps(task, &infused.channel)? {
            let way = if rate > 0.0 { "infuse" } else { "withdraw" };
            let _ =
                write!(text, "\n[[event]]\nat = \"{} s\"\n{way} = {:?}\n", exact_number(from), infused.space);
            let _ = write!(text, "rate = \"{} mL/min\"\nuntil = \"{} s\"\n", rate.abs(), exact_number(until));
        }
    }
    if !set.is_empty() {
        let _ = write!(text, "\n[set]\n{set}");
    }
    let channels: Vec<String> = windows.iter().map(|of| format!("{{ of = {:?} }}", of.of)).collect();
    let _ = write!(text, "\n[record]\nrate = \"{RATE} Hz\"\nchannels = [{}]\n", channels.join(", "));
    Ok(text)
}

fn whole(task: &Task<'_>) -> Window {
    Window { from: task.from, to: task.to }
}

fn mean(task: &Task<'_>, channel: &str) -> Result<f64, FitError> {
    let request = Request::new(Statistic::Mean, channel, whole(task));
    measure(task.recording, &request)
        .map(|measured| measured.value)
        .map_err(|error| FitError::Input(error.to_string()))
}

/// The heart rate in what is explained, 1/min, where beats can be told.
fn heart_rate(task: &Task<'_>, windows: &[Windows]) -> Option<f64> {
    let pulsing = windows.iter().find(|of| of.has_pulse())?;
    let request = Request::new(Statistic::HeartRate, &pulsing.channel, whole(task));
    let measured = measure(task.recording, &request).ok()?;
    let unit = cisterna_quantity::parse_unit(&measured.unit).ok()?;
    Some(60.0 * unit.to_canonical(measured.value))
}

/// A recorded rate of infusion as steps: from, until (s from the beginning of what is looked at), mL/min.
fn steps(task: &Task<'_>, name: &str) -> Result<Vec<(f64, f64, f64)>, FitError> {
    let channel = task.recording.require(task.file, name).map_err(|e| FitError::Input(e.to_string()))?;
    let unit = cisterna_quantity::parse_unit_of(&channel.unit, cisterna_quantity::Dimension::FLOW)
        .map_err(|error| FitError::Input(format!("`{name}`: {error}")))?;
    let (start, values) = channel.window(task.from, task.to);
    let per_minute = |value: &f64| 60.0 * unit.to_canonical(*value);
    let highest =
        values.iter().filter(|value| value.is_finite()).map(per_minute).fold(0.0, |a: f64, b| a.max(b.abs()));
    let mut steps: Vec<(f64, f64, f64)> = Vec::new();
    for (index, value) in values.iter().enumerate().filter(|(_, value)| value.is_finite()) {
        let (time, rate) = (start - task.from + index as f64 / channel.rate, per_minute(value));
        match steps.last_mut() {
            Some((_, until, last)) if (rate - *last).abs() <= STEADY * highest => *until = time,
            last => {
                if let Some((_, until, _)) = last {
                    *until = time;
                }
                steps.push((time, time, rate));
            }
        }
        if steps.len() > MOST_STEPS {
            return input(format!(
                "the rate of `{name}` changes more than {MOST_STEPS} times; allowed: rates that hold still between steps"
            ));
        }
    }
    steps.retain(|(from, until, rate)| rate.abs() > STEADY * highest && until > from);
    Ok(steps)
}
