//! An existing statistic of waves, followed over windows.

use super::over_time::{Made, Reasons, assemble};
use super::{IndexInfo, OverTime, Settings};
use crate::signal::Signal;
use crate::{MeasureError, Request, Statistic, Window, measure};
use cisterna_recording::{Channel, Mark, MarkKind, Recording};

/// How closely waves are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// Every sample: for peaks and lines.
    Full,
    /// Means of about a fiftieth of a second, which keep the fundamental of the fastest heart but for a part in a hundred
    /// (`sinc(4 / 50)`, and the same of both channels of a ratio), and cost a fifth at 250 samples a second.
    Fundamental,
}

/// Means a second that show a fundamental.
const FUNDAMENTAL_RATE: f64 = 50.0;

/// Waves of one window, with what is marked there.
pub(super) struct Piece<'a> {
    recording: Recording,
    window: Window,
    names: &'a [&'a str],
}

impl Piece<'_> {
    /// A statistic of the `channel`th of the named channels, compared with the other where there is one; beats are found on
    /// the first.
    pub fn measure(&self, statistic: Statistic, channel: usize) -> Result<f64, MeasureError> {
        let request = Request {
            other: self.names.iter().copied().find(|name| *name != self.names[channel]),
            beats_from: Some(self.names[0]),
            ..Request::new(statistic, self.names[channel], self.window)
        };
        measure(&self.recording, &request).map(|measured| measured.value)
    }
}

/// Follows `value` of the named channels of a recording; only the samples and beats of a window are looked at for it.
pub(super) fn follow_waves(
    info: &'static IndexInfo,
    settings: Settings,
    unit: &str,
    recording: &Recording,
    (names, detail): (&[&str], Detail),
    value: impl Fn(&Piece) -> Result<f64, String>,
) -> OverTime {
    let found: Result<Vec<&Channel>, String> = names
        .iter()
        .map(|name| recording.channel(name).ok_or_else(|| format!("there is no channel `{name}`")))
        .collect();
    let made = match (found, settings.fault()) {
        (Err(reason), _) | (Ok(_), Some(reason)) => Made::nothing(reason),
        (Ok(channels), None) => match channels.iter().find_map(|channel| Signal::of(channel).err()) {
            Some(reason) => Made::nothing(reason),
            None => walk(settings, recording, &channels, (names, detail), value),
        },
    };
    assemble(info, settings, unit, names.iter().map(|name| (*name).to_owned()).collect(), made)
}

fn walk(
    settings: Settings,
    recording: &Recording,
    channels: &[&Channel],
    (names, detail): (&[&str], Detail),
    value: impl Fn(&Piece) -> Result<f64, String>,
) -> Made {
    let start = channels.iter().map(|channel| channel.start).fold(f64::NEG_INFINITY, f64::max);
    let ends = channels.iter().map(|channel| channel.start + channel.values.len() as f64 / channel.rate);
    let end = ends.fold(f64::INFINITY, f64::min);
    let mut beats: Vec<&Mark> = recording.marks_of(MarkKind::Beat).collect();
    beats.sort_by(|a, b| a.start.total_cmp(&b.start));
    let hidden: Vec<&Mark> =
        recording.marks.iter().filter(|m| matches!(m.kind, MarkKind::Artefact | MarkKind::Gap)).collect();
    let (mut values, mut valid, mut lacking) = (Vec::new(), 0.0, Reasons::default());
    for number in 0.. {
        let from = start + f64::from(number) * settings.step;
        let window = Window { from, to: from + settings.window };
        if window.to > end + 1e-6 {
            break;
        }
        let piece = cut(channels, &beats, &hidden, window, (names, detail));
        let share = channels
            .iter()
            .enumerate()
            .map(|(place, _)| valid_share(&piece.recording.channels[place], window));
        let share = share.fold(1.0, f64::min);
        valid += share;
        let found = if share >= settings.least_valid - 1e-9 { value(&piece) } else { Err(String::new()) };
        values.push(match found {
            Ok(found) if found.is_finite() => found,
            Ok(_) => f64::NAN,
            Err(reason) => {
                if !reason.is_empty() {
                    lacking.add(reason);
                }
                f64::NAN
            }
        });
    }
    let reason = if values.is_empty() {
        format!(
            "the channels last {:.0} s together and a window {} s",
            (end - start).max(0.0),
            settings.window
        )
    } else {
        let too_little = || {
            format!(
                "no window of {} s holds {:.0} % of its data",
                settings.window,
                100.0 * settings.least_valid
            )
        };
        lacking.most_frequent().map_or_else(too_little, str::to_owned)
    };
    let valid = valid / values.len().max(1) as f64;
    let intervals = vec![(f64::NAN, f64::NAN); values.len()];
    Made { start: start + 0.5 * settings.window, values, intervals, valid, reason }
}

/// The means of as many neighbours as leave the fundamental, each at the middle of its samples.
fn thinned(mut channel: Channel) -> Channel {
    let together = (channel.rate / FUNDAMENTAL_RATE).floor() as usize;
    if together < 2 {
        return channel;
    }
    let mean = |samples: &[f64]| samples.iter().sum::<f64>() / samples.len() as f64;
    let start = channel.start + 0.5 * (together - 1) as f64 / channel.rate;
    channel.values = channel.values.chunks_exact(together).map(mean).collect();
    Channel { start, rate: channel.rate / together as f64, ..channel }
}

/// The share of a window in which a channel is valid, 0 to 1.
fn valid_share(channel: &Channel, window: Window) -> f64 {
    let valid = channel.values.iter().filter(|value| value.is_finite()).count();
    (valid as f64 / (window.duration() * channel.rate).round().max(1.0)).min(1.0)
}

/// The samples and beats of a window; what is marked as artefact or gap becomes missing.
fn cut<'a>(
    channels: &[&Channel],
    beats: &[&Mark],
    hidden: &[&Mark],
    window: Window,
    (names, detail): (&'a [&'a str], Detail),
) -> Piece<'a> {
    let mut recording = Recording::default();
    for channel in channels {
        let (start, samples) = channel.window(window.from, window.to);
        let mut part = Channel::new(&channel.name, &channel.unit, start, channel.rate, samples.to_vec());
        for mark in hidden.iter().filter(|mark| mark.start < window.to && mark.end > window.from) {
            let index =
                |t: f64| (((t - start) * channel.rate).ceil().max(0.0) as usize).min(part.values.len());
            let (from, to) = (index(mark.start), index(mark.end));
            part.values[from..to.max(from)].fill(f64::NAN);
        }
        recording.channels.push(if detail == Detail::Fundamental { thinned(part) } else { part });
    }
    let first = beats.partition_point(|mark| mark.start < window.from);
    let inside = beats[first..].iter().take_while(|mark| mark.start < window.to);
    recording.marks = inside.map(|mark| (*mark).clone()).collect();
    Piece { recording, window, names }
}

#[cfg(test)]
mod tests;
