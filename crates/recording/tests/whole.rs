//! Outputs appear whole or not at all.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

mod common;

use std::fs;
use std::io;

use cisterna_recording::{Channel, Recording, write_csv, write_parquet, write_whole};
use common::three_clocks;

fn names(folder: &std::path::Path) -> Vec<String> {
    fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn a_failure_half_way_leaves_the_old_file_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.html");
    fs::write(&path, "old").unwrap();
    let failed = write_whole(&path, |file| {
        file.write_all(&[b'x'; 100_000])?;
        Err(io::Error::from(io::ErrorKind::StorageFull))
    });
    let told = failed.unwrap_err().to_string();
    assert!(told.starts_with(path.to_str().unwrap()), "{told}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    assert_eq!(names(folder.path()), ["report.html"]);
    write_whole(&path, |file| file.write_all(b"new")).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "new");
}

#[test]
fn a_folder_that_is_missing_or_a_name_that_is_taken_is_an_error_with_the_path() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nowhere").join("x.csv");
    let told = write_csv(&three_clocks(), &path).unwrap_err().to_string();
    assert!(told.starts_with(path.to_str().unwrap()) && !told.contains(".cisterna-"), "{told}");
    let taken = folder.path().join("x.parquet");
    fs::create_dir(&taken).unwrap();
    let told = write_parquet(&three_clocks(), &taken).unwrap_err().to_string();
    assert!(told.starts_with(taken.to_str().unwrap()), "{told}");
    let left = names(folder.path());
    assert!(left.iter().all(|name| !name.starts_with(".cisterna-")), "{left:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_an_error_with_the_path() {
    let told = write_csv(&common::bedside(), std::path::Path::new("/dev/full")).unwrap_err().to_string();
    assert!(told.starts_with("/dev/full could not be written: No space left"), "{told}");
    let told = write_csv(&three_clocks(), std::path::Path::new("/dev/null")).unwrap_err().to_string();
    assert!(told.starts_with("/dev/null could not be written: one of several files"), "{told}");
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
}

#[cfg(unix)]
#[test]
fn a_new_file_can_be_read_by_whoever_may_read_new_files() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let (ours, plain) = (folder.path().join("ours"), folder.path().join("plain"));
    write_whole(&ours, |file| file.write_all(b"1")).unwrap();
    fs::write(&plain, "1").unwrap();
    let mode = |path| fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&ours), mode(&plain));
}

#[test]
fn a_channel_without_a_clock_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.csv");
    let mut recording = Recording::default();
    recording.channels.push(Channel::new("icp", "mmHg", 0.0, 0.0, vec![1.0]));
    let told = write_csv(&recording, &path).unwrap_err().to_string();
    assert!(told.contains("channel `icp` has no clock: start 0 s, rate 0 Hz"), "{told}");
    assert!(names(folder.path()).is_empty());
}
