//! A level, a rising line, and a level again.

use crate::least_squares::Normal;
use crate::signal::Node;

/// The best fit of `y = level + slope (clamp(x, from, to) - from)`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hinge {
    /// The level below `from`.
    pub level: f64,
    /// Units of y per unit of x between the two knees.
    pub slope: f64,
    /// The sum of squares that it leaves.
    pub misfit: f64,
}

/// The least-squares fit for given knees; none where the line does not rise.
pub(crate) fn fit(points: &[Node], from: f64, to: f64) -> Option<Hinge> {
    let over = |x: f64| x.min(to).max(from) - from;
    let mut normal = Normal::new(2);
    points.iter().for_each(|(x, y)| normal.add(&[1.0, over(*x)], *y));
    let found = normal.solve()?;
    let left = |(x, y): &Node| (y - found[0] - found[1] * over(*x)).powi(2);
    (found[1] > 0.0).then(|| Hinge {
        level: found[0],
        slope: found[1],
        misfit: points.iter().map(left).sum(),
    })
}
