//! Measuring: a request, what it gives.

use crate::signal::Signal;
use crate::subject::{Subject, half_valid};
use crate::{MeasureError, Need, Statistic, Window};
use cisterna_recording::Recording;

/// One statistic asked of one channel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Request<'a> {
    /// What to compute.
    pub statistic: Statistic,
    /// The channel that it is computed of.
    pub channel: &'a str,
    /// The second channel, for statistics that compare two.
    pub other: Option<&'a str>,
    /// The window that is looked at.
    pub window: Window,
    /// The window to compare with, for statistics that compare two.
    pub baseline: Option<Window>,
    /// The channel on which beats are found where the recording has no beat marks; the channel itself if none.
    pub beats_from: Option<&'a str>,
}

impl<'a> Request<'a> {
    /// A statistic of one channel over one window.
    pub fn new(statistic: Statistic, channel: &'a str, window: Window) -> Self {
        Request { statistic, channel, other: None, window, baseline: None, beats_from: None }
    }
}

/// A number measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// The number, in `unit`; always finite.
    pub value: f64,
    /// Its unit.
    pub unit: String,
    /// The part of the window in which the channel has valid samples, 0 to 1.
    pub valid_fraction: f64,
    /// How many whole beats it rests on, for pulsatile statistics.
    pub beats_used: Option<usize>,
}

/// Measures what is asked.
///
/// ```
/// use cisterna_analysis::{measure, Request, Statistic, Window};
/// use cisterna_recording::{Channel, Recording};
///
/// let mut recording = Recording::default();
/// recording.channels.push(Channel::new("drain", "mL/min", 0.0, 1.0, vec![0.35; 601]));
/// let request = Request::new(Statistic::NetVolume, "drain", Window { from: 0.0, to: 600.0 });
/// let measured = measure(&recording, &request)?;
/// assert!((measured.value - 3.5).abs() < 1e-9);
/// assert_eq!(measured.unit, "mL");
/// # Ok::<(), cisterna_analysis::MeasureError>(())
/// ```
pub fn measure(recording: &Recording, request: &Request) -> Result<Measured, MeasureError> {
    let signal = Signal::new(recording, request.channel)?;
    let info = request.statistic.info();
    let valid_fraction =
        if info.needs.contains(&Need::Window) { half_valid(&signal, request.window)? } else { 1.0 };
    let subject = Subject { recording, request, signal };
    let finding = request.statistic.compute(&subject)?;
    let other = request.other.and_then(|name| recording.channel(name)).map(|channel| channel.unit.as_str());
    let (factor, unit) = info.unit.apply(subject.signal.unit, other);
    let value = factor * finding.value;
    if !value.is_finite() {
        return Err(subject.undetermined(info.name, "the numbers are too large or too small to compute with"));
    }
    Ok(Measured { value, unit, valid_fraction, beats_used: finding.beats_used })
}
