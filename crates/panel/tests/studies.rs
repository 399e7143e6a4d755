//! Studies that come along, documents that are wrong, and what panels must do.

#![allow(clippy::unwrap_used, reason = "a helper of a test may panic")]

use cisterna_model::Model;
use cisterna_panel::{Settings, Study, Verdict, pooled, simulate};
use cisterna_touch::Values;

const SETTINGS: Settings = Settings { draws: 60, seed: 3 };

fn study(change: &[(&str, &str)]) -> Study {
    Study::from_text("test.toml", &text(change), None).unwrap()
}

fn text(change: &[(&str, &str)]) -> String {
    let mut text = r#"
title    = "A test"
source   = "rogers1998"
judged   = "rate"
subjects = 20
raters   = 2
repeats  = 2
contact  = "two_hands"
listens  = "60 s || assumed: a test"
[arm]
nothing = []
subject = ["subject_rhythm"]
[[row]]
id = "icc"
statistic = "icc_2_1"
published = 0.0
[[row]]
id = "intra"
statistic = "icc_intra"
published = 0.0
"#
    .to_owned();
    for (from, to) in change {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    text
}

fn complaint(change: &[(&str, &str)]) -> String {
    Study::from_text("test.toml", &text(change), None).unwrap_err().to_string()
}

#[test]
fn every_source_of_studies_and_values_is_known() {
    let sources = Model::load("published/davson").unwrap().sources;
    for name in Study::names() {
        let study = Study::load(name).unwrap_or_else(|problems| panic!("{name}:\n{problems}"));
        assert!(!study.summary.is_empty(), "{name}");
        let rows = study.rows.iter().map(|row| &row.source).filter(|key| !key.is_empty());
        let stated = study.taught.iter().chain([&study.listens]).flat_map(|stated| &stated.sources);
        for key in rows.chain(stated).chain([&study.source]) {
            assert!(sources.get(key).is_some(), "{name}: {key}");
        }
    }
    for value in Values::embedded().unwrap().stated {
        for key in &value.stated.sources {
            assert!(sources.get(key).is_some(), "{}: {key}", value.name);
        }
    }
}

#[test]
fn rows_have_their_own_names() {
    let mut seen = std::collections::HashSet::new();
    for name in Study::names() {
        for row in Study::load(name).unwrap().rows {
            assert!(seen.insert(row.id.clone()), "{}", row.id);
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_panel() {
    let study = study(&[]);
    let settings = Settings { draws: 20, seed: 9 };
    let [first, again] = [0, 1].map(|_| simulate(&study, &settings, &|| true).unwrap());
    assert_eq!(first, again);
    let other = simulate(&study, &Settings { seed: 10, ..settings }, &|| true).unwrap();
    assert!(first.arms[0].results[0].median != other.arms[0].results[0].median);
}

#[test]
fn where_nothing_differs_raters_do_not_agree() {
    let outcome = simulate(&study(&[]), &SETTINGS, &|| true).unwrap();
    let nothing = &outcome.arms[0];
    for result in &nothing.results {
        assert!(result.median.abs() < 0.15, "{}: {}", result.row.id, result.median);
        assert!(result.low < 0.0 && result.high > 0.0);
    }
}

#[test]
fn a_coefficient_within_a_wide_band_is_undecided() {
    use cisterna_panel::Statistic::{InterTwoWay, Mean};
    assert_eq!(Verdict::of(0.1, -0.2, 0.3, InterTwoWay), Verdict::Undecided);
    assert_eq!(Verdict::of(0.1, -0.1, 0.2, InterTwoWay), Verdict::Hit);
    assert_eq!(Verdict::of(0.5, -0.1, 0.2, InterTwoWay), Verdict::Miss);
    assert_eq!(Verdict::of(6.0, 2.0, 9.0, Mean), Verdict::Hit);
}

#[test]
fn studies_taken_together_have_narrower_bands() {
    let outcomes: Vec<_> = ["rogers_1998", "hanten_1998", "wirth_pattullo_1994"]
        .map(|name| simulate(&Study::load(name).unwrap(), &SETTINGS, &|| true).unwrap())
        .into();
    let pools = pooled(&outcomes);
    let all = pools.iter().find(|pool| pool.arm == "subject" && pool.result.row.id == "pooled_icc").unwrap();
    let alone = outcomes[2].arms.iter().find(|arm| arm.arm.name == "subject").unwrap();
    let width = |result: &cisterna_panel::RowOutcome| result.high - result.low;
    assert!(
        width(&all.result) < width(&alone.results[1]),
        "{} {}",
        width(&all.result),
        width(&alone.results[1])
    );
    assert_eq!(all.result.row.note, "3 studies");
}

#[test]
fn a_recorded_body_is_felt_in_the_place_of_the_stated_one() {
    let folder = tempfile::tempdir().unwrap();
    let waves = (0..6000).map(|index| {
        let time = f64::from(index) / 10.0;
        format!("{time},{}\n", 20.0 * (std::f64::consts::TAU * 0.12 * time).sin())
    });
    let table = format!("time [s],head [mm]\n{}", waves.collect::<String>());
    std::fs::write(folder.path().join("head.csv"), table).unwrap();
    let document = text(&[("[arm]", "[body]\nrecording = \"head.csv\"\nchannel = \"head\"\n[arm]")]);
    let document = document.replace("icc_2_1", "mean");
    let study = Study::from_text("test.toml", &document, Some(folder.path())).unwrap();
    let outcome = simulate(&study, &Settings { draws: 20, seed: 1 }, &|| true).unwrap();
    assert!((outcome.arms[0].results[0].median - 7.2).abs() < 0.2, "{}", outcome.arms[0].results[0].median);
    let missing = document.replace("channel = \"head\"", "channel = \"hed\"");
    let problems = Study::from_text("test.toml", &missing, Some(folder.path())).unwrap_err().to_string();
    assert!(problems.contains("did you mean `head`?"), "{problems}");
}

#[test]
fn who_stops_it_gets_no_figures() {
    let error = simulate(&study(&[]), &SETTINGS, &|| false).unwrap_err();
    assert_eq!(error.to_string(), "interrupted before the panels were drawn");
}

#[test]
fn wrong_documents_are_told_with_what_is_allowed() {
    for (change, words) in [
        ([("\"rate\"", "\"rates\"")], "did you mean `rate`? valid: rate, restriction"),
        ([("subject_rhythm", "subject_rythm")], "did you mean `subject_rhythm`?"),
        ([("icc_2_1", "icc21")], "`icc21` is no figure of ratings"),
        ([("subjects = 20", "subjects = 1")], "`subjects` lies between 2 and 5000"),
        ([("raters   = 2", "raters   = 1")], "needs two raters who rate the same subjects"),
        ([("repeats  = 2", "repeats  = 1")], "needs two repeats or more"),
        ([("60 s", "20 s")], "two cycles of the slowest rhythm take 50 s"),
        ([("icc_intra", "kappa_intra")], "is no figure of what these raters judge"),
        ([("two_hands", "two_hand")], "did you mean `two_hands`?"),
        ([("title ", "titel ")], "did you mean `title`?"),
    ] {
        let told = complaint(&change);
        assert!(told.contains(words), "{told}");
        assert!(told.contains("test.toml:"), "{told}");
    }
    let unknown = Study::load("roger_1998").unwrap_err().to_string();
    assert!(unknown.contains("did you mean `rogers_1998`?"), "{unknown}");
}

#[test]
fn the_schema_knows_every_figure_and_hypothesis() {
    let schema = cisterna_panel::panel_schema();
    let statistics = &schema["properties"]["row"]["items"]["properties"]["statistic"]["oneOf"];
    assert_eq!(statistics.as_array().unwrap().len(), cisterna_panel::Statistic::ALL.len());
    let hypotheses = &schema["properties"]["arm"]["additionalProperties"]["items"]["oneOf"];
    assert_eq!(hypotheses.as_array().unwrap().len(), cisterna_panel::HYPOTHESES.len());
}
