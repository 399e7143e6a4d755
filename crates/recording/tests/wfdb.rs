//! WFDB records: made by hand, and the real ones.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

mod common;

use std::io;
use std::path::Path;

use cisterna_recording::{Basis, Recording, open, read_csv, read_wfdb};
use common::recordings;

fn read(header: &str, bytes: &[u8]) -> Recording {
    read_wfdb("x.hea", header.as_bytes(), |_| Ok(bytes.to_vec())).unwrap_or_else(|error| panic!("{error}"))
}

fn refusal(header: &str, bytes: &[u8]) -> String {
    read_wfdb("x.hea", header.as_bytes(), |_| Ok(bytes.to_vec())).unwrap_err().to_string()
}

#[test]
fn an_odd_count_in_format_212_needs_no_padding() {
    let bytes = [0x01, 0xf0, 0xff, 0xff, 0x87, 0x01, 0x00, 0x80, 0x00, 0x64, 0x00];
    for header in ["x 1 250 7\nx.dat 212 1/mmHg\n", "x 1 250\nx.dat 212 1/mmHg\n"] {
        let recording = read(header, &bytes);
        let values = &recording.channels[0].values;
        assert_eq!(values.len(), 7);
        assert_eq!(values[..5], [1.0, -1.0, 2047.0, -2047.0, 0.0]);
        assert!(values[5].is_nan());
        assert_eq!(values[6], 100.0);
    }
}

#[test]
fn two_signals_of_five_samples_share_a_file_frame_by_frame() {
    // 1, 10, 2, 20, 3, 30, 4, 40, 5, 50 in format 212.
    let bytes = [1, 0, 10, 2, 0, 20, 3, 0, 30, 4, 0, 40, 5, 0, 50];
    let recording =
        read("x 2 250 5\nx.dat 212 1/mV 0 0 0 0 0 ECG\nx.dat 212 10(0)/mmHg 0 0 0 0 0 ABP\n", &bytes);
    assert_eq!(recording.channels[0].values, [1.0, 2.0, 3.0, 4.0, 5.0]);
    assert_eq!(recording.channels[1].values, [1.0, 2.0, 3.0, 4.0, 5.0]);
    assert_eq!(recording.channels[1].unit, "mmHg");
    assert_eq!(recording.channels[1].basis, Basis::Recorded);
}

#[test]
fn several_samples_a_frame_give_each_channel_its_own_rate() {
    let codes: [i16; 6] = [1, 2, 100, 3, 4, 200];
    let bytes: Vec<u8> = codes.iter().flat_map(|code| code.to_le_bytes()).collect();
    let recording = read("x 2 125 2\nx.dat 16x2 1/mV 0 0 0 0 0 ECG\nx.dat 16 1/mmHg 0 0 0 0 0 ABP\n", &bytes);
    assert_eq!((recording.channels[0].rate, recording.channels[1].rate), (250.0, 125.0));
    assert_eq!(recording.channels[0].values, [1.0, 2.0, 3.0, 4.0]);
    assert_eq!(recording.channels[1].values, [100.0, 200.0]);
}

#[test]
fn skew_drops_what_precedes_the_record_and_an_offset_skips_the_prolog() {
    let codes: [i16; 9] = [77, 1, 10, 2, 20, 3, 30, 4, 40];
    let bytes: Vec<u8> = codes.iter().flat_map(|code| code.to_le_bytes()).collect();
    let recording = read("x 2 125 4\nx.dat 16+2 1 0 0 0 0 0 a\nx.dat 16:1+2 1 0 0 0 0 0 b\n", &bytes);
    assert_eq!(recording.channels[0].values, [1.0, 2.0, 3.0, 4.0]);
    assert_eq!(recording.channels[1].values[..3], [20.0, 30.0, 40.0]);
    assert!(recording.channels[1].values[3].is_nan());
}

