//! Whatever the bytes, a reader answers: a recording of bounded size or an error, never a panic.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

mod common;

use std::sync::OnceLock;

use cisterna_recording::{Recording, read_csv, read_edf, read_parquet, read_wfdb, write_csv, write_parquet};
use common::three_clocks;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

/// A byte of a file may become so many bytes of samples, beyond the first megabyte.
const EXPANSION: usize = 256;

fn samples(recording: &Recording) -> usize {
    recording.channels.iter().map(|channel| channel.values.len() * 8).sum()
}

fn bounded(read: Result<Recording, impl std::fmt::Display>, size: usize) -> Result<(), TestCaseError> {
    match read {
        Ok(recording) => prop_assert!(samples(&recording) <= (1 << 20) + EXPANSION * size),
        Err(error) => prop_assert!(!error.to_string().is_empty()),
    }
    Ok(())
}

fn seed(name: &str, write: impl Fn(&Recording, &std::path::Path)) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    let mut recording = three_clocks();
    recording.channels.retain(|channel| channel.values.len() == 500);
    recording.channels.iter_mut().for_each(|channel| channel.values.truncate(40));
    write(&recording, &path);
    std::fs::read(path).unwrap()
}

fn csv_seed() -> &'static [u8] {
    static SEED: OnceLock<Vec<u8>> = OnceLock::new();
    SEED.get_or_init(|| seed("x.csv", |recording, path| write_csv(recording, path).unwrap()))
}

fn parquet_seed() -> &'static [u8] {
    static SEED: OnceLock<Vec<u8>> = OnceLock::new();
    SEED.get_or_init(|| seed("x.parquet", |recording, path| write_parquet(recording, path).unwrap()))
}

/// The same table without our key, so that it is anybody's.
fn plain_parquet_seed() -> Vec<u8> {
    let mut bytes = parquet_seed().to_vec();
    let at = bytes.windows(8).rposition(|word| word == b"cisterna").unwrap();
    // The last such word names the writer, the one before it is the key.
    let key = bytes[..at].windows(8).rposition(|word| word == b"cisterna").unwrap();
    bytes[key] = b'x';
    bytes
}

/// Two records of one signal with annotations, the second after a gap.
fn edf_seed() -> Vec<u8> {
    let mut bytes =
        format!("{:<8}{:<160}{:<8}{:<8}{:<8}{:<44}", "0", "X", "02.03.21", "23.59.58", 768, "EDF+D");
    bytes += &format!("{:<8}{:<8}{:<4}", 2, 1, 2);
    bytes += &format!("{:<16}{:<16}{:<160}{:<8}{:<8}", "ICP", "EDF Annotations", "", "mmHg", "");
    bytes += &format!("{:<8}{:<8}{:<8}{:<8}{:<8}{:<8}{:<8}{:<8}", -50, -1, 205, 1, -2048, -2048, 2047, 2047);
    bytes += &format!("{:<160}{:<8}{:<8}{:<64}", "", 4, 10, "");
    for onset in ["+0", "+5"] {
        bytes += &format!("abcdefgh{onset}\x14\x14\0{onset}\x152\x14tilt\x14\0\0\0\0\0");
    }
    bytes.into_bytes()
}

/// Changes, drops and doubles some bytes.
fn mutated(seed: &[u8], changes: &[(Index, u8, u8)]) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for (at, kind, byte) in changes {
        if bytes.is_empty() {
            break;
        }
        let at = at.index(bytes.len());
        match kind % 4 {
            0 | 1 => bytes[at] = *byte,
            2 => drop(bytes.remove(at)),
            _ => bytes.insert(at, *byte),
        }
    }
    bytes
}

fn changes() -> impl Strategy<Value = Vec<(Index, u8, u8)>> {
    vec((any::<Index>(), any::<u8>(), any::<u8>()), 1..8)
}

