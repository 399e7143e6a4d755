//! Joints and sutures under a test: how far they give way between two hands, on a restricted side and beside it.

use cisterna_model::document::allowed;
use cisterna_model::{Model, Otherwise, Problem, Problems};
use cisterna_skeleton::geometry::Vector;
use cisterna_skeleton::plan::Whole;
use cisterna_skeleton::site::Sites;
use cisterna_skeleton::structure::Load;

/// What a test of a joint finds.
#[derive(Clone, Debug, PartialEq)]
pub struct JointTest {
    /// The joint.
    pub joint: String,
    /// The sites of the two hands; none where a bone of it is out of reach.
    pub hands: Option<[String; 2]>,
    /// How far it gives way between the hands, um: stated, and with sutures as soft and as stiff as is published.
    pub gives: [f64; 3],
    /// The same of its other side, where it has one, um.
    pub other_side: Option<f64>,
    /// The same of the subject without restrictions, um.
    pub healthy: f64,
}

impl JointTest {
    /// How far it lags behind what it is compared with, um: the other side, or the healthy joint in the mid-line.
    #[must_use]
    pub fn lag(&self) -> f64 {
        self.other_side.unwrap_or(self.healthy) - self.gives[0]
    }
}

/// Tests joints of a subject with a force, N, beside the same subject without restrictions.
///
/// # Errors
/// A joint that the subject does not have, with the nearest one.
pub fn test_joints(
    names: &[String],
    force: f64,
    model: &Model,
    healthy: &Model,
) -> Result<Vec<JointTest>, Problems> {
    let (Some(bones), Some(well)) = (&model.bones, &healthy.bones) else { return Ok(Vec::new()) };
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let wrong = |message: String| Problems::from(Problem::of_file(&model.name, message));
    let other = |how| bones.whole_otherwise(how).map_err(|error| wrong(error.to_string()));
    let wholes = [&bones.whole, &other(Otherwise::SoftSutures)?, &other(Otherwise::StiffSutures)?];
    let sites = Sites::embedded().unwrap_or_default();
    let mut tests = Vec::new();
    for name in names {
        let Some(hands) = Hands::at(name, model, &sites) else {
            let known = bones.plan.joints.iter().map(|joint| joint.name.as_str());
            if known.clone().any(|known| known == name) {
                tests.push(JointTest {
                    joint: name.clone(),
                    hands: None,
                    gives: [f64::NAN; 3],
                    other_side: None,
                    healthy: f64::NAN,
                });
                continue;
            }
            let help = allowed(name, known);
            let problem =
                Problem::of_file("evaluation.joints", format!("`{name}` is no joint of `{}`", model.name));
            return Err(problem.help(help).into());
        };
        let mirrored = mirrored(name).and_then(|other| Hands::at(&other, model, &sites));
        let gives = wholes.map(|whole| hands.apart(whole, force));
        tests.push(JointTest {
            joint: name.clone(),
            hands: Some(hands.sites.clone()),
            gives,
            other_side: mirrored.map(|other| other.apart(&bones.whole, force)),
            healthy: hands.apart(&well.whole, force),
        });
    }
    Ok(tests)
}

/// The joint on the other side.
fn mirrored(name: &str) -> Option<String> {
    let left = name.strip_prefix("left_").map(|rest| format!("right_{rest}"));
    left.or_else(|| name.strip_prefix("right_").map(|rest| format!("left_{rest}")))
}

/// Two hands on the bones of a joint, which draw them apart along the line between them: so the head does not turn under them.
struct Hands {
    bones: [String; 2],
    sites: [String; 2],
    points: [Vector; 2],
    across: Vector,
}

impl Hands {
    /// On each bone of a joint, at the site nearest to it; none where a bone has none for a hand.
    fn at(joint: &str, model: &Model, sites: &Sites) -> Option<Self> {
        let bones = model.bones.as_ref()?;
        let place = bones.whole.joints().find(|(name, ..)| *name == joint)?;
        let (_, bodies, at, _) = place;
        let names = bodies.map(|body| bones.whole.structure.bodies()[body].name.clone());
        let nearest = |bone: &String| {
            let own =
                sites.site.iter().filter(|(_, rule)| rule.bone == *bone && rule.serves.contains("hand"));
            let points = own.filter_map(|(site, _)| Some((site, bones.plan.anatomy.point(site).ok()?.at)));
            let far = |point: &Vector| (point - at).norm();
            points.min_by(|a, b| far(&a.1).total_cmp(&far(&b.1))).map(|(site, point)| (site.clone(), point))
        };
        let (first, second) = (nearest(&names[0])?, nearest(&names[1])?);
        let across = (second.1 - first.1).try_normalize(f64::MIN_POSITIVE)?;
        Some(Hands { bones: names, sites: [first.0, second.0], points: [first.1, second.1], across })
    }

    /// How far the points go apart under a force that draws them apart, um.
    fn apart(&self, whole: &Whole, force: f64) -> f64 {
        let structure = &whole.structure;
        let [Some(first), Some(second)] = self.bones.each_ref().map(|bone| structure.body(bone)) else {
            return f64::NAN;
        };
        let loads = [(first, 0, -force), (second, 1, force)]
            .map(|(body, place, size)| Load::at(body, &self.points[place], self.across * size, structure));
        let Ok(found) = structure.equilibrium(&loads) else { return f64::NAN };
        let moved = |body: usize, place: usize| {
            let arm = self.points[place] - structure.bodies()[body].centre;
            found.motions[body].of_point(&arm)
        };
        (moved(second, 1) - moved(first, 0)).dot(&self.across) * 1e3
    }
}
