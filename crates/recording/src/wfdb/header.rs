//! The header file of a record, after header(5) of the WFDB applications guide (Moody, physionet.org).

use super::signal::{Signal, signal_line};
use crate::error::{Place, ReadError};
use crate::text::lenient;

/// Samples per second where the header names no rate, header(5).
const DEFAULT_RATE: f64 = 250.0;
/// Rates outside this (frames per second) are mistakes, and times could overflow.
const RATES: std::ops::RangeInclusive<f64> = 1e-9..=1e9;
/// Segments a record may have: the longest of the large databases have a few thousand.
const MOST_SEGMENTS: u64 = 1 << 16;

/// What the header says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Header {
    /// The record's name.
    pub record: String,
    /// Frames per second.
    pub frame_rate: f64,
    /// The number of frames, if given.
    pub frames: Option<u64>,
    /// Time and date of the first sample as they stand, if given.
    pub recorded_at: String,
    /// The signals, in order; none for a record of several segments.
    pub signals: Vec<Signal>,
    /// The segments, in order; none for a record of one.
    pub segments: Vec<Entry>,
    /// The comment lines after the record line.
    pub comments: Vec<String>,
}

/// One line of the list of segments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its line in the header, counted from 1.
    pub line: u64,
    /// The segment's record; `~` where nothing was recorded.
    pub name: String,
    /// Its frames; zero for the layout.
    pub frames: u64,
}

/// A place in the header to complain about.
pub(super) struct Line<'a> {
    pub file: &'a str,
    pub number: u64,
}

impl Line<'_> {
    pub(super) fn error(&self, problem: impl Into<String>, allowed: impl Into<String>) -> ReadError {
        ReadError::new(self.file, Place::Line(self.number), problem, allowed)
    }

    fn whole(&self, what: &str, text: &str) -> Result<u64, ReadError> {
        text.parse().map_err(|_| self.error(format!("{what} `{text}`"), "a whole number, zero or more"))
    }
}

impl Header {
    /// Reads the header called `name`.
    pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Header, ReadError> {
        let text = lenient(bytes);
        let mut lines =
            text.lines().zip(1..).map(|(text, number)| (Line { file: name, number }, text.trim()));
        let first = lines.by_ref().find(|(_, text)| !text.is_empty() && !text.starts_with('#'));
        let Some((record_line, text)) = first else {
            let allowed = "a record line such as `a103 3 250 82500`";
            return Err(ReadError::new(name, Place::File, "the header is empty", allowed));
        };
        let (mut header, counts) = read_record_line(&record_line, text)?;
        for (line, text) in lines {
            if let Some(comment) = text.strip_prefix('#') {
                header.comments.push(comment.trim().to_owned());
            } else if !text.is_empty() {
                header.add(&line, text, &counts)?;
            }
        }
        header.check_counts(&record_line, &counts)?;
        Ok(header)
    }

    /// Whether this only lists the signals of a record of several segments.
    pub(crate) fn is_layout(&self) -> bool {
        self.frames.is_none()
            && !self.signals.is_empty()
            && self.signals.iter().all(|signal| signal.format == 0)
    }

    /// Adds a line that is no comment: a segment or a signal.
    fn add(&mut self, line: &Line<'_>, text: &str, counts: &Counts) -> Result<(), ReadError> {
        let (what, listed, most) = match counts.segments {
            Some(segments) => ("segment", self.segments.len(), segments),
            None => ("signal", self.signals.len(), counts.signals),
        };
        if listed as u64 >= most {
            let problem = format!("a {what} more than the {most} of the record line");
            return Err(line.error(problem, format!("as many {what} lines as the record line says")));
        }
        match counts.segments {
            Some(_) => self.segments.push(segment_line(line, text)?),
            None => self.signals.push(signal_line(line, text)?),
        }
        Ok(())
    }

    fn check_counts(&self, line: &Line<'_>, counts: &Counts) -> Result<(), ReadError> {
        let (what, listed, said) = match counts.segments {
            Some(segments) => ("segment", self.segments.len(), segments),
            None => ("signal", self.signals.len(), counts.signals),
        };
        if said == 0 {
            return Err(line.error(format!("the record has no {what}s"), format!("one {what} or more")));
        }
        if listed as u64 != said {
            let problem = format!("the record line says {said} {what}s, but {listed} are listed");
            return Err(line.error(problem, format!("as many {what} lines as the record line says")));
        }
        Ok(())
    }
}

/// How many lines the record line announces.
struct Counts {
    /// Segments, if the record has several.
    segments: Option<u64>,
    signals: u64,
}

