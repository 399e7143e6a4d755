//! EDF, EDF+ and BDF files, built byte by byte; what pyedflib and edfio read from the same bytes is in comments.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

mod common;

use cisterna_recording::{MarkKind, Recording, open_pieces, read_edf};

/// One signal: label, unit, physical and digital range, samples a record.
struct Signal(&'static [u8], &'static [u8], [f64; 2], [i32; 2], usize);

const ICP: Signal = Signal(b"ICP", b"mmHg", [-50.0, 205.0], [-2048, 2047], 4);
const ANNOTATIONS: Signal = Signal(b"EDF Annotations", b"", [-1.0, 1.0], [-32768, 32767], 20);

fn field(out: &mut Vec<u8>, text: &[u8], width: usize) {
    out.extend_from_slice(text);
    out.resize(out.len() + width - text.len(), b' ');
}

/// A header: reserved field, number of records, length of a record, signals.
fn header(reserved: &str, records: &str, duration: &str, signals: &[Signal]) -> Vec<u8> {
    let mut out = Vec::new();
    let bdf = reserved.starts_with("BDF") || reserved == "24BIT";
    out.extend_from_slice(if bdf { b"\xffBIOSEMI" } else { b"0       " });
    field(&mut out, b"X X X X", 80);
    field(&mut out, b"Startdate 02-MAR-2021 X X X", 80);
    field(&mut out, b"02.03.21", 8);
    field(&mut out, b"23.59.58", 8);
    field(&mut out, (256 * (1 + signals.len())).to_string().as_bytes(), 8);
    field(&mut out, reserved.as_bytes(), 44);
    field(&mut out, records.as_bytes(), 8);
    field(&mut out, duration.as_bytes(), 8);
    field(&mut out, signals.len().to_string().as_bytes(), 4);
    let mut each = |width: usize, text: &dyn Fn(&Signal) -> Vec<u8>| {
        signals.iter().for_each(|signal| field(&mut out, &text(signal), width));
    };
    let number = |value: String| value.into_bytes();
    each(16, &|s| s.0.to_vec());
    each(80, &|_| Vec::new());
    each(8, &|s| s.1.to_vec());
    each(8, &|s| number(s.2[0].to_string()));
    each(8, &|s| number(s.2[1].to_string()));
    each(8, &|s| number(s.3[0].to_string()));
    each(8, &|s| number(s.3[1].to_string()));
    each(80, &|_| Vec::new());
    each(8, &|s| number(s.4.to_string()));
    each(32, &|_| Vec::new());
    out
}

fn samples(out: &mut Vec<u8>, values: &[i16]) {
    values.iter().for_each(|value| out.extend_from_slice(&value.to_le_bytes()));
}

fn annotations(out: &mut Vec<u8>, text: &[u8]) {
    out.extend_from_slice(text);
    out.resize(out.len() + 40 - text.len(), 0);
}

fn read(bytes: &[u8]) -> Recording {
    read_edf("x.edf", bytes).unwrap_or_else(|error| panic!("{error}"))
}

fn refusal(bytes: &[u8]) -> String {
    read_edf("x.edf", bytes).unwrap_err().to_string()
}

fn said(recording: &Recording, text: &str) -> bool {
    recording.provenance.iter().any(|(_, told)| told.contains(text))
}

/// The value of a digital number in ICP, by the formula of the format.
fn mmhg(digital: f64) -> f64 {
    -50.0 + (digital + 2048.0) * 255.0 / 4095.0
}

#[test]
fn a_plain_file_has_its_values_rate_and_start() {
    let mut file = header("", "2", "0.5", &[ICP, Signal(b"ECG II", b"mV", [5.0, -5.0], [-100, 100], 2)]);
    samples(&mut file, &[-2048, 0, 100, 2047, -100, 100]);
    samples(&mut file, &[1, 2, 3, 4, 0, 50]);
    let recording = read(&file);
    let (icp, ecg) = (&recording.channels[0], &recording.channels[1]);
    assert_eq!((icp.name.as_str(), icp.unit.as_str(), icp.rate, icp.start), ("ICP", "mmHg", 8.0, 0.0));
    let wanted = [-2048.0, 0.0, 100.0, 2047.0, 1.0, 2.0, 3.0, 4.0].map(mmhg);
    assert!(icp.values.iter().zip(wanted).all(|(found, wanted)| (found - wanted).abs() < 1e-12));
    // A range from high to low turns the signal round.
    assert_eq!((ecg.rate, ecg.values.as_slice()), (4.0, &[5.0, -5.0, 0.0, -2.5][..]));
    assert!(said(&recording, "2021-03-02T23:59:58"));
}

