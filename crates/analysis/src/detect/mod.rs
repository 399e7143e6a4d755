//! Beats of a recorded pulse or electrocardiogram: one search for all, in blocks, so that any length can be searched.

mod blocks;
mod candidates;
mod ecg;
mod fiducials;
mod finder;
mod prepare;
mod pulse;
mod quality;

use crate::MeasureError;
pub(crate) use blocks::{Block, Blocks};
use cisterna_recording::{Channel, Mark, MarkKind};
pub(crate) use finder::{Finder, Part};
pub(crate) use prepare::{median, smoothed};
pub(crate) use quality::correlation;

/// The fewest samples a second that show an upstroke.
pub(crate) const SLOWEST_RATE: f64 = 20.0;
/// Slopes more skewed than this to falls show a pulse that is upside down.
const UPSIDE_DOWN: f64 = -0.1;

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

/// What sort of beat a signal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wave {
    /// One pulse a beat, with a steep rise: a pressure, a flow or its velocity, a plethysmogram.
    Pulse,
    /// One QRS complex a beat.
    Electrocardiogram,
}

/// One beat, its times in samples.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Beat {
    pub onset: f64,
    pub end: f64,
    pub peak: f64,
    pub notch: Option<(f64, f64)>,
    pub likeness: f64,
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
        let count = self.beats.len() as f64;
        let mean = self.intervals().sum::<f64>() / count;
        let squares: f64 = self.intervals().map(|interval| (interval - mean).powi(2)).sum();
        (count > 1.0).then(|| (squares / (count - 1.0)).sqrt())
    }

    /// The root of the mean square difference of intervals that follow each other without a space, s (RMSSD, same source).
    pub fn successive_difference(&self) -> Option<f64> {
        let squares: Vec<f64> = self
            .beats
            .windows(2)
            .filter(|pair| (pair[1].start - pair[0].end).abs() < 1e-6)
            .map(|pair| (pair[1].end - pair[1].start - (pair[0].end - pair[0].start)).powi(2))
            .collect();
        (!squares.is_empty()).then(|| (squares.iter().sum::<f64>() / squares.len() as f64).sqrt())
    }
}

/// Finds the beats of a pulse: arterial or intracranial pressure, flow or its velocity.
///
/// After the slope sum function of Zong, Heldt, Moody and Mark 2003 (Comput Cardiol 30:259): the rises within the
/// last 128 ms are summed; a beat is where the sum passes half of its usual maximum (the median of the maxima of
/// neighbouring pieces of 2.5 s). The onset is where the steepest tangent meets the level of the preceding minimum.
/// Adding an offset or multiplying the signal moves no beat; a signal drawn upside down is recognised by its
/// steepest slopes being falls. Where the beats are not alike there is no pulse, and no beat.
///
/// ```
/// # use cisterna_analysis::detect_beats;
/// # use cisterna_recording::Channel;
/// # let wave = (0..1000).map(|i| 80.0 + 40.0 * (-((f64::from(i % 100) - 20.0) / 12.0).powi(2)).exp()).collect();
/// let pressure = Channel::new("abp", "mmHg", 0.0, 100.0, wave); // 60 beats a minute
/// let found = detect_beats(&pressure)?;
/// assert!(found.beats.iter().all(|beat| (beat.end - beat.start - 1.0).abs() < 0.01));
/// # Ok::<(), cisterna_analysis::MeasureError>(())
/// ```
pub fn detect_beats(channel: &Channel) -> Result<DetectedBeats, MeasureError> {
    detect_beats_of(channel, Wave::Pulse)
}

/// Finds the beats of a pulse, or of an electrocardiogram from R wave to R wave.
pub fn detect_beats_of(channel: &Channel, wave: Wave) -> Result<DetectedBeats, MeasureError> {
    let refuse =
        |reason: String| MeasureError::Undetermined { what: "beats", channel: channel.name.clone(), reason };
    if !(channel.rate.is_finite() && channel.rate >= SLOWEST_RATE) {
        return Err(refuse(format!(
            "{} samples a second do not show an upstroke; at least {SLOWEST_RATE} are needed",
            channel.rate
        )));
    }
    let valid = channel.values.iter().filter(|value| value.is_finite()).count();
    if 2 * valid < channel.values.len() || (valid as f64) < 2.0 * channel.rate {
        return Err(refuse(format!(
            "{valid} of {} samples are valid; half of them and two seconds are needed",
            channel.values.len()
        )));
    }
    let (low, high) = prepare::range(&channel.values);
    if high - low <= 1e-9 * high.abs().max(low.abs()) {
        return Err(refuse("the signal is flat".into()));
    }
    let mut finder = Finder::new(channel.rate, wave);
    if wave == Wave::Pulse {
        finder.settle(polarity(channel));
    }
    let mut found = Vec::new();
    each_block(channel, |block| found.extend(finder.beats_in(block, Part::Core)));
    if found.is_empty() {
        return Err(refuse(match wave {
            Wave::Pulse => "no two upstrokes that are alike follow each other within 0.25 to 3 s".into(),
            Wave::Electrocardiogram => {
                "no two complexes that stand out follow each other within 0.25 to 3 s".into()
            }
        }));
    }
    let fiducials: Vec<Fiducials> =
        found.iter().map(|beat| beat.timed(channel.start, channel.rate)).collect();
    let beats = fiducials.iter().map(Fiducials::mark).collect();
    Ok(DetectedBeats { beats, fiducials, polarity: finder.polarity() })
}

