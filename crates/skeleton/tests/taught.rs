//! What practice teaches: the document, its faults, and computed motion beside it.
#![allow(clippy::unwrap_used, reason = "a helper of a test may panic")]

use cisterna_skeleton::catalogue::Catalogue;
use cisterna_skeleton::facts::Facts;
use cisterna_skeleton::geometry::Vector;
use cisterna_skeleton::screw::Sense;
use cisterna_skeleton::structure::{Body, Load, Motion, Structure, Tissue};
use cisterna_skeleton::taught::{Moved, Seen, Taught};
use nalgebra::Matrix6;

fn moved(name: &str, turn: [f64; 3], shift: [f64; 3]) -> Moved {
    let facts = Facts::embedded("adult").unwrap();
    let centre = facts.bone[name].centroid.into();
    Moved { name: name.into(), centre, motion: Motion { shift: shift.into(), turn: turn.into() } }
}

#[test]
fn every_bone_from_head_to_pelvis_is_taught_but_the_sternum() {
    let taught = Taught::embedded().unwrap();
    let catalogue = Catalogue::embedded().unwrap();
    let regions =
        ["cranium", "face", "mandible", "hyoid", "cervical", "thoracic", "lumbar", "sacrum", "hips", "ribs"];
    for bone in regions.iter().flat_map(|region| catalogue.bones_of(region)) {
        assert!(taught.of(bone).is_some(), "{bone}");
    }
    assert!(taught.of("manubrium").is_none());
    for lesson in taught.lessons() {
        assert!(lesson.sources.iter().all(|key| taught.source(key).is_some()), "{}", lesson.bone);
    }
}

#[test]
fn each_vertebra_of_a_group_has_its_own_row() {
    let taught = Taught::embedded().unwrap();
    let of_the_chest = taught.lessons().iter().filter(|lesson| lesson.group == "chest");
    assert_eq!(of_the_chest.count(), 12);
}

#[test]
fn outward_turn_of_the_left_side_mirrors_the_right() {
    let taught = Taught::embedded().unwrap();
    for lesson in taught.lessons().iter().filter(|lesson| lesson.bone.starts_with("right_")) {
        let left = taught.of(&lesson.bone.replace("right_", "left_")).unwrap();
        let [right, left] = [lesson.axis, left.axis];
        assert_eq!(left, Vector::new(right.x, -right.y, -right.z), "{}", lesson.bone);
    }
}

#[test]
fn the_taught_turn_takes_bones_where_its_words_say() {
    let taught = Taught::embedded().unwrap();
    // Bone, from its axis to a point of it, and where that point should go.
    let checks = [
        ("sphenoid_bone", [0.0, 10.0, 0.0], [0.0, 0.0, -1.0]),
        ("occipital_bone", [0.0, -40.0, 0.0], [0.0, 0.0, -1.0]),
        ("right_parietal_bone", [0.0, 0.0, -30.0], [1.0, 0.0, 0.0]),
        ("left_parietal_bone", [0.0, 0.0, -30.0], [-1.0, 0.0, 0.0]),
        ("right_temporal_bone", [0.0, 0.0, -20.0], [-1.0, -1.0, 0.0]),
        ("left_temporal_bone", [0.0, 0.0, -20.0], [1.0, -1.0, 0.0]),
        ("sacrum", [0.0, 0.0, 30.0], [0.0, -1.0, 0.0]),
        ("left_hip_bone", [0.0, 0.0, 80.0], [-1.0, 1.0, 0.0]),
        ("right_fifth_rib", [60.0, 60.0, 0.0], [0.0, 0.0, 1.0]),
        ("left_fifth_rib", [-60.0, 60.0, 0.0], [0.0, 0.0, 1.0]),
    ];
    for (bone, point, towards) in checks {
        let goes = taught.of(bone).unwrap().axis.cross(&Vector::from(point));
        assert!(goes.angle(&Vector::from(towards)) < 0.1, "{bone} goes {goes:?}");
    }
}

