//! A packed file from bytes: as a table, as EDF and as Parquet.
#![no_main]

use cisterna_fuzz::{check, check_on_disk};
use cisterna_recording::{read_csv, read_edf, read_parquet};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for (name, read) in [
        ("fuzzed.csv.gz", read_csv("fuzzed.csv.gz", bytes)),
        ("fuzzed.edf.gz", read_edf("fuzzed.edf.gz", bytes)),
        ("fuzzed.parquet.gz", read_parquet("fuzzed.parquet.gz", bytes)),
    ] {
        check(&read);
        if read.is_ok() {
            check_on_disk(&[(name, bytes)]);
        }
    }
});
