//! The shipped adult against figures that others measured on the same meshes (BodyParts3D, © The Database Center for
//! Life Science, CC BY-SA 2.1 Japan).
//!
//! The folder is named by `CISTERNA_SHARED`; where it is missing the tests say so and pass.
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may panic")]

use std::path::PathBuf;
use std::time::Instant;

use cisterna_skeleton::derive::{Given, Known, derive};
use cisterna_skeleton::facts::{Facts, InterfaceFacts};
use cisterna_skeleton::finding::Findings;
use cisterna_skeleton::geometry::Vector;
use cisterna_skeleton::reading::{Convention, read_meshes};

fn shared(file: &str) -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let shared = std::env::var("CISTERNA_SHARED").unwrap_or_else(|_| beside.to_owned());
    let path = PathBuf::from(format!("{shared}/anatomy/{file}"));
    if !path.exists() {
        println!("skipped: there is no {}", path.display());
    }
    path.exists().then_some(path)
}

/// Rows of a table as cells by the name of their column.
fn table(file: &str) -> Option<Vec<Row>> {
    let text = std::fs::read_to_string(shared(file)?).unwrap();
    let mut lines = text.lines();
    let names: Vec<String> = lines.next().unwrap().split(',').map(str::to_owned).collect();
    Some(
        lines
            .map(|line| Row { names: names.clone(), cells: line.split(',').map(str::to_owned).collect() })
            .collect(),
    )
}

struct Row {
    names: Vec<String>,
    cells: Vec<String>,
}

impl Row {
    fn text(&self, name: &str) -> &str {
        &self.cells[self.names.iter().position(|own| own == name).unwrap()]
    }

    fn number(&self, name: &str) -> f64 {
        self.text(name).parse().unwrap()
    }

    fn vector(&self, names: [&str; 3]) -> Vector {
        Vector::from(names.map(|name| self.number(name)))
    }

    /// A vector in one cell.
    fn inner(&self, name: &str) -> Vector {
        Vector::from_iterator(self.text(name).split(' ').map(|number| number.parse().unwrap()))
    }
}

fn adult() -> Facts {
    Facts::embedded("adult").unwrap()
}

/// Pairs outside of the tolerance of `differences`, with the reason.
const KNOWN_MISSES: [([&str; 2], &str); 1] = [(
    ["fifth_thoracic_vertebra", "sixth_thoracic_vertebra"],
    "two small patches, one on either side, that barely come within 2 mm: the share of each hangs on the sampling",
)];

#[test]
fn facing_surfaces_are_those_that_others_found() {
    let Some(rows) = table("interfaces.csv") else { return };
    let facts = adult();
    let mut misses = Vec::new();
    for row in &rows {
        let bones = [row.text("bone_a"), row.text("bone_b")];
        let found = facts.interfaces_of(&bones).into_iter().find(|face| face.within == 2.0);
        match found {
            None => misses.push((bones, "not found".to_owned())),
            Some(face) => misses.extend(differences(face, row).into_iter().map(|what| (bones, what))),
        }
    }
    println!("{} pairs, {} outside of tolerance", rows.len(), misses.len());
    for (bones, what) in &misses {
        let known = KNOWN_MISSES.iter().find(|(pair, _)| pair == bones);
        println!("  {bones:?}: {what}; {}", known.map_or("no known reason", |(_, reason)| reason));
        assert!(known.is_some(), "{bones:?}: {what}");
    }
}

/// Sampling differs: theirs are points on the surfaces, ours small pieces of all of it. Areas may so differ by 8 %
/// and 6 mm²; a surface that comes within 2 mm only here and there hangs on where the points lie, so that places and
/// shapes are held against each other from half a square centimetre on. Our gap is to the other surface, theirs to
/// its nearest sample, which is never nearer: up to a quarter millimetre less.
fn differences(face: &InterfaceFacts, row: &Row) -> Vec<String> {
    let mut wrong = Vec::new();
    let area = row.number("facing_area_cm2");
    if (face.area - area).abs() > 0.08 * area + 0.06 {
        wrong.push(format!("area {} for {area} cm2", face.area));
    }
    let gap = face.gap - row.number("gap_mm");
    if !(-0.25..=0.05).contains(&gap) {
        wrong.push(format!("gap {gap:+.2} mm"));
    }
    if area < 0.5 {
        return wrong;
    }
    let away = (Vector::from(face.centroid) - row.vector(["cx_mm", "cy_mm", "cz_mm"])).norm();
    if away > 1.5 {
        wrong.push(format!("centroid {away:.1} mm away"));
    }
    let cosine = Vector::from(face.normal).dot(&row.inner("normal"));
    if cosine < 0.98 {
        wrong.push(format!("normal turned, cosine {cosine:.3}"));
    }
    let coherence = face.coherence - row.number("normal_coherence");
    if coherence.abs() > 0.05 {
        wrong.push(format!("coherence {coherence:+.2}"));
    }
    let spread = row.number("spread1_mm");
    if (face.spread[0] - spread).abs() > 0.05 * spread + 0.4 {
        wrong.push(format!("spread {} for {spread} mm", face.spread[0]));
    }
    wrong
}

