//! A Parquet file from bytes, in memory and, where it can be read, from a file in pieces.
#![no_main]

use cisterna_fuzz::{check, check_on_disk};
use cisterna_recording::read_parquet;
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: own_panics_only(), |bytes: &[u8]| {
    let read = read_parquet("fuzzed.parquet", bytes);
    check(&read);
    if read.is_ok() {
        check_on_disk(&[("fuzzed.parquet", bytes)]);
    }
});

/// Panics inside the library that decodes are caught by the reader and become errors: only others end the run.
fn own_panics_only() {
    std::panic::set_hook(Box::new(|panic| {
        let ours = panic.location().is_none_or(|place| !place.file().contains(".cargo/registry"));
        if ours {
            eprintln!("{panic}");
            std::process::abort();
        }
    }));
}
