//! The head of the adult.

use std::collections::BTreeSet;
use std::f64::consts::PI;
use std::sync::Arc;

use cisterna_skeleton::facts::{Facts, InnerFacts};
use cisterna_skeleton::geometry::{Matrix, Vector};
use cisterna_skeleton::plan::{
    Acts, Anatomy, Bone, Joint, Kind, Law, Line, Load, Plan, Sheet, Shell, Support,
};
use cisterna_skeleton::structure::{Motion, Relaxation};

use crate::{answer, facts, held, place};

const BONE: Shell = Shell { modulus: 13_000.0, poisson: 0.22, thickness: 6.5, radius: 73.0 };
const SUTURE: Relaxation = Relaxation { share: 0.35, time: 20.0 };
const DURA: [Relaxation; 2] = [Relaxation { share: 0.2, time: 60.0 }, Relaxation { share: 0.15, time: 1.0 }];
/// Bones of the vault, between which bone gives way besides the sutures.
const VAULT: [&str; 4] = ["frontal_bone", "left_parietal_bone", "right_parietal_bone", "occipital_bone"];
/// N mm in one mmHg mL.
const MERCURY: f64 = 0.133_322_387;

/// The sheets of the adult: what they are called, the line on bone, and their line on the straight sinus from rear to front.
const SHEETS: [(&str, &str, [[f64; 3]; 2]); 8] = [
    ("falx_cerebri", "falx_cerebri.convexity", [[0.7, 58.8, 1554.8], [0.7, 23.4, 1519.4]]),
    ("falx_cerebelli", "falx_cerebelli.occipital_crest", [[0.7, 25.5, 1517.3], [0.7, 43.2, 1535.0]]),
    ("left_behind", "tentorium.transverse_left", [[-1.3, 25.5, 1517.3], [-1.3, 43.2, 1535.0]]),
    ("right_behind", "tentorium.transverse_right", [[2.7, 25.5, 1517.3], [2.7, 43.2, 1535.0]]),
    ("left_in_front", "tentorium.petrous_left", [[-1.3, 60.9, 1552.7], [-1.3, 43.2, 1535.0]]),
    ("right_in_front", "tentorium.petrous_right", [[2.7, 60.9, 1552.7], [2.7, 43.2, 1535.0]]),
    ("left_notch", "tentorium.clinoid_left", [[-1.3, 57.4, 1549.2], [-1.3, 60.9, 1552.7]]),
    ("right_notch", "tentorium.clinoid_right", [[2.7, 57.4, 1549.2], [2.7, 60.9, 1552.7]]),
];

fn cranium() -> Anatomy {
    Anatomy::of(Arc::new(Facts::embedded("adult").unwrap()), &["cranium"]).unwrap()
}

fn with_sheets(mut anatomy: Anatomy, strips: usize) -> Plan {
    let centre = Vector::new(0.7, 42.5, 1535.7);
    anatomy.bones.insert("straight_sinus".to_owned(), Bone { centre, mass: 2.0 });
    for (name, _, points) in SHEETS {
        let line =
            Line { bones: vec!["straight_sinus".to_owned(); 2], points: points.map(Vector::from).to_vec() };
        anatomy.lines.insert(format!("{name}_below"), line);
    }
    let mut plan = facts::of(anatomy);
    plan.sheets = SHEETS
        .map(|(name, edge, _)| Sheet {
            name: name.to_owned(),
            from: plan.anatomy.line(edge).unwrap(),
            to: plan.anatomy.line(&format!("{name}_below")).unwrap(),
            modulus: 68.0,
            thickness: 0.8,
            prestrain: 0.0039,
            relaxation: DURA.to_vec(),
            strips,
        })
        .to_vec();
    plan
}

/// The bones round the brain with a suture wherever two face each other, membranes, a pillow and hands.
pub fn head() -> Plan {
    let mut plan = with_sheets(cranium(), 24);
    let pairs: BTreeSet<[String; 2]> = plan
        .anatomy
        .facts
        .interface
        .iter()
        .map(|interface| interface.between.clone())
        .filter(|pair| pair.iter().all(|bone| plan.anatomy.bones.contains_key(bone)))
        .collect();
    let law = Law::Layer { across: 77.0, along: 38.0 };
    let in_vault = |bone: &String| VAULT.contains(&bone.as_str());
    for between in pairs {
        plan.joints.push(Joint {
            name: between.join("_to_"),
            bone: between.iter().all(in_vault).then_some(BONE),
            between,
            kind: Kind { law, relaxation: vec![SUTURE] },
            at: None,
            about: None,
            stiffer: 1.0,
            offset: Motion::NONE,
        });
    }
    let law = Law::Pad { across: 1.5, along: 0.5, turn: 1e3 };
    plan.supports.push(Support {
        name: "pillow".to_owned(),
        under: plan.anatomy.point("occiput").unwrap(),
        normal: plan.anatomy.site("occiput").unwrap().normal.into(),
        kind: Kind { law, relaxation: Vec::new() },
        held_by: None,
    });
    let surfaces = plan.anatomy.closed_vault().unwrap();
    plan.loads.push(Load {
        name: "inside".to_owned(),
        acts: Acts::Pressure(surfaces),
        bone: None,
        through: None,
    });
    for site in ["left_parietal_eminence", "glabella", "right_greater_wing"] {
        let inward = -Vector::from(plan.anatomy.site(site).unwrap().normal);
        let acts = Acts::Force(plan.anatomy.point(site).unwrap(), inward.normalize());
        plan.loads.push(Load { name: format!("hand_on_{site}"), acts, bone: None, through: None });
    }
    plan
}

