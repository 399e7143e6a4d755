//! Bones of two metres or two millimetres.

use crate::catalogue::Catalogue;
use crate::finding::Findings;
use crate::mesh::Mesh;
use crate::reading::LengthUnit;

/// A body whose middle bone is so many times as long as an adult's is measured in the right unit; a newborn's bones
/// are a third as long, and the nearest wrong unit makes a factor of ten.
const PLAUSIBLE: std::ops::Range<f64> = 0.2..3.0;
/// One bone may differ from the others by this factor: those of a region are not alike in length.
const ALIKE: f64 = 6.0;

/// Tells wrong units, of all bones or of some.
pub fn check(meshes: &[Mesh], catalogue: &Catalogue, findings: &mut Findings) {
    let mut ratios: Vec<(f64, f64, &Mesh)> = meshes
        .iter()
        .filter_map(|mesh| {
            let longest = mesh.bounds().size().max();
            Some((longest / catalogue.region_of(&mesh.name)?.length, longest, mesh))
        })
        .collect();
    ratios.sort_by(|a, b| a.0.total_cmp(&b.0));
    let Some(&(middle, longest, typical)) = ratios.get(ratios.len() / 2) else { return };
    if !PLAUSIBLE.contains(&middle) {
        let message = format!("the unit is wrong: `{}` would be {} long", typical.name, told(longest));
        findings.error("all bones", message, unit_help(middle));
    }
    for (ratio, longest, mesh) in ratios {
        if ratio > middle * ALIKE || ratio < middle / ALIKE {
            let message = format!(
                "`{}` would be {} long, which does not go with the other bones",
                mesh.name,
                told(longest)
            );
            findings.error(
                &mesh.file,
                message,
                "its unit differs from that of the others, or its name is another bone's",
            );
        }
    }
}

/// Which unit would make bones of a plausible length.
fn unit_help(ratio: f64) -> String {
    let factors =
        LengthUnit::ALL.iter().flat_map(|given| LengthUnit::ALL.iter().map(move |right| (given, right)));
    let mut fitting: Vec<&str> = factors
        .filter(|(given, right)| {
            given != right && PLAUSIBLE.contains(&(ratio * right.millimetres() / given.millimetres()))
        })
        .map(|(given, right)| match (given, right) {
            (LengthUnit::Millimetre, LengthUnit::Metre) => "`--unit m` where `mm` was given",
            (LengthUnit::Millimetre, LengthUnit::Centimetre) => "`--unit cm` where `mm` was given",
            (LengthUnit::Centimetre, LengthUnit::Metre) => "`--unit m` where `cm` was given",
            (LengthUnit::Centimetre, LengthUnit::Millimetre) => "`--unit mm` where `cm` was given",
            (LengthUnit::Metre, LengthUnit::Centimetre) => "`--unit cm` where `m` was given",
            _ => "`--unit mm` where `m` was given",
        })
        .collect();
    fitting.dedup();
    match fitting.is_empty() {
        true => "no unit makes a body of it".to_owned(),
        false => format!("a body of human size comes of {}", fitting.join(", or of ")),
    }
}

fn told(millimetres: f64) -> String {
    match millimetres {
        length if length >= 1000.0 => format!("{:.1} m", length / 1000.0),
        length if length >= 1.0 => format!("{length:.0} mm"),
        length => format!("{length:.2} mm"),
    }
}
