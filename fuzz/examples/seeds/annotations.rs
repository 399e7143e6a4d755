//! Annotation files in the MIT format, and what looks like the AHA's.

use crate::Seeds;

const SKIP: u16 = 59;
const NUMBER: u16 = 60;
const SUBTYPE: u16 = 61;
const CHANNEL: u16 = 62;
const TEXT: u16 = 63;
const NOTE: u16 = 22;

fn word(code: u16, low: u16) -> [u8; 2] {
    (code << 10 | low).to_le_bytes()
}

fn text(text: &str) -> Vec<u8> {
    let mut bytes = word(TEXT, text.len() as u16).to_vec();
    bytes.extend(text.bytes());
    bytes.resize(bytes.len() + text.len() % 2, 0);
    bytes
}

pub fn seeds() -> Seeds {
    let beat = word(1, 100).to_vec();
    let skip = [word(SKIP, 0).to_vec(), vec![1, 0, 0, 0], beat.clone()].concat();
    let fields = [word(NUMBER, 5), word(SUBTYPE, 2), word(CHANNEL, 1)].concat();
    let note = |said: &str| [word(NOTE, 0).to_vec(), text(said)].concat();
    let every: Vec<u8> = (1..50).flat_map(|code| word(code, 10)).collect();
    let end = vec![0, 0];
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("beats", [&beat[..], &skip, &fields, &text("(N"), &beat, &end].concat()),
        ("every-code", [&every[..], &end].concat()),
        ("no-end", [&beat[..], &beat].concat()),
        ("back", [&skip[..], &word(SKIP, 0), &[0xff; 4], &beat, &end].concat()),
        (
            "own-rate",
            [
                note("## time resolution: 1000"),
                note("## annotation type definitions"),
                note("42 cough a cough"),
                note("## end of definitions"),
                beat.clone(),
                text("odd"),
                end.clone(),
            ]
            .concat(),
        ),
        ("cut-interval", [&beat[..], &word(SKIP, 0), &[1]].concat()),
        ("cut-text", [&beat[..], &word(TEXT, 9), b"abc"].concat()),
        ("aha", [b"\0N".to_vec(), vec![0; 14]].concat()),
        ("field-first", [&fields[..], &beat, &end].concat()),
    ];
    let mut seeds = Seeds::new();
    for (name, bytes) in files {
        for rate in [0, 1, 3] {
            seeds.push((format!("{name}-{rate}.atr"), [&[rate], &bytes[..]].concat()));
        }
        for header in ["x 1 250 9\nx.dat 16\n", "x 1 none\n"] {
            let both = [b"\n@@ x.hea\n", header.as_bytes(), b"\n@@ x.atr\n", &bytes].concat();
            seeds.push((format!("{name}-{}.files", header.len()), both));
        }
    }
    seeds
}
