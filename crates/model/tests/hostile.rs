//! No document, however broken, makes the reader panic or linger.

use std::time::{Duration, Instant};

use cisterna_model::{Library, Model};
use proptest::prelude::*;

const BASE: &str = include_str!("data/base.toml");
const SEVEN: &str = include_str!("bad/seven.toml");
const SOURCES: &str =
    "@book{nichols2011, author = {Nichols, WW}, year = {2011}} @book{hall2016, year = {2016}}";
const SHREDS: [&str; 22] = [
    "[",
    "]",
    "=",
    "\"",
    "\"\"\"",
    "|",
    "..",
    "\n",
    ".",
    "{",
    "}",
    "é",
    "\u{0}",
    "1e999",
    "-",
    "space",
    "law",
    "[[space]]\n",
    "1979-05-27",
    "inf",
    "nan",
    "\\u",
];

/// Cuts, doubles or replaces a piece of a text.
fn mutated(text: &str, edits: &[(usize, usize, usize)]) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for &(at, length, shred) in edits {
        let at = at % (letters.len() + 1);
        let end = (at + length).min(letters.len());
        letters.splice(at..end, SHREDS[shred % SHREDS.len()].chars());
    }
    letters.into_iter().collect()
}

fn load(document: &str, sources: &str) -> Duration {
    let library = Library::from_pairs(&[("document", document), ("base", BASE), ("sources.bib", sources)]);
    let start = Instant::now();
    if let Err(problems) = Model::from_library(&library, "document", &[]) {
        assert!(!problems.to_string().is_empty());
    }
    start.elapsed()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_mutated_document_is_read_or_refused(
        edits in prop::collection::vec((0_usize..4000, 0_usize..12, 0_usize..64), 1..12),
    ) {
        for text in [BASE, SEVEN] {
            prop_assert!(load(&mutated(text, &edits), SOURCES) < Duration::from_secs(1));
        }
    }

    #[test]
    fn mutated_sources_are_read_or_refused(
        edits in prop::collection::vec((0_usize..200, 0_usize..12, 0_usize..64), 1..8),
    ) {
        prop_assert!(load(BASE, &mutated(SOURCES, &edits)) < Duration::from_secs(1));
    }
}

#[test]
fn a_hostile_document_costs_no_more_than_a_second() {
    let many = |line: &dyn Fn(usize) -> String| (0..20_000).map(line).collect::<String>();
    let documents = [
        ("deep arrays", "a = ".to_owned() + &"[".repeat(200_000)),
        ("deep keys", "a.".repeat(200_000) + "a = 1"),
        ("deep headers", format!("[{}a]", "a.".repeat(200_000))),
        ("deep tables", "a = ".to_owned() + &"{a=".repeat(200_000)),
        ("many spaces", many(&|i| format!("[space.a{i}]\nholds = \"b{i}\"\nwall = \"elastic\"\n"))),
        (
            "many rings",
            many(&|i| {
                format!("[space.a{i}]\nkind=\"enclosure\"\ninside=\"a{}\"\nwall=\"bath\"\n", (i + 1) % 20_000)
            }),
        ),
        ("many lags", many(&|i| format!("[signal.a{i}]\nlaw=\"lag\"\nsenses=\"a{}\"\n", i + 1))),
        ("many errors", "= ".repeat(200_000)),
        ("one long line", format!("title = \"{}\"\n[space.a]\nwall = \"x\"", "é".repeat(1_000_000))),
        ("many unknown keys", many(&|i| format!("k{i} = 1\n"))),
        ("many removals", format!("extends = \"base\"\nremove = [{}]", many(&|i| format!("\"a{i}\",")))),
    ];
    for (what, document) in documents {
        let time = load(&document, SOURCES);
        assert!(time < Duration::from_secs(1), "{what}: {time:?}");
    }
}
