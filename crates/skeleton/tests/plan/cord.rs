//! The spinal cord of the adult in its dura.

use std::sync::Arc;

use cisterna_skeleton::facts::Facts;
use cisterna_skeleton::geometry::Vector;
use cisterna_skeleton::plan::{Acts, Anatomy, Cord, Load, Plan, Tube};

use crate::{answer, facts, held, place};

/// The adult's column, its bones held as good as still.
pub fn plan(tooth: f64, roots: f64) -> Plan {
    let regions = ["cranium", "cervical", "thoracic", "lumbar", "sacrum"];
    let mut plan = facts::of(Anatomy::of(Arc::new(Facts::embedded("adult").unwrap()), &regions).unwrap());
    plan.tubes.push(Tube {
        name: "dura".to_owned(),
        modulus: 65.0,
        area: 13.0,
        prestrain: 0.004,
        tie: 2.0,
        root: 4.0,
        slant: 0.8,
        neck_anchor: 10.0,
        end_anchor: 5.0,
        filum: 0.2,
        relaxation: Vec::new(),
    });
    let cord = Cord {
        name: "cord".to_owned(),
        within: "dura".to_owned(),
        down_to: "first_lumbar_vertebra".to_owned(),
        modulus: 1.0,
        area: 60.0,
        tooth,
        slant: 0.8,
        roots,
        filum: 0.0,
        relaxation: Vec::new(),
    };
    let pressed = cord.pressed(&plan.anatomy).unwrap();
    let above = pressed.iter().take(3).map(|(_, body, share)| (body.clone(), share.clone()));
    for (name, surfaces) in [
        ("above", above.collect()),
        ("everywhere", pressed.iter().map(|(_, body, share)| (body.clone(), share.clone())).collect()),
    ] {
        plan.loads.push(Load {
            name: name.to_owned(),
            acts: Acts::Pressure(surfaces),
            bone: None,
            through: None,
        });
    }
    plan.cords.push(cord);
    let bones: Vec<String> = plan.anatomy.bones.keys().cloned().collect();
    plan.supports = bones.iter().map(|bone| held(&plan, bone, 1e6)).collect();
    plan
}

#[test]
fn a_pressure_all_round_the_cord_pushes_it_nowhere() {
    let plan = plan(0.5, 0.02);
    let whole = plan.build().unwrap();
    let (mut force, mut moment, mut size) = (Vector::zeros(), Vector::zeros(), 0.0);
    for load in &whole.drives[place(&plan, "everywhere")].loads {
        force += load.force;
        moment += load.moment + whole.structure.bodies()[load.body].centre.cross(&load.force);
        size += load.force.norm();
    }
    assert!(force.norm() < 1e-9 * size && moment.norm() < 1e-9 * size * 1500.0, "{force} {moment}");
}

#[test]
fn dura_and_cord_that_move_with_their_bones_cost_nothing() {
    let mut plan = plan(0.5, 0.02);
    plan.supports.clear();
    let structure = plan.build().unwrap().structure;
    let stiffness = structure.stiffness();
    let (shift, turn) = (Vector::new(0.3, -0.2, 0.5), Vector::new(0.01, 0.02, -0.03));
    let mut motion = nalgebra::DVector::zeros(stiffness.nrows());
    for (body, own) in structure.bodies().iter().enumerate() {
        motion.fixed_rows_mut::<3>(6 * body).copy_from(&(shift + turn.cross(&own.centre)));
        motion.fixed_rows_mut::<3>(6 * body + 3).copy_from(&turn);
    }
    let cost = motion.dot(&(&stiffness * &motion));
    let size = stiffness.amax() * motion.norm_squared();
    assert!(cost.abs() < 1e-12 * size, "{cost} of {size}");
}

/// More pressure above than below pushes the cord down; its teeth hold it.
#[test]
fn a_pressure_above_pushes_the_cord_down_against_its_dura() {
    let down = [0.0, 0.5].map(|tooth| {
        let plan = plan(tooth, 1e-3);
        let asked = plan.build().unwrap().reduce(0.0, None).unwrap();
        let load = place(&plan, "above");
        let shift =
            |body: &str| answer(&asked, &format!("{body}_at_third_cervical_vertebra.shift_z"), load)[0];
        shift("dura") - shift("cord")
    });
    assert!(down[0] > 0.0 && down[1] > 0.0 && down[1] < down[0], "{down:?}");
}

#[test]
fn a_cord_ends_at_a_bone_of_the_canal() {
    let mut plan = plan(0.5, 0.02);
    plan.cords[0].down_to = "coccyx".to_owned();
    let error = plan.build().unwrap_err().to_string();
    assert_eq!(error, "`cord`: `coccyx` is no bone of the canal below its first");
}