#[test]
fn a_sphenoid_that_tips_back_turns_about_the_taught_axis_in_the_opposite_sense() {
    let taught = Taught::embedded().unwrap();
    let facts = Facts::embedded("adult").unwrap();
    let rows = taught.compare(
        &[
            moved("sphenoid_bone", [2e-3, 0.0, 0.0], [1e-3, 0.0, 0.0]),
            moved("frontal_bone", [0.0, 0.0, 1e-4], [0.0, 0.0, 0.0]),
            moved("mandible", [0.0, 0.0, 0.0], [0.0, 0.0, 0.01]),
            moved("manubrium", [0.0, 1e-4, 0.0], [0.0, 0.0, 0.0]),
        ],
        &facts,
    );
    let [sphenoid, frontal, mandible, manubrium] = rows.as_slice() else { panic!("{rows:?}") };
    let (angle, sense) = sphenoid.axes.unwrap();
    assert!(angle < 1e-12 && sense == Sense::Opposite);
    assert!((sphenoid.screw.unwrap().pitch - 0.5).abs() < 1e-12);
    assert!((sphenoid.turn - 2e-3).abs() < 1e-15 && (sphenoid.at_centre - 1e-3).abs() < 1e-15);
    // The box of the sphenoid reaches some 45 mm from its centroid across the axis.
    assert!((0.05..0.15).contains(&sphenoid.at_most.unwrap()), "{:?}", sphenoid.at_most);
    assert!(frontal.axes.is_none() && frontal.lesson.is_some(), "one bone has not the axes of two halves");
    assert!(mandible.screw.is_none() && mandible.axes.is_none());
    assert!((mandible.shifts.unwrap() - std::f64::consts::FRAC_PI_2).abs() < 1e-12);
    assert!(manubrium.lesson.is_none() && manubrium.axes.is_none() && manubrium.screw.is_some());
}

const ENTRY: &str = r#"[source]
magoun1966 = "a book"

[[motion]]
name    = "sphenoid"
bones   = ["sphenoid_bone"]
words   = "tips"
axis    = [-1.0, 0.0, 0.0]
through = "the body"
driver  = "the occiput"
source  = ["magoun1966"]
seen    = "text"
"#;

#[test]
fn faults_are_told_with_their_line_and_the_nearest_name() {
    let catalogue = Catalogue::embedded().unwrap();
    let told = |from: &str, to: &str| {
        let text = ENTRY.replace(from, to);
        Taught::from_text("own.toml", &text, &catalogue).unwrap_err().to_string()
    };
    let whole = Taught::from_text("own.toml", ENTRY, &catalogue).unwrap();
    assert_eq!(whole.of("sphenoid_bone").unwrap().seen, Seen::Text);
    assert_eq!(
        told("[\"sphenoid_bone\"]", "[\"sphenoid_bnoe\"]"),
        "own.toml, line 6: `sphenoid_bnoe` is no bone; did you mean `sphenoid_bone`?"
    );
    assert_eq!(
        told("[\"magoun1966\"]", "[\"magoun1996\"]"),
        "own.toml, line 11: `magoun1996` is no source of this document; did you mean `magoun1966`?"
    );
    assert_eq!(
        told("[-1.0, 0.0, 0.0]", "[0.0, 0.0, 0.0]"),
        "own.toml, line 8: the axis must be three finite numbers that are not all zero"
    );
    assert_eq!(
        told("[\"sphenoid_bone\"]", "[\"vomer\", \"vomer\"]"),
        "own.toml, line 6: `vomer` is taught already, in `sphenoid`"
    );
    let unread = told("seen ", "sene ");
    assert!(unread.contains("line 12") && unread.contains("sene"), "{unread}");
}

#[test]
fn bodies_under_loads_are_compared_as_they_lie() {
    let mut skull = Structure::default();
    let facts = Facts::embedded("adult").unwrap();
    let name = "occipital_bone";
    let centre: Vector = facts.bone[name].centroid.into();
    let body = skull.add(Body { name: name.into(), centre }).unwrap();
    let tissue = Tissue { at: centre, stiffness: Matrix6::identity() * 100.0, relaxation: Vec::new() };
    skull.support("pillow", body, tissue).unwrap();
    let load = Load { body, force: Vector::zeros(), moment: Vector::new(-0.01, 0.0, 0.0) };
    let moved = Moved::all(&skull, &skull.equilibrium(&[load]).unwrap());
    let taught = Taught::embedded().unwrap();
    let row = &taught.compare(&moved, &facts)[0];
    assert_eq!(row.bone, name);
    assert!(row.axes.is_some_and(|(angle, sense)| angle < 1e-9 && sense == Sense::Opposite));
    assert!((row.turn - 1e-4).abs() < 1e-12);
}