/// What surfaces sweep when all bones turn and shift as one, mL, about the point from which the vault is seen; beside it, what
/// it would be if no piece took from another.
fn swept(anatomy: &Anatomy, surfaces: &[(String, InnerFacts)], shift: Vector, turn: Vector) -> [f64; 2] {
    let origin = Vector::from(anatomy.facts.vault.as_ref().unwrap().origin);
    let parts = surfaces.iter().map(|(bone, surface)| {
        let moved = shift + turn.cross(&(anatomy.bones[bone].centre - origin));
        // cm^2 by mm and cm^3 into mL.
        0.1 * Vector::from(surface.vector_area).dot(&moved) + Vector::from(surface.moment).dot(&turn)
    });
    parts.fold([0.0; 2], |[sum, size], part| [sum + part, size + part.abs()])
}

#[test]
fn a_closed_vault_sweeps_nothing_when_it_moves_as_one() {
    let anatomy = cranium();
    let surfaces = anatomy.closed_vault().unwrap();
    for axis in [Vector::x(), Vector::y(), Vector::z()] {
        for (shift, turn) in [(axis, Vector::zeros()), (Vector::zeros(), axis)] {
            let [sum, size] = swept(&anatomy, &surfaces, shift, turn);
            assert!(size > 1.0 && sum.abs() < 1e-9 * size, "{axis}: {sum} of {size} mL");
        }
    }
}

/// Without a lid, the vault would be thrust upwards by what presses on the foramen magnum. The largest circle in the foramen is
/// known apart; large components of vector areas, here of 97 cm^2, are right within 3 %.
#[test]
fn an_open_vault_would_be_thrust_up_from_its_foramen() {
    let anatomy = cranium();
    let inner = &anatomy.facts.vault.as_ref().unwrap().inner;
    let open: Vector = inner.values().map(|surface| Vector::from(surface.vector_area)).sum();
    let circle = PI * (0.1 * anatomy.facts.canal.as_ref().unwrap().radii[0]).powi(2);
    assert!((open.z - circle).abs() < 0.03 * 97.0, "{} cm^2 for {circle} cm^2", open.z);
    let closed = anatomy.closed_vault().unwrap();
    let changed: Vec<&String> =
        closed.iter().filter(|(bone, own)| inner[bone] != *own).map(|(bone, _)| bone).collect();
    assert_eq!(changed, ["occipital_bone"], "the lid is the occipital bone's");
}

#[test]
fn pressure_inside_the_skull_pushes_the_head_nowhere() {
    let plan = head();
    let whole = plan.build().unwrap();
    let (mut force, mut moment, mut sizes) = (Vector::zeros(), Vector::zeros(), [0.0; 2]);
    for load in &whole.drives[place(&plan, "inside")].loads {
        let about_centre = whole.structure.bodies()[load.body].centre.cross(&load.force);
        force += load.force;
        moment += load.moment + about_centre;
        sizes[0] += load.force.norm();
        sizes[1] += about_centre.norm();
    }
    assert!(force.norm() < 1e-9 * sizes[0] && moment.norm() < 1e-9 * sizes[1], "{force} {moment}");
    let found = whole.under(&[(place(&plan, "inside"), 10.0)], true).unwrap();
    let pillow = found.carried[whole.structure.joints().position(|name| name == "pillow").unwrap()];
    assert!(pillow.force.norm() < 1e-7 * 10.0 * sizes[0], "{}", pillow.force);
}

/// What each sheet, alone, pulls with at rest (N), and how it holds the straight sinus against shifts.
fn sheet_alone(sheet: usize, strips: usize) -> (f64, Matrix) {
    let mut plan = with_sheets(cranium(), strips);
    plan.sheets = vec![plan.sheets.swap_remove(sheet)];
    let bones: Vec<String> = plan.anatomy.bones.keys().cloned().collect();
    plan.supports = bones.iter().map(|bone| held(&plan, bone, 1.0)).collect();
    let whole = plan.build().unwrap();
    let tension = whole.strung()[0].tension(&whole.under(&[], false).unwrap().tensions);
    let row = 6 * whole.structure.body("straight_sinus").unwrap();
    let stiffness = whole.structure.stiffness().fixed_view::<3, 3>(row, row).into_owned();
    (tension, stiffness - Matrix::identity())
}

#[test]
fn a_membrane_is_as_tight_whatever_the_number_of_its_strips() {
    for (sheet, (name, ..)) in SHEETS.iter().enumerate() {
        let [coarse, fine] = [24, 48].map(|strips| sheet_alone(sheet, strips).0);
        assert!((fine / coarse - 1.0).abs() < 0.02, "{name}: {coarse} and {fine} N");
    }
}

