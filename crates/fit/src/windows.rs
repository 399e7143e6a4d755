//! What is compared: means and pulse amplitudes of windows.

use cisterna_analysis::{Request, Statistic, Window, measure};
use cisterna_quantity::{Dimension, parse_unit_of};

use crate::error::{FitError, input};
use crate::task::Task;

/// The longest window, s: three breaths or so, as indices of intracranial pressure are usually averaged over.
const LONGEST: f64 = 10.0;
/// A recording is cut into at least so many windows: fewer would not tell noise from what the model misses.
const FEWEST: f64 = 12.0;
/// The shortest window, s: a few heart beats.
const SHORTEST: f64 = 4.0;

/// The windows of one channel.
#[derive(Clone, Debug)]
pub(crate) struct Windows {
    /// The channel of the recording.
    pub channel: String,
    /// What of the model it is.
    pub of: String,
    /// What is measured when, on the clock of the model.
    pub request: Vec<(Statistic, Window)>,
    /// What was recorded, in the unit of the model's channel.
    pub values: Vec<f64>,
    /// That unit.
    pub unit: String,
    /// How many of the windows could be used, of how many.
    pub used: (usize, usize),
}

impl Windows {
    /// Whether there is a pulse in it.
    pub fn has_pulse(&self) -> bool {
        self.request.iter().any(|(statistic, _)| *statistic == Statistic::AmplitudeFundamental)
    }

    /// The places of what is measured in one way.
    pub fn places(&self, statistic: Statistic) -> impl Iterator<Item = usize> {
        let request = self.request.iter().enumerate();
        request.filter(move |(_, (own, _))| *own == statistic).map(|(place, _)| place)
    }
}

/// The recorded windows of everything that is to be explained.
///
/// What lies in `unknown` (s on the clock of the recording) is left out. The model begins at `begin`, s.
pub(crate) fn observed(task: &Task<'_>, begin: f64, unknown: &[Window]) -> Result<Vec<Windows>, FitError> {
    if task.explained.is_empty() {
        return input("nothing is to be explained: name a channel, such as intracranial pressure");
    }
    let length = (task.to - task.from) / FEWEST;
    if length < SHORTEST {
        return input(format!(
            "{}: {:.0} s are too short for a fit; allowed: {:.0} s or more",
            task.file,
            task.to - task.from,
            SHORTEST * FEWEST
        ));
    }
    let length = length.min(LONGEST);
    task.explained.iter().map(|explained| windows(task, explained, length, begin, unknown)).collect()
}

fn windows(
    task: &Task<'_>,
    explained: &crate::Explained,
    length: f64,
    begin: f64,
    unknown: &[Window],
) -> Result<Windows, FitError> {
    let channel =
        task.recording.require(task.file, &explained.channel).map_err(|e| FitError::Input(e.to_string()))?;
    let pressure = parse_unit_of(&channel.unit, Dimension::PRESSURE);
    let flow = || parse_unit_of(&channel.unit, Dimension::FLOW);
    let (unit, shown) = match (pressure, flow()) {
        (Ok(unit), _) => (unit, "mmHg"),
        (_, Ok(unit)) => (unit, "mL/s"),
        (Err(error), _) => {
            return input(format!(
                "{}: channel `{}`: {error}; allowed: a pressure or a flow that is calibrated",
                task.file, channel.name
            ));
        }
    };
    let count = ((task.to - task.from) / length).floor() as usize;
    let mut all = Windows {
        channel: channel.name.clone(),
        of: explained.of.clone(),
        request: Vec::new(),
        values: Vec::new(),
        unit: shown.to_owned(),
        used: (0, count),
    };
    for statistic in [Statistic::Mean, Statistic::AmplitudeFundamental] {
        let before = all.values.len();
        for index in 0..count {
            let from = task.from + index as f64 * length;
            let window = Window { from, to: from + length };
            if unknown.iter().any(|unknown| unknown.from < window.to && window.from < unknown.to) {
                continue;
            }
            let request = Request::new(statistic, &channel.name, window);
            if let Ok(measured) = measure(task.recording, &request) {
                all.request.push((statistic, Window { from: window.from - begin, to: window.to - begin }));
                all.values.push(unit.to_canonical(measured.value));
            }
        }
        let found = all.values.len() - before;
        if statistic == Statistic::Mean {
            all.used.0 = found;
        }
        if 2 * found < count {
            match statistic {
                Statistic::Mean => {
                    return input(format!(
                        "{}: channel `{}` has data in {found} of {count} windows; allowed: half of them or more",
                        task.file, channel.name
                    ));
                }
                // A trend without a pulse is compared by its means alone.
                _ => {
                    all.request.truncate(before);
                    all.values.truncate(before);
                }
            }
        }
    }
    Ok(all)
}
