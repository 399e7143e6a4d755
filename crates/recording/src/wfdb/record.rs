//! A whole record, of one segment or of several, that gives the values of any frames.

use std::rc::Rc;

use super::files::Files;
use super::header::Header;
use super::segment::Segment;
use super::signal::{Calibration, Signal};
use super::spans::{Found, Held, Span, columns, segment_header, signals, unit};
use crate::error::{Place, ReadError};
use crate::types::{Basis, Channel, Mark, MarkKind};

/// Frames without samples that a record may have in all. Assumed: a year at 125 frames a second; more is a
/// mistake, and would take for ever to go through.
const MOST_SILENCE: u64 = 1 << 32;

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
    files: Rc<dyn Files + 'a>,
    channels: Vec<(Channel, u64)>,
    spans: Vec<Span>,
    current: Option<(usize, Segment)>,
    told: Vec<(String, String)>,
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
            return Err(ReadError::new(name, Place::File, problem, "the header that lists the segments"));
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
            let missing = record.provenance.iter().filter(|(key, _)| key == "missing segment").count();
            let problem = format!("nothing was recorded: no segment can be read ({missing} are missing)");
            return Err(ReadError::new(name, Place::File, problem, "one segment or more with its files"));
        }
        for comment in comments {
            record.note("comment", comment);
        }
        Ok(record)
    }

    fn note(&mut self, key: &str, text: String) {
        self.provenance.push((key.to_owned(), text));
    }

    fn open_one(&mut self, header: Header) -> Result<(), ReadError> {
        let segment = Segment::open(&self.name, header, &*self.files)?;
        if segment.announced.is_some() {
            return Err(segment.too_short());
        }
        (self.frames, self.bytes) = (segment.frames, segment.bytes);
        self.make_channels(&segment.header.signals);
        let columns = (0..segment.header.signals.len()).map(Some).collect();
        let held = Held::Segment { name: segment.header.record.clone(), columns };
        self.spans = vec![Span { start: 0, frames: self.frames, held }];
        self.current = Some((0, segment));
        Ok(())
    }

    fn open_many(&mut self, header: &Header) -> Result<(), ReadError> {
        let files = Rc::clone(&self.files);
        let mut notes = Vec::new();
        let mut found = Found::new(&*files, self.frame_rate);
        let by_name = header.segments[0].frames == 0;
        let wanted = signals(&header.segments, &mut found, &mut notes);
        let (mut start, mut silence, mut bytes) = (0u64, 0u64, 0u64);
        for entry in header.segments.iter().filter(|entry| entry.frames > 0) {
            let listed = entry.frames;
            let mut frames = 0;
            let held = match entry.name.as_str() {
                "~" => Held::Nothing("nothing recorded".to_owned()),
                name => match found.segment(name) {
                    Err(reason) => {
                        notes.push(("missing segment".to_owned(), format!("`{name}`: {reason}")));
                        Held::Nothing(format!("segment `{name}` is missing"))
                    }
                    Ok(known) => {
                        frames = known.frames.min(listed);
                        bytes = bytes.saturating_add(known.bytes);
                        if known.said.unwrap_or(known.frames) != listed || frames < listed {
                            let text = format!("`{name}` holds {} frames, {listed} are listed", known.frames);
                            notes.push(("segment length".to_owned(), text));
                        }
                        let tell = |text| notes.push((format!("segment `{name}`"), text));
                        let columns = columns(&wanted, &known.signals, by_name, tell);
                        Held::Segment { name: name.to_owned(), columns }
                    }
                },
            };
            silence = silence.saturating_add(listed - frames);
            let end = start.checked_add(listed).filter(|_| silence <= MOST_SILENCE);
            let Some(end) = end else {
                let problem =
                    format!("`{}` of {listed} frames makes the gaps {silence} frames long", entry.name);
                let allowed = format!("{MOST_SILENCE} frames without samples at most");
                return Err(ReadError::new(&self.name, Place::Line(entry.line), problem, allowed));
            };
            let short = Held::Nothing(format!("segment `{}` ends early", entry.name));
            match &held {
                Held::Nothing(_) => self.spans.push(Span { start, frames: listed, held }),
                Held::Segment { .. } => {
                    self.spans.push(Span { start, frames, held });
                    self.frames = start + frames;
                    if frames < listed {
                        self.spans.push(Span { start: start + frames, frames: listed - frames, held: short });
                    }
                }
            }
            start = end;
        }
        if header.frames.is_some_and(|said| said != start) {
            let said = header.frames.unwrap_or_default();
            notes.push((
                "length".to_owned(),
                format!("the segments add up to {start} frames, the header says {said}"),
            ));
        }
        self.bytes = bytes;
        self.provenance.extend(notes);
        self.make_channels(&wanted);
        self.mark_gaps();
        Ok(())
    }

    /// Channels without samples, each with a name of its own: a second `ABP` becomes `ABP.2`, by its place.
    fn make_channels(&mut self, signals: &[Signal]) {
        let mut taken = std::collections::HashSet::new();
        for (index, signal) in signals.iter().enumerate() {
            let mut name = match signal.description.as_str() {
                "" => format!("signal {index}"),
                given => given.to_owned(),
            };
            let label = match signal.calibration {
                Calibration::Given => name.clone(),
                Calibration::Default => format!("{name} (uncalibrated, meant in {})", signal.unit),
            };
            if !taken.insert(name.clone()) {
                name = format!("{name}.{}", index + 1);
                taken.insert(name.clone());
            }
            let rate = self.frame_rate * signal.per_frame as f64;
            let mut channel = Channel::new(&name, unit(signal), 0.0, rate, Vec::new());
            channel.label = label;
            channel.basis = Basis::Recorded;
            if signal.calibration == Calibration::Default {
                self.note("uncalibrated", name);
            }
            self.per_frame = self.per_frame.saturating_add(signal.per_frame);
            self.channels.push((channel, signal.per_frame));
        }
    }

    /// Marks stretches without samples, and those in which one channel has none.
    fn mark_gaps(&mut self) {
        let mut mark = |start: u64, end: u64, label: &str| {
            let (start, end) = (start as f64 / self.frame_rate, end as f64 / self.frame_rate);
            self.gaps.push(Mark { kind: MarkKind::Gap, start, end, label: label.to_owned() });
        };
        for (index, (channel, _)) in self.channels.iter().enumerate() {
            let mut open: Option<(u64, u64)> = None;
            let label = format!("`{}` not recorded", channel.name);
            for span in &self.spans {
                let lacks = matches!(&span.held, Held::Segment { columns, .. } if columns[index].is_none());
                match (lacks, &mut open) {
                    (true, Some((_, end))) => *end = span.start + span.frames,
                    (true, None) => open = Some((span.start, span.start + span.frames)),
                    (false, _) => {
                        if let Some((start, end)) = open.take() {
                            mark(start, end, &label);
                        }
                    }
                }
            }
            if let Some((start, end)) = open {
                mark(start, end, &label);
            }
        }
        for span in &self.spans {
            if let Held::Nothing(label) = &span.held {
                mark(span.start, span.start + span.frames, label);
            }
        }
        self.gaps.sort_by(|a, b| a.start.total_cmp(&b.start).then(a.end.total_cmp(&b.end)));
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
