//! The whole beats of a window in which a signal has enough data.

use crate::signal::{LARGEST_MISSING_PART, Node, Signal};
use crate::{MeasureError, Window, detect_beats};
use cisterna_recording::{Mark, MarkKind, Recording};

/// The fewest samples that show the shape of a beat.
const FEWEST_SAMPLES: f64 = 8.0;

/// Whole beats, in order of time; each a window from onset to onset.
pub(crate) struct Beats {
    windows: Vec<Window>,
}

impl Beats {
    /// The beats that lie wholly within `window` and of which `signal` misses at most a tenth. They are the marks
    /// of kind beat; where the recording has none, they are found on the channel `found_on`.
    pub fn whole(
        recording: &Recording,
        signal: &Signal,
        window: Window,
        found_on: &str,
    ) -> Result<Self, MeasureError> {
        if recording.marks_of(MarkKind::Beat).next().is_some() {
            return Ok(Self::select(recording.marks_of(MarkKind::Beat), signal, window));
        }
        let source = recording
            .channel(found_on)
            .ok_or_else(|| MeasureError::UnknownChannel { name: found_on.to_owned(), nearest: None })?;
        Ok(Self::select(detect_beats(source)?.beats.iter(), signal, window))
    }

    /// As [`Beats::whole`], but only what is marked.
    pub fn marked(recording: &Recording, signal: &Signal, window: Window) -> Self {
        Self::select(recording.marks_of(MarkKind::Beat), signal, window)
    }

    fn select<'m>(marks: impl Iterator<Item = &'m Mark>, signal: &Signal, window: Window) -> Self {
        let mut windows: Vec<Window> = marks
            .map(|mark| Window { from: mark.start, to: mark.end })
            .filter(|beat| beat.is_proper() && beat.from >= window.from - 1e-9 && beat.to <= window.to + 1e-9)
            .filter(|beat| beat.duration() * signal.rate >= FEWEST_SAMPLES)
            .filter(|beat| signal.valid_fraction(*beat) >= 1.0 - LARGEST_MISSING_PART)
            .collect();
        windows.sort_by(|a, b| a.from.total_cmp(&b.from));
        Beats { windows }
    }

    /// Leaves out the beats of which `signal` misses more than a tenth.
    pub fn with_data_in(mut self, signal: &Signal) -> Self {
        self.windows.retain(|beat| signal.valid_fraction(*beat) >= 1.0 - LARGEST_MISSING_PART);
        self
    }

    /// Themselves, or an error where they are fewer than `needed`.
    pub fn at_least(self, needed: usize, signal: &Signal, window: Window) -> Result<Self, MeasureError> {
        if self.len() >= needed {
            return Ok(self);
        }
        let (channel, found) = (signal.name.to_owned(), self.len());
        Err(MeasureError::TooFewBeats { channel, window, found, needed })
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        self.windows.len()
    }

    /// The window of each.
    pub fn iter(&self) -> impl Iterator<Item = Window> + '_ {
        self.windows.iter().copied()
    }

    /// Their mean duration, s; not a number where there are none.
    pub fn mean_duration(&self) -> f64 {
        self.iter().map(Window::duration).sum::<f64>() / self.len() as f64
    }

    /// The mean over beats of `value(beat, corners of the signal in it)`.
    pub fn mean_of(&self, signal: &Signal, value: impl Fn(Window, &[Node]) -> f64) -> f64 {
        self.iter().map(|beat| value(beat, &signal.nodes(beat))).sum::<f64>() / self.len() as f64
    }
}
