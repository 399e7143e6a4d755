//! What is found of beats, and how their intervals vary.

use cisterna_recording::{Mark, MarkKind};

/// Beats found in a signal.
#[derive(Clone, Debug, PartialEq)]
pub struct DetectedBeats {
    /// The beats, from onset to onset, in order of time (s). After a lost beat there is a space between them.
    pub beats: Vec<Mark>,
    /// What was found of each of them.
    pub fiducials: Vec<Fiducials>,
    /// Which way the signal is drawn.
    pub polarity: Polarity,
}

/// The moments of one beat, s.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fiducials {
    /// Its beginning: the foot of the pulse, or the R wave.
    pub onset: f64,
    /// The highest point of the pulse; of an electrocardiogram the R wave.
    pub peak: f64,
    /// The dicrotic notch, where there is one.
    pub notch: Option<Notch>,
    /// The onset of the next beat.
    pub end: f64,
    /// How much it is like the beats round it: the correlation with their average, -1 to 1.
    pub likeness: f64,
}

/// A dicrotic notch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Notch {
    /// When it is, s.
    pub time: f64,
    /// How sure it is, 0 to 1: above a half the curve rises after it, below it only bends.
    pub confidence: f64,
}

/// Which way a signal is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Polarity {
    /// A rise in pressure is a rise in the numbers; the R wave is above.
    Upright,
    /// A rise in pressure is a fall in the numbers; the R wave is below.
    Reversed,
}

impl DetectedBeats {
    /// The rate, 1/min: the number of beats over the time that they take.
    pub fn rate(&self) -> f64 {
        60.0 * self.beats.len() as f64 / self.intervals().sum::<f64>()
    }

    /// The intervals, s.
    pub fn intervals(&self) -> impl Iterator<Item = f64> + '_ {
        self.beats.iter().map(|beat| beat.end - beat.start)
    }

    /// The standard deviation of the intervals, s (SDNN of the Task Force 1996, Circulation 93:1043); none of one beat.
    pub fn deviation(&self) -> Option<f64> {
        deviation(&self.fiducials)
    }

    /// The root of the mean square difference of intervals that follow each other without a space, s (RMSSD, same source).
    pub fn successive_difference(&self) -> Option<f64> {
        successive_difference(&self.fiducials)
    }
}

/// The standard deviation of the intervals, s; none of one beat.
pub(crate) fn deviation(beats: &[Fiducials]) -> Option<f64> {
    let count = beats.len() as f64;
    let mean = beats.iter().map(Fiducials::interval).sum::<f64>() / count;
    let squares: f64 = beats.iter().map(|beat| (beat.interval() - mean).powi(2)).sum();
    (count > 1.0).then(|| (squares / (count - 1.0)).sqrt())
}

/// The root of the mean square difference of intervals that follow each other without a space, s.
pub(crate) fn successive_difference(beats: &[Fiducials]) -> Option<f64> {
    let (mut squares, mut count) = (0.0, 0_usize);
    for pair in beats.windows(2).filter(|pair| (pair[1].onset - pair[0].end).abs() < 1e-6) {
        (squares, count) = (squares + (pair[1].interval() - pair[0].interval()).powi(2), count + 1);
    }
    (count > 0).then(|| (squares / count as f64).sqrt())
}

impl Fiducials {
    /// From its onset to that of the next, s.
    pub fn interval(&self) -> f64 {
        self.end - self.onset
    }

    /// The beat as a mark.
    pub fn mark(&self) -> Mark {
        Mark { kind: MarkKind::Beat, start: self.onset, end: self.end, label: String::new() }
    }
}
