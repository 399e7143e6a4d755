//! A WFDB record as a recording.

use std::collections::{HashMap, HashSet};
use std::io;

use super::header::{Calibration, Header, Signal};
use super::samples::Format;
use crate::error::{Place, ReadError};
use crate::types::{Basis, Channel, Recording};

/// Reads a WFDB record of one segment from its header; `fetch` gives the bytes of a file beside it by name.
///
/// Formats 16 and 212 are read, each channel at its own rate. A sample whose code means that nothing was
/// recorded is NaN. A signal with skew `n` loses its first `n` frames, which precede the record, and ends in
/// NaN where the file ends. A signal without gain has the unit `uncalibrated` and says so in the provenance.
///
/// ```
/// let header = b"bed 1 125 2\nbed.dat 16 10/mmHg 12 0 0 0 0 ABP\n";
/// let recording = cisterna_recording::read_wfdb("bed.hea", header, |_| Ok(vec![0x84, 3, 0x8e, 3]))?;
/// assert_eq!(recording.channels[0].values, [90.0, 91.0]);
/// # Ok::<(), cisterna_recording::ReadError>(())
/// ```
pub fn read_wfdb(
    name: &str,
    header: &[u8],
    fetch: impl Fn(&str) -> io::Result<Vec<u8>>,
) -> Result<Recording, ReadError> {
    let header = Header::read(name, header)?;
    let groups = groups(name, &header, fetch)?;
    let frames = frames(name, &header, &groups)?;

    let mut channels: Vec<Option<Channel>> = vec![None; header.signals.len()];
    for group in &groups {
        let mut first = 0;
        for &index in &group.members {
            let signal = &header.signals[index];
            let values = group.values(signal, first, frames);
            channels[index] = Some(channel(&header, index, values));
            first += signal.per_frame;
        }
    }
    let mut channels: Vec<Channel> = channels.into_iter().flatten().collect();
    tell_apart(&mut channels);
    let provenance = provenance(name, &header, &channels);
    Ok(Recording { title: header.record, channels, marks: Vec::new(), facts: Vec::new(), provenance })
}

/// The signals that share a file, frame by frame.
struct Group {
    /// Their places in the header, in order.
    members: Vec<usize>,
    bytes: Vec<u8>,
    format: Format,
    /// Bytes before the first sample.
    offset: usize,
    /// Samples in one frame.
    per_frame: u64,
    /// Whole frames in the file.
    frames: u64,
}

impl Group {
    fn read(
        name: &str,
        header: &Header,
        members: Vec<usize>,
        fetch: &impl Fn(&str) -> io::Result<Vec<u8>>,
    ) -> Result<Self, ReadError> {
        let signals = || members.iter().filter_map(|member| header.signals.get(*member));
        let lead = &header.signals[members[0]];
        let at = |line: u64, problem: String, allowed: &str| {
            Err(ReadError::new(name, Place::Line(line), problem, allowed))
        };
        let Some(format) = Format::of(lead.format) else {
            let known = Format::KNOWN.contains(&lead.format);
            let why = if known { "is not read yet" } else { "is unknown" };
            return at(lead.line, format!("storage format {} {why}", lead.format), "formats 16 and 212");
        };
        if let Some(other) = signals().find(|s| (s.format, s.offset) != (lead.format, lead.offset)) {
            return at(
                other.line,
                format!("`{}` has another format or byte offset than on line {}", other.file, lead.line),
                "one format and one offset a file",
            );
        }
        let bytes = match fetch(&lead.file) {
            Ok(bytes) => bytes,
            Err(cause) => {
                return at(
                    lead.line,
                    format!("the signal file `{}` could not be read ({cause})", lead.file),
                    "signal files in the folder of the header",
                );
            }
        };
        let offset = usize::try_from(lead.offset).ok().filter(|offset| *offset <= bytes.len());
        let per_frame = signals().try_fold(0u64, |sum, signal| sum.checked_add(signal.per_frame));
        let (Some(offset), Some(per_frame)) = (offset, per_frame) else {
            return at(
                lead.line,
                format!("`{}` has {} bytes, fewer than one frame needs", lead.file, bytes.len()),
                "byte offset and samples per frame within the file",
            );
        };
        let frames = format.samples(bytes.len() - offset) as u64 / per_frame;
        Ok(Group { members, bytes, format, offset, per_frame, frames })
    }

