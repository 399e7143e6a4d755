//! The beat with the highest or the lowest mean: what beat-by-beat series report of a transient.

use crate::MeasureError;
use crate::integrate;
use crate::subject::Subject;

/// Which beat is sought.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Extreme {
    Highest,
    Lowest,
}

/// A beat that was found.
pub(super) struct ExtremeBeat {
    /// Its mean, unit of the channel.
    pub value: f64,
    /// Its middle, s after the start of the window.
    pub time: f64,
    /// Its number among the whole beats of the window, from one.
    pub number: f64,
}

/// The whole beat of the window whose mean over time is the highest or the lowest, and of how many.
pub(super) fn extreme(subject: &Subject, which: Extreme) -> Result<(ExtremeBeat, usize), MeasureError> {
    let beats = subject.beats()?;
    let sign = if which == Extreme::Highest { 1.0 } else { -1.0 };
    let found = beats
        .iter()
        .enumerate()
        .filter_map(|(index, beat)| {
            let value = integrate::mean(&subject.signal.nodes(beat))?;
            let time = 0.5 * (beat.from + beat.to) - subject.window().from;
            Some(ExtremeBeat { value, time, number: (index + 1) as f64 })
        })
        .max_by(|a, b| (sign * a.value).total_cmp(&(sign * b.value)));
    match found {
        Some(beat) => Ok((beat, beats.len())),
        None => Err(subject.undetermined("extreme beat", "no beat has a mean")),
    }
}
