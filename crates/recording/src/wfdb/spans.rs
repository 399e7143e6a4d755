//! How a record of several segments lies on its one clock: what each stretch holds, and which signal of a
//! segment belongs to which channel.

use std::collections::HashMap;

use super::files::Files;
use super::header::{Entry, Header};
use super::segment::Segment;
use super::signal::{Calibration, Signal};

/// A stretch of a record.
pub(super) struct Span {
    /// Its first frame.
    pub start: u64,
    /// Its frames.
    pub frames: u64,
    /// What it holds.
    pub held: Held,
}

/// What a stretch holds.
pub(super) enum Held {
    /// A segment whose files are there.
    Segment {
        /// Its name.
        name: String,
        /// For each channel the signal that it takes, if the segment has it.
        columns: Vec<Option<usize>>,
    },
    /// Nothing, with what a reader is told.
    Nothing(String),
}

/// Segments as they were found, by name; a record may list one twice.
pub(super) struct Found<'a> {
    files: &'a dyn Files,
    rate: f64,
    known: HashMap<String, Result<Known, String>>,
}

/// What is known of a segment before it is read.
#[derive(Clone)]
pub(super) struct Known {
    /// Its signals.
    pub signals: Vec<Signal>,
    /// The frames that its files hold.
    pub frames: u64,
    /// The frames that its header announces, if any.
    pub said: Option<u64>,
    /// Bytes of its signal files.
    pub bytes: u64,
}

impl<'a> Found<'a> {
    /// Looks for segments of a record of this rate.
    pub(super) fn new(files: &'a dyn Files, rate: f64) -> Self {
        Found { files, rate, known: HashMap::new() }
    }

    /// The segment called `name`, or why it cannot be read.
    pub(super) fn segment(&mut self, name: &str) -> Result<&Known, &str> {
        if !self.known.contains_key(name) {
            let found = look(self.files, name, self.rate);
            self.known.insert(name.to_owned(), found);
        }
        match &self.known[name] {
            Ok(known) => Ok(known),
            Err(reason) => Err(reason),
        }
    }
}

fn look(files: &dyn Files, name: &str, rate: f64) -> Result<Known, String> {
    let header = segment_header(files, name)?;
    if (header.frame_rate / rate - 1.0).abs() > 1e-6 {
        return Err(format!("its rate is {} Hz, that of the record {rate} Hz", header.frame_rate));
    }
    let segment = Segment::open(&format!("{name}.hea"), header, files).map_err(|error| error.to_string())?;
    let (frames, bytes, said) = (segment.frames, segment.bytes, segment.header.frames);
    Ok(Known { signals: segment.header.signals, frames, said, bytes })
}

/// The header of a segment, which must not have segments of its own.
pub(super) fn segment_header(files: &dyn Files, name: &str) -> Result<Header, String> {
    let file = format!("{name}.hea");
    let bytes = files.text(&file).map_err(|cause| format!("`{file}` could not be read ({cause})"))?;
    let header = Header::read(&file, &bytes).map_err(|error| error.to_string())?;
    if !header.segments.is_empty() {
        return Err("it is itself a record of several segments".to_owned());
    }
    Ok(header)
}

/// The signals that become channels: those of the layout, of the first segment that is there, or, where the
/// layout is missing, all that are found by name.
pub(super) fn signals(
    entries: &[Entry],
    found: &mut Found<'_>,
    notes: &mut Vec<(String, String)>,
) -> Vec<Signal> {
    let layout = entries.first().filter(|entry| entry.frames == 0 && entry.name != "~");
    if let Some(entry) = layout {
        match segment_header(found.files, &entry.name) {
            Ok(header) => return header.signals,
            Err(reason) => notes.push(("missing layout".to_owned(), format!("`{}`: {reason}", entry.name))),
        }
    }
    let mut all: Vec<Signal> = Vec::new();
    for entry in entries.iter().filter(|entry| entry.frames > 0 && entry.name != "~") {
        let Ok(known) = found.segment(&entry.name) else { continue };
        if layout.is_none() {
            return known.signals.clone();
        }
        let new = |signal: &&Signal| all.iter().all(|old| old.description != signal.description);
        let new: Vec<Signal> = known.signals.iter().filter(new).cloned().collect();
        all.extend(new);
    }
    all
}

/// The unit of a signal's numbers.
pub(super) fn unit(signal: &Signal) -> &str {
    match signal.calibration {
        Calibration::Given => &signal.unit,
        Calibration::Default => "uncalibrated",
    }
}

/// For each channel the signal of a segment that it takes: by name in a record with a layout, else by place.
/// What does not fit is left out and told.
pub(super) fn columns(
    channels: &[Signal],
    segment: &[Signal],
    by_name: bool,
    mut tell: impl FnMut(String),
) -> Vec<Option<usize>> {
    let mut free: Vec<bool> = vec![true; segment.len()];
    let chosen = channels.iter().enumerate().map(|(place, channel)| {
        let index = match by_name {
            true => segment
                .iter()
                .zip(&free)
                .position(|(s, free)| *free && s.description == channel.description)?,
            false => (place < segment.len()).then_some(place)?,
        };
        free[index] = false;
        let signal = &segment[index];
        let differs = |what: &str, is: String, not: String| {
            format!(
                "signal `{}` is left out: its {what} is {is}, that of the channel {not}",
                signal.description
            )
        };
        let problem = if signal.description != channel.description {
            differs("name", format!("`{}`", signal.description), format!("`{}`", channel.description))
        } else if unit(signal) != unit(channel) {
            differs("unit", unit(signal).to_owned(), unit(channel).to_owned())
        } else if signal.per_frame != channel.per_frame {
            differs("samples a frame", signal.per_frame.to_string(), channel.per_frame.to_string())
        } else {
            return Some(index);
        };
        tell(problem);
        None
    });
    let chosen = chosen.collect();
    for (signal, _) in segment.iter().zip(&free).filter(|(_, free)| **free) {
        tell(format!("signal `{}` is left out: the record has no such channel", signal.description));
    }
    chosen
}
