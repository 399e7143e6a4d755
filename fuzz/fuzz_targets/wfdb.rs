//! A WFDB record from bytes that hold several files, each behind a line `@@ NAME`: headers and signal files.
#![no_main]

use std::io;

use cisterna_fuzz::{check, check_on_disk, files};
use cisterna_recording::read_wfdb;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let files = files(bytes);
    let Some((_, header)) = files.first() else { return };
    let fetch = |name: &str| {
        let found = files.iter().find(|(file, _)| file == name);
        found.map(|(_, bytes)| bytes.to_vec()).ok_or_else(|| io::ErrorKind::NotFound.into())
    };
    let read = read_wfdb("fuzzed.hea", header, fetch);
    check(&read);
    // On disk only such names as nobody can lead out of the folder with.
    let plain = |name: &str| {
        !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')
            && !name.starts_with('.')
            && name.len() < 20
    };
    if read.is_ok() {
        let mut on_disk = vec![("fuzzed.hea", *header)];
        on_disk.extend(
            files[1..].iter().filter(|(name, _)| plain(name)).map(|(name, bytes)| (name.as_str(), *bytes)),
        );
        check_on_disk(&on_disk);
    }
});
