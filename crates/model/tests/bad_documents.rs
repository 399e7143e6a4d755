//! Every kind of mistake has a document in `tests/bad` and the complaint it must get beside it.
//!
//! `UPDATE=1 cargo test -p cisterna-model --test bad_documents` writes the complaints anew; read them before
//! committing.

use std::fs;
use std::path::{Path, PathBuf};

use cisterna_model::{Library, Model, Problems};

const BASE: &str = include_str!("data/base.toml");
const SOURCES: &str = "@book{nichols2011, year = {2011}} @book{hall2016, year = {2016}}";
const RING: &str = "title = \"y\"\nextends = \"document\"\n";
const HYPOTHESIS: &str = "title = \"z\"\nhypothesis = \"still_point\"\n";
const CONDITION: &str = "title = \"z\"\ncondition = \"tight\"\nsummary = \"a tight falx\"\n";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad")
}

fn load(text: &str) -> Result<Model, Problems> {
    let library = Library::from_pairs(&[
        ("document", text),
        ("base", BASE),
        ("ring_other", RING),
        ("still_point", HYPOTHESIS),
        ("tight", CONDITION),
        ("sources.bib", SOURCES),
    ]);
    Model::from_library(&library, "document", &[])
}

#[test]
fn every_mistake_gets_its_complaint() {
    let mut wrong = Vec::new();
    let mut documents: Vec<PathBuf> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    documents.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    documents.sort();
    assert!(documents.len() >= 30);
    for document in documents {
        let complaint = load(&fs::read_to_string(&document).unwrap()).unwrap_err().to_string();
        let expected = document.with_extension("expected");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&expected, &complaint).unwrap();
        }
        if fs::read_to_string(&expected).unwrap_or_default() != complaint {
            wrong.push(format!("{}:\n{complaint}", document.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn seven_mistakes_are_told_at_once() {
    let problems = load(include_str!("bad/seven.toml")).unwrap_err();
    let lines: Vec<usize> = problems.list.iter().map(|problem| problem.line).collect();
    assert_eq!(problems.list.len(), 7, "{problems}");
    for line in [5, 7, 12, 16, 17, 19, 26] {
        assert!(lines.contains(&line), "line {line} of {lines:?}\n{problems}");
    }
    assert!(problems.list.iter().all(|problem| problem.file == "document.toml"));
}

#[test]
fn a_document_without_mistakes_is_the_ground_of_all_others() {
    load(BASE).unwrap();
}
