//! Beat after beat as a signal: intervals and systolic values, evenly sampled for spectra.

use crate::signal::{Node, Signal};
use crate::subject::Subject;
use crate::{MeasureError, extremum};

/// Samples a second of a series of beats: the custom of heart rate variability, above twice every rate of breath.
const RATE: f64 = 4.0;
/// The fewest beats that make a series.
const FEWEST: usize = 20;

/// The interval of each whole beat of the window (ms) at its end.
pub(crate) fn intervals(subject: &Subject) -> Result<Vec<Node>, MeasureError> {
    let beats = subject.beats()?.at_least(FEWEST, &subject.signal, subject.window())?;
    Ok(beats.iter().map(|beat| (beat.to, 1000.0 * beat.duration())).collect())
}

/// The highest value of the channel in each whole beat of the window, at the end of the beat.
pub(crate) fn systoles(subject: &Subject) -> Result<Vec<Node>, MeasureError> {
    let beats = subject.beats()?.at_least(FEWEST, &subject.signal, subject.window())?;
    let of = |beat: crate::Window| Some((beat.to, extremum::highest(&subject.signal.nodes(beat))?.1));
    Ok(beats.iter().filter_map(of).collect())
}

/// A series of beats as a signal, straight lines between the beats.
pub(crate) fn sampled<'a>(name: &'a str, unit: &'a str, series: &[Node]) -> Signal<'a> {
    Signal::of_nodes(name, unit, series, RATE)
}
