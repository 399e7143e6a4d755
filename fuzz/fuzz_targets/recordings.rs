//! A recording from bytes. The first byte picks the reader; a WFDB header ends at the first zero byte, and what
//! comes after it is the signal file.
#![no_main]

use cisterna_recording::{ReadError, Recording, read_csv, read_edf, read_parquet, read_wfdb};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((reader, bytes)) = bytes.split_first() else { return };
    let read = match reader % 4 {
        0 => read_csv("fuzzed.csv", bytes),
        1 => wfdb(bytes),
        2 => read_edf("fuzzed.edf", bytes),
        _ => read_parquet("fuzzed.parquet", bytes),
    };
    match read {
        Ok(recording) => {
            let sampled = |rate: f64| rate.is_finite() && rate > 0.0;
            assert!(
                recording.channels.iter().all(|channel| sampled(channel.rate)),
                "a channel without a clock"
            );
        }
        Err(error) => assert!(!error.to_string().is_empty(), "a refusal says why"),
    }
});

fn wfdb(bytes: &[u8]) -> Result<Recording, ReadError> {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let (header, data) = bytes.split_at(end);
    read_wfdb("fuzzed.hea", header, |_| Ok(data.get(1..).unwrap_or_default().to_vec()))
}
