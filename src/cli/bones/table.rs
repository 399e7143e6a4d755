//! The answer as a table and as JSON.

use serde_json::{Value, json};

use cisterna::model::Model;
use cisterna::quantity::short_number;

use super::answer::{Answer, Ranged};
use crate::cli::print::columns;

/// Bones that are shown: those that move most.
const MOST: usize = 24;
/// Joints that are shown.
const JOINTS: usize = 12;
/// Micrometres in a millimetre, and milliradians in a radian.
const THOUSAND: f64 = 1e3;

/// The answer as tables.
pub fn text(answer: &Answer, plain: Option<&Answer>) -> String {
    let mut text = format!("{}\n\n", under(answer));
    let mut order: Vec<usize> = (0..answer.moved.len()).collect();
    order.sort_by(|&a, &b| answer.far[b].value.total_cmp(&answer.far[a].value));
    let mut header = vec!["bone", "um", "over sutures", "bone", "right", "forward", "up", "turn mrad"];
    if plain.is_some() {
        header.push("without");
    }
    let mut rows = vec![header.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>()];
    for &index in order.iter().take(MOST) {
        let (moved, far) = (&answer.moved[index], &answer.far[index]);
        let shift = moved.motion.shift * THOUSAND;
        let mut row = vec![moved.name.clone(), short_number(far.value * THOUSAND), over(far), share(far)];
        row.extend([shift.x, shift.y, shift.z].map(short_number));
        row.push(short_number(moved.motion.turn.norm() * THOUSAND));
        if let Some(plain) = plain {
            row.push(short_number(plain.far[index].value * THOUSAND));
        }
        rows.push(row);
    }
    text += &columns(&rows);
    if order.len() > MOST {
        text += &format!("… and {} bones that move less\n", order.len() - MOST);
    }
    let mut joints: Vec<&(String, Ranged)> = answer.openings.iter().collect();
    joints.sort_by(|a, b| b.1.value.abs().total_cmp(&a.1.value.abs()));
    let mut rows = vec![["joint", "opens um", "over sutures", "bone"].map(str::to_owned).to_vec()];
    rows.extend(joints.iter().take(JOINTS).map(|(name, opening)| {
        vec![name.clone(), short_number(opening.value * THOUSAND), over(opening), share(opening)]
    }));
    text += &format!("\n{}", columns(&rows));
    let mut rows =
        vec![["membrane or muscle", "N at rest", "change mN", "slack"].map(str::to_owned).to_vec()];
    rows.extend(answer.strung.iter().map(|strung| {
        let [rest, now] = strung.tension;
        let slack = match strung.slack {
            [0, _] => String::new(),
            [slack, all] => format!("{slack} of {all}"),
        };
        vec![strung.name.clone(), short_number(rest), short_number((now - rest) * THOUSAND), slack]
    }));
    text + &format!("\n{}", columns(&rows))
}

/// Under what the bones lie, in words.
pub fn under(answer: &Answer) -> String {
    let loads = if answer.loads.is_empty() { "no load".to_owned() } else { answer.loads.join(", ") };
    let against = answer.against.as_ref().map(|bone| format!(", seen from {bone}")).unwrap_or_default();
    format!("Under {loads}{against}")
}

pub fn over(ranged: &Ranged) -> String {
    format!("{} .. {}", short_number(ranged.low * THOUSAND), short_number(ranged.high * THOUSAND))
}

pub fn share(ranged: &Ranged) -> String {
    ranged.bone.map(|share| format!("{:.0} %", (100.0 * share).round() + 0.0)).unwrap_or_default()
}

/// The answer for programs: um, mrad, N.
pub fn json(model: &Model, answer: &Answer) -> Value {
    let ranged = |ranged: &Ranged| {
        json!({
            "value": ranged.value * THOUSAND,
            "low": ranged.low * THOUSAND,
            "high": ranged.high * THOUSAND,
            "share_of_bone": ranged.bone,
        })
    };
    let bones = answer.moved.iter().zip(&answer.far).map(|(moved, far)| {
        let (shift, turn) = (moved.motion.shift * THOUSAND, moved.motion.turn * THOUSAND);
        json!({
            "bone": moved.name,
            "shift_um": [shift.x, shift.y, shift.z],
            "turn_mrad": [turn.x, turn.y, turn.z],
            "centre_um": ranged(far),
        })
    });
    let joints =
        answer.openings.iter().map(|(name, opening)| json!({ "joint": name, "opening_um": ranged(opening) }));
    let strung = answer.strung.iter().map(|strung| {
        json!({
            "name": strung.name,
            "tension_at_rest_N": strung.tension[0],
            "tension_N": strung.tension[1],
            "slack_strips": strung.slack[0],
            "strips": strung.slack[1],
        })
    });
    json!({
        "model": model.name,
        "conditions": model.conditions,
        "hypotheses": model.hypotheses,
        "loads": answer.loads,
        "against": answer.against,
        "bones": bones.collect::<Vec<_>>(),
        "joints": joints.collect::<Vec<_>>(),
        "membranes": strung.collect::<Vec<_>>(),
    })
}
