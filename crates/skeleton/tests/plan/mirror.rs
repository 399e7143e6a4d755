//! A plan and its mirror image.

use std::sync::Arc;

use cisterna_skeleton::facts::{Facts, InnerFacts};
use cisterna_skeleton::geometry::Vector;
use cisterna_skeleton::plan::{Acts, Cable, Joint, Kind, Law, Line, Load, Plan, Point};
use cisterna_skeleton::structure::Motion;

use crate::cord;
use crate::head::head;

/// Left and right exchanged: of points, directions and forces …
fn across(at: Vector) -> Vector {
    Vector::new(-at.x, at.y, at.z)
}

/// … and of turns and moments.
fn turned(by: Vector) -> Vector {
    Vector::new(by.x, -by.y, -by.z)
}

fn triple(at: &mut [f64; 3]) {
    *at = across(Vector::from(*at)).into();
}

fn inner(surface: &mut InnerFacts) {
    triple(&mut surface.vector_area);
    surface.moment = turned(surface.moment.into()).into();
}

fn facts(facts: &Facts) -> Facts {
    let mut facts = facts.clone();
    facts.bone.values_mut().for_each(|bone| triple(&mut bone.centroid));
    for interface in &mut facts.interface {
        let points = [&mut interface.centroid, &mut interface.normal];
        points.into_iter().chain(&mut interface.axes).chain(&mut interface.course).for_each(triple);
    }
    if let Some(vault) = &mut facts.vault {
        triple(&mut vault.origin);
        vault.inner.values_mut().for_each(inner);
    }
    if let Some(canal) = &mut facts.canal {
        canal.line.iter_mut().for_each(triple);
    }
    let edges = facts.membrane.values_mut().flat_map(|membrane| membrane.edge.values_mut());
    edges.flat_map(|edge| &mut edge.points).for_each(triple);
    for site in facts.site.values_mut() {
        triple(&mut site.point);
        triple(&mut site.normal);
    }
    facts
}

fn line(line: &mut Line) {
    line.points.iter_mut().for_each(|at| *at = across(*at));
}

fn point(point: &mut Point) {
    point.at = across(point.at);
}

fn acts(acts: &mut Acts) {
    match acts {
        Acts::Pressure(surfaces) => surfaces.iter_mut().for_each(|(_, surface)| inner(surface)),
        // How deep a surface lies is told with it: up is the mirrored up.
        Acts::Column { surfaces, .. } => surfaces.iter_mut().for_each(|(_, surface)| inner(surface)),
        Acts::Force(at, direction) => {
            point(at);
            *direction = across(*direction);
        }
        Acts::Hold(_, direction) => *direction = across(*direction),
        // An axis is mirrored as a direction is, a moment about it the other way round.
        Acts::Turn(_, gain) => *gain = -*gain,
        Acts::Moment(_, axis, _) => *axis = turned(*axis),
        Acts::Pull(_) | Acts::Weight { .. } => {}
    }
}

fn mirrored(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    plan.anatomy.facts = Arc::new(facts(&plan.anatomy.facts));
    plan.anatomy.bones.values_mut().for_each(|bone| bone.centre = across(bone.centre));
    plan.anatomy.lines.values_mut().for_each(line);
    for joint in &mut plan.joints {
        joint.at = joint.at.map(across);
        joint.about = joint.about.map(across);
        joint.offset = Motion { shift: across(joint.offset.shift), turn: turned(joint.offset.turn) };
    }
    for sheet in &mut plan.sheets {
        line(&mut sheet.from);
        line(&mut sheet.to);
    }
    plan.cables.iter_mut().flat_map(|cable| &mut cable.ends).for_each(point);
    for support in &mut plan.supports {
        point(&mut support.under);
        support.normal = across(support.normal);
    }
    plan.loads.iter_mut().for_each(|load| acts(&mut load.acts));
    plan
}

