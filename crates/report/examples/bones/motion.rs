//! Made-up motion: every bone turns as it is taught, by amounts that nobody measured, and moves out from the middle.

use cisterna_report::{Bones, Outlines, Page, Patterns, Section, Strand, View};
use cisterna_skeleton::facts::Facts;
use cisterna_skeleton::geometry::Vector;
use cisterna_skeleton::structure::Motion;
use cisterna_skeleton::taught::{Moved, Taught};
use std::error::Error;

/// A page with all pictures.
pub fn page(outlines: Outlines) -> Result<Page, Box<dyn Error>> {
    let facts = Facts::embedded("adult")?;
    let taught = Taught::embedded()?;
    let bones = moved(&facts, &taught);
    let patterns = Patterns::new("Beside what is taught", "", &taught.compare(&bones, &facts));
    let skull = Bones {
        heading: "Skull".to_owned(),
        views: vec![View::Side, View::Front, View::Top, View::Inside],
        bones: bones.clone(),
        strands: strands(&facts),
        outlines: outlines.clone(),
        ..Bones::default()
    };
    let trunk = Bones {
        heading: "Column and pelvis".to_owned(),
        views: vec![View::Column, View::Pelvis],
        ..skull.clone()
    };
    Ok(Page {
        title: "Bones that move".to_owned(),
        subtitle: "Made-up motion, to look at the drawing.".to_owned(),
        sections: vec![Section::Bones(skull), Section::Bones(trunk), Section::Patterns(patterns)],
        ..Page::default()
    })
}

fn moved(facts: &Facts, taught: &Taught) -> Vec<Moved> {
    let middle = Vector::new(0.6, 92.0, 1560.0);
    let known = taught.lessons().iter().filter_map(|lesson| Some((lesson, facts.bone.get(&lesson.bone)?)));
    let move_one = |(k, (lesson, bone)): (
        usize,
        (&cisterna_skeleton::taught::Lesson, &cisterna_skeleton::facts::BoneFacts),
    )| {
        let centre = Vector::from(bone.centroid);
        // Sizes that differ from bone to bone, and are alike from run to run.
        let size = 0.25 + ((k as f64) * 0.7).sin().powi(2);
        let out = if centre.z > 1400.0 { (centre - middle) * 3e-5 } else { Vector::new(0.0, 0.0012, 0.0006) };
        let shift = (out + lesson.shift.unwrap_or_default() * 8e-4) * size;
        let turn = lesson.axis.normalize() * (if lesson.halves { 2e-6 } else { 4e-5 }) * size;
        Moved { name: lesson.bone.clone(), centre, motion: Motion { shift, turn } }
    };
    known.enumerate().map(move_one).collect()
}

fn strands(facts: &Facts) -> Vec<Strand> {
    let edges = facts
        .membrane
        .iter()
        .flat_map(|(name, membrane)| membrane.edge.iter().map(move |(edge, line)| (name, edge, line)));
    edges
        .enumerate()
        .filter(|(_, (_, _, line))| line.points.len() > 1)
        .map(|(k, (name, edge, line))| Strand {
            name: format!("{name}, {edge}"),
            points: line.points.clone(),
            tension: if k % 5 == 0 { 0.0 } else { 0.1 * (k % 5) as f64 },
        })
        .collect()
}
