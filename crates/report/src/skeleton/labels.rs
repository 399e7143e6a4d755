//! Names beside a picture, joined to what they name.

use crate::html::escape;
use crate::number::coordinate;
use crate::svg::key::spread;
use std::fmt::Write as _;

/// Between names and picture, px.
const GAP: f64 = 10.0;

/// A name with the point that it stands for, px.
pub(crate) struct Label {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) pin: [f64; 2],
}

/// The frame beside which the names stand, px.
pub(crate) struct Frame {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) height: f64,
}

/// All names, at both sides or at the right one, each as near to the height of its point as the others let it.
pub(crate) fn labels(labels: Vec<Label>, frame: &Frame, only_right: bool) -> String {
    let middle = 0.5 * (frame.left + frame.right);
    let near = 0.006 * (frame.right - frame.left);
    let [mut left, mut right]: [Vec<Label>; 2] = Default::default();
    let mut between = Vec::new();
    for label in labels {
        match label.pin[0] - middle {
            _ if only_right => right.push(label),
            x if x < -near => left.push(label),
            x if x > near => right.push(label),
            _ => between.push(label),
        }
    }
    for label in between {
        if left.len() < right.len() { left.push(label) } else { right.push(label) }
    }
    side(&left, frame.left, -1.0, frame.height) + &side(&right, frame.right, 1.0, frame.height)
}

fn side(labels: &[Label], edge: f64, out: f64, height: f64) -> String {
    let heights: Vec<f64> = labels.iter().map(|label| label.pin[1]).collect();
    let anchor = if out < 0.0 { "end" } else { "start" };
    let mut text = String::new();
    for (label, y) in labels.iter().zip(spread(&heights, height)) {
        let x = edge + out * GAP;
        let _ = writeln!(
            text,
            "<path class=\"lead\" d=\"M{} {}H{}L{} {}\"/><text class=\"name\" text-anchor=\"{anchor}\" x=\"{}\" y=\"{}\">{} <tspan class=\"much\">{}</tspan></text>",
            coordinate(x - 3.0 * out),
            coordinate(y),
            coordinate(edge),
            coordinate(label.pin[0]),
            coordinate(label.pin[1]),
            coordinate(x),
            coordinate(y + 4.0),
            escape(&label.name),
            escape(&label.value),
        );
    }
    text
}
