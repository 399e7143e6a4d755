//! Real WFDB records, every one of the shared folder, beside expectations that were written down first.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

mod common;
#[path = "common/wfdb_table.rs"]
mod wfdb_table;

use std::path::Path;

use cisterna_recording::wfdb::{annotations, pieces};
use cisterna_recording::{MarkKind, Recording, open};
use common::recordings;
use wfdb_table::{Expected, RECORDS};

/// Length, count of missing samples and sum of each channel, piece by piece.
#[derive(Clone, Default)]
struct Totals {
    named: Vec<(String, String, f64)>,
    counts: Vec<(usize, usize, f64)>,
}

impl Totals {
    fn of(path: &Path, seconds: f64) -> (Totals, Recording) {
        let (mut totals, mut rest) = (Totals::default(), Recording::default());
        for piece in pieces(path, seconds).unwrap_or_else(|error| panic!("{error}")) {
            let piece = piece.unwrap_or_else(|error| panic!("{error}"));
            totals.add(&piece);
            rest.marks.extend(piece.marks);
            rest.provenance = piece.provenance;
        }
        (totals, rest)
    }

    fn add(&mut self, piece: &Recording) {
        self.named = piece.channels.iter().map(|c| (c.name.clone(), c.unit.clone(), c.rate)).collect();
        self.counts.resize(piece.channels.len(), (0, 0, 0.0));
        for (channel, (samples, missing, sum)) in piece.channels.iter().zip(&mut self.counts) {
            assert_eq!(channel.start, *samples as f64 / channel.rate, "pieces follow each other");
            *samples += channel.values.len();
            *missing += channel.values.iter().filter(|v| v.is_nan()).count();
            *sum += channel.values.iter().filter(|v| !v.is_nan()).sum::<f64>();
        }
    }

    fn check(&self, record: &str, expected: &[Expected]) {
        assert_eq!(self.counts.len(), expected.len(), "{record}");
        for ((named, counts), want) in self.named.iter().zip(&self.counts).zip(expected) {
            let (name, unit, rate, samples, missing, mean) = *want;
            let told = format!("{record}: {named:?} {counts:?}, expected {want:?}");
            assert_eq!((named.0.as_str(), named.1.as_str()), (name, unit), "{told}");
            assert!((named.2 / rate - 1.0).abs() < 1e-12, "{told}");
            assert_eq!((counts.0, counts.1), (samples, missing), "{told}");
            let got = counts.2 / (samples - missing) as f64;
            let near = (got - mean).abs() <= 1e-8 * mean.abs() + 1e-10;
            assert!(near || (got.is_nan() && mean.is_nan()), "{told}");
        }
    }
}

#[test]
fn every_record_has_its_channels_units_lengths_and_means() {
    let Some(folder) = recordings() else { return };
    for (record, expected) in RECORDS {
        let (totals, _) = Totals::of(&folder.join(format!("{record}.hea")), 600.0);
        totals.check(record, expected);
    }
    println!("{} records", RECORDS.len());
}

#[test]
fn pieces_of_any_length_are_the_whole() {
    let Some(folder) = recordings() else { return };
    for (record, expected) in RECORDS {
        let longest = expected.iter().map(|e| e.3).max().unwrap();
        let path = folder.join(format!("{record}.hea"));
        for seconds in [0.7, 7.3, 61.0] {
            if longest < 700_000 {
                Totals::of(&path, seconds).0.check(record, expected);
            }
        }
        if longest < 700_000 {
            let mut whole = Totals::default();
            whole.add(&open(&path).unwrap());
            whole.check(record, expected);
        }
    }
}

fn gaps(recording: &Recording) -> Vec<(f64, f64, String)> {
    recording.marks_of(MarkKind::Gap).map(|m| (m.start, m.end, m.label.clone())).collect()
}

fn told<'a>(recording: &'a Recording, key: &str) -> Vec<&'a str> {
    recording.provenance.iter().filter(|(k, _)| k == key).map(|(_, text)| text.as_str()).collect()
}

#[test]
fn gaps_of_a_variable_layout_are_marks() {
    let Some(folder) = recordings() else { return };
    let path = folder.join("wfdb_sample/multi-segment/s25047/s25047-2704-05-04-10-44.hea");
    let (_, rest) = Totals::of(&path, 600.0);
    assert_eq!(
        gaps(&rest),
        [
            (0.0, 25740.0 / 125.0, "nothing recorded".to_owned()),
            (25740.0 / 125.0, 445740.0 / 125.0, "`ABP` not recorded".to_owned()),
        ]
    );
    assert_eq!(told(&rest, "recorded at"), ["10:44:18.529 04/05/2704"]);
}

#[test]
fn missing_segments_are_listed_and_the_rest_is_read() {
    let Some(folder) = recordings() else { return };
    for (record, gap_segments, missing) in
        [("p000878/p000878-2137-10-26-16-57", 3, 30), ("s00001/s00001-2896-10-10-00-31", 4, 5)]
    {
        let path = folder.join(format!("wfdb_sample/multi-segment/{record}.hea"));
        let (_, rest) = Totals::of(&path, 600.0);
        let count = |label: &str| gaps(&rest).iter().filter(|gap| gap.2.contains(label)).count();
        assert_eq!(count("nothing recorded"), gap_segments, "{record}");
        assert_eq!(count("is missing"), missing, "{record}");
        assert_eq!(told(&rest, "missing segment").len(), missing, "{record}");
    }
}