#[test]
fn a_signal_without_gain_is_never_taken_for_millimetres_of_mercury() {
    let recording = read("x 2 125\nx.dat 16 0/mmHg 12 0 0 0 0 ABP\nx.dat 16\n", &[200, 0, 200, 0]);
    let abp = &recording.channels[0];
    assert_eq!(
        (abp.unit.as_str(), abp.label.as_str()),
        ("uncalibrated", "ABP (uncalibrated, meant in mmHg)")
    );
    assert_eq!(abp.values, [1.0]);
    assert_eq!(recording.channels[1].name, "signal 1");
    assert!(recording.provenance.contains(&("uncalibrated".into(), "ABP".into())));
}

#[test]
fn lying_headers_are_refused_with_the_line() {
    for (header, told) in [
        (
            "x 1 250 1152921504606846976\nx.dat 16\n",
            "x.hea, line 2: `x.dat` holds 2 whole frames, the header says 1152921504606846976",
        ),
        ("x 1 250 9\nx.dat 16x9223372036854775808\n", "x.hea, line 2: `x.dat` holds 0 whole frames"),
        (
            "x 2\nx.dat 16x18446744073709551615\nx.dat 16\n",
            "x.hea, line 2: `x.dat` has 4 bytes, fewer than one frame needs",
        ),
        ("x 1\nx.dat 16+5\n", "x.hea, line 2: `x.dat` has 4 bytes, fewer than one frame needs"),
        ("x 1152921504606846976\nx.dat 16\n", "x.hea: 1 signal lines, but the record line says"),
        ("x 1\nx.dat 80\n", "x.hea, line 2: storage format 80 is not read yet; allowed: formats 16 and 212"),
        ("x 1\nx.dat 17\n", "x.hea, line 2: storage format 17 is unknown; allowed: formats 16 and 212"),
        (
            "x 2\nx.dat 16\nx.dat 212\n",
            "x.hea, line 3: `x.dat` has another format or byte offset than on line 2",
        ),
        ("x/3 2 125 10\n", "x.hea, line 1: `x/3` is a record of several segments, which is not read yet"),
        ("x 1\n/etc/passwd 16\n", "x.hea, line 2: `/etc/passwd` is no file beside the header"),
        ("x 1\n.. 16\n", "x.hea, line 2: `..` is no file beside the header"),
    ] {
        let refusal = refusal(header, &[1, 0, 2, 0]);
        assert!(refusal.starts_with(told), "{header:?}\n  gives {refusal}\n  not   {told}");
    }
    let skewed = read("x 1\nx.dat 16:18446744073709551615\n", &[1, 0, 2, 0]);
    assert!(skewed.channels[0].values.iter().all(|value| value.is_nan()));
    let missing = read_wfdb("x.hea", b"x 1\nx.dat 16\n", |_| Err(io::ErrorKind::NotFound.into()));
    assert!(missing.unwrap_err().to_string().contains("the signal file `x.dat` could not be read"));
}

#[test]
fn an_icu_record_equals_its_copy_in_text() {
    let Some(folder) = recordings() else { return };
    let recording = open(&folder.join("wfdb_sample/03700181.hea")).unwrap();
    let told: Vec<_> = recording
        .channels
        .iter()
        .map(|c| (c.name.as_str(), c.unit.as_str(), c.rate, c.values.len()))
        .collect();
    assert_eq!(
        told,
        [("MCL1", "mV", 500.0, 300_000), ("ABP", "mmHg", 125.0, 75_000), ("RESP", "mV", 125.0, 75_000)]
    );
    let path = folder.join("wfdb_sample/03700181_abp_resp_125Hz.csv");
    let copy = read_csv("copy", &std::fs::read(path).unwrap()).unwrap();
    for (index, name) in [(1, "abp"), (2, "resp")] {
        let (real, copy) = (&recording.channels[index], copy.require("copy", name).unwrap());
        let missing = |values: &[f64]| values.iter().filter(|value| value.is_nan()).count();
        let pairs = || real.values.iter().zip(&copy.values).filter(|(a, b)| !a.is_nan() && !b.is_nan());
        let worst = pairs().map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        println!("{name}: worst {worst:e}, missing {} and {}", missing(&real.values), missing(&copy.values));
        // The copy is rounded to four decimals.
        assert!(worst < 5.1e-5, "{name}: {worst}");
        assert_eq!(missing(&real.values), missing(&copy.values), "{name}");
        assert!(pairs().count() > 74_000);
    }
}

