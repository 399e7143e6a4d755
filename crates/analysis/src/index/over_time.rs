//! An index followed over time: a value for each window, its summary, and how it was made.

use super::aligned::Aligned;
use super::chance::{mean, of_mean};
use super::{Estimate, Figure, IndexInfo, Settings};
use cisterna_recording::Channel;

/// An index over time.
#[derive(Clone, Debug, PartialEq)]
pub struct OverTime {
    /// The index.
    pub info: &'static IndexInfo,
    /// Window, step and least share of valid data with which it was made.
    pub settings: Settings,
    /// The names of the channels it was made of.
    pub inputs: Vec<String>,
    /// One value each step, at the middle of its window; missing where the window holds too little.
    pub series: Channel,
    /// The ends of the 95 % interval of each value; missing where there is none.
    pub intervals: Vec<(f64, f64)>,
    /// The mean over the whole time, or why there is none.
    pub summary: Figure,
}

impl OverTime {
    /// The share of all windows that have a value, 0 to 1.
    pub fn share_with_value(&self) -> f64 {
        let found = self.series.values.iter().filter(|value| value.is_finite()).count();
        found as f64 / self.series.values.len().max(1) as f64
    }
}

/// The value of one window with its interval, or why it has none.
pub(crate) type Windowed = Result<(f64, Option<(f64, f64)>), &'static str>;

/// Follows an index: `value` is given the rows of each window in which all channels are valid, a column each.
pub(crate) fn follow(
    info: &'static IndexInfo,
    settings: Settings,
    unit: &str,
    channels: &[&Channel],
    block: f64,
    value: impl Fn(&[Vec<f64>]) -> Windowed,
) -> OverTime {
    let inputs = channels.iter().map(|channel| channel.name.clone()).collect();
    let settings = whole_blocks(settings, block);
    let made = Aligned::new(channels, block).and_then(|rows| match settings.fault() {
        Some(fault) => Err(fault),
        None => Ok(walk(&rows, settings, value)),
    });
    assemble(info, settings, unit, inputs, made.unwrap_or_else(Made::nothing))
}

/// The index of what a walk over all windows has made.
pub(crate) fn assemble(
    info: &'static IndexInfo,
    settings: Settings,
    unit: &str,
    inputs: Vec<String>,
    made: Made,
) -> OverTime {
    let found: Vec<f64> = made.values.iter().copied().filter(|value| value.is_finite()).collect();
    let value = match mean(&found) {
        Some(value) => Ok(Estimate { value, interval: of_series(&found, settings, &made.intervals) }),
        None => Err(made.reason),
    };
    let mut series = Channel::new(info.name, unit, made.start, 1.0 / settings.step, made.values);
    series.label = info.title.to_owned();
    let summary =
        Figure { info, part: String::new(), unit: unit.to_owned(), value, valid_fraction: made.valid };
    OverTime { info, settings, inputs, series, intervals: made.intervals, summary }
}

/// Window and step as whole numbers of blocks.
fn whole_blocks(settings: Settings, block: f64) -> Settings {
    let whole =
        |seconds: f64| if seconds > 0.0 { (seconds / block).round().max(1.0) * block } else { seconds };
    Settings { window: whole(settings.window), step: whole(settings.step), ..settings }
}

/// The interval of the mean of a series: by batches of two windows, or of the square root of their number where that is
/// longer (assumed: windows overlap, and states last longer than one); of a single value its own.
fn of_series(values: &[f64], settings: Settings, intervals: &[(f64, f64)]) -> Option<(f64, f64)> {
    if values.len() == 1 {
        return intervals.iter().copied().find(|(low, high)| low.is_finite() && high.is_finite());
    }
    let two_windows = (2.0 * settings.window / settings.step).ceil();
    let batch = two_windows.max((values.len() as f64).sqrt().ceil());
    of_mean(values, batch as usize)
}

/// What a walk over all windows gives.
pub(crate) struct Made {
    /// The middle of the first window, s.
    pub start: f64,
    /// A value each window; not a number where it has none.
    pub values: Vec<f64>,
    /// The interval of each value; not numbers where it has none.
    pub intervals: Vec<(f64, f64)>,
    /// The share of the time that is valid, 0 to 1.
    pub valid: f64,
    /// Why there is no value, where there is none.
    pub reason: String,
}

impl Made {
    /// No window at all, with the reason.
    pub fn nothing(reason: String) -> Self {
        Made { start: 0.0, values: Vec::new(), intervals: Vec::new(), valid: 0.0, reason }
    }
}

fn walk(rows: &Aligned, settings: Settings, value: impl Fn(&[Vec<f64>]) -> Windowed) -> Made {
    let blocks = |seconds: f64| (seconds / rows.block).round().max(1.0) as usize;
    let (length, step) = (blocks(settings.window), blocks(settings.step));
    let (mut values, mut intervals) = (Vec::new(), Vec::new());
    let mut kept: Vec<Vec<f64>> = vec![Vec::with_capacity(length); rows.columns.len()];
    let mut lacking = Reasons::default();
    for start in (0..).step_by(step).take_while(|start| start + length <= rows.len()) {
        kept.iter_mut().for_each(Vec::clear);
        for row in start..start + length {
            if rows.columns.iter().all(|column| column[row].is_finite()) {
                kept.iter_mut().zip(&rows.columns).for_each(|(kept, column)| kept.push(column[row]));
            }
        }
        let enough = kept[0].len() as f64 >= settings.least_valid * length as f64 - 1e-9;
        let (found, interval) = match enough.then(|| value(&kept)) {
            Some(Ok(found)) => found,
            Some(Err(reason)) => {
                lacking.add(reason);
                (f64::NAN, None)
            }
            None => (f64::NAN, None),
        };
        values.push(found);
        intervals.push(interval.unwrap_or((f64::NAN, f64::NAN)));
    }
    let reason = if values.is_empty() {
        format!(
            "the recording lasts {:.0} s and a window {} s",
            rows.len() as f64 * rows.block,
            settings.window
        )
    } else {
        lacking.most_frequent().map_or_else(
            || {
                format!(
                    "no window of {} s holds {:.0} % of its data",
                    settings.window,
                    100.0 * settings.least_valid
                )
            },
            str::to_owned,
        )
    };
    let start = rows.start + 0.5 * length as f64 * rows.block;
    Made { start, values, intervals, valid: rows.valid_fraction(), reason }
}

/// Why windows have no value, counted.
#[derive(Default)]
pub(crate) struct Reasons(Vec<(String, usize)>);

impl Reasons {
    /// One more window without a value.
    pub fn add(&mut self, reason: impl Into<String>) {
        let reason = reason.into();
        match self.0.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, count)) => *count += 1,
            None => self.0.push((reason, 1)),
        }
    }

    /// The reason of most windows.
    pub fn most_frequent(&self) -> Option<&str> {
        self.0.iter().max_by_key(|(_, count)| *count).map(|(reason, _)| reason.as_str())
    }
}