/// `name[/segments] signals [rate[/counter]] [frames] [time] [date]`.
fn read_record_line(line: &Line<'_>, text: &str) -> Result<(Header, Counts), ReadError> {
    let mut fields = text.split_whitespace();
    let record = fields.next().unwrap_or_default();
    let (record, segments) = match record.split_once('/') {
        Some((record, segments)) => (record, Some(line.whole("number of segments", segments)?)),
        None => (record, None),
    };
    check_name(line, record)?;
    if let Some(many) = segments.filter(|segments| *segments > MOST_SEGMENTS) {
        return Err(line.error(format!("{many} segments"), format!("{MOST_SEGMENTS} segments at most")));
    }
    let signals = fields
        .next()
        .ok_or_else(|| line.error("no number of signals", "a record line such as `a103 3 250 82500`"))?;
    let signals = line.whole("number of signals", signals)?;
    let rate = fields.next();
    // After a slash stands the rate of a tape counter.
    let frame_rate = match rate.map(|rate| rate.split('/').next().unwrap_or(rate)) {
        None => DEFAULT_RATE,
        Some(rate) => match rate.parse::<f64>() {
            Ok(number) if RATES.contains(&number) => number,
            _ => return Err(line.error(format!("sampling rate `{rate}`"), "frames per second, over zero")),
        },
    };
    let frames = fields.next().map(|frames| line.whole("number of samples", frames)).transpose()?;
    let header = Header {
        record: record.to_owned(),
        frame_rate,
        frames: frames.filter(|frames| *frames > 0),
        // Dates in the wild read `2006` or `199`; they are kept as text and never a reason to fail.
        recorded_at: fields.collect::<Vec<_>>().join(" "),
        signals: Vec::new(),
        segments: Vec::new(),
        comments: Vec::new(),
    };
    Ok((header, Counts { segments, signals }))
}

/// `name frames`, with `~` as the name of a gap.
fn segment_line(line: &Line<'_>, text: &str) -> Result<Entry, ReadError> {
    let mut fields = text.split_whitespace();
    let name = fields.next().unwrap_or_default();
    if name != "~" {
        check_name(line, name)?;
    }
    let frames = fields.next().ok_or_else(|| {
        line.error(format!("no length of segment `{name}`"), "a name and a number of samples")
    })?;
    let frames = line.whole("number of samples", frames)?;
    Ok(Entry { line: line.number, name: name.to_owned(), frames })
}

/// Names come from a file that may be hostile: they must stay in its folder.
pub(super) fn check_name(line: &Line<'_>, name: &str) -> Result<(), ReadError> {
    let leaves = name.contains(['/', '\\', ':', '\0']) || matches!(name, "" | "." | ".." | "-" | "~");
    if leaves {
        return Err(line.error(
            format!("`{name}` is no file beside the header"),
            "a plain file name in the same folder",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(header: &str) -> String {
        Header::read("x.hea", header.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn a_bad_date_and_comments_anywhere_do_no_harm() {
        let text = b"# before\nx 1 250/24000(7) 0 15:08:24 2006\n\nx.dat 16\n# 69 M\n";
        let header = Header::read("x.hea", text).unwrap();
        assert_eq!((header.frame_rate, header.frames), (250.0, None));
        assert_eq!(header.recorded_at, "15:08:24 2006");
        assert_eq!(header.comments, ["69 M"]);
    }

    #[test]
    fn segments_are_listed_with_gaps() {
        let header = Header::read("x.hea", b"x/3 2 125 750\nlayout 0\n~ 250\none 500\n# end\n").unwrap();
        let told: Vec<_> = header.segments.iter().map(|s| (s.line, s.name.as_str(), s.frames)).collect();
        assert_eq!(told, [(2, "layout", 0), (3, "~", 250), (4, "one", 500)]);
        assert!(Header::read("l.hea", b"l 1 125 0\n~ 0 200/mV 8 0 0 0 0 II\n").unwrap().is_layout());
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        assert!(
            refusal("x/3 3 125 9\ny 4\n~ 5\n").contains("line 1: the record line says 3 segments, but 2")
        );
        assert!(refusal("x/1 3 125 9\ny 4\n~ 5\n").contains("line 3: a segment more than the 1"));
        assert!(refusal("x/1 3 125 9\ny\n").contains("line 2: no length of segment `y`"));
        assert!(refusal("x/1 3 125 9\n../y 9\n").contains("line 2: `../y` is no file"));
        assert!(refusal("x/1000000000 3 125 9\n").contains("line 1: 1000000000 segments"));
        assert!(refusal("x 1\n../../etc/passwd 16\n").contains("line 2: `../../etc/passwd` is no file"));
        assert!(
            refusal("x 2\nx.dat 16\n").contains("line 1: the record line says 2 signals, but 1 are listed")
        );
        assert!(refusal("x 1 -5\nx.dat 16\n").contains("line 1: sampling rate `-5`"));
        assert!(refusal("x 1\nx.dat 16x0\n").contains("line 2: storage format `16x0`"));
        assert!(refusal("x 1\nx.dat 16 1e300\n").contains("line 2: gain `1e300`"));
        assert!(refusal("").contains("the header is empty"));
    }
}
