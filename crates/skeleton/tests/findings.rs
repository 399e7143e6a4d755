//! What is wrong with meshes is found and named, all at once.
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may panic")]

mod common;

use cisterna_skeleton::derive::{Given, Known, derive};
use cisterna_skeleton::facts::Facts;
use cisterna_skeleton::finding::Findings;
use cisterna_skeleton::geometry::Vector;
use cisterna_skeleton::mesh::Mesh;

use common::{ball, changed, moved, named};

/// A few balls where bones of a body lie.
fn body() -> Vec<Mesh> {
    let places = [
        ("frontal_bone", [0.0, 60.0, 1600.0], 55.0),
        ("occipital_bone", [0.0, -60.0, 1560.0], 55.0),
        ("left_parietal_bone", [-40.0, 0.0, 1640.0], 55.0),
        ("right_parietal_bone", [40.0, 0.0, 1640.0], 55.0),
        ("sphenoid_bone", [0.0, 30.0, 1545.0], 45.0),
        ("atlas", [0.0, 0.0, 1480.0], 30.0),
        ("sacrum", [0.0, -20.0, 900.0], 55.0),
        ("left_hip_bone", [-60.0, 0.0, 900.0], 90.0),
        ("right_hip_bone", [60.0, 0.0, 900.0], 90.0),
    ];
    places.map(|(name, at, radius)| moved(&ball(name, radius, 2), at)).to_vec()
}

fn derived(meshes: Vec<Mesh>) -> (Option<Facts>, String) {
    let given = Given { title: "Balls".to_owned(), credit: "none".to_owned(), licence: "none".to_owned() };
    let mut findings = Findings::default();
    let facts = derive(meshes, &given, &Known::embedded().unwrap(), &mut findings, &|_| {});
    (facts, findings.to_string())
}

fn each(meshes: Vec<Mesh>, change: impl Fn(&Vector) -> Vector + Copy) -> Vec<Mesh> {
    meshes.iter().map(|mesh| changed(mesh, change)).collect()
}

#[test]
fn a_sound_body_has_facts_that_read_back_as_they_were_written() {
    let (facts, told) = derived(body());
    let facts = facts.unwrap();
    assert!(told.contains("5 of 5 bones missing") && !told.contains("error:"), "{told}");
    assert_eq!(Facts::from_text("written", &facts.to_text().unwrap()).unwrap(), facts);
    assert!(
        facts.vault.is_none() && facts.notes.iter().any(|note| note.contains("the vault was not measured"))
    );
}

#[test]
fn wrong_units_are_told_with_the_right_one() {
    let (facts, told) = derived(each(body(), |vertex| vertex / 1000.0));
    assert!(facts.is_none());
    assert!(
        told.contains("would be 0.11 mm long") && told.contains("`--unit m` where `mm` was given"),
        "{told}"
    );
    let (_, told) = derived(each(body(), |vertex| vertex * 10.0));
    assert!(told.contains("`--unit mm` where `cm` was given"), "{told}");
    let mut one = body();
    one[0] = changed(&one[0], |vertex| vertex / 1000.0);
    let (_, told) = derived(one);
    assert!(
        told.contains("`frontal_bone` would be 0.11 mm long, which does not go with the other bones"),
        "{told}"
    );
}

#[test]
fn a_mirrored_body_is_told_from_one_in_another_frame() {
    let (facts, told) = derived(each(body(), |v| Vector::new(-v.x, v.y, v.z)));
    assert!(facts.is_none() && told.contains("the body is mirrored: left and right are exchanged"), "{told}");
    let (facts, told) = derived(each(body(), |v| Vector::new(-v.x, -v.y, v.z)));
    assert!(facts.is_none() && !told.contains("mirrored"), "{told}");
    assert!(told.contains("the body's right lies along -x, the body's forward lies along -y"), "{told}");
    let (_, told) = derived(each(body(), |v| Vector::new(v.x, v.z, -v.y)));
    assert!(told.contains("the body's up lies along +y"), "{told}");
}

