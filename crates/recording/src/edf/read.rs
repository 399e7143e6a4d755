//! An EDF, EDF+ or BDF file as a recording.

use std::io::{self, Read};

use super::annotations::Annotations;
use super::header::{Header, Scale, Signal};
use crate::error::{Place, ReadError};
use crate::names::tell_apart;
use crate::pieces::{Block, Pieces};
use crate::source::Source;
use crate::types::{Basis, Channel, Mark, MarkKind, Recording};

/// How many times as long as what was recorded the gaps may be, so that two far records cannot ask for all
/// memory: an hour for every minute.
const GAPS: f64 = 60.0;
/// A record that begins so little (s) off the end of the one before follows on it: onsets are often written to
/// the millisecond.
const ROUNDING: f64 = 1e-3;

/// Reads an EDF, EDF+ or BDF file; `name` is the file's name, for messages.
///
/// Every signal keeps its own rate. In EDF+ and BDF+ the records' own times count: a gap stays a gap (NaN and a
/// [`MarkKind::Gap`]), and annotations become events. A signal whose range is a single value is left out and
/// named in the provenance, as are a number of records that does not fit the file, and bytes behind the last
/// whole record. Who the patient is is not kept.
pub fn read_edf(name: &str, bytes: &[u8]) -> Result<Recording, ReadError> {
    edf_pieces(Source::memory(name, bytes), f64::INFINITY)?.whole()
}

/// Reads an EDF, EDF+ or BDF file in pieces: once for its times and annotations, once for its samples.
pub(crate) fn edf_pieces(source: Source, seconds: f64) -> Result<Pieces, ReadError> {
    let mut bytes = source.reader().map_err(|cause| source.failed(cause))?;
    let header = Header::read(&source.name, &mut bytes)?;
    let survey = Survey::of(&source, &header, &mut bytes)?;
    let head = head(&source, &header, &survey);

    let mut bytes = source.reader().map_err(|cause| source.failed(cause))?;
    io::copy(&mut bytes.by_ref().take(header.size() as u64), &mut io::sink())
        .map_err(|cause| source.failed(cause))?;
    let places = vec![0; header.signals.len()];
    let blocks = Blocks { source, header, survey, bytes, record: 0, jump: 0, places };
    Ok(Pieces::stitched(head, blocks, seconds))
}

/// Times and annotations of all records.
struct Survey {
    /// Whole records.
    records: u64,
    /// When the first record begins, s.
    start: f64,
    /// Records that do not follow on the one before, with the end of that and their own beginning, s.
    jumps: Vec<(u64, f64, f64)>,
    marks: Vec<Mark>,
    /// What the user should know.
    warnings: Vec<String>,
}

impl Survey {
    fn of(source: &Source, header: &Header, bytes: &mut dyn Read) -> Result<Survey, ReadError> {
        let mut survey =
            Survey { records: 0, start: 0.0, jumps: Vec::new(), marks: Vec::new(), warnings: Vec::new() };
        let (mut record, mut broken, mut left) = (Vec::new(), 0, 0);
        let (mut base, mut base_record) = (0.0, 0);
        let most = header.records.unwrap_or(u64::MAX);
        while header.record_size() > 0 && survey.records < most {
            if !next_record(bytes, header, &mut record).map_err(|cause| source.failed(cause))? {
                left = record.len();
                break;
            }
            let told = annotations(header, &record);
            broken += told.broken;
            survey.marks.extend(told.marks);
            if let Some(onset) = told.onset {
                let due = base + (survey.records - base_record) as f64 * header.duration;
                if survey.records == 0 {
                    (survey.start, base) = (onset, onset);
                } else if onset < due - tolerance(header) {
                    return Err(survey.overlap(source, header, onset, due));
                } else if onset > due + tolerance(header) {
                    survey.jumps.push((survey.records, due, onset));
                    (base, base_record) = (onset, survey.records);
                }
            }
            survey.records += 1;
        }
        survey.check_gaps(source, header)?;
        if survey.records == most {
            left = io::copy(bytes, &mut io::sink()).map_err(|cause| source.failed(cause))? as usize;
        }
        survey.warn(header, left, broken);
        Ok(survey)
    }

