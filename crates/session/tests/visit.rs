//! Visits: what hands do, what is freed, and that a replay is the same to the bit.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use cisterna_experiment::{Scenario, run};
use cisterna_model::Library;
use cisterna_session::{Done, Hypotheses, Manner, Place, Session, Spreading, Visit, technique_names};

/// A short visit: one technique on the adult with bones.
fn session(technique: &str, rest: &str) -> Session {
    let text = format!(
        "session = \"test\"\ntitle = \"A test\"\nsubject = \"subjects/adult_with_bones\"\ncomplaints = [\"It aches\"]\n\
         restrictions = [\"stiff_left_occipitomastoid\"]\n{rest}\n[practitioner]\nseed = 1\n\
         [evaluation]\ntime = \"10 s\"\njoints = [\"left_occipitomastoid_suture\", \"sphenoethmoidal_suture\"]\n\
         [[technique]]\nuse = \"{technique}\"\nfor = \"12 s\"\n"
    );
    Session::from_text("test.toml", &text).unwrap()
}

fn made(session: &Session, hypotheses: Hypotheses) -> Visit {
    let manner = Manner { hypotheses, spread: Spreading::One, folder: None };
    session.visit(manner, &mut |_| true).unwrap()
}

fn value(done: &Done, id: &str) -> f64 {
    let outcome = done.outcomes.iter().find(|outcome| outcome.id == id).unwrap();
    *outcome.value.as_ref().unwrap()
}

#[test]
fn a_frontal_lift_moves_the_frontal_bone_forward_and_a_replay_is_the_same_to_the_bit() {
    let session = session("frontal_lift", "");
    let [first, second] = [0, 1].map(|_| made(&session, Hypotheses::On));
    let done = &first.done[0];
    assert!(value(done, "frontal_bone_shift_y") > 0.0);
    assert!(value(done, "hand_1_motion") > 0.0 && value(done, "hand_2_motion") > 0.0);
    let frontal = done.moved.iter().find(|moved| moved.name == "frontal_bone").unwrap();
    assert!(frontal.motion.shift.y > 0.0);
    assert_eq!(first.json(None).to_string(), second.json(None).to_string());
    assert_eq!(first.chart(None), second.chart(None));
    // Nothing frees a restriction without a law of release, and the ethmoid is out of reach of hands.
    assert_eq!(first.restrictions[0].after, 1.0);
    assert_eq!(first.before.joints[0], first.after.joints[0]);
    assert!(first.before.joints[1].hands.is_none() && first.before.judged[1].is_none());
    // The restricted suture gives less than its other side, by far less than hands tell from nothing.
    assert!(first.before.joints[0].lag() > 0.0);
    let judged = first.before.judged[0].unwrap();
    assert!((judged.probability - judged.false_claims).abs() < 0.02);
}

#[test]
fn energy_changes_no_number() {
    let session = session("cv4", "hypotheses = [\"energy\"]");
    let (with, without) = (made(&session, Hypotheses::On), made(&session, Hypotheses::Off));
    assert_eq!(with.done[0].outcomes, without.done[0].outcomes);
    assert_eq!(with.done[0].recording.channels.len(), without.done[0].recording.channels.len());
    for (one, other) in with.done[0].recording.channels.iter().zip(&without.done[0].recording.channels) {
        let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&one.values), bits(&other.values), "{}", one.name);
    }
    assert_eq!(with.after.outcomes, without.after.outcomes);
}

#[test]
fn a_law_of_release_frees_under_hands_and_not_where_nobody_touches() {
    let hypothesis = "hypotheses = [\"release_by_fluid_flow\"]";
    let touched = made(&session("cv4", hypothesis), Hypotheses::On);
    let freed = &touched.done[0].freed[0];
    assert_eq!(freed.before, 1.0);
    // 0.61 mmHg under the ball of a thumb, of which so much is left where the suture lies; it frees tanh(0.4 p) of full, with
    // a time constant of 100 s, in 12 s.
    let model = cisterna_model::Model::load("subjects/adult_with_bones").unwrap();
    let bones = model.bones.as_ref().unwrap();
    let (_, _, suture, _) =
        bones.whole.joints().find(|(name, ..)| *name == "left_occipitomastoid_suture").unwrap();
    let hand = bones.plan.anatomy.point("left_lateral_angle_of_occiput").unwrap().at;
    let spread = 600.0 / std::f64::consts::PI / (hand - suture).norm_squared();
    let share = 1.0 - (1.0 + spread).powf(-1.5);
    assert!(share > 0.02 && share < 0.9, "{share}");
    let expected = 1.0 - (0.4f64 * 0.6126 * share).tanh() * (1.0 - (-0.115f64).exp());
    assert!((freed.after - expected).abs() < 0.003, "{} {expected}", freed.after);
    // The joint gives more at the re-evaluation, as its restriction is less.
    assert!(touched.after.joints[0].gives[0] > touched.before.joints[0].gives[0]);
    // A hand far away frees less, by as much as less of it arrives.
    let mut away = session("cv4", hypothesis);
    let contacts = &mut away.steps[0].technique.contacts;
    contacts.iter_mut().for_each(|contact| contact.place = Place::Site("back_of_sacrum".to_owned()));
    let away = made(&away, Hypotheses::On).restrictions[0].after;
    assert!(away > 0.9999, "{away}");
    let still = made(&session("no_touch", hypothesis), Hypotheses::On);
    assert_eq!(still.restrictions[0].after, 1.0);
    assert_eq!(still.before.joints[0], still.after.joints[0]);
}

