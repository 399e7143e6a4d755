//! The dural tube in a straight canal.

use cisterna_skeleton::facts::{CanalFacts, Edge, Facts};
use cisterna_skeleton::geometry::Vector;
use cisterna_skeleton::plan::{Acts, Cable, Load, Plan, Point, Tube};

use crate::{answer, facts, held, row};

/// The bones of the canal; what holds the neck besides holds to the axis.
const RINGS: [&str; 6] = ["occipital_bone", "atlas", "axis", "seventh_rung", "eighth_rung", "ninth_rung"];
/// From ring to ring, mm.
const STEP: f64 = 20.0;
/// Stiffness of a stretch, N/mm: 65 MPa by 13 mm^2 over the step.
const STRETCH: f64 = 65.0 * 13.0 / STEP;
const ANCHORS: [f64; 2] = [10.0, 5.0];

/// A tube through a straight canal whose bones do not move, pulled down at its end.
fn column(sleeve: f64, anchors: [f64; 2]) -> Plan {
    let at = |level: usize| [0.0, 0.0, -STEP * level as f64];
    let mut known = Facts::default();
    for (level, bone) in RINGS.iter().chain(&["sacrum"]).enumerate() {
        let [x, _, z] = at(level);
        known.bone.insert((*bone).to_owned(), facts::bone([x, -30.0, z]));
    }
    known.canal = Some(CanalFacts {
        rings: RINGS.map(str::to_owned).to_vec(),
        radii: vec![8.0; RINGS.len()],
        line: (0..RINGS.len()).map(at).collect(),
        volume: 0.0,
        walled: 1.0,
        inner: Default::default(),
    });
    let end = Edge {
        basis: "assumed: a test".to_owned(),
        bones: vec!["sacrum".to_owned()],
        points: vec![at(RINGS.len())],
    };
    known
        .membrane
        .entry("dural_tube".to_owned())
        .or_default()
        .edge
        .insert("second_sacral_segment".to_owned(), end);
    let mut plan = facts::bare(known);
    plan.tubes.push(Tube {
        name: "dura".to_owned(),
        modulus: 65.0,
        area: 13.0,
        prestrain: 0.004,
        tie: sleeve,
        root: 0.0,
        slant: 0.0,
        neck_anchor: anchors[0],
        end_anchor: anchors[1],
        filum: 0.0,
        relaxation: Vec::new(),
    });
    let bones: Vec<String> = plan.anatomy.bones.keys().cloned().collect();
    plan.supports = bones.iter().map(|bone| held(&plan, bone, 1e9)).collect();
    let end = Point { bone: "dura_at_sacrum".to_owned(), at: at(RINGS.len()).into() };
    plan.loads.push(Load {
        name: "pull".to_owned(),
        acts: Acts::Force(end, -Vector::z()),
        bone: None,
        through: None,
    });
    plan
}

/// How much more each stretch pulls for one newton at the end, from above.
fn gained(plan: &Plan) -> Vec<f64> {
    let asked = plan.build().unwrap().reduce(0.0, None).unwrap();
    let below = RINGS[1..].iter().chain(&["sacrum"]);
    let stretches: Vec<f64> =
        below.map(|bone| answer(&asked, &format!("dura_to_{bone}.tension"), 0)[0]).collect();
    let mean = stretches.iter().sum::<f64>() / stretches.len() as f64;
    assert!((answer(&asked, "dura.tension", 0)[0] - mean).abs() < 1e-12);
    stretches
}

#[test]
fn a_pull_goes_whole_through_a_tube_that_nothing_holds() {
    for stretch in gained(&column(1e-6, [0.0; 2])) {
        assert!((stretch - 1.0).abs() < 1e-6, "{stretch}");
    }
}

/// Ring by ring from above: what a ring's sleeves hold is what the stretch below pulls more than that above.
#[test]
fn sleeves_and_anchors_take_a_pull_off_the_tube_ring_by_ring() {
    let sleeve = 2.0;
    let (mut pulls, mut shift) = (vec![1.0], 1.0 / STRETCH);
    for bone in RINGS[1..].iter().chain(&["sacrum"]) {
        let anchor = match *bone {
            "axis" => ANCHORS[0],
            "sacrum" => ANCHORS[1],
            _ => 0.0,
        };
        let below = pulls[pulls.len() - 1] + (sleeve + anchor) * shift;
        pulls.push(below);
        shift += below / STRETCH;
    }
    let outside = pulls.pop().unwrap();
    for (found, pull) in gained(&column(sleeve, ANCHORS)).iter().zip(&pulls) {
        // The bones are held by 10^9 N/mm, a tenth of a thousand-millionth of what gives way in the tube.
        assert!((found - pull / outside).abs() < 1e-6, "{found} for {}", pull / outside);
    }
}

#[test]
fn a_tube_is_as_tight_everywhere_at_rest() {
    let asked = column(2.0, ANCHORS).build().unwrap().reduce(0.0, None).unwrap();
    for bone in RINGS[1..].iter().chain(&["sacrum"]) {
        let rest = row(&asked, &format!("dura_to_{bone}.tension")).rest;
        assert!((rest - 65.0 * 13.0 * 0.004).abs() < 1e-12, "{bone}: {rest} N");
    }
}

/// Straight down, the two root sleeves of a level do what its ties do.
#[test]
fn root_sleeves_hold_the_tube_along_themselves() {
    let tied = gained(&column(2.0, ANCHORS));
    let mut rooted = column(0.0, ANCHORS);
    rooted.tubes[0].root = 1.0;
    rooted.tubes[0].slant = std::f64::consts::FRAC_PI_2;
    // What the roots leave free is held by next to nothing.
    rooted.tubes[0].tie = 1e-6;
    for (tied, rooted) in tied.iter().zip(gained(&rooted)) {
        assert!((tied - rooted).abs() < 1e-5, "{tied} and {rooted}");
    }
}

#[test]
fn a_cable_may_hold_on_to_a_ring_of_the_dura() {
    let mut plan = column(2.0, ANCHORS);
    let rings = plan.tubes[0].rings(&plan.anatomy);
    assert_eq!(rings.len(), RINGS.len());
    plan.anatomy.rings.extend(rings);
    let ends = ["occipital_bone", "dura_at_atlas"].map(|name| plan.anatomy.point(name).unwrap());
    plan.cables.push(Cable {
        name: "bridge".to_owned(),
        ends,
        tension: 0.1,
        stiffness: 1.0,
        greatest: 2.0,
        relaxation: Vec::new(),
    });
    plan.loads[0].acts = Acts::Pull(vec!["bridge".to_owned()]);
    let asked = plan.build().unwrap().reduce(0.0, None).unwrap();
    // Pulled up and back, the ring goes with it.
    assert!(answer(&asked, "dura_at_atlas.shift_z", 0)[0] > 0.0);
    let error = plan.anatomy.point("dura_at_atlass").unwrap_err();
    assert_eq!(error.message, "there is no site or bone `dura_at_atlass`; did you mean `dura_at_atlas`?");
}
