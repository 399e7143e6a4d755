//! What documents of bones become.
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may panic")]

use cisterna_fluid::{Drive, Observable};
use cisterna_model::{Library, Model, Problems, list_conditions};

const BASE: &str = include_str!("data/base.toml");
const SOURCES: &str = "@book{nichols2011, year = {2011}} @book{hall2016, year = {2016}}";

/// The upper half of the vault on a pillow, under the pressure of the windkessel and a hand, with a strap.
const VAULT: &str = r#"
title   = "A vault"
extends = "base"
[anatomy.adult]
facts   = "adult"
regions = ["cranium"]
[bone.shunt]
centre_mm = [0.0, 60.0, 1640.0]
mass      = "5 g | 4 .. 6 | assumed: a valve"
[tissue.suture]
law             = "layer"
stiffness       = "77 N/mm^3 | 4 .. 200 | assumed: a round number"
shear_stiffness = "38 N/mm^3 | 2 .. 100 | assumed: a round number"
relaxing        = "0.35 1 || assumed: a round number"
relaxation_time = "20 s || assumed: a round number"
[tissue.bone]
law           = "shell"
modulus       = "13 GPa || assumed: a round number"
poisson_ratio = "0.22 1 || assumed: a round number"
thickness     = "6.5 mm || assumed: a round number"
radius        = "73 mm || assumed: a round number"
[tissue.pad]
law             = "pad"
stiffness       = "100 N/mm || assumed: a round number"
shear_stiffness = "50 N/mm || assumed: a round number"
turning         = "10 N m/deg || assumed: a round number"
[joint]
sagittal       = { between = ["left_parietal_bone", "right_parietal_bone"], tissue = "suture", beside = "bone" }
left_coronal   = { between = ["frontal_bone", "left_parietal_bone"], tissue = "suture", beside = "bone" }
right_coronal  = { between = ["frontal_bone", "right_parietal_bone"], tissue = "suture", beside = "bone" }
left_lambdoid  = { between = ["left_parietal_bone", "occipital_bone"], tissue = "suture", beside = "bone" }
right_lambdoid = { between = ["right_parietal_bone", "occipital_bone"], tissue = "suture", beside = "bone" }
left_squamous  = { between = ["left_temporal_bone", "left_parietal_bone"], tissue = "suture" }
right_squamous = { between = ["right_temporal_bone", "right_parietal_bone"], tissue = "suture" }
base           = { between = ["sphenoid_bone", "frontal_bone"], tissue = "suture" }
ethmoidal      = { between = ["sphenoid_bone", "ethmoid"], tissue = "suture" }
valve          = { between = ["right_parietal_bone", "shunt"], tissue = "pad" }
[cable.strap]
law       = "cable"
between   = ["glabella", "occiput"]
tension   = "2 N || assumed: a round number"
stiffness = "1 N/mm || assumed: a round number"
[support.pillow]
tissue = "pad"
under  = "occiput"
[load.brain]
law    = "pressure"
senses = "aorta.pressure"
on     = "vault"
[signal.press]
law   = "constant"
unit  = "N"
value = "0 N || definition: no hand"
[load.hand]
law       = "force"
senses    = "press"
at        = "left_parietal_eminence"
direction = "inward"
"#;

const TILTED: &str = "title = \"z\"\ncondition = \"tilted\"\nsummary = \"the sphenoid tilted\"\n\
                      [joint.base]\ntilt_y = \"0.001 rad || assumed: a round number\"\n";

fn library() -> Library {
    Library::from_pairs(&[
        ("base", BASE),
        ("vault", VAULT),
        ("conditions/tilted", TILTED),
        ("sources.bib", SOURCES),
    ])
}

fn load(laid_on: &[&str]) -> Model {
    Model::from_library(&library(), "vault", laid_on)
        .unwrap_or_else(|problems: Problems| panic!("{problems}"))
}

/// An output in the end for one unit of the n-th drive, and without any: its own canonical unit.
fn answer(model: &Model, output: &str, drive: usize) -> [f64; 2] {
    let bodies = &model.network.bodies[0];
    let output = bodies.outputs.iter().find(|known| known.name == output).unwrap();
    let slow: f64 = output.states.iter().zip(&bodies.states).map(|(by, own)| by * own.gains[drive]).sum();
    [output.drives[drive] + slow, output.rest]
}

#[test]
fn bones_become_bodies_with_their_loads_in_order() {
    let model = load(&[]);
    let bones = model.bones.as_ref().unwrap();
    assert_eq!(bones.plan.anatomy.bones.len(), 8 + 1, "those of the region and the shunt");
    assert_eq!(bones.plan.anatomy.bones["shunt"].mass, 5.0);
    let [bodies] = model.network.bodies.as_slice() else { panic!("one block") };
    let (pressure, _) = model.observable("aorta.pressure").unwrap();
    let (press, _) = model.observable("press").unwrap();
    assert_eq!(bodies.drives, [Drive::Observed(pressure), Drive::Observed(press)]);
    assert_eq!((bones.plan.loads[0].name.as_str(), bones.plan.loads[1].name.as_str()), ("brain", "hand"));
}

