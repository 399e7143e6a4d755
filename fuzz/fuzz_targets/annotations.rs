//! Annotations of a WFDB record from bytes. The first byte picks the rate of the record, or that none is known; or
//! the bytes are files, each behind a line `@@ NAME`, and the header tells the rate.
#![no_main]

use cisterna_fuzz::{files, on_disk};
use cisterna_recording::ReadError;
use cisterna_recording::wfdb::{Annotation, annotations, read_annotations};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let files = files(bytes);
    if let [(_, header), (_, bytes), ..] = files.as_slice() {
        on_disk(&[("fuzzed.atr", *bytes), ("fuzzed.hea", *header)], |path| check(annotations(path)));
        return;
    }
    let Some((rate, bytes)) = bytes.split_first() else { return };
    let rate = [None, Some(250.0), Some(0.001), Some(f64::NAN)][usize::from(rate % 4)];
    check(read_annotations("fuzzed.atr", bytes, rate));
});

fn check(read: Result<Vec<Annotation>, ReadError>) {
    match read {
        Ok(all) => {
            for annotation in all {
                let mark = annotation.mark();
                assert!(mark.start.is_finite() && mark.end >= mark.start, "a mark without a time");
            }
        }
        Err(error) => assert!(!error.to_string().is_empty(), "a refusal says why"),
    }
}