#[test]
fn a_gap_stays_a_gap_and_events_keep_their_time() {
    let mut file = header("EDF+D", "3", "1", &[ICP, ANNOTATIONS]);
    for (onset, text) in [("0.25", ""), ("1.25", "+1.5\x152\x14tilt\x14\0"), ("4.5", "+4.75\x14cough\x14\0")]
    {
        samples(&mut file, &[0, 1, 2, 3]);
        annotations(&mut file, format!("+{onset}\x14\x14\0{text}").as_bytes());
    }
    let recording = read(&file);
    let icp = &recording.channels[0];
    // From 0.25 to 2.25 s, then from 4.5 s: nine samples are missing.
    assert_eq!((icp.start, icp.values.len()), (0.25, 8 + 9 + 4));
    assert!(icp.values[8..17].iter().all(|value| value.is_nan()) && !icp.values[17].is_nan());
    let gaps: Vec<_> = recording.marks_of(MarkKind::Gap).map(|m| (m.start, m.end)).collect();
    assert_eq!(gaps, [(2.25, 4.5)]);
    let events: Vec<_> =
        recording.marks_of(MarkKind::Event).map(|m| (m.start, m.end, m.label.as_str())).collect();
    assert_eq!(events, [(1.5, 3.5, "tilt"), (4.75, 4.75, "cough")]);
    assert!(said(&recording, "EDF+ with gaps"));

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.edf");
    std::fs::write(&path, &file).unwrap();
    let pieces: Vec<_> = open_pieces(&path, 1.5).unwrap().map(Result::unwrap).collect();
    let joined: Vec<u64> =
        pieces.iter().flat_map(|piece| piece.channels[0].values.iter().map(|v| v.to_bits())).collect();
    assert!(joined.into_iter().eq(icp.values.iter().map(|v| v.to_bits())));
    assert_eq!(pieces.iter().map(|piece| piece.marks.len()).sum::<usize>(), 3);
}

#[test]
fn a_dead_channel_is_left_out_and_the_rest_is_read() {
    let dead = Signal(b"ART", b"mmHg", [0.0, 0.0], [-2048, 2047], 4);
    let mut file = header("", "1", "1", &[dead, ICP]);
    samples(&mut file, &[7, 7, 7, 7, 0, 1, 2, 3]);
    let recording = read(&file);
    assert_eq!(recording.channels.len(), 1);
    assert_eq!(recording.channels[0].values[1], mmhg(1.0));
    assert!(said(&recording, "signal `ART` was left out: its range is a single value"));
}

#[test]
fn an_unknown_number_of_records_and_half_a_record_are_told() {
    for (records, told) in
        [("-1", "no number of records, 2 found"), ("5", "promises 5 records, the file holds 2")]
    {
        let mut file = header("", records, "2", &[ICP]);
        samples(&mut file, &[1; 11]);
        let recording = read(&file);
        assert_eq!((recording.channels[0].rate, recording.channels[0].values.len()), (2.0, 8));
        assert!(said(&recording, told), "{:?}", recording.provenance);
        assert!(said(&recording, "6 bytes behind the last record"));
    }
}

#[test]
fn odd_bytes_in_units_and_24_bits_are_read() {
    let mut file = header(
        "24BIT",
        "1",
        "1",
        &[Signal(b"EEG", b"\xb5V", [-8_388_608.0, 8_388_607.0], [-8_388_608, 8_388_607], 3)],
    );
    file.extend_from_slice(&[0xff, 0xff, 0xff, 0x00, 0x00, 0x80, 0x01, 0x02, 0x03]);
    let recording = read(&file);
    assert_eq!(recording.channels[0].unit, "µV");
    assert_eq!(recording.channels[0].values, [-1.0, -8_388_608.0, 197_121.0]);
}

#[test]
fn every_mistake_is_named_with_its_byte() {
    let mut overlapping = header("EDF+D", "2", "1", &[ICP, ANNOTATIONS]);
    for onset in ["0", "0.5"] {
        samples(&mut overlapping, &[0, 1, 2, 3]);
        annotations(&mut overlapping, format!("+{onset}\x14\x14\0").as_bytes());
    }
    let mut far = overlapping.clone();
    let at = far.len() - 40;
    far[at..at + 6].copy_from_slice(b"+9e9\x14\x14");
    let huge = header("", "99999999", "1", &[Signal(b"ICP", b"", [0.0, 1.0], [0, 1], 99_999_999)]);
    for (bytes, told) in [
        (b"".to_vec(), "x.edf, byte 0: the header ends after 0 of 256 bytes"),
        (vec![b'x'; 300], "x.edf, byte 0: this is no EDF or BDF"),
        (
            header("", "1", "1", &[ICP])[..400].to_vec(),
            "x.edf, byte 256: the header ends after 144 of 256 bytes",
        ),
        (header("", "x", "1", &[ICP]), "x.edf, byte 236: `x` is no whole number"),
        (header("", "1", "0", &[ICP]), "x.edf, byte 244: records of 0 s"),
        (overlapping, "x.edf, byte 816: record 2 begins at 0.5 s, before the one before it ends at 1 s"),
        (far, "x.edf: gaps of 8999999999 s together are out of proportion to 2 s of data"),
    ] {
        let refusal = refusal(&bytes);
        assert!(refusal.starts_with(told), "{refusal}\n  not {told}");
    }
    // A header that promises 200 TB is read as what the file holds.
    assert!(read(&huge).channels[0].values.is_empty());
}
