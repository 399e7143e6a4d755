//! The adult at rest: how fast at which tolerance, and how far from a tight reference.

use std::error::Error;

use cisterna_experiment::Scenario;
use cisterna_fluid::Engine;
use cisterna_recording::{Channel, Mark, MarkKind, Recording};
use serde_json::{Value, json};

use crate::accuracy::{CHANNELS, Miss, Wave};
use crate::effort::{Effort, Task, Times, busy};
use crate::independent::{Subject, integrate};

/// How long is simulated, s: as long as the scenario `rest`.
pub const DURATION: f64 = 120.0;
/// Samples per second of a run that is timed …
const RATE: f64 = 100.0;
/// … and of one whose waves are compared: the foot of the arterial pulse is so sharp that at a lower rate peak to peak would tell
/// where the samples fell.
const FINE_RATE: f64 = 500.0;
/// The tolerance of the reference, and a looser one that shows how good the reference is.
const REFERENCE: [f64; 2] = [1e-9, 1e-8];
/// The tolerances that are tried.
const TOLERANCES: [f64; 7] = [1e-2, 5e-3, 3e-3, 1e-3, 3e-4, 1e-4, 1e-5];

/// The adult at rest and the truth about it.
pub struct Adult {
    /// The adult.
    pub subject: Subject,
    /// When samples are taken of a run that is timed, s …
    pub times: Vec<f64>,
    /// … and of one whose waves are compared.
    pub fine_times: Vec<f64>,
    /// The tolerance of a scenario that states none.
    usual: f64,
    reference: Vec<Wave>,
    /// How far the reference lies from one at ten times its tolerance.
    pub reference_miss: Miss,
}

/// What a tolerance gives and costs.
pub struct Row {
    /// The tolerance.
    pub tolerance: f64,
    /// The misses of the channels.
    pub misses: Vec<Miss>,
    /// What the simulated time took.
    pub times: Times,
}

impl Adult {
    /// The adult, settled, with its reference.
    pub fn at_rest() -> Result<Self, Box<dyn Error>> {
        let subject = Subject::at_rest(None)?;
        let times = |rate: f64| (0..=(DURATION * rate) as usize).map(|i| i as f64 / rate).collect();
        let (times, fine_times) = (times(RATE), times(FINE_RATE));
        let usual = Scenario::load("rest")?.tolerance;
        let (reference, reference_miss) = (Vec::new(), Miss::default());
        let mut adult = Adult { subject, times, fine_times, usual, reference, reference_miss };
        adult.reference = adult.waves(&adult.run(REFERENCE[0], &adult.fine_times)?)?;
        adult.reference_miss = Miss::worst(&adult.misses_at(REFERENCE[1])?);
        Ok(adult)
    }

    /// The states at given times, with Cisterna's solver.
    pub fn run(&self, tolerance: f64, times: &[f64]) -> Result<Vec<Vec<f64>>, Box<dyn Error>> {
        let mut engine = self.subject.engine()?;
        let Subject { start, sizes, .. } = &self.subject;
        Ok(integrate(&mut engine, 0.0, start, times, tolerance, sizes.as_deref())?)
    }

    /// How far Cisterna's run at a tolerance lies from the reference, channel by channel.
    fn misses_at(&self, tolerance: f64) -> Result<Vec<Miss>, Box<dyn Error>> {
        self.misses(&self.run(tolerance, &self.fine_times)?)
    }

    /// How far states at the fine times lie from the reference, channel by channel.
    pub fn misses(&self, states: &[Vec<f64>]) -> Result<Vec<Miss>, Box<dyn Error>> {
        let waves = self.waves(states)?;
        Ok(waves.iter().zip(&self.reference).map(|(wave, truth)| Miss::of(wave, truth)).collect())
    }

