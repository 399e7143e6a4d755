//! What `cisterna analyse` leaves out, as the file, the program and a person say it; and what moves no beat.

#![expect(clippy::expect_used, reason = "a helper of a test may fail with its test")]

mod common;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use cisterna::recording::{Channel, Mark, MarkKind, Recording, write_parquet};
use common::{cisterna, stderr, stdout};

/// Samples a second.
const RATE: f64 = 125.0;

/// Four minutes of an arterial pressure of 75 beats a minute whose intervals and heights breathe.
fn pressure() -> Vec<f64> {
    let mut phase = 0.0_f64;
    (0..(240.0 * RATE) as usize)
        .map(|index| {
            let breath = (1.6 * index as f64 / RATE).sin();
            phase = (phase + (1.25 + 0.05 * breath) / RATE).fract();
            let bell = |at: f64, width: f64| (-((phase - at) / width).powi(2)).exp();
            75.0 + 2.0 * breath + (42.0 + 3.0 * breath) * (bell(0.2, 0.08) + 0.35 * bell(0.42, 0.1))
        })
        .collect()
}

/// Writes values as a table; what is not a number is an empty cell, and rows of a gap are not there at all.
fn table(path: &Path, heading: &str, values: &[f64], gap: std::ops::Range<usize>) {
    let mut text = format!("time [s],{heading}\n");
    for (index, value) in values.iter().enumerate().filter(|(index, _)| !gap.contains(index)) {
        let cell = if value.is_finite() { format!("{value:.4}") } else { String::new() };
        let _ = writeln!(text, "{:.3},{cell}", index as f64 / RATE);
    }
    fs::write(path, text).expect("a recording");
}

/// What the program found, as JSON.
fn analysed(folder: &Path, arguments: &[&str]) -> serde_json::Value {
    let output = cisterna(folder, &[&["analyse", "--json"], arguments].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    serde_json::from_str(&stdout(&output)).expect("JSON")
}

/// The reasons why the first channel is left out, with from and to (s).
fn left_out(found: &serde_json::Value) -> Vec<(String, f64, f64)> {
    let all = found["channels"][0]["artefacts"].as_array().expect("a list");
    let one = |of: &serde_json::Value| {
        let number = |key: &str| of[key].as_f64().expect("a number");
        (of["reason"].as_str().expect("a reason").to_owned(), number("from_s"), number("to_s"))
    };
    all.iter().map(one).collect()
}

/// The onsets of all beats, s.
fn onsets(folder: &Path, name: &str) -> Vec<f64> {
    let path = folder.join(format!("out/analyse/{name}/beats.csv"));
    let text = fs::read_to_string(path).expect("beats");
    let of = |line: &str| line.split(',').nth(2).and_then(|cell| cell.parse().ok());
    text.lines().filter(|line| line.contains(",beat,")).filter_map(of).collect()
}

#[test]
fn the_list_of_what_was_left_out_can_be_edited_and_given_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut values = pressure();
    // Equal samples at the highest value that there is are clipped.
    values[12_500..13_000].fill(260.0);
    table(&folder.path().join("bed.csv"), "ABP [mmHg]", &values, 0..0);
    let found = analysed(folder.path(), &["bed.csv"]);
    let reasons = left_out(&found);
    assert!(
        reasons.iter().any(|(reason, from, to)| reason == "clipping" && *from < 100.5 && *to > 103.5),
        "{reasons:?}"
    );
    let list = folder.path().join("out/analyse/bed/artefacts.toml");
    let kept = folder.path().join("gone_through.toml");
    fs::copy(&list, &kept).expect("a list");
    // As it is, it changes nothing.
    let again = analysed(folder.path(), &["bed.csv", "--artefacts", "gone_through.toml"]);
    assert_eq!(left_out(&again), reasons);
    assert_eq!(again["channels"][0]["valid"], found["channels"][0]["valid"]);
    assert_eq!(again["channels"][0]["beats"], found["channels"][0]["beats"]);
    // What is deleted is kept, what is added is left out with its word.
    fs::write(&kept, "artefact = [{ channel = \"ABP\", from = \"20 s\", until = \"32.5 s\", reason = \"cough, twice\" }]\n")
        .expect("a list");
    let edited = analysed(folder.path(), &["bed.csv", "--artefacts", "gone_through.toml"]);
    assert_eq!(left_out(&edited), [("excluded by hand: cough, twice".to_owned(), 20.0, 32.5)]);
    // And again from there.
    fs::copy(&list, &kept).expect("a list");
    let same = analysed(folder.path(), &["bed.csv", "--artefacts", "gone_through.toml"]);
    assert_eq!(left_out(&same), left_out(&edited));
    for (text, told) in [
        ("\n[[artefact]]\nfrom = \"9 s\"\nuntil = \"3 s\"", "gone_through.toml:4"),
        ("\n[[artefact]]\nfrom = \"9 s\"\nuntil = \"3 s\"", "ends before it begins"),
        ("[[artefact]]\nfrom = 1\nuntil = \"3 s\"", "gone_through.toml:2"),
        ("[[artefact]]\nfrom = \"1 s\"", "`until`"),
        ("[[artefact]]\nfrom = \"1 s\"\nuntil = \"3 s\"\nraeson = \"\"", "`reason`"),
        ("[[artefact]]\nfrom = \"1 s\"\nuntil = \"3 s\"\nchannel = \"ICP\"", "no channel is called `ICP`"),
        ("[[artefacts]]", "`artefact`"),
    ] {
        fs::write(&kept, text).expect("a list");
        let output = cisterna(folder.path(), &["analyse", "bed.csv", "--artefacts", "gone_through.toml"]);
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(stderr(&output).contains(told), "{text}: {}", stderr(&output));
    }
}

