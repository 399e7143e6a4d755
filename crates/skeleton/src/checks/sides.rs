//! Bodies that are mirrored, lie in another frame, or have single bones on the wrong side.

use crate::finding::Findings;
use crate::geometry::{Matrix, Vector};
use crate::mesh::Mesh;

/// Bones of which the first lies before the second.
const FORWARD: [(&str, &str); 3] =
    [("frontal_bone", "occipital_bone"), ("manubrium", "third_thoracic_vertebra"), ("mandible", "atlas")];
/// Bones of which the first lies above the second.
const UP: [(&str, &str); 5] = [
    ("left_parietal_bone", "sphenoid_bone"),
    ("right_parietal_bone", "sphenoid_bone"),
    ("frontal_bone", "mandible"),
    ("atlas", "sacrum"),
    ("first_thoracic_vertebra", "fifth_lumbar_vertebra"),
];

/// Tells in which frame the body lies where it is not the one that was said, whether it is mirrored, and which
/// pairs of bones have changed places.
pub fn check(meshes: &[Mesh], findings: &mut Findings) {
    let middle = |name: &str| meshes.iter().find(|mesh| mesh.name == name).map(|mesh| mesh.bounds().middle());
    let pairs: Vec<(&str, Vector)> = meshes
        .iter()
        .filter_map(|mesh| {
            let bone = mesh.name.strip_prefix("left_")?;
            let other = middle(&format!("right_{bone}"))?;
            Some((bone, other - mesh.bounds().middle()))
        })
        .collect();
    let between = |list: &[(&str, &str)]| {
        let found = list.iter().filter_map(|(to, from)| Some((middle(to)? - middle(from)?).normalize()));
        main_direction(found.sum())
    };
    let right = main_direction(pairs.iter().map(|(_, across)| across.normalize()).sum());
    let (forward, up) = (between(&FORWARD), between(&UP));
    if let (Some(right), Some(forward), Some(up)) = (right, forward, up)
        && Matrix::from_columns(&[right, forward, up]).determinant() < 0.0
    {
        let message = "the body is mirrored: left and right are exchanged";
        let help = "the file comes from a left-handed frame (`--frame` with one axis the other way), or the names of the sides are exchanged";
        findings.error("all bones", message, help);
        return;
    }
    let axes = [("right", right, Vector::x()), ("forward", forward, Vector::y()), ("up", up, Vector::z())];
    let wrong: Vec<String> = axes
        .into_iter()
        .filter_map(|(word, found, meant)| {
            let found = found.filter(|found| *found != meant)?;
            Some(format!("the body's {word} lies along {}", axis_name(&found)))
        })
        .collect();
    if !wrong.is_empty() {
        let help = "say with `--frame` what x, y and z of the file point to, as `left,backward,up`";
        findings.error("all bones", format!("the body lies in another frame: {}", wrong.join(", ")), help);
        return;
    }
    for (bone, across) in pairs.iter().filter(|(_, across)| across.x <= 0.0) {
        let message = format!("`left_{bone}` lies {:.1} mm to the right of `right_{bone}`", -across.x);
        findings.error(&format!("left_{bone}"), message, "the two names are exchanged");
    }
}

/// The axis that a direction is nearest to; none where it is nothing.
fn main_direction(direction: Vector) -> Option<Vector> {
    let axis = direction.iamax();
    let mut unit = Vector::zeros();
    unit[axis] = direction[axis].signum();
    (direction.norm() > 0.0).then_some(unit)
}

fn axis_name(direction: &Vector) -> &'static str {
    let axis = direction.iamax();
    match (axis, direction[axis] > 0.0) {
        (0, true) => "+x",
        (0, false) => "-x",
        (1, true) => "+y",
        (1, false) => "-y",
        (_, true) => "+z",
        (_, false) => "-z",
    }
}
