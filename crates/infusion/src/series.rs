//! From a channel of pressure to means of windows.

use cisterna_quantity::{Dimension, parse_unit_of};
use cisterna_recording::{Channel, MarkKind, Recording};

use crate::Problem;
use crate::protocol::Options;

/// The pressure, window by window.
#[derive(Clone, Debug, Default)]
pub(crate) struct Windows {
    /// `(from, until)`, s.
    pub spans: Vec<(f64, f64)>,
    /// Means of the valid samples, mmHg.
    pub means: Vec<f64>,
    /// Share of valid samples in all of the channel.
    pub valid: f64,
}

impl Windows {
    /// The numbers of the windows that lie within a time.
    pub fn within(&self, from: f64, until: f64) -> Vec<usize> {
        let inside = |span: &(f64, f64)| span.0 >= from - 1e-6 && span.1 <= until + 1e-6;
        self.spans.iter().enumerate().filter(|(_, span)| inside(span)).map(|(index, _)| index).collect()
    }

    /// The mean of windows.
    pub fn mean(&self, windows: &[usize]) -> f64 {
        windows.iter().map(|&index| self.means[index]).sum::<f64>() / windows.len() as f64
    }
}

pub(crate) fn channel<'a>(recording: &'a Recording, name: &str) -> Result<&'a Channel, Problem> {
    recording.channel(name).ok_or_else(|| Problem::UnknownChannel {
        name: name.to_owned(),
        channels: recording.channels.iter().map(|channel| format!("`{}`", channel.name)).collect(),
    })
}

/// What turns a channel's samples into the unit of canon of a dimension.
pub(crate) fn scale(channel: &Channel, dimension: Dimension, allowed: &'static str) -> Result<f64, Problem> {
    match parse_unit_of(&channel.unit, dimension) {
        Ok(unit) => Ok(unit.to_canonical(1.0)),
        Err(_) => Err(Problem::Unit { channel: channel.name.clone(), unit: channel.unit.clone(), allowed }),
    }
}

/// The means of whole windows of a pressure. A sample stands for the time half a step before and after it; samples that are
/// missing, and those under a mark of kind artefact or gap, are left out, and windows with too few.
pub(crate) fn pressure(recording: &Recording, name: &str, options: &Options) -> Result<Windows, Problem> {
    let channel = channel(recording, name)?;
    let scale = scale(channel, Dimension::PRESSURE, "mmHg, cmH2O or kPa")?;
    let spoilt: Vec<(f64, f64)> = recording
        .marks
        .iter()
        .filter(|mark| matches!(mark.kind, MarkKind::Artefact | MarkKind::Gap))
        .map(|mark| (mark.start, mark.end))
        .collect();
    let length = ((options.window * channel.rate).round() as usize).max(1);
    let (step, seconds) = (1.0 / channel.rate, length as f64 / channel.rate);
    let mut found = Windows::default();
    let mut valid = 0;
    for (window, samples) in channel.values.chunks_exact(length).enumerate() {
        let from = channel.time(window * length) - 0.5 * step;
        let near: Vec<&(f64, f64)> =
            spoilt.iter().filter(|(start, end)| *start < from + seconds && *end >= from).collect();
        let good = |(index, value): (usize, &f64)| {
            let time = channel.time(window * length + index);
            let clean = !near.iter().any(|(start, end)| (*start..=*end).contains(&time));
            (value.is_finite() && clean).then_some(scale * value)
        };
        let samples: Vec<f64> = samples.iter().enumerate().filter_map(good).collect();
        valid += samples.len();
        if samples.len() as f64 >= options.least_valid * length as f64 {
            found.spans.push((from, from + seconds));
            found.means.push(samples.iter().sum::<f64>() / samples.len() as f64);
        }
    }
    found.valid = valid as f64 / channel.values.len().max(1) as f64;
    Ok(found)
}