#[test]
fn a_person_may_say_why_and_has_the_last_word_over_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let mark = |start: f64, end: f64, label: &str| Mark {
        kind: MarkKind::Artefact,
        start,
        end,
        label: label.to_owned(),
    };
    let recording = Recording {
        title: "bed".to_owned(),
        channels: vec![
            Channel::new("ABP", "mmHg", 0.0, RATE, pressure()),
            Channel::new("CVP", "mmHg", 0.0, RATE, pressure().iter().map(|v| v / 10.0).collect()),
        ],
        marks: vec![mark(30.0, 42.0, "ABP: suction"), mark(60.0, 66.0, "turned")],
        ..Recording::default()
    };
    write_parquet(&recording, &folder.path().join("bed.parquet")).expect("a recording");
    let found = analysed(folder.path(), &["bed.parquet", "--exclude", "ABP:80..90=damped line"]);
    let told = |reason: &str, from: f64, to: f64| (reason.to_owned(), from, to);
    assert_eq!(
        left_out(&found),
        [
            told("marked in the file: suction", 30.0, 42.0),
            told("marked in the file: turned", 60.0, 66.0),
            told("excluded by hand: damped line", 80.0, 90.0),
        ]
    );
    // What is marked for all is marked in the other channel too, and nothing else.
    assert!((found["channels"][1]["valid"].as_f64().expect("a share") - 234.0 / 240.0).abs() < 1e-3);
    let trusted = analysed(folder.path(), &["bed.parquet", "--keep", "ABP:0..62"]);
    assert_eq!(left_out(&trusted), [told("marked in the file: turned", 62.0, 66.0)]);
    let page = fs::read_to_string(folder.path().join("out/analyse/bed/index.html")).expect("a page");
    assert!(page.contains("left out") && page.contains("This page shows a recording"), "the page");
}

/// What was done to a recording: its name, its samples, which of them are missing, more arguments, moments left out.
type Case<'a> = (&'a str, Vec<f64>, std::ops::Range<usize>, &'a [&'a str], &'a [f64]);

/// An uncalibrated channel may have any offset and scale: expected are the same beats, to a sample, but for those within a beat of what
/// is missing.
#[test]
fn offset_scale_polarity_and_holes_move_no_beat() {
    let folder = tempfile::tempdir().expect("a folder");
    let plain = pressure();
    let of = |change: &dyn Fn(f64) -> f64| plain.iter().map(|value| change(*value)).collect::<Vec<f64>>();
    let mut holed = plain.clone();
    (0..10).for_each(|number| holed[2011 + 2500 * number] = f64::NAN);
    let holes: Vec<f64> = (0..10).map(|number| f64::from(2011 + 2500 * number) / RATE).collect();
    let none: &[f64] = &[];
    let cases: [Case<'_>; 6] = [
        ("plain", plain.clone(), 0..0, &[], none),
        ("higher", of(&|value| value + 500.0), 0..0, &[], none),
        ("smaller", of(&|value| 0.1 * value), 0..0, &[], none),
        ("reversed", of(&|value| -value), 0..0, &["--reversed", "ABP"], none),
        ("holed", holed, 0..0, &[], &holes),
        // 0.264 s, as in a record of theatre.
        ("gap", plain.clone(), 15_000..15_033, &[], &[120.13]),
    ];
    let mut truth = Vec::new();
    for (name, values, gap, arguments, spoilt) in cases {
        table(&folder.path().join(format!("{name}.csv")), "ABP [au]", &values, gap);
        let found = analysed(
            folder.path(),
            &[&[format!("{name}.csv").as_str(), "--map", "ABP=abp"], arguments].concat(),
        );
        let beats = onsets(folder.path(), name);
        assert_eq!(found["channels"][0]["beats"], beats.len(), "{name}");
        if truth.is_empty() {
            assert!((290..=302).contains(&beats.len()), "{}", beats.len());
            truth.clone_from(&beats);
        }
        let far = |time: &&f64| spoilt.iter().all(|at| (*at - **time).abs() > 1.0);
        let (wanted, seen): (Vec<&f64>, Vec<&f64>) =
            (truth.iter().filter(far).collect(), beats.iter().filter(far).collect());
        assert_eq!(wanted.len(), seen.len(), "{name}");
        for (wanted, seen) in wanted.iter().zip(&seen) {
            assert!((**wanted - **seen).abs() <= 1.0 / RATE + 1e-3, "{name}: {seen} for {wanted}");
        }
    }
    // Without its flag a pulse upside down is seen to be one, but its level is not mended.
    let found = analysed(folder.path(), &["reversed.csv", "--map", "ABP=abp"]);
    assert!(found["channels"][0]["mean"].as_f64().is_some_and(|mean| mean < 0.0));
    let output = cisterna(folder.path(), &["analyse", "plain.csv", "--reversed", "APB"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no channel is called `APB`; allowed: `ABP`"), "{}", stderr(&output));
}
