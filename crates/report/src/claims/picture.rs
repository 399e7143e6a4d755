//! Numbers of one kind as dots with ranges on one scale.

use crate::svg::frame::{percent, post_labels};
use crate::svg::scale::{Scale, Spacing};
use std::fmt::Write as _;

/// Where the ratio of the largest to the smallest is beyond this, a scale goes by ratios.
const FAR: f64 = 30.0;

/// What is drawn of a number: where it is, and its range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Mark {
    pub value: f64,
    pub range: Option<[f64; 2]>,
    pub kind: MarkKind,
}

/// Which sign a number has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkKind {
    /// What is.
    Is,
    /// What the claim needs.
    Needed,
    /// Where the verdict turns.
    Turns,
}

/// A scale for all of them.
pub(super) fn scale(marks: &[Mark]) -> Scale {
    let all = || marks.iter().flat_map(|mark| mark.range.into_iter().flatten().chain([mark.value]));
    let finite = || all().filter(|figure| figure.is_finite());
    let (low, high) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
    let positive = finite().filter(|figure| *figure > 0.0);
    let least = positive.fold(f64::INFINITY, f64::min);
    if low >= 0.0 && high / least > FAR {
        return Scale::around(finite(), Spacing::Log, 5);
    }
    // Nought is a landmark wherever it is near.
    let with_nought = (low > 0.0 && low < 0.5 * high) || (high < 0.0 && high > 0.5 * low);
    Scale::around(finite().chain(with_nought.then_some(0.0)), Spacing::Linear, 5)
}

/// One number on the scale.
pub(super) fn row(mark: &Mark, scale: &Scale) -> String {
    let place = |figure: f64| scale.place(figure).clamp(0.0, 1.0);
    let mut out = String::from(
        "<svg class=\"bar\" width=\"100%\" height=\"18\" aria-hidden=\"true\"><line class=\"ground\" x1=\"0\" x2=\"100%\" y1=\"9\" y2=\"9\"/>",
    );
    if let Some([low, high]) = mark.range.filter(|[low, high]| low < high) {
        let (from, to) = (place(low), place(high));
        let width = percent((to - from).max(0.006));
        let _ = write!(
            out,
            "<rect class=\"published\" x=\"{}\" width=\"{width}\" y=\"4\" height=\"10\" rx=\"2\"/>",
            percent(from)
        );
    }
    let at = percent(place(mark.value));
    let _ = match mark.kind {
        MarkKind::Is => write!(out, "<circle class=\"is\" cx=\"{at}\" cy=\"9\" r=\"4.5\"/>"),
        MarkKind::Needed => {
            write!(out, "<line class=\"stroke\" x1=\"{at}\" x2=\"{at}\" y1=\"2\" y2=\"16\"/>")
        }
        MarkKind::Turns => write!(
            out,
            "<svg x=\"{at}\" y=\"9\" overflow=\"visible\"><path class=\"turns\" d=\"M0 -6L5 0L0 6L-5 0Z\"/></svg>"
        ),
    };
    out + "</svg>"
}

/// The figures under the rows.
pub(super) fn axis(scale: &Scale) -> String {
    format!(
        "<svg class=\"bar\" width=\"100%\" height=\"16\" aria-hidden=\"true\">{}</svg>",
        post_labels(&scale.ticks(5), 12.0)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(value: f64) -> Mark {
        Mark { value, range: None, kind: MarkKind::Is }
    }

    #[test]
    fn numbers_far_apart_are_seen_by_their_ratio() {
        let scale = scale(&[mark(6e-5), mark(10.0)]);
        assert!(scale.place(0.01) > 0.3 && scale.place(0.01) < 0.7);
    }

    #[test]
    fn numbers_of_both_signs_are_seen_by_their_difference() {
        let scale = scale(&[mark(-21.0), mark(10.0)]);
        assert!(scale.place(-21.0) < scale.place(0.0) && scale.place(0.0) < scale.place(10.0));
    }
}
