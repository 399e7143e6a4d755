//! Beats of a recorded pulse or electrocardiogram: one search for all, in blocks, so that any length can be searched.

mod blocks;
mod candidates;
mod ecg;
mod fiducials;
mod finder;
mod found;
mod prepare;
mod pulse;
mod quality;

use crate::MeasureError;
pub(crate) use blocks::{Block, Blocks};
use cisterna_recording::Channel;
pub(crate) use finder::{Finder, Part};
pub use found::{DetectedBeats, Fiducials, Notch, Polarity};
pub(crate) use found::{deviation, successive_difference};
pub(crate) use prepare::{median, smoothed};
pub(crate) use quality::correlation;

/// The fewest samples a second that show an upstroke.
pub(crate) const SLOWEST_RATE: f64 = 20.0;
/// Slopes more skewed than this to falls show a pulse that is upside down.
const UPSIDE_DOWN: f64 = -0.1;

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
