//! Membranes and sites of a body.

use std::collections::BTreeMap;

use crate::facts::{Edge, MembraneFacts, SiteFacts, decimals, round_point};
use crate::geometry::Vector;
use crate::inner::Vault;
use crate::membrane::{Inside, Landmarks, Line, Rung, Sella, dural_tube, falx, tentorium};
use crate::site::{Sites, site};

use super::body::Body;
use super::column::{Column, foramen_magnum};

/// The edges of all membranes that are found or assumed.
pub fn membranes(
    body: &Body,
    vault: Option<&Vault>,
    column: Option<&Column>,
    cranium: &[&str],
) -> BTreeMap<String, MembraneFacts> {
    let mut membranes: BTreeMap<String, MembraneFacts> = BTreeMap::new();
    let lines = vault.and_then(|vault| in_vault(body, vault, cranium)).unwrap_or_default();
    for line in lines.into_iter().chain(column.map(|column| in_column(body, column)).unwrap_or_default()) {
        membranes.entry(line.membrane.to_owned()).or_default().edge.insert(line.edge.to_owned(), edge(&line));
    }
    membranes
}

fn in_vault(body: &Body, vault: &Vault, cranium: &[&str]) -> Option<Vec<Line>> {
    let (_, tree) = body.together(cranium.iter().copied());
    let inside = Inside { tree: &tree, bones: cranium, origin: vault.origin, middle: body.middle };
    let foramen = foramen_magnum(body)?.middle;
    let landmarks = Landmarks::find(&inside, body.tree("ethmoid")?, &foramen)?;
    let sella = Sella::find(&inside, &foramen)?;
    let mut lines = falx(&inside, &landmarks);
    lines.extend(tentorium(&inside, &landmarks, &sella, &foramen));
    lines.extend(sella.diaphragm());
    Some(lines)
}

fn in_column(body: &Body, column: &Column) -> Vec<Line> {
    let rungs: Vec<Rung> = column
        .bones
        .iter()
        .zip(&column.rings)
        .filter_map(|(bone, ring)| Some(Rung { bone, tree: body.tree(bone)?, ring: *ring }))
        .collect();
    dural_tube(&rungs, body.tree("sacrum"), body.tree("coccyx"))
}

fn edge(line: &Line) -> Edge {
    Edge {
        basis: line.basis.to_owned(),
        bones: line.holds.iter().map(|hold| hold.bone.clone()).collect(),
        points: line.holds.iter().map(|hold| round_point(&hold.point)).collect(),
    }
}

/// The sites of all bones that are there.
pub fn sites(body: &Body, rules: &Sites) -> BTreeMap<String, SiteFacts> {
    let found = rules.site.iter().filter_map(|(name, rule)| {
        let site = site(body.tree(&rule.bone)?, &Vector::from(rule.furthest))?;
        let facts = SiteFacts {
            bone: rule.bone.clone(),
            serves: rule.serves.clone(),
            point: round_point(&site.point),
            normal: decimals(&site.normal, 4),
        };
        Some((name.clone(), facts))
    });
    found.collect()
}
