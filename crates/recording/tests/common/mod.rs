//! Recordings that the tests share.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::path::PathBuf;

use cisterna_recording::{Basis, Channel, Fact, Mark, MarkKind, Recording, Reference};

/// A small recording that uses every field: two pressures on one clock.
pub fn bedside() -> Recording {
    let pulse = |mean: f64, amplitude: f64| {
        (0..500).map(|i| mean + amplitude * (f64::from(i) * 0.0731).sin()).collect::<Vec<_>>()
    };
    let mut icp = Channel::new("vault.pressure", "mmHg", -0.3, 100.0 / 3.0, pulse(9.5, 2.0));
    icp.label = "Intracranial pressure, \"raw\"".to_owned();
    icp.values[17] = f64::NAN;
    icp.values[499] = f64::NAN;
    icp.reference = Some(Reference {
        site: "lateral ventricle".to_owned(),
        zero_level: "external auditory meatus".to_owned(),
        against: "atmosphere".to_owned(),
    });
    let mut abp = Channel::new("abp, left", "mmHg", -0.3, 100.0 / 3.0, pulse(93.0, 20.0));
    abp.basis = Basis::Recorded;
    abp.values[3] = -9999.0;
    abp.values[4] = 1e-300;
    let mut tide = Channel::new("tide", "", -0.3, 100.0 / 3.0, vec![0.1; 500]);
    tide.basis = Basis::Hypothesis(vec!["still point".to_owned()]);
    Recording {
        title: "Adult at rest:\n# two lines".to_owned(),
        channels: vec![icp, abp, tide],
        marks: vec![
            Mark { kind: MarkKind::Event, start: 1.0, end: 2.5, label: "tilt to 60 deg".to_owned() },
            Mark { kind: MarkKind::Beat, start: 0.1, end: 0.3, label: String::new() },
        ],
        facts: vec![Fact {
            name: "ledger.formation".to_owned(),
            value: 0.350_000_000_000_000_03,
            unit: "mL/min".to_owned(),
        }],
        provenance: vec![("model".to_owned(), "adult: 1".to_owned()), ("hash".to_owned(), "a,b".to_owned())],
    }
}

/// The bedside recording with channels on two more clocks between the others.
pub fn three_clocks() -> Recording {
    let mut recording = bedside();
    recording.channels.insert(1, Channel::new("ecg", "mV", 0.0, 500.0, vec![0.25; 70]));
    recording.channels.push(Channel::new("co2", "mmHg", 0.0, 1.0, vec![40.0]));
    recording
}

/// Whether two recordings are the same, NaN being equal to NaN.
pub fn assert_same(left: &Recording, right: &Recording) {
    let bits = |channel: &Channel| -> Vec<u64> {
        let one_nan = |v: &f64| if v.is_nan() { f64::NAN.to_bits() } else { v.to_bits() };
        channel.values.iter().map(one_nan).collect()
    };
    let bare = |recording: &Recording| {
        let mut bare = recording.clone();
        bare.channels.iter_mut().for_each(|channel| channel.values.clear());
        bare
    };
    assert_eq!(bare(left), bare(right));
    for (left, right) in left.channels.iter().zip(&right.channels) {
        assert!(bits(left) == bits(right), "values of `{}` differ", left.name);
    }
}

/// The folder of real recordings, if it is there.
pub fn recordings() -> Option<PathBuf> {
    let shared = std::env::var_os("CISTERNA_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let folder = shared.join("recordings");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: {} is not there (set CISTERNA_SHARED)", folder.display());
    None
}
