//! Records and annotations with bytes changed at random, from a seed: an answer in bounded time, never a panic.
//!
//! CISTERNA_FUZZ_SECONDS makes it longer (usually two seconds).
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use std::io;
use std::time::{Duration, Instant};

use cisterna_recording::read_wfdb;
use cisterna_recording::wfdb::read_annotations;

/// Most that one input may take; a hundred times what the slowest seed takes.
const MOST: Duration = Duration::from_secs(2);

/// SplitMix64 (Steele, Lea & Flood 2014, OOPSLA 453-472).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end.max(1) as u64) as usize
    }

    /// Changes, drops, doubles or replaces a few bytes.
    fn spoil(&mut self, seed: &[u8]) -> Vec<u8> {
        const WORDS: [&str; 9] =
            ["-1", "0", "1152921504606846976", "x99999", ":7", "+3", "~ 9", "508", "x/3"];
        let mut bytes = seed.to_vec();
        for _ in 0..self.below(5) {
            let at = self.below(bytes.len());
            match self.below(5) {
                _ if bytes.is_empty() => {}
                0 => bytes[at] = self.below(256) as u8,
                1 => bytes[at] = b'0' + self.below(10) as u8,
                2 => drop(bytes.remove(at)),
                3 => bytes.truncate(at),
                _ => drop(bytes.splice(at..at, WORDS[self.below(WORDS.len())].bytes())),
            }
        }
        bytes
    }
}

/// A header of every format, in which the file names do not matter.
fn headers() -> Vec<Vec<u8>> {
    let one = |format: &str| {
        format!(
            "x 2 250 8\nx.dat {format} 200(7)/mV 12 0 1 2 0 I\nx.dat {format} 10/mmHg 12 5 1 2 0 ABP\n# 60 M\n"
        )
    };
    let formats = [
        "8", "16", "24", "32", "61", "80", "160", "212", "310", "311", "16x3:2+4", "508", "516", "524",
        "516x2", "0",
    ];
    let mut all: Vec<Vec<u8>> = formats.iter().map(|format| one(format).into_bytes()).collect();
    all.push(b"x/5 1 250 20\nlay 0\n~ 4\none 6\ntwo 6\nx 4\n".to_vec());
    all.push(b"x/2 1 250 12\none 6\ntwo 6\n".to_vec());
    all
}

/// A FLAC stream of two channels of 16 bits with one block of 192 constant samples, its sums right.
fn flac() -> Vec<u8> {
    let mut bytes = b"fLaC\x80\0\0\x22\0\xc0\0\xc0\0\0\0\0\0\0".to_vec();
    // 44100 Hz, two channels, 16 bits, 192 samples; no sum of the sound.
    bytes.extend([0x0a, 0xc4, 0x42, 0xf0, 0, 0, 0, 192]);
    bytes.extend([0; 16]);
    let mut frame = vec![0xff, 0xf8, 0x19, 0x18, 0];
    frame.push(frame.iter().fold(0u8, |crc, byte| {
        (0..8).fold(crc ^ byte, |crc, _| if crc & 0x80 != 0 { crc << 1 ^ 0x07 } else { crc << 1 })
    }));
    frame.extend([0, 0, 77, 0, 0, 99]);
    let sum = frame.iter().fold(0u16, |crc, byte| {
        let start = crc ^ u16::from(*byte) << 8;
        (0..8).fold(start, |crc, _| if crc & 0x8000 != 0 { crc << 1 ^ 0x8005 } else { crc << 1 })
    });
    bytes.extend(frame);
    bytes.extend(sum.to_be_bytes());
    bytes
}

#[test]
fn a_flac_file_made_by_hand_is_read() {
    let header = b"x 2 250\nx.dat 516 1/mV 16 0 77 14784 0 I\nx.dat 516 1/mmHg 16 0 99 19008 0 ABP\n";
    let recording = read_wfdb("x.hea", header, |_| Ok(flac())).unwrap();
    assert_eq!(recording.channels[0].values, vec![77.0; 192]);
    assert_eq!(recording.channels[1].values, vec![99.0; 192]);
    assert_eq!(recording.provenance.len(), 1, "sums agree: {:?}", recording.provenance);
}

#[test]
fn spoiled_records_give_an_answer() {
    let seconds = std::env::var("CISTERNA_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(2);
    let (mut random, headers, flac) = (Random(7), headers(), flac());
    let plain: Vec<u8> = (0..120).collect();
    let segment = b"one 1 250 6\none.dat 80 1/mV 8 0 0 0 0 ABP\n";
    let marks = [18, 4, 3, 252, b'a', b'b', b'c', 0, 0, 236, 0, 0, 9, 0, 20, 20, 0, 0];
    let (started, mut inputs, mut read) = (Instant::now(), 0u64, 0u64);
    while started.elapsed() < Duration::from_secs(seconds) {
        let chosen = random.below(headers.len());
        let header = random.spoil(&headers[chosen]);
        let compressed = random.below(2) == 0;
        let data = random.spoil(if compressed { &flac } else { &plain });
        let segment = random.spoil(segment);
        let fetch = |name: &str| -> io::Result<Vec<u8>> {
            Ok(if name.ends_with(".hea") { segment.clone() } else { data.clone() })
        };
        let start = Instant::now();
        match read_wfdb("x.hea", &header, fetch) {
            Ok(recording) => {
                let rate = |c: &cisterna_recording::Channel| c.rate.is_finite() && c.rate > 0.0;
                assert!(recording.channels.iter().all(rate));
                read += 1;
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
        if let Ok(list) = read_annotations("x.atr", &random.spoil(&marks), Some(250.0)) {
            assert!(list.iter().all(|annotation| annotation.time.is_finite()));
        }
        assert!(start.elapsed() < MOST, "{:?} took too long", String::from_utf8_lossy(&header));
        inputs += 1;
    }
    println!("{inputs} inputs, {read} of them read");
    assert!(read > inputs / 20, "most seeds are refused before anything is read");
}
