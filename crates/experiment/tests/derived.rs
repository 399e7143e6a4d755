//! Channels made of several things, and the pressure–volume curve, against closed forms.
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may panic")]

use cisterna_experiment::{PressureVolume, Run, Scenario, pressure_volume, run};
use cisterna_model::Library;

/// Two basins of fluid that drain to outside, one fed at 0.3 mL/s and one at 0.1 mL/s.
const MODEL: &str = r#"
title = "Two basins"
[fluid.csf]
density = "1000 kg/m^3 || definition"
viscosity = "1 mPa s || definition"
[space.left]
holds = "csf"
wall = "elastic"
rest_volume = "100 mL || assumed: test"
compliance = "0.5 mL/mmHg || assumed: test"
start_pressure = "30 mmHg"
[space.right]
holds = "csf"
wall = "elastic"
rest_volume = "50 mL || assumed: test"
compliance = "2 mL/mmHg || assumed: test"
start_pressure = "10 mmHg"
[space.ground]
kind = "outside"
holds = "csf"
[passage.left_feed]
from = "ground"
to = "left"
law = "source"
rate = "0.3 mL/s || assumed: test"
[passage.right_feed]
from = "ground"
to = "right"
law = "source"
rate = "0.1 mL/s || assumed: test"
[passage.left_drain]
from = "left"
to = "ground"
law = "resistance"
resistance = "100 mmHg s/mL || assumed: test"
[passage.right_drain]
from = "right"
to = "ground"
law = "resistance"
resistance = "100 mmHg s/mL || assumed: test"
"#;

const HEAD: &str = "title = \"T\"\nsubject = \"basins\"\nduration = \"100 s\"\nsettle = \"0 s\"\n";

fn read(rest: &str) -> Result<Scenario, String> {
    let library = Library::from_pairs(&[
        ("basins", MODEL),
        ("sources.bib", "@article{ford2005, year = {2005}, title = {Mean carotid area}}"),
    ]);
    Scenario::from_text("t.toml", &format!("{HEAD}{rest}"), &library).map_err(|wrong| wrong.to_string())
}

fn ran(rest: &str) -> (Scenario, Run) {
    let scenario = read(rest).unwrap();
    let run = run(&scenario, &mut |_| true).unwrap();
    assert_eq!(run.stopped, None);
    (scenario, run)
}

fn last(run: &Run, channel: &str) -> f64 {
    *run.recording.channel(channel).expect(channel).values.last().unwrap()
}

fn channels(list: &str) -> String {
    format!("[record]\nchannels = [{list}]\n")
}

#[test]
fn both_drains_together_carry_both_feeds() {
    let (_, run) = ran(&channels(
        r#"{ name = "out", sum = ["left_drain.flow", "right_drain.flow"], unit = "mL/min" },
           { name = "in", sum = ["left_feed.flow", "right_feed.flow", "left_feed.flow"] },
           { name = "drop", difference = ["left.pressure", "right.pressure"], label = "Left over right" }"#,
    ));
    assert!((last(&run, "out") - 0.4 * 60.0).abs() < 1e-6, "{}", last(&run, "out"));
    assert!((last(&run, "in") - 0.7).abs() < 1e-12);
    assert!((last(&run, "drop") - 20.0).abs() < 1e-6);
    let drop = run.recording.channel("drop").unwrap();
    assert_eq!(
        (drop.label.as_str(), drop.unit.as_str(), &drop.reference),
        ("Left over right", "mmHg", &None)
    );
}

