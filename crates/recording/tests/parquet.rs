//! Parquet of our own.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

mod common;

use cisterna_recording::{Channel, Recording, open, read_parquet, write_parquet};
use common::{assert_same, bedside, three_clocks};

#[test]
fn what_we_write_we_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rest.parquet");
    for recording in [bedside(), three_clocks(), Recording::default()] {
        write_parquet(&recording, &path).unwrap();
        assert_same(&open(&path).unwrap(), &recording);
    }
}

#[test]
fn an_hour_of_one_pressure_takes_several_row_groups_and_comes_back_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hour.parquet");
    let values = (0..3600 * 300).map(|i| if i % 1000 < 7 { f64::NAN } else { f64::from(i).sin() });
    let mut recording = Recording::default();
    recording.channels.push(Channel::new("vault.pressure", "mmHg", 0.0, 300.0, values.collect()));
    recording.channels.push(Channel::new("never", "mmHg", 0.0, 300.0, vec![f64::NAN; 3600 * 300]));
    write_parquet(&recording, &path).unwrap();
    assert_same(&open(&path).unwrap(), &recording);
}

#[test]
fn broken_files_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rest.parquet");
    write_parquet(&bedside(), &path).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    for cut in [0, 4, 100, bytes.len() / 2, bytes.len() - 1] {
        let refusal = read_parquet("rest.parquet", &bytes[..cut]).unwrap_err().to_string();
        assert!(refusal.starts_with("rest.parquet: broken Parquet"), "{refusal}");
    }
    std::fs::write(&path, "time,icp\n").unwrap();
    assert!(open(&path).unwrap_err().to_string().contains("this is no Parquet"));
}

/// Found by fuzzing: the library counts through such a list without reading a byte, two thousand million times.
#[test]
fn an_end_that_claims_endless_lists_is_refused_at_once() {
    let list = [0x19, 0xf1, 0xff, 0xff, 0xff, 0xff, 0x07];
    let mut end = [0x15, 2].to_vec();
    (0..40).for_each(|_| end.extend(list));
    end.push(0);
    let bytes = [b"PAR1", &end[..], &(end.len() as u32).to_le_bytes(), b"PAR1"].concat();
    let started = std::time::Instant::now();
    let refusal = read_parquet("x.parquet", &bytes).unwrap_err().to_string();
    assert!(refusal.contains("a list of truth values"), "{refusal}");
    assert!(started.elapsed().as_secs() < 2);
}
