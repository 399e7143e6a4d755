//! A muscle that works.

use cisterna_skeleton::facts::Facts;
use cisterna_skeleton::plan::{Acts, Cable, Load};

use crate::{answer, facts, held};

const GROUND: f64 = 5.0;
const MUSCLE: f64 = 2.0;
const GREATEST: f64 = 10.0;

/// Two bones on springs with a muscle between: what it pulls with, `F = P / (1 + 2 k / K)`, is its own force less what it
/// loses by getting shorter. By its tone alone it would hang slack.
#[test]
fn a_muscle_that_works_pulls_with_its_force_less_what_it_shortens() {
    let mut known = Facts::default();
    known.bone.insert("atlas".to_owned(), facts::bone([0.0, 0.0, 0.0]));
    known.bone.insert("occiput".to_owned(), facts::bone([0.0, 0.0, 30.0]));
    let mut plan = facts::bare(known);
    let ends = ["atlas", "occiput"].map(|bone| {
        plan.supports.push(held(&plan, bone, GROUND));
        plan.anatomy.point(bone).unwrap()
    });
    plan.cables.push(Cable {
        name: "muscle".to_owned(),
        ends,
        tension: 0.1,
        stiffness: MUSCLE,
        greatest: GREATEST,
        relaxation: Vec::new(),
    });
    let acts = Acts::Pull(vec!["muscle".to_owned()]);
    plan.loads.push(Load { name: "effort".to_owned(), acts, bone: None, through: None });
    let whole = plan.build().unwrap();
    let pull = GREATEST / (1.0 + 2.0 * MUSCLE / GROUND);
    let asked = whole.reduce(0.0, None).unwrap();
    assert!((answer(&asked, "muscle.tension", 0)[0] - pull).abs() < 1e-9);
    let found = whole.under(&[(0, 1.0)], false).unwrap();
    assert!((found.tensions[0] - 0.1 - pull).abs() < 1e-9, "{}", found.tensions[0]);
    let up = found.motions[whole.structure.body("atlas").unwrap()].shift.z;
    assert!((up - pull / GROUND).abs() < 1e-9, "{up}");
}
