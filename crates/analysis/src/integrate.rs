//! Integrals of a broken line, exact also where it crosses a level within a piece.

use crate::signal::Node;

/// Adds `area(duration, left, right)` over the pieces between neighbouring nodes.
fn sum(nodes: &[Node], area: impl Fn(f64, f64, f64) -> f64) -> f64 {
    nodes.windows(2).map(|pair| area(pair[1].0 - pair[0].0, pair[0].1, pair[1].1)).sum()
}

/// How long the nodes reach, s.
pub(crate) fn span(nodes: &[Node]) -> f64 {
    match (nodes.first(), nodes.last()) {
        (Some(first), Some(last)) => last.0 - first.0,
        _ => 0.0,
    }
}

/// The mean over time of the broken line; none for fewer than two nodes.
pub(crate) fn mean(nodes: &[Node]) -> Option<f64> {
    let duration = span(nodes);
    // Summed about the first value, so that a large offset costs no digits.
    let level = nodes.first()?.1;
    let above = sum(nodes, |dt, left, right| 0.5 * dt * ((left - level) + (right - level)));
    (duration > 0.0).then(|| level + above / duration)
}

/// The mean over time of those pieces that are not longer than `longest` (s), so that gaps count for nothing.
pub(crate) fn mean_outside_gaps(nodes: &[Node], longest: f64) -> Option<f64> {
    let level = nodes.first()?.1;
    let kept = |dt: f64| if dt <= longest { dt } else { 0.0 };
    let duration = sum(nodes, |dt, _, _| kept(dt));
    let above = sum(nodes, |dt, left, right| 0.5 * kept(dt) * ((left - level) + (right - level)));
    (duration > 0.0).then(|| level + above / duration)
}

/// The integral of `|y - level|` over time.
pub(crate) fn distance_from(nodes: &[Node], level: f64) -> f64 {
    sum(nodes, |dt, left, right| {
        let (a, b) = (left - level, right - level);
        if a * b < 0.0 { 0.5 * dt * (a * a + b * b) / (a.abs() + b.abs()) } else { 0.5 * dt * (a + b).abs() }
    })
}

/// The integral of `max(y, 0)` over time.
pub(crate) fn positive_part(nodes: &[Node]) -> f64 {
    sum(nodes, |dt, a, b| {
        if a * b < 0.0 {
            0.5 * dt * a.max(b).powi(2) / (a.abs() + b.abs())
        } else {
            0.5 * dt * (a + b).max(0.0)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_through_zero_is_integrated_exactly() {
        let nodes = [(0.0, -1.0), (4.0, 3.0)];
        assert_eq!(mean(&nodes), Some(1.0));
        assert_eq!(positive_part(&nodes), 4.5);
        assert_eq!(distance_from(&nodes, 0.0), 5.0);
    }

    #[test]
    fn a_gap_counts_for_nothing() {
        let nodes = [(0.0, 2.0), (1.0, 2.0), (5.0, 6.0), (6.0, 6.0)];
        assert_eq!(mean_outside_gaps(&nodes, 1.5), Some(4.0));
    }
}
