//! What a record is made of before it is read: its stretches, channels and gaps.

use std::rc::Rc;

use super::header::{Entry, Header};
use super::record::Record;
use super::segment::Segment;
use super::signal::{Calibration, Signal};
use super::spans::{Found, Held, Span, columns, signals, unit};
use crate::error::{Place, ReadError};
use crate::types::{Basis, Channel, Mark, MarkKind};

/// Frames without samples that a record may have in all. Assumed: a year at 125 frames a second; more is a
/// mistake, and would take for ever to go through.
const MOST_SILENCE: u64 = 1 << 32;

impl Record<'_> {
    pub(super) fn open_one(&mut self, header: Header) -> Result<(), ReadError> {
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

    pub(super) fn open_many(&mut self, header: &Header) -> Result<(), ReadError> {
        let files = Rc::clone(&self.files);
        let mut notes = Vec::new();
        let mut found = Found::new(&*files, self.frame_rate);
        let by_name = header.segments[0].frames == 0;
        let wanted = signals(&header.segments, &mut found, &mut notes);
        let (mut start, mut silence) = (0u64, 0u64);
        for entry in header.segments.iter().filter(|entry| entry.frames > 0) {
            let (frames, held) = self.held(entry, &mut found, &wanted, by_name, &mut notes);
            silence = silence.saturating_add(entry.frames - frames);
            let end = start.checked_add(entry.frames).filter(|_| silence <= MOST_SILENCE);
            let Some(end) = end else {
                let problem = format!(
                    "`{}` of {} frames makes the gaps {silence} frames long",
                    entry.name, entry.frames
                );
                let allowed = format!("{MOST_SILENCE} frames without samples at most");
                return Err(ReadError::new(&self.name, Place::Line(entry.line), problem, allowed));
            };
            self.lay(entry, start, frames, held);
            start = end;
        }
        if let Some(said) = header.frames.filter(|said| *said != start) {
            let text = format!("the segments add up to {start} frames, the header says {said}");
            notes.push(("length".to_owned(), text));
        }
        self.listed = start;
        self.provenance.extend(notes);
        self.make_channels(&wanted);
        self.mark_gaps();
        Ok(())
    }

    /// What a line of the list of segments holds, and how many of its frames are there.
    fn held(
        &mut self,
        entry: &Entry,
        found: &mut Found<'_>,
        wanted: &[Signal],
        by_name: bool,
        notes: &mut Vec<(String, String)>,
    ) -> (u64, Held) {
        let name = entry.name.as_str();
        if name == "~" {
            return (0, Held::Nothing("nothing recorded".to_owned()));
        }
        let known = match found.segment(name) {
            Ok(known) => known,
            Err(reason) => {
                notes.push(("missing segment".to_owned(), format!("`{name}`: {reason}")));
                return (0, Held::Nothing(format!("segment `{name}` is missing")));
            }
        };
        let frames = known.frames.min(entry.frames);
        self.bytes = self.bytes.saturating_add(known.bytes);
        if known.said.unwrap_or(known.frames) != entry.frames || frames < entry.frames {
            let text = format!("`{name}` holds {} frames, {} are listed", known.frames, entry.frames);
            notes.push(("segment length".to_owned(), text));
        }
        let tell = |text| notes.push((format!("segment `{name}`"), text));
        let columns = columns(wanted, &known.signals, by_name, tell);
        (frames, Held::Segment { name: name.to_owned(), columns })
    }

    /// Lays a segment on the clock, and behind it what it lacks.
    fn lay(&mut self, entry: &Entry, start: u64, frames: u64, held: Held) {
        if let Held::Nothing(_) = held {
            self.spans.push(Span { start, frames: entry.frames, held });
            return;
        }
        self.spans.push(Span { start, frames, held });
        self.frames = start + frames;
        if frames < entry.frames {
            let held = Held::Nothing(format!("segment `{}` ends early", entry.name));
            self.spans.push(Span { start: self.frames, frames: entry.frames - frames, held });
        }
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
}
