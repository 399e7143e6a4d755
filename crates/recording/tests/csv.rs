//! Tables of text, as found in the wild and as we write them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

mod common;

use cisterna_recording::{Basis, MarkKind, Recording, open, read_csv, write_csv};
use common::{assert_same, bedside, recordings, three_clocks};

fn read(text: &str) -> Recording {
    read_csv("x.csv", text.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

fn refusal(text: &str) -> String {
    read_csv("x.csv", text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn one_bedside_hour_reads_the_same_in_every_dialect() {
    let plain = read("time [s],icp [mmHg],abp [mmHg]\n0,9.5,80\n0.01,9.75,81\n0.02,10,82.5\n");
    for text in [
        "time [s];icp[mmHg];abp[mmHg]\n0,00;9,5;80\n0,01;9,75;81\n0,02;10;82,5\n",
        "time_s\ticp_mmHg\tabp_mmHg\r\n0\t9.5\t80\r\n0.01\t9.75\t81\r\n0.02\t10\t82.5",
        "\u{feff}# a monitor\n\nt (ms),icp/mmHg,abp (mmHg)\n0,9.5,80\n10,9.75,81\n# pause\n20,10,82.5\n",
        "icp (mmHg),time (s),abp (mmHg),\n9.5,0,80,\n9.75,0.01,81,\n10,0.02,82.5,\n",
        "\"time [s]\",\"icp [mmHg]\",\"abp [mmHg]\"\n\"0\",\"9.5\",\"80\"\n0.01,9.75,81\n0.02,10,82.5\n",
    ] {
        assert_eq!(read(text).channels, plain.channels, "{text}");
    }
    assert_eq!(plain.channels[0].rate, 100.0);
    assert_eq!(plain.channels[0].basis, Basis::Recorded);
    assert_eq!(plain.channels[1].values, [80.0, 81.0, 82.5]);
}

#[test]
fn what_was_assumed_is_said() {
    let recording = read("t;icp\n0,000;1\n0,010;2\n0,021;3\n0,030;4\n");
    let said = |key: &str| recording.provenance.iter().find(|(k, _)| k == key).map(|(_, text)| text.as_str());
    assert_eq!(said("separator"), Some("semicolon"));
    assert_eq!(said("decimal sign"), Some("comma"));
    assert!(said("time unit").unwrap().contains("assumed"));
    assert!(said("time jitter").unwrap().starts_with("at most "), "{:?}", said("time jitter"));
}

#[test]
fn missing_values_are_nan_and_missing_rows_are_a_gap() {
    let recording = read("t,icp,note\n0,1,a\n1,,b\n2,NaN,\n3,-9999,c\n6,5,\n7,6,d\n8,7,\n");
    let icp = &recording.channels[0];
    assert_eq!(icp.values.len(), 9);
    assert!(icp.values[1..6].iter().all(|value| value.is_nan()));
    assert_eq!(icp.values[6], 5.0);
    let gap: Vec<_> = recording.marks_of(MarkKind::Gap).collect();
    assert_eq!((gap[0].start, gap[0].end, gap[0].label.as_str()), (4.0, 6.0, "2 samples missing"));
    assert!(recording.channel("note").is_none());
    assert!(recording.provenance.contains(&("columns of text left out".into(), "note".into())));
}

#[test]
fn two_columns_of_one_name_stay_apart() {
    let recording = read("t,abp_mmHg,abp_kPa\n0,75,10\n1,76,10.1\n");
    let names: Vec<_> = recording.channels.iter().map(|c| (c.name.as_str(), c.unit.as_str())).collect();
    assert_eq!(names, [("abp", "mmHg"), ("abp.2", "kPa")]);
}

#[test]
fn every_mistake_is_named_with_its_place_and_its_mend() {
    for (text, told) in [
        ("", "x.csv: the file is empty; allowed: a row of column names"),
        (" \n\n", "x.csv: the file is empty"),
        ("# only this\n", "x.csv, line 2: no heading"),
        (
            "180.02,82.7\n180.011,82.1\n",
            "x.csv, line 1: no heading, the first row holds numbers, and the first column",
        ),
        ("time\n0\n1\n", "x.csv, line 1: no column of numbers beside the time"),
        ("pressure,volume\n0,1\n1,2\n", "x.csv, line 1: no column of time among `pressure`, `volume`"),
        (
            "time [fortnight],icp\n0,1\n1,2\n",
            "x.csv, line 1: the unit of `time [fortnight]` is not read; allowed: time in s, ms",
        ),
        (
            "t,icp\n0,1\n# x\n\n2,1\n1,1\n",
            "x.csv, line 6: time goes from 2 s to 1 s; allowed: times that rise",
        ),
        ("t,icp\r\n0,1\r\n\r\n0,1\r\n", "x.csv, line 4: time goes from 0 s to 0 s"),
        (
            "t,icp\n0,1\n1,x1\n2,3\n",
            "x.csv, line 3, column `icp`: `x1` is not a number; allowed: a number with a decimal point",
        ),
        (
            "t;icp\n0,5;1,5\n1,5;2,5\n2,5;3.5\n",
            "x.csv, line 4, column `icp`: `3.5` is not a number; allowed: a number with a decimal comma",
        ),
        ("t,icp\n0,1\n,2\n", "x.csv, line 3, column `t`: an empty cell is not a time"),
        ("t,icp\n0,1\n1,2,3\n", "x.csv, line 3: 3 cells; allowed: 2 cells"),
        ("t,icp\n0,1\n1\n", "x.csv, line 3: 1 cells"),
        ("t,icp\n0,1\n", "x.csv: 1 rows of numbers tell no sampling rate; allowed: two rows or more"),
        (
            "t,icp\n0,1\n1,2\n2,3\n1e9,4\n",
            "x.csv, line 5: a gap of 999999998 s is out of proportion to 4 rows",
        ),
        ("\u{0}", "x.csv: this is no text"),
        ("Licence: free\nFor all, for ever\n", "x.csv: this is no table: no row holds numbers"),
    ] {
        let refusal = refusal(text);
        assert!(refusal.starts_with(told), "{text:?}\n  gives {refusal}\n  not   {told}");
    }
}

#[test]
fn an_unknown_channel_is_answered_with_the_nearest_name() {
    let recording = read("t,icp,abp_left\n0,1,2\n1,2,3\n");
    assert!(recording.require("x.csv", "icp").is_ok());
    let refusal = recording.require("x.csv", "ABP_lft").unwrap_err().to_string();
    assert_eq!(
        refusal,
        "x.csv: no channel is called `ABP_lft`; allowed: `icp`, `abp_left`; did you mean `abp_left`?"
    );
}

#[test]
fn units_in_latin_1_are_read() {
    let recording = read_csv("x.csv", b"t,ecg [\xb5V]\n0,1\n1,2\n").unwrap();
    assert_eq!(recording.channels[0].unit, "µV");
}

#[test]
fn what_we_write_we_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rest.csv");
    for recording in [bedside(), three_clocks(), Recording::default()] {
        write_csv(&recording, &path).unwrap();
        assert_same(&open(&path).unwrap(), &recording);
    }
}

#[test]
fn channels_on_other_clocks_lie_in_files_beside() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rest.csv");
    write_csv(&three_clocks(), &path).unwrap();
    let second = open(&folder.path().join("rest.2.csv")).unwrap();
    assert_eq!((second.channels[0].name.as_str(), second.channels[0].rate), ("ecg", 500.0));
    std::fs::remove_file(folder.path().join("rest.3.csv")).unwrap();
    let refusal = open(&path).unwrap_err().to_string();
    assert!(refusal.contains("the recording goes on in `rest.3.csv`"), "{refusal}");
}

#[test]
fn rows_cut_out_of_our_own_file_are_a_gap_and_the_rest_keeps_its_labels() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rest.csv");
    write_csv(&bedside(), &path).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let heading = text.lines().position(|line| line.starts_with("time")).unwrap();
    let cut: Vec<_> =
        text.lines().enumerate().filter(|(i, _)| !(heading + 101..heading + 111).contains(i)).collect();
    let cut: String = cut.into_iter().map(|(_, line)| format!("{line}\n")).collect();
    let recording = read_csv("rest.csv", cut.as_bytes()).unwrap();
    assert_eq!(recording.channels[0].label, "Intracranial pressure, \"raw\"");
    assert_eq!(recording.channels[0].values.len(), 500);
    assert!(recording.channels[1].values[100..110].iter().all(|value| value.is_nan()));
    assert_eq!(recording.marks_of(MarkKind::Gap).count(), 1);
}

#[test]
fn real_tables_have_the_rate_and_the_gaps_of_their_description() {
    let Some(folder) = recordings() else { return };
    // file, channels, rate (Hz), samples, gaps
    for (file, channels, rate, samples, gaps) in [
        ("waveformtools/abp_125Hz_40s.csv", "abp mmHg", 125.0, 5000, 0),
        ("waveformtools/sample_record2_waves_125Hz.csv", "abp mmHg,cvp mmHg,pleth au", 125.0, 156_128, 1),
        ("wfdb_sample/03700181_abp_resp_125Hz.csv", "abp mmHg,resp au", 125.0, 75_000, 0),
        ("clintools/testdata_1000Hz.csv", "abp mmHg,mcav cm/s,hr 1/min", 1000.0, 336_029, 0),
        (
            "clintools/tfa_sample_data_1.csv",
            "abp mmHg,mcav_left cm/s,mcav_right cm/s,etco2 kPa,mn ",
            10.0,
            3000,
            0,
        ),
    ] {
        let recording = open(&folder.join(file)).unwrap_or_else(|error| panic!("{error}"));
        let named: Vec<_> = recording.channels.iter().map(|c| format!("{} {}", c.name, c.unit)).collect();
        let first = &recording.channels[0];
        let found = recording.marks_of(MarkKind::Gap).count();
        println!("{file}: {named:?} {} Hz, {} samples, {found} gaps", first.rate, first.values.len());
        assert_eq!(named.join(","), channels, "{file}");
        assert_eq!((first.values.len(), found), (samples, gaps), "{file}");
        assert!((first.rate / rate - 1.0).abs() < 1e-5, "{file}: {} Hz", first.rate);
    }
}