#[test]
fn what_cannot_be_read_says_why() {
    let Some(folder) = recordings() else { return };
    for (file, why) in [
        ("100.hea", "line 3: the signal file `100.dat` could not be read"),
        ("100-no-len.hea", "line 3: the signal file `100.dat` could not be read"),
        ("100skew.hea", "line 2: the signal file `100.dat` could not be read"),
        ("1003.hea", "line 2: the signal file `1003.dat` could not be read"),
        ("12726.hea", "line 2: the signal file `12726.dat` could not be read"),
        (
            "multi-segment/s25047/3234460_layout.hea",
            "the header that lists the segments, `s25047-2704-05-04-10-44.hea`",
        ),
        ("multi-segment/s00001/3248903_layout.hea", "lists the segments, `s00001-2896-10-09-01-56.hea`"),
        ("multi-segment/s00001/3975656_layout.hea", "lists the segments, `s00001-2896-10-10-00-31.hea`"),
        ("multi-segment/p000878/3269321_layout.hea", "lists the segments, `p000878-2137-10-26-16-57.hea`"),
        ("multi-segment/s00001/3975656_0005.hea", "line 2: the signal file `3975656_0005.dat` could not"),
        (
            "multi-segment/s00001/s00001-2896-10-09-01-56.hea",
            "nothing was recorded: the record lists only gaps, 60 s",
        ),
    ] {
        let error = open(&folder.join("wfdb_sample").join(file)).unwrap_err().to_string();
        assert!(error.contains(why), "{error}\n  does not say {why}");
    }
}

/// Checksums cover every sample of the first file frames, skewed ones too.
#[test]
fn checksums_and_first_values_agree_but_for_two_headers() {
    let Some(folder) = recordings() else { return };
    for (record, _) in RECORDS.iter() {
        let (_, rest) = Totals::of(&folder.join(format!("{record}.hea")), 60.0);
        assert_eq!(told(&rest, "checksum"), [""; 0], "{record}");
        // Two copies of one file name the first value of the channel that they cut out.
        let odd = ["wfdb_sample/test01_00s_frame", "wfdb_sample/test01_00s_skewframe"].contains(record);
        assert_eq!(told(&rest, "first value").len(), usize::from(odd), "{record}: {:?}", rest.provenance);
    }
}

#[test]
fn annotations_are_beats_with_times() {
    let Some(folder) = recordings() else { return };
    // file, all, beats, rate of the header or of the file, the first three and the last by sample number
    for (file, all, beats, rate, first, last) in [
        // One more than Python's: the note of the program that wrote it.
        ("03700181.gqrsh", 1151, 1150, 500.0, [1062.0, 1306.0, 1549.0], 299898.0),
        ("100.atr", 2274, 2273, 360.0, [18.0, 77.0, 370.0], 649991.0),
        ("1003.atr", 957, 957, 360.0, [73.0, 306.0, 541.0], 215855.0),
        ("12726.wabp", 3668, 3623, 250.0, [108.0, 354.0, 607.0], 811415.0),
    ] {
        let list = annotations(&folder.join("wfdb_sample").join(file)).unwrap();
        assert_eq!(list.len(), all, "{file}");
        assert_eq!(list.iter().filter(|a| a.is_beat()).count(), beats, "{file}");
        for (annotation, sample) in list.iter().filter(|a| a.symbol() != "\"").zip(first) {
            assert_eq!(annotation.time, sample / rate, "{file}");
        }
        assert_eq!(list.last().unwrap().time, last / rate, "{file}");
    }
    let rhythm = annotations(&folder.join("wfdb_sample/100.atr")).unwrap();
    assert_eq!((rhythm[0].symbol(), rhythm[0].text.as_str()), ("+", "(N"));
    assert_eq!(rhythm.iter().filter(|a| a.symbol() == "A").count(), 33);
    let pressure = annotations(&folder.join("wfdb_sample/12726.wabp")).unwrap();
    let texts: Vec<_> = pressure.iter().filter(|a| !a.text.is_empty()).map(|a| a.text.as_str()).collect();
    assert_eq!(texts[..2], ["110.6/49.7", "111.6/48.5"]);
}

/// The copies in text are rounded; reading both gives the same curve.
#[test]
fn a_record_of_two_segments_equals_its_copy_in_text() {
    let Some(folder) = recordings() else { return };
    let record = open(&folder.join("wfdb_sample/multi-segment/041s/041s.hea")).unwrap();
    let copy = open(&folder.join("wfdb_sample/multi-segment_041s_125Hz.csv")).unwrap();
    let mut compared = 0;
    for channel in &copy.channels {
        let same = |c: &&cisterna_recording::Channel| c.name.eq_ignore_ascii_case(&channel.name);
        let Some(real) = record.channels.iter().find(same).filter(|c| c.rate == channel.rate) else {
            continue;
        };
        let worst = real.values.iter().zip(&channel.values).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(worst < 5.1e-5 && real.values.len() == channel.values.len(), "{}: {worst}", channel.name);
        compared += 1;
    }
    assert!(compared >= 4, "{compared} channels compared");
}
