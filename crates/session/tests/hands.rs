//! Hands that an arm holds: what they press with, and that arm and skin are in balance.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use cisterna_experiment::{Run, Scenario, run};
use cisterna_model::Library;
use cisterna_session::{Direction, Hypotheses, Session, Stage};

/// The run of a technique of 12 s on the adult with bones, with more channels.
fn held(technique: &str, channels: &[String]) -> (Stage, Scenario, Run) {
    held_on(technique, channels, "")
}

/// The same on an adult with conditions.
fn held_on(technique: &str, channels: &[String], conditions: &str) -> (Stage, Scenario, Run) {
    let text = format!(
        "session = \"test\"\ntitle = \"A test\"\nsubject = \"subjects/adult_with_bones\"\ncomplaints = [\"It aches\"]\n\
         restrictions = [{conditions}]\n[practitioner]\nseed = 1\n[[technique]]\nuse = \"{technique}\"\nfor = \"12 s\"\n"
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

/// Skin that creeps, by its document: stiffness at once, the share that fades, and in which time.
const SKIN: [f64; 3] = [0.2, 0.53, 1.4];

#[test]
fn a_hand_along_a_path_goes_along_it_and_gives_what_is_stored_and_lost() {
    let more: Vec<String> = shifts("hand_1")
        .into_iter()
        .chain(["hand_1", "left_parietal_hand.motion"].map(str::to_owned))
        .collect();
    let (_, scenario, run) = held_on("parietal_pump", &more, "\"creeping_skin\"");
    let samples = |name: &str| run.recording.channel(name).unwrap().values.clone();
    let (path, force) = (samples("hand_1"), samples("hand_1_rests.force"));
    let rate = run.recording.channel("hand_1").unwrap().rate;
    assert_eq!(run.recording.channel("hand_1").unwrap().unit, "mm");
    // Six presses of a quarter of a millimetre, drawn together from a minute to twelve seconds.
    let at = |time: f64| (time * rate).round() as usize;
    for press in 0..6 {
        let time = 21.0 + 2.0 * f64::from(press);
        assert!((path[at(time)] - 0.25).abs() < 1e-3 && path[at(time + 1.0)].abs() < 1e-3, "{time}");
    }
    // The point of the hand is where its path is, but for what an arm of 100 N/mm yields.
    let direction = inward(&scenario, "left_parietal_eminence");
    let way = shifts("hand_1").iter().zip(direction).fold(vec![0.0; path.len()], |mut sum, (name, part)| {
        let channel = run.recording.channel(name).unwrap();
        let scale = if channel.unit == "um" { 1e-3 } else { 1.0 };
        sum.iter_mut().zip(&channel.values).for_each(|(sum, value)| *sum += scale * part * value);
        sum
    });
    let apart = way.iter().zip(&path).map(|(way, path)| (way - path).abs()).fold(0.0, f64::max);
    assert!(apart < 0.01, "{apart} mm");
    // The skull goes a little before the hand; what is left of the path presses the skin.
    let skull = run.recording.channel("left_parietal_hand.motion").unwrap();
    let scale = if skull.unit == "um" { 1e-3 } else { 1.0 };
    let rest_of_skull = skull.values[at(19.0)];
    let skin: Vec<f64> =
        path.iter().zip(&skull.values).map(|(path, bone)| path - scale * (bone - rest_of_skull)).collect();
    // What goes into the skin: a spring that stays and one that lets go.
    let ([stiffness, share, time], step) = (SKIN, 1.0 / rate);
    let (mut given, mut lost, mut let_go, mut most) = (0.0, 0.0, 0.0, 0.0f64);
    let rest = force[at(19.0)];
    let (mut worst, mut balance) = (0.0f64, 0.0f64);
    for now in at(20.0)..at(34.0) {
        let [before, after] = [now, now + 1].map(|sample| skin[sample]);
        given += 0.5 * (force[now] + force[now + 1] - 2.0 * rest) * (after - before);
        let middle = 0.5 * (before + after);
        let next = middle + (let_go - middle) * (-step / time).exp();
        lost += stiffness * share * (middle - 0.5 * (let_go + next)).powi(2) / time * step;
        let_go = next;
        let pressed = stiffness * ((1.0 - share) * after + share * (after - let_go));
        worst = worst.max((force[now + 1] - rest - pressed).abs());
        let stored = 0.5 * stiffness * ((1.0 - share) * after.powi(2) + share * (after - let_go).powi(2));
        most = most.max(stored);
        balance = balance.max((given - stored - lost).abs());
    }
    assert!(worst < 0.05 * FIVE_GRAMS, "{worst} N");
    assert!(balance < 0.1 * most, "{balance} of {most} N mm");
    // Over whole cycles nothing is got back that was not given.
    assert!(given > 0.0 && lost > 0.2 * most, "{given} {lost} {most}");
}

#[test]
fn a_path_of_nothing_is_no_hand_to_the_bit() {
    let of = |drive: &str| {
        let text = format!(
            "title = \"t\"\nsubject = \"subjects/adult_with_bones\"\nduration = \"6 s\"\nsettle = \"2 s\"\n{drive}\n\
             [record]\nrate = \"50 Hz\"\nchannels = [\"vault.pressure\", \"sagittal_suture.opening\", \"aorta.pressure\"]\n"
        );
        let scenario = Scenario::from_text("nothing.toml", &text, &Library::embedded()).unwrap();
        run(&scenario, &mut |_| true).unwrap()
    };
    let path = "[[drive]]\nparameter = \"hand_on_vertex.value\"\npoints = [[\"0 s\", \"0 N\"], [\"3 s\", \"0 N\"], [\"6 s\", \"0 N\"]]";
    let (none, nothing) = (of(""), of(path));
    for (one, other) in none.recording.channels.iter().zip(&nothing.recording.channels) {
        let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&one.values), bits(&other.values), "{}", one.name);
    }
}
