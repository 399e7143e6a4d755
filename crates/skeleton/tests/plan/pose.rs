//! A joint whose pose without load is another.

use cisterna_skeleton::facts::Facts;
use cisterna_skeleton::geometry::Vector;
use cisterna_skeleton::plan::{Joint, Kind, Law, Plan, Shell, Whole};
use cisterna_skeleton::structure::{Equilibrium, Motion, Relaxation};

use crate::{facts, held};

const AT: Vector = Vector::new(12.0, -4.0, 7.0);
const POSE: Motion = Motion { shift: Vector::new(0.2, -0.1, 0.05), turn: Vector::new(1e-3, -2e-3, 5e-4) };

/// Two bones joined by tissue that relaxes, the first held.
fn pair() -> Plan {
    let mut known = Facts::default();
    known.bone.insert("occiput".to_owned(), facts::bone([0.0, 0.0, 0.0]));
    known.bone.insert("sphenoid".to_owned(), facts::bone([25.0, 3.0, -6.0]));
    let mut plan = facts::bare(known);
    plan.joints.push(Joint {
        name: "junction".to_owned(),
        between: ["occiput".to_owned(), "sphenoid".to_owned()],
        kind: Kind {
            law: Law::Unit { shift: [90.0, 40.0, 300.0], turn: [2e3, 5e3, 700.0] },
            relaxation: vec![Relaxation { share: 0.35, time: 20.0 }],
        },
        at: Some(AT),
        about: Some(Vector::new(0.3, 0.8, -0.2)),
        bone: None,
        stiffer: 3.0,
        offset: POSE,
    });
    plan.supports.push(held(&plan, "occiput", 5.0));
    plan
}

/// The motion of a bone at the joint's point.
fn there(whole: &Whole, found: &Equilibrium, bone: &str) -> Motion {
    let body = whole.structure.body(bone).unwrap();
    let motion = found.motions[body];
    Motion { shift: motion.of_point(&(AT - whole.structure.bodies()[body].centre)), turn: motion.turn }
}

/// The motion of the second bone against the first at the joint's point.
fn apart(whole: &Whole, found: &Equilibrium) -> Motion {
    let [first, second] = ["occiput", "sphenoid"].map(|bone| there(whole, found, bone));
    Motion { shift: second.shift - first.shift, turn: second.turn - first.turn }
}

#[test]
fn two_bones_with_one_joint_lie_in_the_pose_of_their_condition() {
    let whole = pair().build().unwrap();
    let found = whole.under(&[], true).unwrap();
    let gained = apart(&whole, &found);
    assert!((gained.shift - POSE.shift).norm() < 1e-9 * POSE.shift.norm(), "{}", gained.shift);
    assert!((gained.turn - POSE.turn).norm() < 1e-9 * POSE.turn.norm(), "{}", gained.turn);
    // Nothing from outside holds the pair there: the bone that is held stays where it is.
    let held = there(&whole, &found, "occiput");
    assert!(held.shift.norm() < 1e-9 * POSE.shift.norm() && held.turn.norm() < 1e-9 * POSE.turn.norm());
}

#[test]
fn a_condition_pushes_nothing_as_a_whole() {
    let whole = pair().build().unwrap();
    let (mut force, mut moment, mut sizes) = (Vector::zeros(), Vector::zeros(), [0.0; 2]);
    for load in &whole.constant {
        let centre = whole.structure.bodies()[load.body].centre;
        force += load.force;
        moment += load.moment + centre.cross(&load.force);
        sizes[0] += load.force.norm();
        sizes[1] += load.moment.norm();
    }
    assert!(sizes[0] > 1.0 && force.norm() < 1e-12 * sizes[0], "{force}");
    assert!(moment.norm() < 1e-12 * sizes[1], "{moment}");
}

/// What is asked of the reduced structure lies where the whole lies after a long time.
#[test]
fn the_pose_of_a_condition_is_where_the_states_rest() {
    let whole = pair().build().unwrap();
    let found = whole.under(&[], true).unwrap();
    let asked = whole.reduce(0.0, None).unwrap();
    let body = whole.structure.body("sphenoid").unwrap();
    let rest =
        ["shift_x", "shift_y", "shift_z"].map(|axis| crate::row(&asked, &format!("sphenoid.{axis}")).rest);
    assert!((Vector::from(rest) - found.motions[body].shift).norm() < 1e-12);
}

/// Bone that gives way beside the tissue carries nothing in that pose either.
#[test]
fn the_pose_of_a_condition_is_the_same_beside_bone_that_bends() {
    let mut plan = pair();
    let mut known = (*plan.anatomy.facts).clone();
    known.interface.push(cisterna_skeleton::facts::InterfaceFacts {
        between: ["occiput".to_owned(), "sphenoid".to_owned()],
        within: 2.0,
        area: 2.0,
        gap: 1.0,
        centroid: AT.into(),
        spread: [10.0, 2.0, 0.0],
        axes: [[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]],
        normal: [1.0, 0.0, 0.0],
        coherence: 1.0,
        course: vec![[12.0, -20.0, 7.0], [12.0, 12.0, 7.0]],
    });
    plan.anatomy.facts = std::sync::Arc::new(known);
    plan.joints[0].bone = Some(Shell { modulus: 13_000.0, poisson: 0.22, thickness: 6.5, radius: 73.0 });
    let whole = plan.build().unwrap();
    let found = whole.under(&[], true).unwrap();
    let gained = apart(&whole, &found);
    assert!((gained.shift - POSE.shift).norm() < 1e-9 * POSE.shift.norm(), "{}", gained.shift);
    assert!((gained.turn - POSE.turn).norm() < 1e-9 * POSE.turn.norm(), "{}", gained.turn);
}

/// A condition has acted for long, whatever else acts at once.
#[test]
fn the_pose_of_a_condition_does_not_wait_for_other_loads() {
    let whole = pair().build().unwrap();
    let gained = apart(&whole, &whole.under(&[], false).unwrap());
    assert!((gained.shift - POSE.shift).norm() < 1e-9 * POSE.shift.norm(), "{}", gained.shift);
}