/// How much stiffer each sheet is with twice the strips, as a share.
fn stiffer(sheet: usize) -> f64 {
    let [coarse, fine] = [24, 48].map(|strips| sheet_alone(sheet, strips).1);
    (fine - coarse).norm() / coarse.norm()
}

#[test]
fn a_membrane_whose_lines_keep_apart_is_as_stiff_whatever_the_number_of_its_strips() {
    for (sheet, (name, ..)) in SHEETS.iter().enumerate().skip(4) {
        assert!(stiffer(sheet) < 0.02, "{name}: {:.2} %", 100.0 * stiffer(sheet));
    }
}

#[test]
fn a_membrane_that_runs_to_a_corner_is_as_stiff_whatever_the_number_of_its_strips() {
    for (sheet, (name, ..)) in SHEETS.iter().enumerate().take(4) {
        assert!(stiffer(sheet) < 0.02, "{name}: {:.2} %", 100.0 * stiffer(sheet));
    }
}

/// Bones are held by sutures, so that strips in a corner matter little to them.
#[test]
fn bones_move_alike_whatever_the_number_of_strips() {
    let coarse = head();
    let mut fine = coarse.clone();
    fine.sheets.iter_mut().for_each(|sheet| sheet.strips = 48);
    let [coarse_whole, fine_whole] = [&coarse, &fine].map(|plan| plan.build().unwrap());
    for (place, load) in coarse.loads.iter().enumerate() {
        let [coarse, fine] =
            [&coarse_whole, &fine_whole].map(|whole| whole.under(&[(place, 0.1)], true).unwrap().motions);
        let most = coarse.iter().map(|motion| motion.shift.norm()).fold(0.0, f64::max);
        for (body, (coarse, fine)) in coarse_whole.structure.bodies().iter().zip(coarse.iter().zip(&fine)) {
            let off = (coarse.shift - fine.shift).norm();
            assert!(
                body.name == "straight_sinus" || off < 0.02 * most,
                "{}: {} by {off} mm",
                load.name,
                body.name
            );
        }
    }
}

/// What a force sweeps inside, by a pressure, is the work that the pressure does where the force acts.
#[test]
fn what_a_hand_sweeps_is_how_far_a_pressure_moves_the_hand() {
    let plan = head();
    let whole = plan.build().unwrap();
    let inside = place(&plan, "inside");
    for states in [None, Some(6)] {
        let asked = whole.reduce(0.0, states).unwrap();
        for hand in plan.loads.iter().filter(|load| load.name.starts_with("hand")) {
            let swept =
                answer(&asked, "inside.volume", place(&plan, &hand.name)).map(|volume| volume * MERCURY);
            let moved = answer(&asked, &format!("{}.motion", hand.name), inside);
            for (swept, moved) in swept.iter().zip(moved) {
                assert!(moved != 0.0 && (swept - moved).abs() < 1e-6 * moved.abs(), "{swept} for {moved} mm");
            }
        }
    }
}

#[test]
fn a_head_under_pressure_yields_and_goes_on_yielding() {
    let plan = head();
    let inside = place(&plan, "inside");
    let asked = plan.build().unwrap().reduce(0.0, None).unwrap();
    let [at_once, end] = answer(&asked, "inside.volume", inside);
    assert!(0.0 < at_once && at_once < end, "{at_once} and {end} mL/mmHg");
    // Were it all suture and membrane, it would yield as much more as these relax: by 1/(1 - 0.35).
    assert!(end < at_once / (1.0 - 0.35), "{at_once} and {end} mL/mmHg");
}

/// Between points that cannot part, a membrane still pulls: its stretch at rest on its mean width.
#[test]
fn a_membrane_on_one_bone_is_as_tight_as_it_is_stretched() {
    let tension = |strips: usize| {
        let mut plan = with_sheets(cranium(), strips);
        let line = |[from, to]: [[f64; 3]; 2]| Line {
            bones: vec!["sphenoid_bone".to_owned()],
            points: vec![from.into(), to.into()],
        };
        let mut sheet = plan.sheets.swap_remove(0);
        sheet.from = line([[-5.0, 104.0, 1538.0], [5.0, 104.0, 1538.0]]);
        sheet.to = line([[-10.0, 116.0, 1538.0], [10.0, 116.0, 1538.0]]);
        plan.sheets = vec![sheet];
        let bones: Vec<String> = plan.anatomy.bones.keys().cloned().collect();
        plan.supports = bones.iter().map(|bone| held(&plan, bone, 1.0)).collect();
        let asked = plan.build().unwrap().reduce(0.0, None).unwrap();
        crate::row(&asked, "falx_cerebri.tension").rest
    };
    let [coarse, fine] = [24, 48].map(tension);
    assert!((fine / coarse - 1.0).abs() < 0.02, "{coarse} and {fine} N");
    // Its fibres spread a little, so that it is a little narrower across them than along its edges.
    let straight = 68.0 * 0.8 * 0.0039 * 15.0;
    assert!((0.95..1.0).contains(&(coarse / straight)), "{coarse} for {straight} N");
}
