//! An EDF, EDF+ or BDF file from bytes, in memory and, where it can be read, from a file in pieces.
#![no_main]

use cisterna_fuzz::{check, check_on_disk};
use cisterna_recording::read_edf;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let read = read_edf("fuzzed.edf", bytes);
    check(&read);
    if read.is_ok() {
        check_on_disk(&[("fuzzed.edf", bytes)]);
    }
});