#[test]
fn real_records_have_the_channels_of_their_headers() {
    let Some(folder) = recordings() else { return };
    // header, channels, rate (Hz), samples, the first value of the last channel by the header's first code
    for (file, names, rate, samples, first) in [
        ("wfdb_sample/100_3chan.hea", "I mV,II mV,III mV", 360.0, 999, (995.0 - 1024.0) / 200.0),
        ("wfdb_sample/a103l.hea", "II mV,V mV,PLETH NU", 250.0, 82_500, 6042.0 / 12530.0),
        ("wfdb_sample/a103l-no-len.hea", "II mV,V mV,PLETH NU", 250.0, 82_500, 6042.0 / 12530.0),
        ("wfdb_sample/a103l", "II mV,V mV,PLETH NU", 250.0, 82_500, 6042.0 / 12530.0),
        ("wfdb_sample/v102s.hea", "II mV,V mV,PLETH NU,RESP NU", 250.0, 75_000, 339.0 / 38880.0),
        ("wfdb_sample/test01_00s.hea", "ECG 1 mV,ECG 2 mV,ECG 3 mV,ECG 4 mV", 500.0, 4000, -0.66),
        // Its header tells the first code of another channel; the file holds -66.
        ("wfdb_sample/test01_00s_skewframe.hea", "ECG_1 mV,ECG_2 mV,ECG_3 mV", 500.0, 4000, -0.66),
    ] {
        let recording = open(&folder.join(file)).unwrap_or_else(|error| panic!("{error}"));
        let named: Vec<_> = recording.channels.iter().map(|c| format!("{} {}", c.name, c.unit)).collect();
        let last = recording.channels.last().unwrap();
        println!("{file}: {named:?} {} Hz, {} samples", last.rate, last.values.len());
        assert_eq!(named.join(","), names, "{file}");
        assert_eq!((last.rate, last.values.len(), last.values[0]), (rate, samples, first), "{file}");
    }
    let refused = |file: &str| open(&folder.join("wfdb_sample").join(file)).unwrap_err().to_string();
    assert!(refused("binformats.hea").contains("line 2: storage format 8 is not read yet"));
    assert!(refused("1003.hea").contains("line 2: the signal file `1003.dat` could not be read"));
    assert!(refused("multi-segment/s25047/s25047-2704-05-04-10-44.hea").contains("several segments"));
    assert!(refused("a103k.hea").contains("did you mean `a103l"), "{}", refused("a103k.hea"));
}

/// The checksum of header(5) is the sum of a signal's codes modulo 65536: it covers every sample.
#[test]
fn the_codes_of_real_records_add_up_to_their_checksums() {
    let Some(folder) = recordings() else { return };
    for file in ["03700181.hea", "100_3chan.hea", "a103l.hea", "v102s.hea", "test01_00s.hea"] {
        let path = folder.join("wfdb_sample").join(file);
        let recording = open(&path).unwrap();
        let header = std::fs::read_to_string(&path).unwrap();
        let lines = header.lines().filter(|line| !line.starts_with('#')).skip(1);
        for (line, channel) in lines.zip(&recording.channels) {
            check(&path, line, &channel.values);
        }
    }
}

fn check(path: &Path, line: &str, values: &[f64]) {
    let fields: Vec<_> = line.split_whitespace().collect();
    let skewed = fields[1].contains(':');
    if skewed {
        // The first frames, which the reader drops, belong to the sum.
        return;
    }
    let number = |text: &str| text.parse::<f64>().unwrap();
    let (gain, _) = fields[2].split_once('/').unwrap();
    let (gain, baseline) = gain.split_once('(').unwrap_or((gain, fields[4]));
    let (gain, baseline) = (number(gain), number(baseline.trim_end_matches(')')));
    let invalid = if fields[1].starts_with("212") { -2048.0 } else { -32768.0 };
    let code = |v: &f64| if v.is_nan() { invalid } else { (v * gain + baseline).round() };
    let sum: f64 = values.iter().map(code).sum();
    let want: i64 = fields[6].parse().unwrap();
    assert_eq!((sum as i64).rem_euclid(65536), want.rem_euclid(65536), "{}: {line}", path.display());
}