#[test]
fn what_may_be_asked_of_bones_has_its_name_and_unit() {
    let model = load(&[]);
    let names = [
        ("frontal_bone.shift_x", "um"),
        ("shunt.turn_z", "mrad"),
        ("sagittal.opening", "um"),
        ("strap.tension", "N"),
        ("pillow.force", "N"),
        ("hand.motion", "um"),
        ("brain.volume", "uL"),
    ];
    for (name, unit) in names {
        let (observable, shown) = model.observable(name).unwrap();
        assert!(matches!(observable, Observable::Motion(0, _)), "{name}: {observable:?}");
        assert_eq!(shown.text(), unit, "{name}");
    }
    let outputs = &model.network.bodies[0].outputs;
    let mut unique: Vec<&str> = outputs.iter().map(|output| output.name.as_str()).collect();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), outputs.len(), "no two outputs share a name");
    let error = model.observable("sagital.opening").unwrap_err().to_string();
    assert!(error.contains("sagital"), "{error}");
}

/// A cable that pulls at rest cannot fall below nought.
#[test]
fn what_pulls_at_rest_is_told_as_such() {
    let bodies = &load(&[]).network.bodies[0];
    let pulls: Vec<&str> = bodies.pulls.iter().map(|&place| bodies.outputs[place].name.as_str()).collect();
    assert_eq!(pulls, ["strap.tension"]);
    assert_eq!(bodies.outputs[bodies.pulls[0]].rest, 2.0);
}

#[test]
fn tissue_is_told_with_what_it_rests_on_and_may_be_another() {
    let model = load(&[]);
    let stiffness = &model.evidence_of("suture.stiffness").unwrap()[0];
    assert_eq!((stiffness.value, stiffness.low, stiffness.high), (77.0, Some(4.0), Some(200.0)));
    assert_eq!((stiffness.file.as_str(), stiffness.shown().as_str()), ("vault.toml", "77 N/mm^3"));
    let softer = library().with_value("suture.stiffness", 7.7);
    let softer = Model::from_library(&softer, "vault", &[]).unwrap();
    let [stated, soft] = [&model, &softer].map(|model| answer(model, "brain.volume", 0)[0]);
    assert!(stated > 0.0 && soft > stated, "{soft} and {stated} mL/mmHg");
    let below = library().with_value("suture.stiffness", -1.0);
    let refused = Model::from_library(&below, "vault", &[]).unwrap_err();
    assert!(refused.to_string().contains("`stiffness` cannot be -1 N/mm^3"), "{refused}");
}

#[test]
fn a_condition_is_laid_on_and_listed() {
    let (plain, tilted) = (load(&[]), load(&["tilted"]));
    assert_eq!((plain.conditions.len(), tilted.conditions.as_slice()), (0, &["tilted".to_owned()][..]));
    assert!(tilted.hypotheses.is_empty() && tilted.hash != plain.hash);
    let turn = |model: &Model| {
        answer(model, "frontal_bone.turn_y", 0)[1] - answer(model, "sphenoid_bone.turn_y", 0)[1]
    };
    // Nothing else holds the sphenoid but this joint, so that it lies just as the condition says.
    assert_eq!(turn(&plain), 0.0);
    assert!((turn(&tilted) - 0.001).abs() < 1e-9, "{} rad", turn(&tilted));
    let stiffness = |model: &Model| answer(model, "brain.volume", 0)[0];
    assert!((stiffness(&tilted) / stiffness(&plain) - 1.0).abs() < 1e-9, "a pose makes nothing softer");
    let unknown = Model::from_library(&library(), "vault", &["titled"]).unwrap_err().to_string();
    assert!(unknown.contains("did you mean `tilted`?"), "{unknown}");
}

#[test]
fn every_condition_that_comes_along_says_what_it_is() {
    let conditions = list_conditions();
    assert!(conditions.len() >= 20, "{conditions:?}");
    for (name, summary) in conditions {
        assert!(summary.len() > 10 && !summary.ends_with('.'), "{name}: {summary}");
    }
}

#[test]
fn bones_that_nothing_loads_are_bodies_at_rest() {
    let [bare, _] = VAULT.split("[load.brain]").collect::<Vec<_>>()[..] else {
        panic!("one load of pressure")
    };
    let library = Library::from_pairs(&[("base", BASE), ("bare", bare), ("sources.bib", SOURCES)]);
    let model = Model::from_library(&library, "bare", &[]).unwrap();
    let [bodies] = model.network.bodies.as_slice() else { panic!("one block") };
    assert!(bodies.drives.is_empty() && bodies.outputs.iter().all(|output| output.drives.is_empty()));
    cisterna_fluid::Compiled::new(&model.network, &cisterna_fluid::Inputs::supine()).unwrap();
}
