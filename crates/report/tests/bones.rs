//! Pictures of bones that move: whole, safe, in words as well, and true to what they are given.
#![allow(clippy::unwrap_used, reason = "a helper of a test may panic")]

#[path = "../examples/bones/motion.rs"]
mod motion;

use cisterna_report::{Bones, Outlines, Page, Section, Strand, View, render};
use cisterna_skeleton::facts::Facts;
use cisterna_skeleton::geometry::Vector;
use cisterna_skeleton::mesh::Mesh;
use cisterna_skeleton::structure::Motion;
use cisterna_skeleton::taught::Moved;

fn moved(name: &str, shift: [f64; 3], turn: [f64; 3]) -> Moved {
    let centre = Facts::embedded("adult").unwrap().bone[name].centroid.into();
    Moved { name: name.to_owned(), centre, motion: Motion { shift: shift.into(), turn: turn.into() } }
}

fn drawn(bones: Bones) -> String {
    render(&Page { sections: vec![Section::Bones(bones)], ..Page::default() })
}

/// The group of a bone in a page.
fn group<'a>(html: &'a str, bone: &str) -> &'a str {
    let from = html.find(&format!("<g class=\"bone\"><title>{bone}:")).unwrap();
    &html[from..from + html[from..].find("</g>").unwrap()]
}

#[test]
fn a_page_of_bones_is_small_safe_and_told_in_words() {
    let html = render(&motion::page(Outlines::default()).unwrap());
    assert!(html.len() < 500_000, "{} bytes", html.len());
    assert!(!html.contains("http") && !html.contains("url(") && !html.contains("<link"));
    assert!(!html.contains("NaN") && !html.contains("inf"));
    assert_eq!(html.matches("role=\"img\"").count(), View::ALL.len());
    assert_eq!(html.matches("<desc id=").count(), View::ALL.len());
    assert!(html.contains("; T7: ") && html.contains("turns by"));
    let mut ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id stands twice");
}

#[test]
fn the_bone_that_moves_most_has_the_deepest_colour_and_one_without_motion_none() {
    let html = drawn(Bones {
        views: vec![View::Side],
        bones: vec![
            moved("frontal_bone", [0.0, 0.001, 0.0], [0.0; 3]),
            moved("right_parietal_bone", [0.0, 0.00003, 0.0], [0.0; 3]),
        ],
        ..Bones::default()
    });
    assert!(group(&html, "frontal").contains("class=\"m6\""));
    assert!(group(&html, "right parietal").contains("class=\"m2\""));
    assert!(group(&html, "mandible").contains("class=\"m-none\""));
    assert!(group(&html, "mandible").contains("not computed"));
}

#[test]
fn a_micrometre_forward_is_drawn_to_the_scale_that_is_told() {
    let html = drawn(Bones {
        views: vec![View::Side],
        bones: vec![moved("frontal_bone", [0.0, 0.001, 0.0], [0.0; 3])],
        ..Bones::default()
    });
    // 1 um, 20 000 times larger, at 2.9 px for each mm of the picture: 58 px, less the head of 8.
    assert!(html.contains("20\u{202f}000 times larger"));
    let line = html.split("class=\"shift\" d=\"M").nth(2).unwrap().split('"').next().unwrap();
    let [from, to] =
        [0, 1].map(|k| line.split('L').nth(k).unwrap().split(' ').next().unwrap().parse::<f64>().unwrap());
    assert!((to - from - 50.0).abs() < 0.02, "{line}");
}

#[test]
fn from_the_front_a_turn_is_seen_against_that_from_behind() {
    // A turn about the axis forward is counterclockwise for whoever looks at the face.
    let html = drawn(Bones {
        views: vec![View::Front, View::Side],
        bones: vec![moved("frontal_bone", [0.0; 3], [0.0, 0.001, 0.0])],
        ..Bones::default()
    });
    let arcs: Vec<&str> = html.split("class=\"turn\" d=\"").skip(2).collect();
    assert_eq!(arcs.len(), 1, "from the side it is not seen");
    let flags = arcs[0].split('A').nth(1).unwrap();
    assert!(flags.split(' ').nth(4) == Some("0"), "{flags}");
}

#[test]
fn a_slack_membrane_is_dashed_and_names_cannot_break_the_page() {
    let strand = |name: &str, tension| Strand {
        name: name.to_owned(),
        points: vec![[0.0, 20.0, 1560.0], [0.0, 100.0, 1600.0]],
        tension,
    };
    let html = drawn(Bones {
        views: vec![View::Side],
        bones: vec![moved("frontal_bone", [0.0, 0.001, 0.0], [0.0; 3])],
        strands: vec![strand("falx", 0.0), strand("</svg><b>", 0.3)],
        ..Bones::default()
    });
    assert!(html.contains("<title>falx: 0 N</title>") && html.contains("class=\"strand slack\""));
    assert!(html.contains("&lt;/svg&gt;") && !html.contains("</svg><b>"));
}

#[test]
fn without_motion_the_page_says_so() {
    assert!(
        drawn(Bones { views: View::ALL.to_vec(), ..Bones::default() }).contains("No motion was computed.")
    );
    let still = drawn(Bones {
        views: View::ALL.to_vec(),
        bones: vec![moved("sacrum", [0.0; 3], [0.0; 3])],
        ..Bones::default()
    });
    assert!(!still.contains("NaN") && !still.contains("inf"));
}

#[test]
fn the_outlines_of_meshes_take_the_place_of_the_drawing() {
    let corners = [[-10.0, 80.0, 1500.0], [10.0, 80.0, 1500.0], [0.0, 160.0, 1500.0], [0.0, 100.0, 1600.0]];
    let vertices = corners.map(Vector::from);
    let mesh = Mesh::new("Frontal bone", "test", &vertices, &[[0, 2, 1], [0, 1, 3], [1, 2, 3], [2, 0, 3]]);
    let html = drawn(Bones {
        views: vec![View::Side, View::Pelvis],
        bones: vec![moved("frontal_bone", [0.0, 0.001, 0.0], [0.0; 3])],
        outlines: Outlines::of_meshes(&[mesh]),
        ..Bones::default()
    });
    assert_eq!(html.matches("<g class=\"bone\"><title>frontal:").count(), 1);
    assert!(!html.contains("<title>mandible"), "the side shows the mesh alone");
    assert!(html.contains("<title>sacrum"), "the pelvis is still drawn");
    assert_eq!(html.matches("The outlines are drawings.").count(), 1);
}
