//! Course documents, good and bad.
#![allow(clippy::unwrap_used, reason = "a helper of a test may panic")]

use cisterna_course::{CourseDocument, names};
use cisterna_model::Library;

fn complaint(text: &str) -> String {
    let text = format!("title = \"t\"\nsubject = \"subjects/adult_under_stress\"\n{text}");
    CourseDocument::from_text("bad.toml", &text, &Library::embedded()).unwrap_err().to_string()
}

#[test]
fn all_courses_that_come_along_can_be_read() {
    for name in names() {
        CourseDocument::load(name).unwrap();
    }
    let wrong = CourseDocument::load("stressful_week").unwrap_err().to_string();
    assert!(wrong.contains("did you mean `stressful_weeks`?"), "{wrong}");
}

#[test]
fn a_mistake_is_told_with_its_line() {
    for (text, line, told) in [
        ("days = 0\n", 3, "a course has 1 to 366 days"),
        ("days = 2\ndayly = []\n", 4, "did you mean `daily`?"),
        ("days = 2\n[[daily]]\nat = \"25 h\"\ndo = \"sleep\"\n", 5, "is a time of the day"),
        ("days = 2\n[[daily]]\nat = \"9 h\"\n", 4, "either does a manoeuvre"),
        ("days = 2\n[[daily]]\nat = \"9 h\"\nset = { \"hurt.value\" = \"1 1\" }\n", 4, "needs `for`"),
        ("days = 2\n[[daily]]\nat = \"9 h\"\ndo = \"slep\"\n", 4, "`slep` is no manoeuvre"),
        (
            "days = 2\n[[daily]]\nat = \"9 h\"\ndo = \"sleep\"\ndays = [1, 3]\n",
            7,
            "the first and the last day",
        ),
        ("days = 2\n[[daily]]\nat = \"9 h\"\ndo = \"valsalva\"\n", 4, "cannot change"),
        ("days = 2\n[set]\n\"cortisol.strat\" = \"2 1\"\n", 5, "cortisol.strat"),
        ("days = 2\n[record]\nevery = \"2 day\"\n", 5, "between 1 s and 1 day"),
        ("days = 2\n[record]\nchannels = [\"arousel\"]\n", 5, "arousel"),
    ] {
        let wrong = complaint(text);
        assert!(wrong.contains(told), "{told}: {wrong}");
        assert!(wrong.contains(&format!("bad.toml:{line}:")), "line {line}: {wrong}");
    }
}
