//! WFDB records: made by hand, and the real ones.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

mod common;

use std::io;

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
        (
            "x 1152921504606846976\nx.dat 16\n",
            "x.hea, line 1: the record line says 1152921504606846976 signals, but 1 are listed",
        ),
        ("x 1\nx.dat 17\n", "x.hea, line 2: storage format 17 is unknown; allowed: formats 0, 8, 16, 24"),
        ("x 1\nx.dat 516\n", "x.hea, line 2: the signal file `x.dat` could not be read ("),
        (
            "x 2\nx.dat 16\nx.dat 212\n",
            "x.hea, line 3: `x.dat` has another format or byte offset than on line 2",
        ),
        ("x/3 2 125 10\n", "x.hea, line 1: the record line says 3 segments, but 0 are listed"),
        ("x/2 2 125 8\nx 4\nx 4\n", "x.hea: nothing was recorded: no segment can be read (2 are missing)"),
        ("x/1 1 125 8\n~ 1152921504606846976\n", "x.hea, line 2: `~` of 1152921504606846976 frames makes"),
        ("x/1 1 125 8\n../y 4\n", "x.hea, line 2: `../y` is no file beside the header"),
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

/// Files of a record made by hand.
fn files(all: &'static [(&'static str, &'static [u8])]) -> impl Fn(&str) -> io::Result<Vec<u8>> {
    move |name| {
        let found = all.iter().find(|(file, _)| *file == name);
        found.map(|(_, bytes)| bytes.to_vec()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

#[test]
fn a_variable_layout_keeps_gaps_rates_and_each_segments_gain() {
    let header = b"x/4 2 125 6\nlay 0\n~ 2\none 2\ntwo 2\n";
    let recording = read_wfdb(
        "x.hea",
        header,
        files(&[
            ("lay.hea", b"lay 2 125 0\n~ 0x2 1/mV 8 0 0 0 0 ECG\n~ 0 1/mmHg 8 0 0 0 0 ABP\n"),
            ("one.hea", b"one 1 125 2\none.dat 80x2 2/mV 8 0 -4 0 0 ECG\n"),
            ("one.dat", &[124, 126, 0, 130]),
            (
                "two.hea",
                b"two 2 125 2\ntwo.dat 80 10(-100)/mmHg 8 0 0 0 0 ABP\ntwo.dat 80x2 4/mV 8 0 0 0 0 ECG\n",
            ),
            ("two.dat", &[128, 132, 136, 138, 140, 144]),
        ]),
    )
    .unwrap();
    let [ecg, abp] = &recording.channels[..] else { panic!("two channels") };
    assert_eq!((ecg.name.as_str(), ecg.rate, abp.rate), ("ECG", 250.0, 125.0));
    assert!(ecg.values[..4].iter().all(|v| v.is_nan()) && ecg.values[6].is_nan());
    assert_eq!([ecg.values[4], ecg.values[5], ecg.values[7]], [-2.0, -1.0, 1.0]);
    assert_eq!(ecg.values[8..], [1.0, 2.0, 3.0, 4.0]);
    assert!(abp.values[..4].iter().all(|v| v.is_nan()));
    assert_eq!(abp.values[4..], [10.0, 11.0]);
    let gaps: Vec<_> =
        recording.marks.iter().map(|m| (m.start * 125.0, m.end * 125.0, m.label.as_str())).collect();
    assert_eq!(gaps, [(0.0, 2.0, "nothing recorded"), (2.0, 4.0, "`ABP` not recorded")]);
}

#[test]
fn missing_and_unfit_segments_are_listed_and_the_rest_is_returned() {
    let recording = read_wfdb(
        "x.hea",
        b"x/4 1 125 9\none 2\ngone 2\nshort 3\nkelvin 2\n",
        files(&[
            ("one.hea", b"one 1 125 2\none.dat 80 1/mmHg 8 0 0 0 0 ABP\n"),
            ("one.dat", &[129, 130]),
            ("short.hea", b"short 1 125 3\nshort.dat 80 1/mmHg 8 0 0 0 0 ABP\n"),
            ("short.dat", &[131, 132]),
            ("kelvin.hea", b"kelvin 1 125 2\nkelvin.dat 80 1/K 8 0 0 0 0 ABP\n"),
            ("kelvin.dat", &[131, 132]),
        ]),
    )
    .unwrap();
    let values = &recording.channels[0].values;
    assert_eq!((values.len(), &values[..2], &values[4..6]), (9, &[1.0, 2.0][..], &[3.0, 4.0][..]));
    assert!([2, 3, 6, 7, 8].iter().all(|at| values[*at].is_nan()));
    let told = |key: &str| {
        recording.provenance.iter().find(|(k, _)| k == key).map(|(_, text)| text.as_str()).unwrap_or_default()
    };
    assert!(told("missing segment").starts_with("`gone`: `gone.hea` could not be read"));
    assert_eq!(told("segment length"), "`short` holds 2 frames, 3 are listed");
    assert_eq!(told("segment `kelvin`"), "signal `ABP` is left out: its unit is K, that of the channel mmHg");
    let labels: Vec<_> = recording.marks.iter().map(|m| m.label.as_str()).collect();
    assert_eq!(labels, ["segment `gone` is missing", "segment `short` ends early", "`ABP` not recorded"]);
}

#[test]
fn differences_begin_at_the_first_value_and_a_wrong_checksum_is_told() {
    let recording =
        read("x 2 125 3\nx.dat 8 1/mV 8 0 100 303 0 a\nx.dat 8 1/mV 8 5 -1 7 0 b\n", &[0, 1, 1, 1, 1, 255]);
    assert_eq!(recording.channels[0].values, [100.0, 101.0, 102.0]);
    assert_eq!(recording.channels[1].values, [-5.0, -4.0, -5.0]);
    let told: Vec<_> = recording.provenance.iter().filter(|(key, _)| key != "file").collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(told[0].1, "`b` (line 3): 1, the header says 7");
}

#[test]
fn four_samples_of_the_packed_formats_need_no_whole_block() {
    let codes = |format: &str, bytes: &[u8]| {
        read(&format!("x 1 250\nx.dat {format} 1/mV\n"), bytes).channels[0].values.clone()
    };
    assert_eq!(codes("310", &[2, 0, 4, 0, 8, 0]), [1.0, 2.0, 0.0, 4.0]);
    assert_eq!(codes("311", &[1, 8, 48, 0, 4, 0]), [1.0, 2.0, 3.0, 4.0]);
    assert_eq!(codes("311", &[1, 8, 48]), [1.0, 2.0]);
}