#[test]
fn one_exchanged_pair_is_told_by_name() {
    let exchanged = body().into_iter().map(|mesh| match mesh.name.as_str() {
        "left_hip_bone" => named(mesh, "right_hip_bone"),
        "right_hip_bone" => named(mesh, "left_hip_bone"),
        _ => mesh,
    });
    let mut meshes: Vec<Mesh> = exchanged.collect();
    // Further pairs, so that most of the body is right.
    for (side, x) in [("left", -1.0), ("right", 1.0)] {
        meshes.push(moved(&ball(&format!("{side}_temporal_bone"), 50.0, 2), [60.0 * x, 0.0, 1560.0]));
    }
    let (facts, told) = derived(meshes);
    assert!(facts.is_none());
    assert!(told.contains("`left_hip_bone` lies 120.0 mm to the right of `right_hip_bone`"), "{told}");
}

#[test]
fn a_small_hole_is_closed_and_a_large_one_refused() {
    let mut meshes = body();
    meshes[0] = moved(&ball("frontal_bone", 55.0, 4), [0.0, 60.0, 1600.0]);
    let whole = meshes[0].signed_volume();
    meshes[0].triangles.pop();
    let (facts, told) = derived(meshes.clone());
    assert!(
        told.contains("`frontal_bone` leaks: holes with 3 open edges make up 0.0")
            && told.contains("they are closed"),
        "{told}"
    );
    let volume = facts.unwrap().bone["frontal_bone"].volume;
    assert!((volume * 1e3 / whole - 1.0).abs() < 1e-4);
    let keep = meshes[0].triangles.len() / 2;
    meshes[0].triangles.truncate(keep);
    let (facts, told) = derived(meshes);
    assert!(facts.is_none() && told.contains("error: `frontal_bone` leaks"), "{told}");
}

#[test]
fn bones_inside_out_are_turned_and_backs_and_sheets_are_told() {
    let mut meshes = body();
    meshes[0].turn_over();
    let (facts, told) = derived(meshes.clone());
    assert!(told.contains("`frontal_bone` was inside out and is turned over"), "{told}");
    assert!(facts.unwrap().bone["frontal_bone"].volume > 0.0);
    meshes[1].triangles[0].swap(0, 1);
    let (_, told) = derived(meshes);
    assert!(
        told.contains("`occipital_bone` has 3 edges at which one of two triangles shows its back"),
        "{told}"
    );
}

#[test]
fn several_faults_are_told_at_once_with_the_nearest_name() {
    let mut meshes = body();
    meshes[1].triangles[0].swap(0, 1);
    meshes[4].triangles.truncate(40);
    meshes.push(ball("frontal_bnoe", 50.0, 1));
    meshes.push(ball("brain", 50.0, 1));
    let (facts, told) = derived(meshes);
    assert!(facts.is_none());
    for part in [
        "`occipital_bone` has 3 edges",
        "`sphenoid_bone` leaks",
        "`frontal_bnoe` is no known bone and is left out",
        "did you mean `frontal_bone`?",
        "`brain` is no known bone",
        "missing: atlas",
    ] {
        assert_eq!(told.contains(part), part != "missing: atlas", "{part}: {told}");
    }
}

#[test]
fn of_two_meshes_with_one_name_the_finer_counts() {
    let mut meshes = body();
    meshes.push(moved(&ball("Frontal Bone", 55.0, 4), [0.0, 60.0, 1600.0]));
    let (facts, told) = derived(meshes);
    assert!(told.contains("of 1 bones that come twice the finer mesh is taken"), "{told}");
    let ball = 4.0 / 3.0 * std::f64::consts::PI * 55.0_f64.powi(3) / 1e3;
    assert!((facts.unwrap().bone["frontal_bone"].volume / ball - 1.0).abs() < 0.01);
}