/// Others say of their numbers that from two origins areas agree within 2 % and large components within 3 %. Ours
/// are from other origins, so that both scatters add: 3 % of an area or of the vector's length, and 0.4 cm² for what
/// is seen at a slant. A moment may differ by as much as such an area at the end of a lever of 3 cm makes.
#[test]
fn the_inside_of_the_vault_is_that_which_others_saw() {
    let Some(rows) = table("endocranium.csv") else { return };
    let facts = adult();
    let vault = facts.vault.unwrap();
    for row in &rows {
        let bone = row.text("bone");
        let own = &vault.inner[bone];
        let area = row.number("endocranial_area_cm2");
        let away = (own.area - area).abs();
        assert!(away <= 0.03 * area + 0.4, "{bone}: area {} for {area} cm2", own.area);
        let vector = row.vector(["vector_area_x_cm2", "vector_area_y_cm2", "vector_area_z_cm2"]);
        let turned = (Vector::from(own.vector_area) - vector).norm();
        assert!(turned <= 0.03 * vector.norm() + 0.4, "{bone}: vector area {turned:.2} cm2 away");
        let moment = row.vector(["moment_x_cm3", "moment_y_cm3", "moment_z_cm3"]);
        let off = (Vector::from(own.moment) - moment).norm();
        println!("{bone}: area {away:.2} cm2, vector area {turned:.2} cm2, moment {off:.2} cm3 away");
        assert!(off <= 3.0 * (0.03 * vector.norm() + 0.4), "{bone}: moment {off:.2} cm3 away");
    }
    // Others see 1.61 to 1.62 litres.
    assert!((vault.volume / 1615.0 - 1.0).abs() < 0.01, "{} mL", vault.volume);
}

/// Theirs are of the full meshes before simplification: of the bones that were simplified less, volumes agree within
/// 2 % and centroids within 0.5 mm; thin and small ones lose more.
#[test]
fn volumes_and_centroids_are_those_of_the_full_meshes() {
    let Some(rows) = table("parts.csv") else { return };
    let facts = adult();
    let (mut worst, mut away): (f64, f64) = (0.0, 0.0);
    for row in rows.iter().filter(|row| ["cranium", "spine", "pelvis"].contains(&row.text("group"))) {
        let bone = &facts.bone[row.text("key")];
        worst = worst.max((bone.volume / row.number("volume_cm3") - 1.0).abs());
        away = away.max((Vector::from(bone.centroid) - row.vector(["cx_mm", "cy_mm", "cz_mm"])).norm());
    }
    println!("volumes differ by {:.2} % at most, centroids by {away:.2} mm", 100.0 * worst);
    assert!(worst < 0.02 && away < 0.5);
}

#[test]
fn the_shipped_facts_are_what_the_meshes_give_in_under_two_minutes() {
    let Some(files) =
        ["skeleton_fine.glb", "skeleton.glb"].map(shared).into_iter().collect::<Option<Vec<_>>>()
    else {
        return;
    };
    let start = Instant::now();
    let shipped = adult();
    let given = Given {
        title: shipped.title.clone(),
        credit: shipped.credit.clone(),
        licence: shipped.licence.clone(),
    };
    let mut findings = Findings::default();
    let meshes = read_meshes(&files, &Convention::default(), &mut findings);
    let facts = derive(meshes, &given, &Known::embedded().unwrap(), &mut findings, &|_| {}).unwrap();
    let seconds = start.elapsed().as_secs_f64();
    println!("derived in {seconds:.1} s");
    assert!(seconds < 120.0);
    assert_eq!(facts.bone, shipped.bone);
    assert_eq!(facts.membrane, shipped.membrane);
    assert_eq!(facts.site, shipped.site);
    assert_eq!(facts.interface, shipped.interface);
    assert_eq!((facts.vault, facts.canal), (shipped.vault, shipped.canal));
}

/// What follows needs the shipped facts only.
#[test]
fn the_adult_is_near_symmetric_and_of_human_size() {
    let facts = adult();
    for (name, bone) in
        facts.bone.iter().filter(|(_, bone)| ["cranium", "face", "hips"].contains(&bone.region.as_str()))
    {
        let Some(other) = name.strip_prefix("left_").and_then(|own| facts.bone.get(&format!("right_{own}")))
        else {
            continue;
        };
        let ratio = bone.mass / other.mass;
        assert!((0.8..1.25).contains(&ratio), "{name}: {ratio}");
    }
    // Force of 1 mmHg (133.3 Pa) on the frontal bone forward and on a parietal bone outward, N.
    let inner = &facts.vault.as_ref().unwrap().inner;
    let force = |bone: &str| 133.322e-4 * Vector::from(inner[bone].vector_area).norm();
    assert!((force("frontal_bone") - 1.05).abs() < 0.05 && (force("left_parietal_bone") - 1.6).abs() < 0.06);
    let canal = facts.canal.as_ref().unwrap();
    assert_eq!(canal.rings.len(), 25);
    assert!(canal.radii.iter().all(|radius| (7.0..18.0).contains(radius)));
}

#[test]
fn each_edge_of_a_membrane_has_its_points_on_bones_that_are_there() {
    let facts = adult();
    for (membrane, found) in &facts.membrane {
        for (edge, line) in &found.edge {
            assert_eq!(line.bones.len(), line.points.len());
            assert!(line.bones.iter().all(|bone| facts.bone.contains_key(bone)), "{membrane} {edge}");
            assert!(line.basis.starts_with("found: ") || line.basis.starts_with("assumed: "));
        }
    }
    let points = |membrane: &str, edge: &str| facts.membrane[membrane].edge[edge].points.len();
    assert!(points("falx_cerebri", "convexity") >= 20 && points("falx_cerebelli", "occipital_crest") >= 20);
    for side in ["left", "right"] {
        assert!(points("tentorium", &format!("petrous_{side}")) >= 20);
        assert!(points("tentorium", &format!("transverse_{side}")) >= 20);
        assert_eq!(points("denticulate_ligament", side), 20);
    }
}
