//! Strips and muscles that hang slack in a run, against the whole structure solved with slack cables.
#![allow(clippy::unwrap_used, reason = "a helper of a test may panic")]

use cisterna_experiment::{Scenario, run};
use cisterna_model::Library;

/// The bones of an adult without blood and fluid, and a hand that presses on the back of the head.
const BONES: &str = r#"
    title   = "Bones with a hand"
    extends = "subjects/bones_alone"

    [signal.hand]
    law   = "constant"
    unit  = "N"
    value = "0 N || definition: none"

    [load.hand_at_occiput]
    law       = "force"
    senses    = "hand"
    at        = "occiput"
    direction = "inward"
"#;

/// Pressed so long that all has given way that gives way.
const PRESSED: &str = r#"
    title    = "A heavy hand"
    subject  = "bones_with_a_hand"
    duration = "2500 s"

    [set]
    "hand.value" = "100 N"

    [record]
    rate = "0.1 Hz"
    channels = ["left_scalenes.tension", "left_sternocleidomastoid.tension", "frontal_bone.shift_y", "hyoid_bone.shift_z"]
"#;

#[test]
fn a_run_ends_where_the_structure_with_slack_cables_lies() {
    let library = Library::embedded().with("bones_with_a_hand", BONES);
    let scenario = Scenario::from_text("pressed.toml", PRESSED, &library).unwrap();
    let bones = scenario.model.bones.clone().unwrap();
    let place = bones.plan.loads.iter().position(|load| load.name == "hand_at_occiput").unwrap();
    let still = bones.whole.under(&[(place, 100.0)], true).unwrap();
    let done = run(&scenario, &mut |_| true).unwrap();
    assert!(done.released.iter().any(|name| name == "left_sternocleidomastoid"), "{:?}", done.released);
    assert!(done.slack.is_empty(), "{:?}", done.slack);
    let structure = &bones.whole.structure;
    let tension = |name: &str| still.tensions[structure.cables().position(|known| known == name).unwrap()];
    let shift = |name: &str| still.motions[structure.body(name).unwrap()].shift * 1e3;
    let wanted = [
        tension("left_scalenes"),
        tension("left_sternocleidomastoid"),
        shift("frontal_bone").y,
        shift("hyoid_bone").z,
    ];
    assert_eq!(wanted[1], 0.0, "the muscle should hang slack");
    // Many times the longest time constant have passed.
    for (channel, wanted) in done.recording.channels.iter().zip(wanted) {
        let last = channel.values[channel.values.len() - 1];
        assert!((last - wanted).abs() <= 1e-3 * wanted.abs() + 1e-6, "{}: {last} for {wanted}", channel.name);
    }
}