#[test]
fn every_technique_is_compiled_for_the_adult_and_frees_what_is_there() {
    let mut all = session("cv4", "");
    all.steps = technique_names().into_iter().flat_map(|name| session(name, "").steps).collect();
    let stages = all.stages(Hypotheses::On).unwrap();
    assert_eq!(stages.len(), 44);
    // Hands that rest, follow, press and turn, and stations without a bone.
    for name in ["listening_stations", "v_spread", "temporal_rotation"] {
        let stage = stages.iter().find(|stage| stage.folder.ends_with(name)).unwrap();
        let scenario =
            stage.read().unwrap_or_else(|problems| panic!("{name}:\n{problems}\n{}", stage.subject));
        assert!(!scenario.measures.is_empty());
    }
    let feet = stages.iter().find(|stage| stage.folder.ends_with("still_point_at_feet")).unwrap();
    assert!(feet.touched.bones.is_empty() && !feet.subject.contains("[load."));
    let mut wrong = session("cv4", "");
    wrong.steps[0].technique.frees = vec!["left_occipitomastoid_sutur".to_owned()];
    let said = wrong.stages(Hypotheses::On).unwrap_err().to_string();
    assert!(said.contains("did you mean `left_occipitomastoid_suture`?"), "{said}");
}

/// A visit of somebody stressed: ten seconds of evaluation, twelve of a technique.
fn stressed(technique: &str, rest: &str) -> Session {
    let text = format!(
        "session = \"test\"\ntitle = \"A test\"\nsubject = \"subjects/adult_with_bones_under_stress\"\n\
         complaints = [\"I cannot switch off\"]\nstress = 0.5\n{rest}\n[practitioner]\nseed = 1\n\
         [evaluation]\ntime = \"10 s\"\n[[technique]]\nuse = \"{technique}\"\nfor = \"12 s\"\n"
    );
    Session::from_text("test.toml", &text).unwrap()
}

/// A state that goes on from the end of a stage.
fn state(states: &[(String, f64)], name: &str) -> f64 {
    states.iter().find(|(known, _)| known == name).unwrap().1
}

#[test]
fn a_stressed_client_begins_each_stage_where_the_last_one_ended() {
    let visit = made(&stressed("no_touch", ""), Hypotheses::On);
    let stages = [&visit.before.state, &visit.done[0].state, &visit.after.state];
    // Cortisol rises all the time, by minutes of delay and an hour and a half of lag.
    let [first, second, third] = stages.map(|states| state(states, "cortisol"));
    assert!(1.0 < first && first < second && second < third, "{first} {second} {third}");
    // Whether the senses are overloaded goes on too.
    assert_eq!(state(&visit.before.state, "overload"), 0.0);
    assert!(visit.done[0].stage.scenario.contains("\"overload\" = 0"));
    let begun = visit.done[0].stage.read().unwrap().state;
    assert_eq!(begun.len(), visit.before.state.len());
    for ((name, begun), (other, ended)) in begun.iter().zip(&visit.before.state) {
        assert_eq!(name, other);
        assert!((begun - ended).abs() <= 1e-12 * ended.abs(), "{name}: {begun} {ended}");
    }
    // Where nobody touches, the visit is one long rest: only time does anything.
    let text = format!(
        "title = \"t\"\nsubject = \"subjects/adult_with_bones_under_stress\"\nduration = \"{} s\"\nsettle = \"0 s\"\n\
         set = {{ \"stressor.value\" = 0.5 }}\n[record]\nrate = \"1 Hz\"\nchannels = [\"arousal\"]\n",
        visit.time
    );
    let scenario = Scenario::from_text("rest.toml", &text, &Library::embedded()).unwrap();
    let rest = run(&scenario, &mut |_| true).unwrap();
    for (name, after) in &visit.after.state {
        let whole = state(&rest.end_state, name);
        assert!(
            (whole - after).abs() < 2e-3 * (0.1 + whole.abs()),
            "{name}: {whole} in one, {after} in stages"
        );
    }
}

#[test]
fn calm_by_touch_lasts_beyond_the_hands_and_only_under_the_hypothesis() {
    let session = stressed("cv4", "hypotheses = [\"touch_calms\"]");
    let [calmed, twin] = [Hypotheses::On, Hypotheses::Off].map(|hypotheses| made(&session, hypotheses));
    let arousal = |visit: &Visit| [&visit.before, &visit.after].map(|found| state(&found.state, "arousal"));
    let ([before, after], [twin_before, twin_after]) = (arousal(&calmed), arousal(&twin));
    assert!((before - twin_before).abs() < 1e-3, "nobody has touched yet: {before} {twin_before}");
    // 12 s of touch of a lag of 5 min: 1 - exp(-12/300) of 0.64 is calmed, of which exp(-38/300) is left some 38 s later.
    let expected = 0.64 * (1.0 - (-12.0f64 / 300.0).exp()) * (-38.0f64 / 300.0).exp();
    let share = 1.0 - after / twin_after;
    assert!((share - expected).abs() < 0.15 * expected, "{share} {expected}");
    let chart = calmed.chart(Some(&twin));
    assert!(chart.contains("| Arousal | ") && chart.contains("| at rest | was | is |"), "{chart}");
}
