//! A table of text from bytes, in memory and, where it can be read, from a file in pieces.
#![no_main]

use cisterna_fuzz::{check, check_on_disk};
use cisterna_recording::read_csv;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let read = read_csv("fuzzed.csv", bytes);
    check(&read);
    if read.is_ok() {
        check_on_disk(&[("fuzzed.csv", bytes)]);
    }
});