    fn waves(&self, states: &[Vec<f64>]) -> Result<Vec<Wave>, Box<dyn Error>> {
        let mut engine: Engine<f64> = self.subject.engine()?;
        let observables: Result<Vec<_>, _> =
            CHANNELS.iter().map(|name| self.subject.model.observable(name)).collect();
        let (observables, units): (Vec<_>, Vec<_>) = observables?.into_iter().unzip();
        let plan = engine.plan(&observables);
        let mut values = vec![Vec::with_capacity(states.len()); CHANNELS.len()];
        let mut row = [0.0; CHANNELS.len()];
        for (state, &time) in states.iter().zip(&self.fine_times) {
            engine.read(time, state, &plan, &mut row);
            values.iter_mut().zip(row).for_each(|(values, value)| values.push(value));
        }
        let channels = CHANNELS.iter().zip(units).zip(values);
        let channels = channels
            .map(|((name, unit), values)| Channel::new(name, unit.text(), 0.0, FINE_RATE, values))
            .collect();
        let recording = Recording { channels, marks: self.beats(states)?, ..Recording::default() };
        Wave::all(&recording, DURATION)
    }

    /// The beats, from where the phase of the heart passes whole numbers; between samples it grows evenly.
    fn beats(&self, states: &[Vec<f64>]) -> Result<Vec<Mark>, Box<dyn Error>> {
        let names = self.subject.compiled.names();
        let heart = names.iter().position(|name| name == "heart").ok_or("the adult has no heart")?;
        let phases = states.iter().zip(&self.fine_times).map(|(state, &time)| (time, state[heart]));
        let pairs = phases.clone().zip(phases.skip(1));
        let onsets: Vec<f64> = pairs
            .filter(|((_, before), (_, after))| before.floor() < after.floor())
            .map(|((from, before), (to, after))| {
                from + (to - from) * (after.floor() - before) / (after - before)
            })
            .collect();
        let beat =
            |pair: &[f64]| Mark { kind: MarkKind::Beat, start: pair[0], end: pair[1], label: String::new() };
        Ok(onsets.windows(2).map(beat).collect())
    }

    /// The row of the tolerance that is the default.
    pub fn default_row<'a>(&self, rows: &'a [Row]) -> Option<&'a Row> {
        rows.iter().find(|row| row.tolerance == self.usual)
    }

    /// For the file of results.
    pub fn to_json(&self, rows: &[Row]) -> Value {
        json!({
            "model": self.subject.model.name,
            "model_hash": self.subject.model.hash,
            "unknowns": self.subject.start.len(),
            "simulated_s": DURATION,
            "reference_tolerance": REFERENCE[0],
            "reference_miss": self.reference_miss.to_json(),
            "allowed": Miss::ALLOWED.to_json(),
            "default": self.default_row(rows).map(Row::to_json),
            "tolerances": rows.iter().map(Row::to_json).collect::<Vec<_>>(),
        })
    }
}

impl Row {
    /// Simulated seconds per second.
    pub fn factor(&self) -> f64 {
        DURATION / self.times.least
    }

    fn to_json(&self) -> Value {
        let channels: serde_json::Map<_, _> = CHANNELS
            .iter()
            .zip(&self.misses)
            .map(|(name, miss)| ((*name).to_owned(), miss.to_json()))
            .collect();
        json!({
            "tolerance": self.tolerance,
            "real_time_factor": self.factor(),
            "real_time_factor_median": DURATION / self.times.median,
            "share_of_allowed_miss": Miss::worst(&self.misses).share(),
            "miss": channels,
        })
    }
}

/// Speed and accuracy over tolerances, with samples taken 100 times a simulated second.
pub fn tolerances(adult: &Adult, effort: &Effort) -> Result<Vec<Row>, Box<dyn Error>> {
    let task =
        |tolerance| -> Task<'_> { Box::new(move || Ok(busy(|| adult.run(tolerance, &adult.times))?.1)) };
    let times = effort.time(&mut TOLERANCES.map(task))?;
    let row = |(tolerance, times)| Ok(Row { tolerance, misses: adult.misses_at(tolerance)?, times });
    TOLERANCES.into_iter().zip(times).map(row).collect()
}
