//! What is known by one name, as text.

use std::collections::BTreeSet;

use cisterna::quantity::short_number;
use cisterna::skeleton::facts::{BoneFacts, Facts, InnerFacts, InterfaceFacts};

use crate::cli::exit::Failure;
use crate::cli::print::columns;

/// How many bones face a bone.
pub fn neighbours(facts: &Facts, bone: &str) -> usize {
    let others = |interface: &InterfaceFacts| interface.between.iter().find(|name| *name != bone).cloned();
    facts.interfaces_of(&[bone]).into_iter().filter_map(others).collect::<BTreeSet<_>>().len()
}

/// A bone as a body, what it meets, and what is on it.
pub fn bone(facts: &Facts, name: &str) -> String {
    let Some(bone) = facts.bone.get(name) else { return String::new() };
    let mut rows = body(bone);
    let inner = |found: Option<&InnerFacts>, what: &str| {
        found.map(|inner| inner_rows(inner, what)).unwrap_or_default()
    };
    rows.extend(inner(facts.vault.as_ref().and_then(|vault| vault.inner.get(name)), "vault"));
    rows.extend(inner(facts.canal.as_ref().and_then(|canal| canal.inner.get(name)), "canal"));
    for (site, found) in facts.site.iter().filter(|(_, site)| site.bone == name) {
        rows.push(vec![format!("site {site}"), format!("{} mm: {}", triple(&found.point), found.serves)]);
    }
    for (membrane, found) in &facts.membrane {
        let on = found.edge.iter().filter(|(_, edge)| edge.bones.iter().any(|bone| bone == name));
        let edges: Vec<&str> = on.map(|(edge, _)| edge.as_str()).collect();
        if !edges.is_empty() {
            rows.push(vec![format!("holds {membrane}"), edges.join(", ")]);
        }
    }
    let faces: Vec<&InterfaceFacts> = facts.interfaces_of(&[name]);
    let met = if faces.is_empty() { "it faces no other bone\n".to_owned() } else { interfaces(&faces) };
    format!("{name}\n{}\n{met}", columns(&rows))
}

/// Where two bones face each other.
pub fn pair(facts: &Facts, first: &str, second: &str) -> Result<String, Failure> {
    let faces: Vec<&InterfaceFacts> = facts.interfaces_of(&[first, second]);
    if first == second || faces.is_empty() {
        return Err(Failure::Input(format!("{first} and {second} do not face each other")));
    }
    let mut text = interfaces(&faces);
    for face in faces {
        let course: Vec<String> = face.course.iter().map(triple).collect();
        let rows = [
            ("within mm", short_number(face.within)),
            ("centroid mm", triple(&face.centroid)),
            ("spread mm", triple(&face.spread)),
            ("first axis", triple(&face.axes[0])),
            ("course mm", course.join("   ")),
        ];
        let rows: Vec<Vec<String>> =
            rows.into_iter().map(|(what, value)| vec![what.to_owned(), value]).collect();
        text.push_str(&format!("\n{}", columns(&rows)));
    }
    Ok(text)
}

/// Where a membrane holds on.
pub fn membrane(facts: &Facts, name: &str) -> String {
    let Some(membrane) = facts.membrane.get(name) else { return String::new() };
    let mut text = format!("{name}\n");
    for (edge, found) in &membrane.edge {
        text.push_str(&format!("\n{edge}: {}\n", found.basis));
        let rows: Vec<Vec<String>> = found
            .bones
            .iter()
            .zip(&found.points)
            .map(|(bone, point)| vec![bone.clone(), triple(point)])
            .collect();
        text.push_str(&columns(&rows));
    }
    text
}

/// A point on a bone.
pub fn site(facts: &Facts, name: &str) -> String {
    let Some(site) = facts.site.get(name) else { return String::new() };
    let rows = [
        ("bone", site.bone.clone()),
        ("serves", site.serves.clone()),
        ("point mm", triple(&site.point)),
        ("normal", triple(&site.normal)),
    ];
    let rows: Vec<Vec<String>> = rows.into_iter().map(|(what, value)| vec![what.to_owned(), value]).collect();
    format!("{name}\n{}", columns(&rows))
}

fn body(bone: &BoneFacts) -> Vec<Vec<String>> {
    let [xx, yy, zz, xy, xz, yz] = bone.inertia.map(short_number);
    let rows = [
        ("region", bone.region.clone()),
        ("volume mL", short_number(bone.volume)),
        ("density", bone.density.clone()),
        ("mass g", short_number(bone.mass)),
        ("surface cm2", short_number(bone.area)),
        ("centroid mm", triple(&bone.centroid)),
        ("inertia g cm2", format!("xx {xx}  yy {yy}  zz {zz}  xy {xy}  xz {xz}  yz {yz}")),
        ("box mm", format!("{} to {}", triple(&bone.bounds[0]), triple(&bone.bounds[1]))),
    ];
    rows.into_iter().map(|(what, value)| vec![what.to_owned(), value]).collect()
}

fn inner_rows(inner: &InnerFacts, of: &str) -> Vec<Vec<String>> {
    let rows = [
        (format!("{of}: area cm2"), short_number(inner.area)),
        (format!("{of}: vector area cm2"), triple(&inner.vector_area)),
        (format!("{of}: moment cm3"), triple(&inner.moment)),
    ];
    rows.into_iter().map(|(what, value)| vec![what, value]).collect()
}

fn interfaces(faces: &[&InterfaceFacts]) -> String {
    let header =
        ["faces", "within mm", "area cm2", "gap mm", "normal from the first to the second", "coherence"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    rows.extend(faces.iter().map(|face| {
        vec![
            face.between.join(" - "),
            short_number(face.within),
            short_number(face.area),
            short_number(face.gap),
            triple(&face.normal),
            short_number(face.coherence),
        ]
    }));
    columns(&rows)
}

/// Three numbers: to the right, forward, up.
fn triple(numbers: &[f64; 3]) -> String {
    numbers.map(short_number).join(" ")
}
