//! Documents of techniques and sessions, and what their readers say of bad ones.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use cisterna_session::{Session, Technique, session_names, technique_names};

#[test]
fn there_is_one_technique_for_each_of_forty_rows() {
    let techniques: Vec<Technique> =
        technique_names().into_iter().map(|name| Technique::load(name).unwrap()).collect();
    for number in 1..=40 {
        let row = format!("T{number:02}");
        let own = techniques.iter().filter(|technique| technique.row == row).count();
        assert_eq!(own, 1, "{row}");
    }
    for (technique, name) in techniques.iter().zip(technique_names()) {
        assert_eq!(technique.name, name, "a document is called as its technique");
        assert!(technique.steps.is_empty() != technique.group.is_none(), "{name}: a step or a group");
    }
}

#[test]
fn every_session_that_comes_along_can_be_read() {
    for name in session_names() {
        let session = Session::load(name).unwrap_or_else(|problems| panic!("{name}:\n{problems}"));
        assert_eq!(session.name, name);
        assert!(!session.steps.is_empty());
    }
}

const TECHNIQUE: &str = r#"
technique = "lift"
row       = "T99"
title     = "Lift"
summary   = "A lift"
time      = "60 s || assumed: a test"
aim       = "none"
end_sign  = "none"

[[contact]]
hand      = "right"
at        = "glabella"
mode      = "force"
direction = [0.0, 1.0, 0.0]
force     = "0.05 N || assumed: a test"
"#;

/// What the reader says of the document with one thing changed.
fn said(right: &str, wrong: &str) -> String {
    assert!(TECHNIQUE.contains(right));
    let text = TECHNIQUE.replacen(right, wrong, 1);
    Technique::from_text("lift.toml", &text).unwrap_err().to_string()
}

#[test]
fn a_technique_tells_what_is_wrong_with_the_line_and_the_nearest_name() {
    assert!(Technique::from_text("lift.toml", TECHNIQUE).is_ok());
    let site = said("glabella", "glabela");
    assert!(site.contains("`glabela` is no site") && site.contains("did you mean `glabella`?"), "{site}");
    assert!(site.contains("lift.toml:12:"), "{site}");
    let mode = said("\"force\"", "\"push\"");
    assert!(
        mode.contains("`push` is no mode")
            && mode.contains("hold, keep, resist, fulcrum, follow, force, torque, path"),
        "{mode}"
    );
    let station = said("at        = \"glabella\"", "station   = \"left_foots\"");
    assert!(station.contains("did you mean `left_foot`?"), "{station}");
    assert!(said("[0.0, 1.0, 0.0]", "[0.0, 0.0, 0.0]").contains("a direction is `inward`"));
    assert!(said("[0.0, 1.0, 0.0]", "\"up\"").contains("a direction is `inward`"));
    assert!(said("\"force\"", "\"torque\"").contains("has a `moment`, no `force`"));
    assert!(said("\"force\"", "\"resist\"").contains("lacks `stiffness`"));
    assert!(said("mode ", "stiffness = \"1 N/mm || assumed: a test\"\nmode ").contains("no `stiffness`"));
    assert!(said("\"force\"", "\"keep\"").contains("which is `inward`"));
    assert!(said("0.05 N ", "-0.05 N ").contains("not below nought"));
    assert!(said("0.05 N || assumed: a test", "0.05 N").contains("needs its basis"));
    assert!(said("60 s", "0 s").contains("longer than 0 s"));
    assert!(said("mode      =", "begin = \"50 s\"\nfor = \"20 s\"\nmode =").contains("within the 60 s"));
    assert!(said("end_sign", "endsign").contains("lacks `end_sign`"));
    assert!(said("hand      = \"right\"", "hand = \"third\"").contains("valid: right, left, both, device"));
}