    /// The physical values of a signal whose samples begin at place `first` of each frame.
    fn values(&self, signal: &Signal, first: u64, frames: u64) -> Vec<f64> {
        let bytes = self.bytes.get(self.offset..).unwrap_or_default();
        let present = self.frames.saturating_sub(signal.skew).min(frames);
        let mut values = Vec::with_capacity((frames * signal.per_frame) as usize);
        for frame in 0..present {
            let start = (frame + signal.skew) * self.per_frame + first;
            values.extend((start..start + signal.per_frame).map(|index| {
                let code = self.format.code(bytes, index as usize);
                code.map_or(f64::NAN, |code| (f64::from(code) - signal.baseline) / signal.gain)
            }));
        }
        values.resize((frames * signal.per_frame) as usize, f64::NAN);
        values
    }
}

fn groups(
    name: &str,
    header: &Header,
    fetch: impl Fn(&str) -> io::Result<Vec<u8>>,
) -> Result<Vec<Group>, ReadError> {
    let mut order: Vec<Vec<usize>> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (index, signal) in header.signals.iter().enumerate() {
        let group = *known.entry(&signal.file).or_insert(order.len());
        match order.get_mut(group) {
            Some(members) => members.push(index),
            None => order.push(vec![index]),
        }
    }
    order.into_iter().map(|members| Group::read(name, header, members, &fetch)).collect()
}

/// The frames of the record: as the header says, else as many as every file holds.
fn frames(name: &str, header: &Header, groups: &[Group]) -> Result<u64, ReadError> {
    let shortest = groups.iter().min_by_key(|group| group.frames);
    let Some((group, lead)) = shortest.and_then(|g| Some((g, header.signals.get(*g.members.first()?)?)))
    else {
        return Ok(0);
    };
    let frames = header.frames.unwrap_or(group.frames);
    if frames > group.frames || frames == 0 {
        let claim =
            header.frames.map_or("the length is not given".to_owned(), |n| format!("the header says {n}"));
        return Err(ReadError::new(
            name,
            Place::Line(lead.line),
            format!("`{}` holds {} whole frames, {claim}", lead.file, group.frames),
            "one frame or more; a file as long as the header says, or longer",
        ));
    }
    Ok(frames)
}

fn channel(header: &Header, index: usize, values: Vec<f64>) -> Channel {
    let signal = &header.signals[index];
    let rate = header.frame_rate * signal.per_frame as f64;
    let name = match signal.description.as_str() {
        "" => format!("signal {index}"),
        given => given.to_owned(),
    };
    let mut channel = Channel::new(&name, &signal.unit, 0.0, rate, values);
    channel.basis = Basis::Recorded;
    if signal.calibration == Calibration::Default {
        channel.label = format!("{name} (uncalibrated, meant in {})", signal.unit);
        channel.unit = "uncalibrated".to_owned();
    }
    channel
}

/// Gives every channel a name of its own: a second `ABP` becomes `ABP.2`, with its place in the header.
fn tell_apart(channels: &mut [Channel]) {
    let mut taken = HashSet::new();
    for (index, channel) in channels.iter_mut().enumerate() {
        if !taken.insert(channel.name.clone()) {
            channel.name = format!("{}.{}", channel.name, index + 1);
            taken.insert(channel.name.clone());
        }
    }
}

fn provenance(name: &str, header: &Header, channels: &[Channel]) -> Vec<(String, String)> {
    let mut provenance = vec![("file".to_owned(), name.to_owned())];
    let mut note = |key: &str, text: &str| provenance.push((key.to_owned(), text.to_owned()));
    if !header.recorded_at.is_empty() {
        note("recorded at", &header.recorded_at);
    }
    for (channel, signal) in channels.iter().zip(&header.signals) {
        if signal.calibration == Calibration::Default {
            note("uncalibrated", &channel.name);
        }
    }
    for comment in &header.comments {
        note("comment", comment);
    }
    provenance
}
