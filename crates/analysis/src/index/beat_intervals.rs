//! `heart_rate`, `sdnn`, `rmssd`: the rate of beats and how their intervals vary.

use super::chance::OF_MEAN;
use super::over_time::{Made, assemble};
use super::{IndexInfo, OverTime, Settings};
use crate::Fiducials;
use crate::detect::{deviation, successive_difference};

/// Five minutes (Task Force 1996, Circulation 93:1043, for short recordings), one after the other, half of them valid.
const SETTINGS: Settings = Settings { window: 300.0, step: 300.0, least_valid: 0.5 };
const TAKES: &str = "beats of a pulse or an electrocardiogram";
const SOURCE: &str = "Task Force 1996, Circulation 93:1043 (not re-read)";

pub(crate) const RATE: IndexInfo = IndexInfo {
    name: "heart_rate",
    title: "Heart rate",
    doc: "Beats over the time that they take, from onset to onset (of an electrocardiogram from R wave to R wave), in five minutes.",
    takes: TAKES,
    unit: "1/min",
    settings: Some(SETTINGS),
    interval: OF_MEAN,
    source: "by definition",
};
pub(crate) const DEVIATION: IndexInfo = IndexInfo {
    name: "sdnn",
    title: "Variation of beats (SDNN)",
    doc: "Standard deviation of the intervals between beats in five minutes. All beats count, ectopic ones too, so that it is that of normal beats only where there are no others.",
    takes: TAKES,
    unit: "ms",
    settings: Some(SETTINGS),
    interval: OF_MEAN,
    source: SOURCE,
};
pub(crate) const SUCCESSIVE: IndexInfo = IndexInfo {
    name: "rmssd",
    title: "Variation from beat to beat (RMSSD)",
    doc: "Root of the mean squared difference of intervals that follow each other, in five minutes. All beats count, ectopic ones too.",
    takes: TAKES,
    unit: "ms",
    settings: Some(SETTINGS),
    interval: OF_MEAN,
    source: SOURCE,
};

/// What the beats of a window give, if they do.
type Value = fn(&[Fiducials]) -> Option<f64>;

/// Rate and variation of the beats of `channel`, in order of time, over the time from `span.0` to `span.1` (s).
pub fn beat_intervals(
    channel: &str,
    beats: &[Fiducials],
    span: (f64, f64),
    settings: Option<Settings>,
) -> Vec<OverTime> {
    let settings = settings.unwrap_or(SETTINGS);
    let what: [(&IndexInfo, Value); 3] = [
        (&RATE, |beats| Some(60.0 * beats.len() as f64 / time(beats))),
        (&DEVIATION, |beats| Some(1e3 * deviation(beats)?)),
        (&SUCCESSIVE, |beats| Some(1e3 * successive_difference(beats)?)),
    ];
    what.into_iter()
        .map(|(info, value)| {
            let made = match settings.fault() {
                Some(fault) => Made::nothing(fault),
                None => walk(beats, span, settings, value),
            };
            assemble(info, settings, info.unit, vec![channel.to_owned()], made)
        })
        .collect()
}

/// The time that beats take, s.
fn time(beats: &[Fiducials]) -> f64 {
    beats.iter().map(|beat| beat.end - beat.onset).sum()
}

fn walk(beats: &[Fiducials], (start, end): (f64, f64), settings: Settings, value: Value) -> Made {
    let mut values = Vec::new();
    for number in 0.. {
        let from = start + f64::from(number) * settings.step;
        let to = from + settings.window;
        // A recording of just so many windows may end a sample before.
        if to > end + 0.1 {
            break;
        }
        let first = beats.partition_point(|beat| beat.onset < from);
        let here = &beats[first..beats.partition_point(|beat| beat.onset < to)];
        let enough = time(here) >= settings.least_valid * settings.window;
        values.push(enough.then(|| value(here)).flatten().unwrap_or(f64::NAN));
    }
    let reason = if values.is_empty() {
        format!("the recording lasts {:.0} s and a window {} s", end - start, settings.window)
    } else {
        format!("no window of {} s is {:.0} % beats", settings.window, 100.0 * settings.least_valid)
    };
    let valid = (time(beats) / (end - start).max(1e-9)).min(1.0);
    Made {
        start: start + 0.5 * settings.window,
        intervals: vec![(f64::NAN, f64::NAN); values.len()],
        values,
        valid,
        reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Intervals of 0.8 s and 0.9 s in turn: 60 / 0.85 a minute, 50 ms about their mean, 100 ms from each to the next.
    #[test]
    fn alternating_beats() {
        let mut at = 0.0;
        let beat = |number: usize| {
            let onset = at;
            at += if number.is_multiple_of(2) { 0.8 } else { 0.9 };
            Fiducials { onset, peak: onset, notch: None, end: at, likeness: 1.0 }
        };
        let beats: Vec<Fiducials> = (0..1100).map(beat).collect();
        let found = beat_intervals("abp", &beats, (0.0, 930.0), None);
        let number = |place: usize| found[place].summary.number().unwrap();
        assert!((number(0) - 60.0 / 0.85).abs() < 0.1, "{}", number(0));
        assert!((number(1) - 50.0).abs() < 0.2, "{}", number(1));
        assert!((number(2) - 100.0).abs() < 1e-6, "{}", number(2));
        assert_eq!(found[0].series.values.len(), 3);
        let few = beat_intervals("abp", &beats[..100], (0.0, 930.0), None);
        assert!(few[0].summary.value.as_ref().is_err_and(|reason| reason.contains("50 % beats")));
    }
}