#[test]
fn a_path_tells_what_is_wrong_with_it() {
    let path = |path: &str, more: &str| {
        let force = "force     = \"0.05 N || assumed: a test\"\n";
        let text = TECHNIQUE.replacen("\"force\"", "\"path\"", 1);
        let text = text.replacen(force, &format!("path = {path}\nbasis = \"assumed: a test\"\n{more}\n"), 1);
        Technique::from_text("lift.toml", &text)
    };
    let way = path("[[\"0 s\", \"0 mm\"], [\"10 s\", \"0.2 mm\"]]", "").unwrap();
    assert!(way.contacts[0].is_held() && way.contacts[0].greatest().is_none());
    let force = path("[[\"0 s\", \"0 g\"], [\"10 s\", \"5 g\"]]", "").unwrap();
    assert!(!force.contacts[0].is_held());
    assert!(
        (force.contacts[0].strength.unit.from_canonical(force.contacts[0].strength.value) - 0.049).abs()
            < 1e-4
    );
    let said = |points: &str, more: &str| path(points, more).unwrap_err().to_string();
    let late = said("[[\"0 s\", \"0 N\"], [\"70 s\", \"1 N\"]]", "");
    assert!(late.contains("the path lasts 70 s, longer than its contact"), "{late}");
    assert!(said("[[\"0 s\", \"0 N\"]]", "").contains("this course has 1 points"));
    let back = said("[[\"5 s\", \"0 N\"], [\"5 s\", \"1 N\"]]", "");
    assert!(back.contains("one after another") && back.contains("lift.toml:15:"), "{back}");
    assert!(said("[[\"0 s\", \"0 N\"], [\"5 s\", \"1 mm\"]]", "").contains("values of one kind"));
    assert!(said("[[\"0 s\", \"0 mmHg\"], [\"5 s\", \"1 mmHg\"]]", "").contains("in mm, or in N or g"));
    assert!(said("[[\"0 s\", \"0 N\"], [\"5 s\", \"1 Newton\"]]", "").contains("Newton"));
    assert!(said("[[0, 1], [5, 2]]", "").contains("this is no point"));
    let both = said("[[\"0 s\", \"0 N\"], [\"5 s\", \"1 N\"]]", "force = \"1 N || assumed: a test\"");
    assert!(both.contains("presses as its path says"), "{both}");
    assert!(
        said("[[\"0 s\", \"0 N\"], [\"5 s\", \"1 N\"]]", "stiffness = \"1 N/mm || assumed: a test\"")
            .contains("no `stiffness`")
    );
    assert!(said_of_mode("\"path\"").contains("needs a `path`"));
    let stray = said_with("path = [[\"0 s\", \"0 N\"], [\"5 s\", \"1 N\"]]");
    assert!(stray.contains("the mode `force` goes along no path"), "{stray}");
}

/// What the reader says of the technique with another mode.
fn said_of_mode(mode: &str) -> String {
    let text = TECHNIQUE.replacen("\"force\"", mode, 1).replacen("force     =", "area =", 1);
    Technique::from_text("lift.toml", &text).unwrap_err().to_string()
}

/// What the reader says of the technique with one line more in its contact.
fn said_with(line: &str) -> String {
    Technique::from_text("lift.toml", &format!("{TECHNIQUE}{line}\n")).unwrap_err().to_string()
}

#[test]
fn a_path_is_read_from_a_recording_beside_its_technique() {
    let folder = std::env::temp_dir().join(format!("cisterna-path-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let rows: String = (0..=20).map(|time| format!("{time},{}\n", 0.01 * f64::from(time))).collect();
    std::fs::write(folder.join("hand.csv"), format!("time_s,way [mm]\n{rows}")).unwrap();
    let contact = |channel: &str| {
        format!(
            "mode = \"path\"\nfile = \"hand.csv\"\nchannel = {channel:?}\nbasis = \"measured levinevanrooijen: a test\""
        )
    };
    let document = |channel: &str| {
        let text = TECHNIQUE.replacen("mode      = \"force\"", &contact(channel), 1);
        let text = text.replacen("force     = \"0.05 N || assumed: a test\"\n", "", 1);
        std::fs::write(folder.join("lift.toml"), text).unwrap();
        Technique::load_beside("lift.toml", Some(&folder))
    };
    let read = document("way").unwrap_or_else(|problems| panic!("{problems}"));
    let path = read.contacts[0].path.as_ref().unwrap();
    assert_eq!((path.points.len(), path.end()), (21, 20.0));
    let wrong = document("weigh").unwrap_err().to_string();
    assert!(wrong.contains("no channel is called `weigh`") && wrong.contains("lift.toml:14:"), "{wrong}");
    std::fs::remove_dir_all(&folder).unwrap();
}

const SESSION: &str = r#"
session    = "test"
title      = "A test"
subject    = "subjects/adult_with_bones"
complaints = ["It aches"]
date       = "2026-11-03"
stress     = 0.5

[practitioner]
seed = 1

[evaluation]
stations = ["head"]

[[technique]]
use = "cv4"
for = "30 s"
"#;

#[test]
fn a_session_tells_what_is_wrong_with_the_line_and_the_nearest_name() {
    let read = |right: &str, wrong: &str| {
        assert!(SESSION.contains(right));
        Session::from_text("test.toml", &SESSION.replacen(right, wrong, 1))
    };
    assert_eq!(read("30 s", "30 s").unwrap().steps[0].time, 30.0);
    let said = |right: &str, wrong: &str| read(right, wrong).unwrap_err().to_string();
    let technique = said("cv4", "cv5");
    assert!(technique.contains("there is no such technique"), "{technique}");
    assert!(technique.contains("did you mean `cv4`?") && technique.contains("test.toml:16:"), "{technique}");
    assert!(said("2026-11-03", "3 November").contains("`2026-11-03`"));
    assert!(said("0.5", "1.5").contains("between 0 and 1"));
    assert!(said("\"head\"", "\"heads\"").contains("did you mean `head`?"));
    assert!(said("seed = 1", "seed = -1").contains("from nought on"));
    assert!(said("complaints", "complaint").contains("lacks `complaints`"));
    assert!(said("30 s", "-3 s").contains("longer than 0 s"));
}
