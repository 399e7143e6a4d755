//! What one statistic is asked of: the channel, the window, and on demand the other channel, baseline and beats.

use crate::beats::Beats;
use crate::signal::Signal;
use crate::{MeasureError, Request, Window};
use cisterna_recording::Recording;

/// A request laid beside the recording that it is made of.
pub(crate) struct Subject<'a> {
    pub recording: &'a Recording,
    pub request: &'a Request<'a>,
    pub signal: Signal<'a>,
}

/// A number found, in the units of the channels and seconds.
pub(crate) struct Finding {
    pub value: f64,
    pub beats_used: Option<usize>,
}

impl<'a> Subject<'a> {
    /// The window that is looked at.
    pub fn window(&self) -> Window {
        self.request.window
    }

    /// The second channel.
    pub fn other(&self) -> Result<Signal<'a>, MeasureError> {
        let name = self.request.other.ok_or(MeasureError::NeedsOther(self.request.statistic.info().name))?;
        let other = Signal::new(self.recording, name)?;
        half_valid(&other, self.window())?;
        Ok(other)
    }

    /// The window to compare with, half of it valid.
    pub fn baseline(&self) -> Result<Window, MeasureError> {
        let baseline =
            self.request.baseline.ok_or(MeasureError::NeedsBaseline(self.request.statistic.info().name))?;
        half_valid(&self.signal, baseline)?;
        Ok(baseline)
    }

    /// The whole beats of the window with data in the channel, at least one.
    pub fn beats(&self) -> Result<Beats, MeasureError> {
        self.beats_with(&[])
    }

    /// The whole beats of the window with data in the channel and all of `others`, at least one.
    pub fn beats_with(&self, others: &[&Signal]) -> Result<Beats, MeasureError> {
        let source = self.request.beats_from.unwrap_or(self.request.channel);
        let beats = Beats::whole(self.recording, &self.signal, self.window(), source)?;
        others.iter().fold(beats, |beats, other| beats.with_data_in(other)).at_least(
            1,
            &self.signal,
            self.window(),
        )
    }

    /// The statement that `what` cannot be determined, with the reason.
    pub fn undetermined(&self, what: &'static str, reason: impl Into<String>) -> MeasureError {
        MeasureError::Undetermined { what, channel: self.signal.name.to_owned(), reason: reason.into() }
    }
}

impl Finding {
    /// A number that does not rest on beats.
    pub fn plain(value: f64) -> Self {
        Finding { value, beats_used: None }
    }

    /// A number that rests on these beats.
    pub fn over(beats: &Beats, value: f64) -> Self {
        Finding { value, beats_used: Some(beats.len()) }
    }
}

/// Refuses a window of which less than half is valid; gives the valid fraction otherwise.
pub(crate) fn half_valid(signal: &Signal, window: Window) -> Result<f64, MeasureError> {
    if !window.is_proper() {
        return Err(MeasureError::ImproperWindow(window));
    }
    let valid_fraction = signal.valid_fraction(window);
    if valid_fraction < 0.5 {
        let channel = signal.name.to_owned();
        return Err(MeasureError::TooLittleData { channel, window, valid_fraction });
    }
    Ok(valid_fraction)
}
