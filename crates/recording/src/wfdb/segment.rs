//! One segment: a header with signals and their files.

use std::collections::HashMap;
use std::io;

use super::files::Files;
use super::format::Format;
use super::header::Header;
use super::signal::Signal;
use super::stream::Stream;
use crate::error::{Place, ReadError};

/// Different skews that one file may have; each needs a pass of its own. Records in the wild have one or two.
const MOST_SKEWS: usize = 16;

/// An open segment.
pub(super) struct Segment {
    /// The name of its header file.
    pub name: String,
    /// What the header says.
    pub header: Header,
    /// Its frames.
    pub frames: u64,
    /// The frames that the header announces, if its files hold fewer.
    pub announced: Option<u64>,
    /// Bytes of its signal files.
    pub bytes: u64,
    streams: Vec<(u64, Stream)>,
}

impl Segment {
    /// Opens the signal files of a header. A file that is too short for the header leaves fewer frames and
    /// `announced`.
    pub(super) fn open(name: &str, header: Header, files: &dyn Files) -> Result<Segment, ReadError> {
        let mut streams = Vec::new();
        let mut bytes = 0u64;
        for members in files_of(&header.signals) {
            let lead = members[0].1;
            let format = check_file(name, &members)?;
            if format == Format::Null {
                continue;
            }
            let failed = |cause: io::Error| {
                let problem = format!("the signal file `{}` could not be read ({cause})", lead.file);
                at(name, lead.line, problem, "signal files in the folder of the header")
            };
            let length = files.open(&lead.file).and_then(|mut file| file.length()).map_err(failed)?;
            bytes = bytes.saturating_add(length);
            let per_frame = members.iter().try_fold(0u64, |sum, (_, s)| sum.checked_add(s.per_frame));
            let Some(per_frame) = per_frame.filter(|_| lead.offset <= length) else {
                let problem = format!("`{}` has {length} bytes, fewer than one frame needs", lead.file);
                return Err(at(
                    name,
                    lead.line,
                    problem,
                    "byte offset and samples per frame within the file",
                ));
            };
            let mut skews: Vec<u64> = members.iter().map(|(_, signal)| signal.skew).collect();
            skews.sort_unstable();
            skews.dedup();
            if skews.len() > MOST_SKEWS {
                let problem = format!("`{}` has signals of {} different skews", lead.file, skews.len());
                return Err(at(name, lead.line, problem, &format!("{MOST_SKEWS} different skews at most")));
            }
            for skew in skews {
                let stream = Stream::open(files, format, &members, skew, per_frame).map_err(failed)?;
                streams.push((lead.line, stream));
            }
        }
        let mut segment =
            Segment { name: name.to_owned(), header, frames: 0, announced: None, bytes, streams };
        segment.find_length()?;
        Ok(segment)
    }

    /// The frames: as the header says, else as many as every file holds.
    fn find_length(&mut self) -> Result<(), ReadError> {
        let held = self.streams.iter().filter_map(|(_, stream)| stream.frames()).min();
        let (said, held) = match (self.header.frames, held) {
            (Some(said), held) => (said, held.unwrap_or(said)),
            (None, Some(held)) => (held, held),
            (None, None) => {
                let problem = "neither the header nor a signal file says how long the record is";
                return Err(ReadError::new(
                    &self.name,
                    Place::File,
                    problem,
                    "a number of samples in line 1",
                ));
            }
        };
        self.frames = said.min(held);
        self.announced = self.header.frames.filter(|said| *said > held);
        if self.frames == 0 {
            return Err(self.too_short());
        }
        Ok(())
    }

    /// The error of a file that holds less than the header says.
    pub(super) fn too_short(&self) -> ReadError {
        let held = |(_, stream): &&(u64, Stream)| stream.frames().unwrap_or(u64::MAX);
        let shortest = self.streams.iter().min_by_key(held);
        let line = shortest.map_or(1, |(line, _)| *line);
        let file = self.header.signals.iter().find(|s| s.line == line).map_or("", |s| s.file.as_str());
        let claim = match self.header.frames {
            Some(said) => format!("the header says {said}"),
            None => "the length is not given".to_owned(),
        };
        let problem = format!("`{file}` holds {} whole frames, {claim}", self.frames);
        at(&self.name, line, problem, "one frame or more; a file as long as the header says, or longer")
    }

    /// The values of every signal for `count` frames from frame `from`, all within the segment.
    pub(super) fn read(
        &mut self,
        files: &dyn Files,
        from: u64,
        count: u64,
    ) -> Result<Vec<Vec<f64>>, ReadError> {
        let mut out: Vec<Vec<f64>> = self
            .header
            .signals
            .iter()
            .map(|signal| {
                let values = (count * signal.per_frame) as usize;
                let nothing = if signal.format == 0 { values } else { 0 };
                let mut list = Vec::with_capacity(values);
                list.resize(nothing, f64::NAN);
                list
            })
            .collect();
        for (line, stream) in &mut self.streams {
            stream.read(files, from, count, self.frames, &mut out).map_err(|cause| {
                let file =
                    self.header.signals.iter().find(|s| s.line == *line).map_or("", |s| s.file.as_str());
                let problem = format!("the signal file `{file}` could not be read ({cause})");
                at(&self.name, *line, problem, "a signal file that is whole")
            })?;
        }
        Ok(out)
    }

    /// What of the header's sums and first values differs from the files, once everything has been read.
    pub(super) fn told(&self, names: &[String]) -> Vec<(String, String)> {
        self.streams.iter().flat_map(|(_, s)| s.told(&self.header.signals, names, self.frames)).collect()
    }
}

fn at(name: &str, line: u64, problem: String, allowed: &str) -> ReadError {
    ReadError::new(name, Place::Line(line), problem, allowed)
}

/// Signals by file, in order of the header.
fn files_of(signals: &[Signal]) -> Vec<Vec<(usize, &Signal)>> {
    let mut order: Vec<Vec<(usize, &Signal)>> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (index, signal) in signals.iter().enumerate() {
        let place = *known.entry(&signal.file).or_insert(order.len());
        match order.get_mut(place) {
            Some(members) => members.push((index, signal)),
            None => order.push(vec![(index, signal)]),
        }
    }
    order
}

/// The one format of the signals of a file.
fn check_file(name: &str, members: &[(usize, &Signal)]) -> Result<Format, ReadError> {
    let lead = members[0].1;
    let Some(format) = Format::of(lead.format) else {
        let problem = format!("storage format {} is unknown", lead.format);
        return Err(at(name, lead.line, problem, Format::READABLE));
    };
    let other = |(_, s): &&(usize, &Signal)| (s.format, s.offset) != (lead.format, lead.offset);
    if let Some((_, odd)) = members.iter().find(other) {
        let problem = format!("`{}` has another format or byte offset than on line {}", odd.file, lead.line);
        return Err(at(name, odd.line, problem, "one format and one offset a file"));
    }
    let uneven = members.iter().find(|(_, signal)| signal.per_frame != lead.per_frame);
    if let (Format::Flac(_), Some((_, odd))) = (format, uneven) {
        let problem =
            format!("`{}` has another number of samples a frame than on line {}", odd.file, lead.line);
        return Err(at(name, odd.line, problem, "one number of samples a frame in a FLAC file"));
    }
    Ok(format)
}
