//! The averaged model beside the beat-by-beat model.
#![allow(clippy::unwrap_used, reason = "a helper of a test may panic")]

use cisterna_course::{CourseDocument, agreement, run};
use cisterna_model::Library;

fn course(head: &str, daily: &str) -> CourseDocument {
    let text = format!(
        "title = \"t\"\nsubject = \"subjects/adult_under_stress\"\ndays = 1\n{head}\n{daily}\n[record]\nchannels = [\"arousal\", \
         \"vault.pressure\", \"aorta.pressure\", {{ of = \"heart.rate\", unit = \"1/min\" }}]\n"
    );
    CourseDocument::from_text("test.toml", &text, &Library::embedded()).unwrap()
}

#[test]
fn after_a_step_of_stress_the_averaged_model_is_within_two_per_cent_of_every_beat() {
    let hypotheses = "hypotheses = [\"stress_tightens\", \"tightness_distorts\", \"nervous_cascade\"]";
    let rows = agreement(&course(hypotheses, ""), 1.0, &mut || true).unwrap();
    assert_eq!(rows.len(), 4);
    for row in &rows {
        assert!(row.off().abs() < 0.02, "{row:?}");
    }
}

#[test]
fn a_day_without_stress_leaves_everything_where_it_is() {
    let course = run(&course("", ""), &mut || true).unwrap();
    for channel in &course.channels[1..] {
        let first = channel.values[0];
        assert!(channel.values.iter().all(|value| (value / first - 1.0).abs() < 0.02), "{}", channel.label);
    }
}