    fn overlap(&self, source: &Source, header: &Header, onset: f64, due: f64) -> ReadError {
        let byte = header.size() as u64 + self.records * header.record_size() as u64;
        ReadError::new(
            &source.name,
            Place::Byte(byte),
            format!(
                "record {} begins at {onset} s, before the one before it ends at {due} s",
                self.records + 1
            ),
            "records that follow each other in time",
        )
    }

    /// Refuses gaps that are out of proportion to what was recorded.
    fn check_gaps(&self, source: &Source, header: &Header) -> Result<(), ReadError> {
        let recorded = self.records as f64 * header.duration;
        let gaps: f64 = self.jumps.iter().map(|(_, from, to)| to - from).sum();
        if gaps <= GAPS * recorded {
            return Ok(());
        }
        Err(ReadError::new(
            &source.name,
            Place::File,
            format!("gaps of {gaps} s together are out of proportion to {recorded} s of data"),
            format!("gaps up to {GAPS} times as long as what was recorded"),
        ))
    }

    fn warn(&mut self, header: &Header, left: usize, broken: usize) {
        match header.records {
            Some(promised) if promised != self.records => self
                .warnings
                .push(format!("the header promises {promised} records, the file holds {}", self.records)),
            None => {
                self.warnings.push(format!("the header tells no number of records, {} found", self.records))
            }
            Some(_) => {}
        }
        if left > 0 {
            self.warnings.push(format!("{left} bytes behind the last record were left out"));
        }
        if broken > 0 {
            self.warnings.push(format!("{broken} annotations could not be read"));
        }
    }
}

/// Half a sample of the fastest signal, or the rounding of onsets where that is coarser.
fn tolerance(header: &Header) -> f64 {
    let fastest = header.signals.iter().filter(|s| !s.is_annotations()).map(|s| s.samples).max().unwrap_or(1);
    (0.5 * header.duration / fastest.max(1) as f64).max(ROUNDING)
}

/// Fills `record` with the next one; `false` where the file ends before or in it.
fn next_record(bytes: &mut dyn Read, header: &Header, record: &mut Vec<u8>) -> io::Result<bool> {
    record.clear();
    let size = header.record_size();
    bytes.take(size as u64).read_to_end(record)?;
    Ok(record.len() == size)
}

fn annotations(header: &Header, record: &[u8]) -> Annotations {
    let mut found = Annotations::default();
    if header.plus {
        for (_, bytes) in parts(header, record).filter(|(signal, _)| signal.is_annotations()) {
            found.add(bytes);
        }
    }
    found
}

/// The signals of a record with their bytes.
fn parts<'a>(header: &'a Header, record: &'a [u8]) -> impl Iterator<Item = (&'a Signal, &'a [u8])> {
    let mut rest = record;
    header.signals.iter().map(move |signal| {
        let (part, after) = rest.split_at((signal.samples * header.width).min(rest.len()));
        rest = after;
        (signal, part)
    })
}

/// Whether a signal becomes a channel.
fn is_kept(signal: &Signal) -> bool {
    !signal.is_annotations() && signal.samples > 0 && signal.scale != Scale::Dead
}