/// The head with whatever else a plan may hold: a joint with an axis and a pose of its own, a muscle, weight.
fn plan() -> Plan {
    let mut plan = head();
    plan.joints.push(Joint {
        name: "hinge".to_owned(),
        between: ["left_temporal_bone".to_owned(), "sphenoid_bone".to_owned()],
        kind: Kind {
            law: Law::Unit { shift: [30.0, 80.0, 10.0], turn: [900.0, 200.0, 40.0] },
            relaxation: Vec::new(),
        },
        at: Some(Vector::new(-40.0, 100.0, 1530.0)),
        about: Some(Vector::new(0.5, -0.7, 0.3)),
        bone: None,
        stiffer: 2.0,
        offset: Motion { shift: Vector::new(0.1, 0.2, -0.3), turn: Vector::new(2e-3, 1e-3, -4e-3) },
    });
    let ends = ["left_mastoid_tip", "glabella"].map(|site| plan.anatomy.point(site).unwrap());
    plan.cables.push(Cable {
        name: "muscle".to_owned(),
        ends,
        tension: 3.0,
        stiffness: 4.0,
        greatest: 200.0,
        relaxation: Vec::new(),
    });
    plan.loads.push(Load {
        name: "muscle_pulls".to_owned(),
        acts: Acts::Pull(vec!["muscle".to_owned()]),
        bone: None,
        through: None,
    });
    plan.loads.push(Load {
        name: "hinge_turns".to_owned(),
        acts: Acts::Turn(vec!["hinge".to_owned()], 50.0),
        bone: None,
        through: None,
    });
    let carried = vec![("left_parietal_bone".to_owned(), 400.0)];
    let bones = plan.anatomy.bones.keys().cloned().collect();
    let acts = Acts::Weight { axis: 2, bones, carried };
    plan.loads.push(Load { name: "weight".to_owned(), acts, bone: None, through: None });
    let surfaces = plan.anatomy.closed_vault().unwrap();
    let surfaces = plan.anatomy.weighed_vault(&surfaces, 0).unwrap();
    let acts = Acts::Column { axis: 0, weight: 0.08, surfaces };
    plan.loads.push(Load { name: "column".to_owned(), acts, bone: None, through: None });
    plan
}

#[test]
fn a_mirrored_head_moves_as_in_a_mirror() {
    let own = plan();
    let other = mirrored(&own);
    assert_ne!(own.anatomy.bones["sphenoid_bone"].centre, other.anatomy.bones["sphenoid_bone"].centre);
    compare(&own, &other);
}

#[test]
fn a_mirrored_cord_and_dura_move_as_in_a_mirror() {
    let own = cord::plan(0.5, 0.02);
    compare(&own, &mirrored(&own));
}

fn compare(own: &Plan, other: &Plan) {
    let [own_whole, other_whole] = [own, other].map(|plan| plan.build().unwrap());
    for (place, load) in own.loads.iter().enumerate() {
        let loads = [(place, 0.5)];
        let [here, there] = [&own_whole, &other_whole].map(|whole| whole.under(&loads, true).unwrap());
        let far = here.motions.iter().map(|motion| motion.shift.norm()).fold(0.0, f64::max);
        let wide = here.motions.iter().map(|motion| motion.turn.norm()).fold(0.0, f64::max);
        for (body, (here, there)) in here.motions.iter().zip(&there.motions).enumerate() {
            let name = &own_whole.structure.bodies()[body].name;
            let shift = (across(there.shift) - here.shift).norm();
            let turn = (turned(there.turn) - here.turn).norm();
            assert!(
                shift < 1e-8 * far && turn < 1e-8 * wide,
                "{}: {name} by {shift} mm, {turn} rad",
                load.name
            );
        }
        for (here, there) in here.tensions.iter().zip(&there.tensions) {
            assert!((here - there).abs() < 1e-8, "{}: {here} and {there} N", load.name);
        }
    }
}