/// Text that looks like a table or a header more often than random bytes do.
fn tabular() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "time",
        "t",
        "[s]",
        " (ms)",
        "icp",
        "/mmHg",
        ",",
        ",",
        ";",
        "\t",
        "\n",
        "\n",
        "\r\n",
        "0",
        "1",
        "-9999",
        "2.5",
        "1,5",
        "1e300",
        "1e-300",
        "NaN",
        "\"",
        "#",
        "# cisterna recording 1\n",
        "# channel: ",
        "{}",
        " ",
        "/",
        ":",
        "x",
        "+",
        "16",
        "212",
        "x.dat ",
        "18446744073709551615",
        "(",
        ")",
        "é",
    ]);
    vec(word, 0..120).prop_map(|words| words.concat())
}

/// Two thousand cases, or more by `PROPTEST_CASES`.
fn cases() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases.max(2000), failure_persistence: None, ..usual }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn random_bytes(bytes in vec(any::<u8>(), 0..400)) {
        bounded(read_csv("x", &bytes), bytes.len())?;
        bounded(read_parquet("x", &bytes), bytes.len())?;
        bounded(read_edf("x", &bytes), bytes.len())?;
        bounded(read_wfdb("x", &bytes, |_| Ok(bytes.clone())), 2 * bytes.len())?;
    }

    #[test]
    fn text_that_looks_like_a_table(text in tabular(), start in prop::sample::select(vec!["", "t,icp\n", "time;a;b\n0;1;2\n"])) {
        let text = format!("{start}{text}");
        bounded(read_csv("x", text.as_bytes()), text.len())?;
    }

    #[test]
    fn text_that_looks_like_a_header(text in tabular(), data in vec(any::<u8>(), 0..200)) {
        for start in ["", "x 1 250\nx.dat ", "x 2\nx.dat 212 "] {
            let text = format!("{start}{text}");
            bounded(read_wfdb("x", text.as_bytes(), |_| Ok(data.clone())), text.len() + data.len())?;
        }
    }

    #[test]
    fn our_own_csv_with_a_few_bytes_changed(changes in changes()) {
        let bytes = mutated(csv_seed(), &changes);
        bounded(read_csv("x.csv", &bytes), bytes.len())?;
    }

    #[test]
    fn our_own_parquet_with_a_few_bytes_changed(changes in changes()) {
        let bytes = mutated(parquet_seed(), &changes);
        bounded(read_parquet("x.parquet", &bytes), bytes.len())?;
    }

    #[test]
    fn a_plain_parquet_with_a_few_bytes_changed(changes in changes()) {
        let bytes = mutated(&plain_parquet_seed(), &changes);
        bounded(read_parquet("x.parquet", &bytes), bytes.len())?;
    }

    #[test]
    fn an_edf_with_a_few_bytes_changed(changes in changes()) {
        let bytes = mutated(&edf_seed(), &changes);
        bounded(read_edf("x.edf", &bytes), bytes.len())?;
    }

    #[test]
    fn a_record_with_a_few_bytes_changed(changes in changes(), data in vec(any::<u8>(), 0..300)) {
        let header = b"x 3 125/1000(0) 20 17:27:45 15/08/1994\nx.dat 212x4 2963.77/mV 12 0 67 -11266 0 MCL1\n\
                       x.dat 212 12.84(-1605)/mmHg 12 0 -943 -23651 0 ABP\nx.dat 212:4 2000 12 0 -304 6310 0 RESP\n";
        let header = mutated(header, &changes);
        bounded(read_wfdb("x.hea", &header, |_| Ok(data.clone())), header.len() + data.len())?;
    }
}

#[test]
fn the_seeds_themselves_are_read() {
    let plain = read_parquet("x.parquet", &plain_parquet_seed()).unwrap();
    assert!(plain.provenance.contains(&("format".to_owned(), "Parquet".to_owned())));
    assert_eq!(plain.channels[0].values.len(), 40);
    let edf = read_edf("x.edf", &edf_seed()).unwrap();
    assert_eq!((edf.channels[0].values.len(), edf.marks.len()), (24, 3));
}
