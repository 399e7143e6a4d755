//! Hands that an arm holds: what they press with, and that arm and skin are in balance.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use cisterna_experiment::{Run, Scenario, run};
use cisterna_model::Library;
use cisterna_session::{Direction, Hypotheses, Session, Stage};

/// The run of a technique of 12 s on the adult with bones, with more channels.
fn held(technique: &str, channels: &[String]) -> (Stage, Scenario, Run) {
    let text = format!(
        "session = \"test\"\ntitle = \"A test\"\nsubject = \"subjects/adult_with_bones\"\ncomplaints = [\"It aches\"]\n\
         [practitioner]\nseed = 1\n[[technique]]\nuse = \"{technique}\"\nfor = \"12 s\"\n"
    );
    let session = Session::from_text("test.toml", &text).unwrap();
    let stage = session.stages(Hypotheses::On).unwrap().remove(0);
    let more: String = channels.iter().map(|channel| format!("{channel:?}, ")).collect();
    let text = stage.scenario.replacen("channels = [", &format!("channels = [{more}"), 1);
    let library = Library::embedded().with("subject", &stage.subject);
    let scenario = Scenario::from_text("held.toml", &text, &library).unwrap();
    let run = run(&scenario, &mut |_| true).unwrap();
    (stage, scenario, run)
}

/// The mean of a channel while hands press, less that before them: whole breaths of 4 s.
fn change(run: &Run, name: &str) -> f64 {
    let channel = run.recording.channel(name).unwrap();
    let mean = |from: f64, to: f64| {
        let place = |time: f64| (time * channel.rate) as usize;
        let window = &channel.values[place(from)..place(to)];
        window.iter().sum::<f64>() / window.len() as f64
    };
    mean(28.0, 32.0) - mean(16.0, 20.0)
}

/// How far a channel swings while hands press.
fn swing(run: &Run, name: &str) -> f64 {
    let channel = run.recording.channel(name).unwrap();
    let window = &channel.values[(24.0 * channel.rate) as usize..(32.0 * channel.rate) as usize];
    let [low, high] = [f64::min, f64::max].map(|of| window.iter().copied().reduce(of).unwrap());
    high - low
}

/// The places of a hand's body in three directions.
fn shifts(hand: &str) -> Vec<String> {
    ["x", "y", "z"].map(|axis| format!("{hand}_rests.shift_{axis}")).to_vec()
}

/// How far a hand goes along a direction, mm.
fn along(run: &Run, hand: &str, direction: [f64; 3]) -> f64 {
    let parts = shifts(hand).into_iter().zip(direction).map(|(name, part)| {
        let channel = run.recording.channel(&name).unwrap();
        let scale = if channel.unit == "um" { 1e-3 } else { 1.0 };
        change(run, &name) * scale * part
    });
    parts.sum()
}

/// The direction into a bone at a site.
fn inward(scenario: &Scenario, site: &str) -> [f64; 3] {
    let facts = scenario.model.bones.as_ref().unwrap().plan.anatomy.site(site).unwrap();
    facts.normal.map(|part| -part)
}

const FIVE_GRAMS: f64 = 0.049;

#[test]
fn a_hand_that_keeps_its_force_feels_five_grams_whatever_the_bone_does() {
    let (_, _, run) = held("parietal_five_grams", &[]);
    for hand in ["hand_1", "hand_2"] {
        let force = change(&run, &format!("{hand}_rests.force"));
        assert!((force / FIVE_GRAMS - 1.0).abs() < 0.02, "{hand}: {force}");
    }
}

#[test]
fn the_arm_of_a_hand_that_resists_is_in_balance_with_the_skin_under_it() {
    let (stage, _, run) = held("cv4_by_resisting", &shifts("hand_1"));
    let hand = &stage.touched.hands[0];
    let Direction::Along(direction) = hand.contact.direction else { panic!("it has one") };
    let length = direction.iter().map(|part| part * part).sum::<f64>().sqrt();
    let direction = direction.map(|part| part / length);
    // Skin of 0.2 N/mm and an arm of 0.8 N/mm in series.
    let reach = FIVE_GRAMS * (1.0 / 0.2 + 1.0 / 0.8);
    let arm = 0.8 * (reach - along(&run, "hand_1", direction));
    assert!(arm > 0.0 && arm <= FIVE_GRAMS, "{arm}");
    assert!(change(&run, "hand_1_rests.force") > 0.0);
}

#[test]
fn a_fulcrum_stays_where_it_is_and_bears_what_is_laid_on_it() {
    let (_, scenario, run) = held("occipital_fulcrum", &shifts("hand_1"));
    let force = change(&run, "hand_1_rests.force");
    let reach = FIVE_GRAMS * (1.0 / 0.2 + 1.0 / 100.0);
    // It is pressed back by its force over its stiffness, which is far below a thousandth of a millimetre.
    let back = reach - along(&run, "hand_1", inward(&scenario, "occiput"));
    assert!((100.0 * back - force).abs() < 0.05 * FIVE_GRAMS, "{} {force}", 100.0 * back);
    assert!(swing(&run, "hand_1_rests.force") > 0.0);
}