#[test]
fn a_share_of_a_flow_is_a_ratio_of_means() {
    let (_, run) = ran(&format!(
        "{}[[measure]]\nid = \"share\"\nstatistic = \"ratio_of_means\"\nchannel = \"left_drain.flow\"\nother = \"out\"\n",
        channels(r#"{ name = "out", sum = ["left_drain.flow", "right_drain.flow"] }"#)
    ));
    assert!((run.outcomes[0].value.as_ref().unwrap() - 0.75).abs() < 1e-6, "{:?}", run.outcomes);
}

#[test]
fn a_flow_over_an_area_is_a_velocity_that_tells_what_it_rests_on() {
    let (scenario, run) = ran(&channels(
        r#"{ of = "left_drain.flow", name = "speed", area = "20 mm^2 | 15 .. 25 | measured ford2005", unit = "cm/s" }"#,
    ));
    // 0.3 mL/s through 0.2 cm^2.
    assert!((last(&run, "speed") - 1.5).abs() < 1e-6, "{}", last(&run, "speed"));
    assert!(scenario.notes[0].contains("20 mm^2 (measured ford2005)"), "{:?}", scenario.notes);
}

#[test]
fn what_cannot_be_combined_is_told_with_its_reason() {
    let cases = [
        (
            r#"{ name = "x", sum = ["left.pressure", "left.volume"] }"#,
            "`left.volume` is a volume, but the first term is a pressure",
        ),
        (r#"{ name = "x", sum = ["left.pressure"] }"#, "a sum is made of 2 to 64 things, this one of 1"),
        (
            r#"{ name = "x", difference = ["left.pressure", "right.pressure", "left.pressure"] }"#,
            "a difference is made of two things",
        ),
        (r#"{ sum = ["left.volume", "right.volume"] }"#, "a channel that is a sum needs a `name`"),
        (
            r#"{ of = "left.volume", sum = ["left.volume", "right.volume"] }"#,
            "a channel records one thing, this one has of, sum",
        ),
        (r#"{ name = "x", sum = ["left.volume", "rihgt.volume"] }"#, "did you mean `right"),
        (r#"{ name = "x", sum = ["left.volume", 3] }"#, "a term is the name of something to record"),
        (r#"{ of = "left.volume", area = "2 mm^2 || definition" }"#, "only a flow is divided by an `area`"),
        (r#"{ of = "left_drain.flow", area = "2 mm^2" }"#, "a value needs its basis"),
        (r#"{ of = "left_drain.flow", area = "2 mm^2 || measured frod2005" }"#, "did you mean `ford2005`?"),
        (r#"{ of = "left_drain.flow", area = "0 mm^2 || definition" }"#, "more than zero"),
        (r#"{ name = "x" }"#, "give one of: of, sum, difference"),
    ];
    for (channel, said) in cases {
        let wrong = read(&channels(channel)).expect_err(channel);
        assert!(wrong.contains(said), "`{said}` is missing in:\n{wrong}");
    }
}

const INFUSION: &str = "[[event]]\nat = \"10 s\"\ninfuse = \"left\"\nrate = \"0.1 mL/s\"\nuntil = \"60 s\"\n";

fn curve(rest: &str) -> PressureVolume {
    let (scenario, run) = ran(rest);
    pressure_volume(&scenario, &run.recording).expect("a curve")
}

#[test]
fn an_elastic_basin_has_a_straight_curve_with_the_slope_of_its_wall() {
    let curve = curve(&format!("{INFUSION}{}", channels("\"left.pressure\"")));
    assert_eq!((curve.label.as_str(), curve.unit.as_str()), ("Left pressure", "mmHg"));
    // The other basin neither gains nor loses, so that all that is stored is in this one: p = p0 + V/C.
    for (stored, pressure) in &curve.stored {
        assert!((pressure - 30.0 - stored / 0.5).abs() < 1e-3, "{stored} mL, {pressure} mmHg");
    }
    let (injected, _) = curve.injected.last().unwrap();
    assert!(
        (injected - 5.0).abs() < 0.03,
        "0.1 mL/s for 50 s, the last half second averaged, not {injected} mL"
    );
    let time_constant = 50.0_f64;
    let rise = 0.1 * 100.0 * (1.0 - (-50.0 / time_constant).exp());
    assert!((curve.stored.last().unwrap().1 - 30.0 - rise).abs() < 0.1);
    assert!(curve.stored.len() <= 100);
}

#[test]
fn what_is_withdrawn_counts_below_zero() {
    let drawn = INFUSION.replace("infuse", "withdraw");
    let curve = curve(&format!("{drawn}{}", channels("\"left.pressure\"")));
    let (injected, pressure) = curve.injected.last().unwrap();
    assert!((injected + 5.0).abs() < 0.03 && *pressure < 25.0, "{injected} mL, {pressure} mmHg");
}

#[test]
fn without_an_injection_there_is_no_curve() {
    let (scenario, run) = ran(&channels("\"left.pressure\""));
    assert_eq!(pressure_volume(&scenario, &run.recording), None);
    let (scenario, run) = ran(&format!("{INFUSION}{}", channels("\"left.volume\"")));
    assert_eq!(pressure_volume(&scenario, &run.recording), None, "no pressure is recorded");
}
