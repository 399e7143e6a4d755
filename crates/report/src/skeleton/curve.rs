//! Smooth curves through points.

use crate::number::coordinate;
use std::fmt::Write as _;

/// A point of a curve.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Node {
    pub(crate) at: [f64; 2],
    /// Whether the curve bends sharply here.
    pub(crate) corner: bool,
}

/// Whether a curve comes back to where it began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ends {
    Closed,
    Open,
}

/// The commands of a path through points, each pair joined by a cubic curve. At a point that is no corner the curve runs
/// along the line between its neighbours; handles are a third of their own span, so that it never swings out.
pub(crate) fn commands(nodes: &[Node], ends: Ends, place: impl Fn([f64; 2]) -> [f64; 2]) -> String {
    let count = nodes.len();
    if count < 2 {
        return String::new();
    }
    let at = |i: usize| place(nodes[i % count].at);
    let along = |i: usize| -> [f64; 2] {
        let i = i % count;
        let end = ends == Ends::Open && (i == 0 || i == count - 1);
        if nodes[i].corner || end { [0.0, 0.0] } else { direction(at(i + count - 1), at(i + 1)) }
    };
    let [x, y] = at(0);
    let mut out = format!("M{} {}", coordinate(x), coordinate(y));
    let spans = if ends == Ends::Closed { count } else { count - 1 };
    for i in 0..spans {
        let [from, to] = [at(i), at(i + 1)];
        let reach = (to[0] - from[0]).hypot(to[1] - from[1]) / 3.0;
        let [leave, arrive] = [along(i), along(i + 1)];
        let numbers = [
            from[0] + reach * leave[0],
            from[1] + reach * leave[1],
            to[0] - reach * arrive[0],
            to[1] - reach * arrive[1],
            to[0],
            to[1],
        ];
        let _ = write!(out, "C{}", numbers.map(coordinate).join(" "));
    }
    if ends == Ends::Closed {
        out.push('Z');
    }
    out
}

fn direction(from: [f64; 2], to: [f64; 2]) -> [f64; 2] {
    let [x, y] = [to[0] - from[0], to[1] - from[1]];
    let length = x.hypot(y);
    if length > 0.0 { [x / length, y / length] } else { [0.0, 0.0] }
}

/// A point well inside a closed curve: the middle of the widest stretch at the height of its middle.
pub(crate) fn inner_point(ring: &[Node]) -> Option<[f64; 2]> {
    let middle = centroid(ring)?;
    let mut crossings: Vec<f64> = edges(ring)
        .filter(|[a, b]| (a[1] > middle[1]) != (b[1] > middle[1]))
        .map(|[a, b]| a[0] + (b[0] - a[0]) * (middle[1] - a[1]) / (b[1] - a[1]))
        .collect();
    crossings.sort_by(f64::total_cmp);
    let widest = crossings.chunks_exact(2).max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])))?;
    Some([0.5 * (widest[0] + widest[1]), middle[1]])
}

/// The area inside a closed curve, taken as straight between its points; positive counterclockwise.
pub(crate) fn area(ring: &[Node]) -> f64 {
    0.5 * edges(ring).map(|[a, b]| a[0] * b[1] - b[0] * a[1]).sum::<f64>()
}

fn centroid(ring: &[Node]) -> Option<[f64; 2]> {
    // About the first point, as the frame of a body has its origin far away.
    let origin = ring.first()?.at;
    let near: Vec<Node> = ring
        .iter()
        .map(|node| Node { at: [node.at[0] - origin[0], node.at[1] - origin[1]], ..*node })
        .collect();
    let area = area(&near);
    let sum = |axis: usize| {
        edges(&near).map(|[a, b]| (a[axis] + b[axis]) * (a[0] * b[1] - b[0] * a[1])).sum::<f64>()
    };
    (area != 0.0).then(|| [origin[0] + sum(0) / (6.0 * area), origin[1] + sum(1) / (6.0 * area)])
}

fn edges(ring: &[Node]) -> impl Iterator<Item = [[f64; 2]; 2]> + '_ {
    (0..ring.len()).map(|i| [ring[i].at, ring[(i + 1) % ring.len()].at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(points: &[[f64; 2]]) -> Vec<Node> {
        points.iter().map(|&at| Node { at, corner: true }).collect()
    }

    #[test]
    fn corners_are_joined_by_straight_lines() {
        let square = ring(&[[0.0, 0.0], [3.0, 0.0], [3.0, 3.0]]);
        let open = commands(&square, Ends::Open, |p| p);
        assert_eq!(open, "M0 0C0 0 3 0 3 0C3 0 3 3 3 3");
        assert!(commands(&square, Ends::Closed, |p| p).ends_with("3 3 0 0 0 0Z"));
    }

    #[test]
    fn a_smooth_point_leaves_along_the_line_between_its_neighbours() {
        let mut bend = ring(&[[0.0, 0.0], [3.0, 3.0], [6.0, 0.0]]);
        bend[1].corner = false;
        let path = commands(&bend, Ends::Open, |p| p);
        assert!(path.contains("1.59 3 3 3C4.41 3"), "{path}");
    }

    #[test]
    fn a_point_inside_a_horseshoe_lies_in_one_of_its_arms() {
        let shoe = ring(&[
            [0.0, 0.0],
            [10.0, 0.0],
            [10.0, 9.0],
            [7.0, 9.0],
            [7.0, 1.0],
            [2.0, 1.0],
            [2.0, 9.0],
            [0.0, 9.0],
        ]);
        let [x, _] = inner_point(&shoe).unwrap();
        assert!((7.0..10.0).contains(&x));
        assert!(area(&shoe) > 0.0);
    }
}
