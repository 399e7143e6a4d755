//! The path of a hand, from points or from a recording.

use std::path::Path;

use cisterna_experiment::Points;
use cisterna_model::document::{Collector, Fields};
use cisterna_quantity::{Dimension, Stated, exact_number};

use super::types::Mode;

/// The keys of a path, which no other mode has.
const KEYS: [&str; 4] = ["path", "file", "channel", "basis"];

/// The path of a hand that goes along one, with its furthest point as it is stated.
pub(super) fn along_path(
    fields: &Fields<'_>,
    mode: Option<Mode>,
    problems: &Collector,
) -> Option<(Points, Stated)> {
    if mode? != Mode::Path {
        for node in KEYS.iter().filter_map(|key| fields.node(key)) {
            let message = format!("the mode `{}` goes along no path", mode?.word());
            problems.add(node.key.problem(message).help("leave it out, or let the mode be `path`"));
        }
        return None;
    }
    for node in ["force", "moment"].iter().filter_map(|key| fields.node(key)) {
        let help = "the mode `path` presses as its path says: give it in N for a force, in mm for a way";
        problems.add(node.key.problem("a hand along a path has no force beside it").help(help));
    }
    fields.required(&["basis"]);
    let basis = fields.string("basis");
    let points = match fields.list("path") {
        Some(nodes) => {
            if let Some(node) = fields.node("file") {
                problems
                    .add(node.key.problem("a hand goes along its `path` or along a `channel` of a `file`"));
            }
            let place = fields.node("path").map_or(fields.place(), |node| &node.place);
            Points::read(nodes, place, problems)?
        }
        None => recorded(fields, problems)?,
    };
    let known = [Dimension::LENGTH, Dimension::FORCE];
    if !known.contains(&points.unit.dimension()) {
        let message = format!("a hand goes along a way or a force, not {}", points.unit.dimension());
        problems.add(fields.place().problem(message).help("in mm, or in N or g"));
        return None;
    }
    if points.unit.dimension() == Dimension::FORCE && fields.has("stiffness") {
        let help = "leave it out: a force is the same however stiff what gives it";
        problems.add(fields.place().problem("a path of force has no `stiffness`").help(help));
    }
    let basis = basis?;
    let unit = &points.unit;
    let furthest = exact_number(unit.from_canonical(points.greatest()));
    let text = format!("{furthest} {} || {}", unit.text(), basis.value);
    match Stated::parse(&text, unit.dimension()) {
        Ok(stated) => Some((points, stated)),
        Err(error) => {
            let help = error.help.unwrap_or_else(|| "as \"assumed: why\" or \"measured KEY\"".to_owned());
            problems.add(basis.place.problem(error.message).help(help));
            None
        }
    }
}

/// The path that a channel of a recording holds; the file is looked for beside the technique's own first.
fn recorded(fields: &Fields<'_>, problems: &Collector) -> Option<Points> {
    if !fields.has("file") {
        let help = "[[\"0 s\", \"0 mm\"], [\"10 s\", \"0.2 mm\"]], or a `file` with its `channel`";
        problems.add(fields.place().problem("the mode `path` needs a `path`").help(help));
        return None;
    }
    fields.required(&["channel"]);
    let [file, channel] = ["file", "channel"].map(|key| fields.string(key));
    let (file, channel) = (file?, channel?);
    let beside = Path::new(file.place.file()).parent().map(|folder| folder.join(file.value));
    let path = beside.filter(|path| path.is_file()).unwrap_or_else(|| file.value.into());
    let recording = cisterna_recording::open(&path);
    let found = recording.and_then(|recording| recording.require(file.value, channel.value).cloned());
    match found {
        Ok(found) => {
            Points::recorded(&found).map_err(|wrong| problems.add(channel.place.problem(wrong))).ok()
        }
        Err(error) => {
            let allowed = format!("allowed: {}", error.allowed);
            problems.add(file.place.problem(error.to_string()).help(allowed));
            None
        }
    }
}
