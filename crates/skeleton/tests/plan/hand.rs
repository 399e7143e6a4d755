//! Hands: one that presses with a force, and one that keeps its place.

use cisterna_skeleton::facts::Facts;
use cisterna_skeleton::geometry::Vector;
use cisterna_skeleton::plan::{Acts, Kind, Law, Load, Plan, Support, Whole};

use crate::{answer, facts, held};

const BONE: f64 = 5.0;
const SKIN: f64 = 0.2;
const ARM: f64 = 0.4;

fn pad(stiffness: f64) -> Kind {
    Kind {
        law: Law::Pad { across: stiffness, along: stiffness / 3.0, turn: stiffness * 1e2 },
        relaxation: vec![],
    }
}

/// One bone on springs.
fn one() -> Plan {
    let mut known = Facts::default();
    known.bone.insert("occiput".to_owned(), facts::bone([0.0, 0.0, 0.0]));
    let mut plan = facts::bare(known);
    plan.supports.push(held(&plan, "occiput", BONE));
    plan
}

/// What one unit of the last load does to an output.
fn after(whole: &Whole, output: &str) -> f64 {
    let asked = whole.reduce(0.0, None).unwrap();
    answer(&asked, output, whole.drives.len() - 1)[0]
}

#[test]
fn a_force_through_skin_moves_the_bone_as_without_and_the_hand_further() {
    let press = |through: Option<Kind>| {
        let mut plan = one();
        let acts = Acts::Force(plan.anatomy.point("occiput").unwrap(), -Vector::z());
        plan.loads.push(Load { name: "hand".to_owned(), acts, bone: None, through });
        plan.build().unwrap()
    };
    let (bare, through) = (press(None), press(Some(pad(SKIN))));
    assert!((after(&bare, "hand.motion") - 1.0 / BONE).abs() < 1e-12);
    assert!((after(&through, "hand.motion") - 1.0 / BONE).abs() < 1e-12);
    let solved = through.ask("hand.motion", &[(0, 1.0)], false).unwrap();
    assert!((solved.unwrap() - 1.0 / BONE).abs() < 1e-12, "{solved:?}");
    assert_eq!(through.ask("hand.notion", &[(0, 1.0)], false).unwrap(), None);
    assert!((after(&through, "hand.sink") - 1.0 / SKIN).abs() < 1e-9);
    assert!((after(&through, "hand.shift_z") + 1.0 / BONE + 1.0 / SKIN).abs() < 1e-9);
}

/// Springs in a row: bone, skin, arm.
#[test]
fn a_hand_that_keeps_its_place_presses_as_springs_in_a_row_do() {
    let mut plan = one();
    plan.supports.push(Support {
        name: "hand".to_owned(),
        under: plan.anatomy.point("occiput").unwrap(),
        normal: Vector::z(),
        kind: pad(SKIN),
        held_by: Some(pad(ARM)),
    });
    let acts = Acts::Hold("hand".to_owned(), -Vector::z());
    plan.loads.push(Load { name: "hand_arm".to_owned(), acts, bone: None, through: None });
    let whole = plan.build().unwrap();
    let force = 1.0 / (1.0 / BONE + 1.0 / SKIN + 1.0 / ARM);
    assert!((after(&whole, "hand.force") - force).abs() < 1e-9, "{}", after(&whole, "hand.force"));
    assert!((after(&whole, "hand.sink") - force / SKIN).abs() < 1e-9);
    assert!((after(&whole, "occiput.shift_z") + force / BONE).abs() < 1e-9);
    assert!((after(&whole, "hand.shift_z") + 1.0 - force / ARM).abs() < 1e-9);
    // What lies on the ground has no arm that could be moved.
    let acts = Acts::Hold("hold_of_occiput".to_owned(), -Vector::z());
    plan.loads.push(Load { name: "no_arm".to_owned(), acts, bone: None, through: None });
    assert!(plan.build().unwrap_err().to_string().contains("`hold_of_occiput` is no hand"));
}
