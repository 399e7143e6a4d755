//! A whole record, of one segment or of several, that gives the values of any frames.

use std::rc::Rc;

use super::files::Files;
use super::header::Header;
use super::segment::Segment;
use super::spans::{Held, Span, segment_header};
use crate::error::{Place, ReadError};
use crate::types::{Channel, Mark};

/// An open record.
pub(super) struct Record<'a> {
    /// The name of the header file.
    pub name: String,
    /// The record's name.
    pub title: String,
    /// Frames per second.
    pub frame_rate: f64,
    /// Its frames, up to the last that was recorded.
    pub frames: u64,
    /// Samples in one frame of all channels together.
    pub per_frame: u64,
    /// Bytes of all signal files.
    pub bytes: u64,
    /// Where nothing was recorded.
    pub gaps: Vec<Mark>,
    /// How it came about, and what was odd.
    pub provenance: Vec<(String, String)>,
    pub(super) files: Rc<dyn Files + 'a>,
    pub(super) channels: Vec<(Channel, u64)>,
    pub(super) spans: Vec<Span>,
    pub(super) current: Option<(usize, Segment)>,
    told: Vec<(String, String)>,
    /// Frames that the list of segments adds up to.
    pub(super) listed: u64,
}

impl<'a> Record<'a> {
    /// Opens the record whose header is called `name`.
    pub(super) fn open(
        name: &str,
        header: &[u8],
        files: Rc<dyn Files + 'a>,
    ) -> Result<Record<'a>, ReadError> {
        let header = Header::read(name, header)?;
        if header.is_layout() {
            let problem = "this is the layout of a record of several segments and holds no samples";
            let bare = name.strip_suffix(".hea").unwrap_or(name);
            let allowed = match files.headers().iter().find(|other| lists(&*files, other, bare)) {
                Some(other) => format!("the header that lists the segments, `{other}`"),
                None => "the header that lists the segments".to_owned(),
            };
            return Err(ReadError::new(name, Place::File, problem, allowed));
        }
        let mut record = Record {
            name: name.to_owned(),
            title: header.record.clone(),
            frame_rate: header.frame_rate,
            frames: 0,
            per_frame: 0,
            bytes: 0,
            gaps: Vec::new(),
            provenance: vec![("file".to_owned(), name.to_owned())],
            files,
            channels: Vec::new(),
            spans: Vec::new(),
            current: None,
            told: Vec::new(),
            listed: 0,
        };
        if !header.recorded_at.is_empty() {
            record.note("recorded at", header.recorded_at.clone());
        }
        let comments = header.comments.clone();
        match header.segments.is_empty() {
            true => record.open_one(header)?,
            false => record.open_many(&header)?,
        }
        if record.frames == 0 {
            return Err(record.nothing());
        }
        for comment in comments {
            record.note("comment", comment);
        }
        Ok(record)
    }

    /// Why there is no sample at all.
    fn nothing(&self) -> ReadError {
        let missing = self.provenance.iter().filter(|(key, _)| key == "missing segment").count();
        let (problem, allowed) = match missing {
            0 => {
                let seconds = self.listed as f64 / self.frame_rate;
                let problem = format!("nothing was recorded: the record lists only gaps, {seconds} s in all");
                (problem, "a record with one segment or more; this one is whole, but empty")
            }
            _ => (
                format!("nothing was recorded: no segment can be read ({missing} are missing)"),
                "one segment or more with its files beside the header",
            ),
        };
        ReadError::new(&self.name, Place::File, problem, allowed)
    }

    pub(super) fn note(&mut self, key: &str, text: String) {
        self.provenance.push((key.to_owned(), text));
    }

    /// The channels with their values for `count` frames from frame `from`.
    pub(super) fn read(&mut self, from: u64, count: u64) -> Result<Vec<Channel>, ReadError> {
        let mut channels: Vec<Channel> = Vec::with_capacity(self.channels.len());
        for (channel, per_frame) in &self.channels {
            let mut channel = channel.clone();
            channel.start = (from * per_frame) as f64 / channel.rate;
            channel.values.reserve_exact((count * per_frame) as usize);
            channels.push(channel);
        }
        let end = from + count;
        let first = self.spans.partition_point(|span| span.start + span.frames <= from);
        for index in first..self.spans.len() {
            let span = &self.spans[index];
            if span.start >= end {
                break;
            }
            let (start, stop) = (span.start.max(from), (span.start + span.frames).min(end));
            let within = start - span.start;
            let mut columns = match &span.held {
                Held::Nothing(_) => vec![None; channels.len()],
                Held::Segment { columns, .. } => columns.clone(),
            };
            let mut values = match columns.iter().any(Option::is_some) {
                true => {
                    let files = Rc::clone(&self.files);
                    self.segment(index)?.read(&*files, within, stop - start)?
                }
                false => Vec::new(),
            };
            for ((channel, (_, each)), column) in channels.iter_mut().zip(&self.channels).zip(&mut columns) {
                match column {
                    Some(column) if channel.values.is_empty() => {
                        channel.values = std::mem::take(&mut values[*column])
                    }
                    Some(column) => channel.values.append(&mut values[*column]),
                    None => channel
                        .values
                        .resize(channel.values.len() + ((stop - start) * each) as usize, f64::NAN),
                }
            }
        }
        Ok(channels)
    }

    /// The segment of a span, opened if it is not.
    fn segment(&mut self, index: usize) -> Result<&mut Segment, ReadError> {
        if self.current.as_ref().is_none_or(|(open, _)| *open != index) {
            self.close();
            let Held::Segment { name, .. } = &self.spans[index].held else {
                return Err(ReadError::new(&self.name, Place::File, "a gap was read", "a segment"));
            };
            let header = segment_header(&*self.files, name).map_err(|reason| {
                ReadError::new(&self.name, Place::File, reason, "a header that stays as it was")
            })?;
            self.current = Some((index, Segment::open(&format!("{name}.hea"), header, &*self.files)?));
        }
        match &mut self.current {
            Some((_, segment)) => Ok(segment),
            None => Err(ReadError::new(&self.name, Place::File, "no segment is open", "a segment")),
        }
    }

    /// Closes the open segment and keeps what its sums tell.
    fn close(&mut self) {
        let Some((_, segment)) = self.current.take() else { return };
        let one = self.spans.len() == 1;
        let names: Vec<String> = (segment.header.signals.iter().enumerate())
            .map(|(place, signal)| match (one, self.channels.get(place)) {
                (true, Some((channel, _))) => channel.name.clone(),
                _ => format!("{}, {}", segment.header.record, signal.description),
            })
            .collect();
        self.told.extend(segment.told(&names));
    }

    /// What sums and first values told; asked after the last frame.
    pub(super) fn told(&mut self) -> Vec<(String, String)> {
        self.close();
        std::mem::take(&mut self.told)
    }
}

/// Whether a header lists the segment called `name`.
fn lists(files: &dyn Files, header: &str, name: &str) -> bool {
    let read = files.text(header).ok().and_then(|bytes| Header::read(header, &bytes).ok());
    read.is_some_and(|header| header.segments.iter().any(|entry| entry.name == name))
}