/// Which way the pulse of a whole channel is drawn.
fn polarity(channel: &Channel) -> Polarity {
    let mut judge = Finder::new(channel.rate, Wave::Pulse);
    each_block(channel, |block| judge.look_at(block));
    judge.polarity()
}

/// Hands on the blocks of a whole channel.
pub(crate) fn each_block(channel: &Channel, mut each: impl FnMut(Block<'_>)) {
    let mut blocks = Blocks::new(channel.rate);
    blocks.push(&channel.values, &mut each);
    blocks.finish(&mut each);
}

impl Beat {
    /// Its times in seconds, of samples counted from `start`.
    pub fn timed(&self, start: f64, rate: f64) -> Fiducials {
        let time = |sample: f64| start + sample / rate;
        Fiducials {
            onset: time(self.onset),
            peak: time(self.peak),
            notch: self.notch.map(|(at, confidence)| Notch { time: time(at), confidence }),
            end: time(self.end),
            likeness: self.likeness,
        }
    }
}

impl Fiducials {
    /// The beat as a mark.
    pub fn mark(&self) -> Mark {
        Mark { kind: MarkKind::Beat, start: self.onset, end: self.end, label: String::new() }
    }
}
#[cfg(test)]
mod tests {
    use super::*;

    /// A pulse of steep rise, slow fall and dicrotic wave; beats of 0.8 s begin at 0.1 s + 0.8 s n.
    fn pressure(rate: f64) -> Channel {
        let wave = |t: f64| {
            let phase = (t - 0.1).rem_euclid(0.8);
            let systole = (phase / 0.1).min(1.0).powi(2) * (-(phase - 0.1).max(0.0) / 0.35).exp();
            80.0 + 40.0 * systole + 5.0 * (-((phase - 0.42) / 0.03).powi(2)).exp()
        };
        let values = (0..(30.0 * rate) as usize).map(|i| wave(i as f64 / rate)).collect();
        Channel::new("abp", "mmHg", 0.0, rate, values)
    }

    #[test]
    fn the_same_beats_at_any_sampling_rate() {
        for rate in [50.0, 100.0, 125.0, 240.0, 1000.0] {
            let found = detect_beats(&pressure(rate)).unwrap();
            assert_eq!(found.polarity, Polarity::Upright);
            assert!((35..=37).contains(&found.beats.len()), "{rate}: {}", found.beats.len());
            for beat in &found.beats {
                let phase = (beat.start - 0.1).rem_euclid(0.8);
                assert!((0.0..0.08).contains(&phase), "{rate}: onset {phase} s after the start of the rise");
                assert!((beat.end - beat.start - 0.8).abs() < 1.0 / rate);
            }
        }
    }

    #[test]
    fn upside_down_is_recognised() {
        let mut turned = pressure(125.0);
        turned.values.iter_mut().for_each(|value| *value = -*value);
        let (found, upright) = (detect_beats(&turned).unwrap(), detect_beats(&pressure(125.0)).unwrap());
        assert_eq!(found.polarity, Polarity::Reversed);
        assert_eq!(found.beats, upright.beats);
    }

    #[test]
    fn a_beat_lost_in_a_gap_is_not_made_part_of_its_neighbour() {
        let mut gapped = pressure(125.0);
        gapped.values[1200..1240].fill(f64::NAN);
        let found = detect_beats(&gapped).unwrap();
        assert!(found.beats.iter().all(|beat| beat.end - beat.start < 1.0));
    }

    #[test]
    fn no_pulse_no_beats_but_a_reason() {
        let flat = Channel::new("abp", "mmHg", 0.0, 125.0, vec![80.0; 2000]);
        let missing = Channel::new("abp", "mmHg", 0.0, 125.0, vec![f64::NAN; 2000]);
        let empty = Channel::new("abp", "mmHg", 0.0, 125.0, Vec::new());
        let slow = Channel::new("abp", "mmHg", 0.0, 1.0, vec![80.0; 2000]);
        for (channel, reason) in [(flat, "flat"), (missing, "valid"), (empty, "valid"), (slow, "upstroke")] {
            let error = detect_beats(&channel).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
