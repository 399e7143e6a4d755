//! The scenario that a task comes to.

use std::fmt::Write as _;
use std::path::Path;

use cisterna_analysis::{Request, Statistic, Window, measure};
use cisterna_infusion::{Dose, Problem};
use cisterna_model::Model;
use cisterna_quantity::exact_number;
use cisterna_recording::write_csv;

use crate::arterial::{Arterial, CHANNEL};
use crate::error::{FitError, input};
use crate::task::{Infused, Task};
use crate::windows::Windows;

/// The model that stands for the adult where a recorded arterial pressure drives it.
const DRIVEN: (&str, &str) = ("adult", "head");
/// Samples per second of a run: twenty for each of the shortest of waves that are compared, the pulse.
const RATE: f64 = 50.0;
/// Changes of a rate of infusion below this share of its highest are none.
const STEADY: f64 = 0.02;
/// So many changes of the rate of an infusion are read.
const MOST_STEPS: usize = 60;

/// The subject that runs: one without a heart of its own where a recorded pressure drives it.
pub(crate) fn subject(task: &Task<'_>) -> Result<String, FitError> {
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

/// The text of the scenario, which begins at `begin`, s on the clock of the recording; the arterial pressure is written into the folder.
pub(crate) fn text(
    task: &Task<'_>,
    subject: &str,
    windows: &[Windows],
    arterial: Option<&Arterial>,
    doses: &[Dose],
    begin: f64,
    folder: &Path,
) -> Result<String, FitError> {
    let duration = task.to - begin;
    let mut text = format!(
        "title = \"Fit\"\nsummary = \"What explains a recording\"\nsubject = {subject:?}\nduration = \"{} s\"\n",
        exact_number(duration),
    );
    let mut set = String::new();
    if let Some(arterial) = arterial {
        let path = folder.join("arterial.csv");
        write_csv(&arterial.recording, &path).map_err(|error| FitError::Run(error.to_string()))?;
        let lead = exact_number(arterial.lead);
        let _ = writeln!(text, "settle = \"{lead} s\"");
        let _ = write!(
            text,
            "start = {{ posture = {:?} }}\n\n[[drive]]\nparameter = \"aorta.pressure\"\n",
            task.posture
        );
        let _ = writeln!(
            text,
            "file = {:?}\nchannel = {CHANNEL:?}\nstart = \"{lead} s\"",
            path.display().to_string()
        );
        let _ = writeln!(set, "\"aorta.pressure\" = \"{} {}\"", exact_number(arterial.mean), arterial.unit);
    } else {
        let _ = writeln!(text, "start = {{ posture = {:?} }}", task.posture);
        if let Some(rate) = heart_rate(task, windows) {
            let _ = writeln!(set, "\"heart.rate\" = \"{} 1/min\"", exact_number(rate));
        }
    }
    if let Some(infused) = &task.infused {
        for &Dose { from, until, rate } in doses {
            let (from, until) = (from - begin, until - begin);
            let way = if rate > 0.0 { "infuse" } else { "withdraw" };
            let _ =
                write!(text, "\n[[event]]\nat = \"{} s\"\n{way} = {:?}\n", exact_number(from), infused.space);
            let _ = write!(
                text,
                "rate = \"{} mL/min\"\nuntil = \"{} s\"\n",
                exact_number(rate.abs()),
                exact_number(until)
            );
        }
    }
    if !set.is_empty() {
        let _ = write!(text, "\n[set]\n{set}");
    }
    let channels: Vec<String> = windows.iter().map(|of| format!("{{ of = {:?} }}", of.of)).collect();
    let _ = write!(text, "\n[record]\nrate = \"{RATE} Hz\"\nchannels = [{}]\n", channels.join(", "));
    Ok(text)
}

/// The heart rate in what is explained, 1/min, where beats can be told.
fn heart_rate(task: &Task<'_>, windows: &[Windows]) -> Option<f64> {
    let pulsing = windows.iter().find(|of| of.has_pulse())?;
    let whole = Window { from: task.from, to: task.to };
    let measured =
        measure(task.recording, &Request::new(Statistic::HeartRate, &pulsing.channel, whole)).ok()?;
    let unit = cisterna_quantity::parse_unit(&measured.unit).ok()?;
    Some(60.0 * unit.to_canonical(measured.value))
}

/// What was infused until the end of what is looked at, in order of time.
///
/// # Errors
/// A channel that tells of no infusion, or of one that never holds still.
pub(crate) fn doses(task: &Task<'_>, infused: &Infused) -> Result<Vec<Dose>, FitError> {
    let doses = match cisterna_infusion::steps(task.recording, &infused.inflow, STEADY) {
        Ok(doses) => doses,
        // A person at rest whose pump stood still.
        Err(Problem::NoInfusion(_)) => return Ok(Vec::new()),
        Err(problem) => return input(format!("{}: {problem}", task.file)),
    };
    let cut = |dose: Dose| Dose { until: dose.until.min(task.to), ..dose };
    let doses: Vec<Dose> = doses.into_iter().map(cut).filter(|dose| dose.until > dose.from).collect();
    if doses.len() > MOST_STEPS {
        return input(format!(
            "{}: the rate of infusion changes more than {MOST_STEPS} times; allowed: rates that hold still between steps",
            task.file
        ));
    }
    Ok(doses)
}
