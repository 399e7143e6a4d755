//! Extremes of sampled curves, between the samples.

use crate::signal::Node;

/// The highest point of the nodes, refined by the parabola through the highest sample and its neighbours, so that
/// the answer hardly depends on the sampling rate. None without nodes.
pub(crate) fn highest(nodes: &[Node]) -> Option<Node> {
    let at = (0..nodes.len()).max_by(|&a, &b| nodes[a].1.total_cmp(&nodes[b].1))?;
    let peak = nodes[at];
    if at == 0 || at + 1 == nodes.len() {
        return Some(peak);
    }
    let (before, after) = (nodes[at - 1], nodes[at + 1]);
    let (left, right) = (peak.0 - before.0, after.0 - peak.0);
    // Through unevenly spaced points the refined height may overshoot; there the sample itself is the better word.
    if (left - right).abs() > 1e-3 * left.max(right) {
        return Some(peak);
    }
    let (shift, rise) = vertex(before.1, peak.1, after.1);
    Some((peak.0 + shift * left, peak.1 + rise))
}

/// The lowest point of the nodes, refined likewise.
pub(crate) fn lowest(nodes: &[Node]) -> Option<Node> {
    let turned: Vec<Node> = nodes.iter().map(|&(time, value)| (time, -value)).collect();
    highest(&turned).map(|(time, value)| (time, -value))
}

/// Where the parabola through three equally spaced values has its vertex, in steps from the middle one, and how
/// far above the middle one it lies.
pub(crate) fn vertex(before: f64, peak: f64, after: f64) -> (f64, f64) {
    let curvature = before - 2.0 * peak + after;
    if curvature >= 0.0 {
        return (0.0, 0.0);
    }
    let shift = (0.5 * (before - after) / curvature).clamp(-0.5, 0.5);
    (shift, -0.25 * (before - after) * shift)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_of_a_parabola_is_found_between_samples() {
        let nodes: Vec<Node> = (0..5).map(|i| (f64::from(i), 7.0 - (f64::from(i) - 2.3).powi(2))).collect();
        let (time, value) = highest(&nodes).unwrap();
        assert!((time - 2.3).abs() < 1e-12 && (value - 7.0).abs() < 1e-12);
    }

    #[test]
    fn a_monotonic_curve_has_its_extremes_at_its_ends() {
        let nodes = [(0.0, 1.0), (1.0, 2.0), (2.0, 4.0)];
        assert_eq!((lowest(&nodes), highest(&nodes)), (Some((0.0, 1.0)), Some((2.0, 4.0))));
    }
}