/// The recording without samples.
fn head(source: &Source, header: &Header, survey: &Survey) -> Recording {
    let mut provenance = vec![
        ("file".to_owned(), source.name.clone()),
        ("format".to_owned(), format(header, survey).to_owned()),
    ];
    let mut note = |key: String, text: &str| provenance.push((key, text.to_owned()));
    if let Some(at) = &header.recorded_at {
        note("recorded at".to_owned(), at);
    }
    for signal in header.signals.iter().filter(|signal| !signal.is_annotations() && !is_kept(signal)) {
        let why = if signal.samples == 0 { "no samples" } else { "its range is a single value" };
        note("warning".to_owned(), &format!("signal `{}` was left out: {why}", signal.label));
    }
    for warning in &survey.warnings {
        note("warning".to_owned(), warning);
    }
    let mut channels = Vec::new();
    for (index, signal) in header.signals.iter().enumerate().filter(|(_, signal)| is_kept(signal)) {
        let rate = signal.samples as f64 / header.duration;
        let name =
            if signal.label.is_empty() { format!("signal {}", index + 1) } else { signal.label.clone() };
        let channel = Channel::new(&name, &signal.unit, survey.start, rate, Vec::new());
        channels.push(Channel { basis: Basis::Recorded, ..channel });
        for (key, text) in [("sensor", &signal.transducer), ("filters", &signal.prefilter)] {
            if !text.is_empty() {
                note(format!("{key} of {name}"), text);
            }
        }
    }
    tell_apart(&mut channels);
    let gap = |(_, from, to): &(u64, f64, f64)| Mark {
        kind: MarkKind::Gap,
        start: *from,
        end: *to,
        label: format!("{:.3} s missing", to - from),
    };
    let mut marks: Vec<Mark> = survey.jumps.iter().map(gap).chain(survey.marks.iter().cloned()).collect();
    marks.sort_by(|a, b| a.start.total_cmp(&b.start));
    Recording { title: source.name.clone(), channels, marks, facts: Vec::new(), provenance }
}

fn format(header: &Header, survey: &Survey) -> &'static str {
    match (header.width, header.plus, survey.jumps.is_empty()) {
        (2, false, _) => "EDF",
        (2, true, true) => "EDF+",
        (2, true, false) => "EDF+ with gaps",
        (_, false, _) => "BDF",
        (_, true, true) => "BDF+",
        (_, true, false) => "BDF+ with gaps",
    }
}

/// The records as blocks of samples.
struct Blocks {
    source: Source,
    header: Header,
    survey: Survey,
    bytes: Box<dyn Read + Send>,
    record: u64,
    /// The next jump to come.
    jump: usize,
    /// The place of the next sample of each signal.
    places: Vec<usize>,
}

impl Iterator for Blocks {
    type Item = Result<Block, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.record == self.survey.records {
            return None;
        }
        let mut record = Vec::new();
        match next_record(&mut *self.bytes, &self.header, &mut record) {
            Ok(true) => {}
            Ok(false) => return Some(Err(self.source.failed(io::ErrorKind::UnexpectedEof.into()))),
            Err(cause) => return Some(Err(self.source.failed(cause))),
        }
        if let Some((_, _, onset)) = self.survey.jumps.get(self.jump).filter(|jump| jump.0 == self.record) {
            let since = onset - self.survey.start;
            for (signal, place) in self.header.signals.iter().zip(&mut self.places) {
                let rate = signal.samples as f64 / self.header.duration;
                *place = ((since * rate).round() as usize).max(*place);
            }
            self.jump += 1;
        }
        let mut block = Vec::new();
        for ((signal, bytes), place) in parts(&self.header, &record).zip(&mut self.places) {
            if is_kept(signal) {
                block.push((*place, physical(signal.scale, bytes, self.header.width)));
                *place += signal.samples;
            }
        }
        self.record += 1;
        Some(Ok(Block(block)))
    }
}

fn physical(scale: Scale, bytes: &[u8], width: usize) -> Vec<f64> {
    let Scale::Linear { lowest, physical, step } = scale else { return Vec::new() };
    let digital = |sample: &[u8]| match *sample {
        [low, high] => i32::from(i16::from_le_bytes([low, high])),
        [low, middle, high] => i32::from_le_bytes([0, low, middle, high]) >> 8,
        _ => 0,
    };
    bytes.chunks_exact(width).map(|sample| (f64::from(digital(sample)) - lowest) * step + physical).collect()
}
