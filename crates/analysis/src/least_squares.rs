//! Least squares: a straight line, and a few basis functions by normal equations.

use crate::signal::Node;

/// The straight line that fits best.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    /// Units of y per unit of x.
    pub slope: f64,
    /// Pearson's correlation of x and y; zero where y does not vary.
    pub correlation: f64,
}

/// Fits `y = a + slope x`; none where x does not vary.
pub(crate) fn line(points: &[Node]) -> Option<Line> {
    let count = points.len() as f64;
    let first = points.first()?;
    // About the first point, so that offsets cost no digits.
    let (mut mean_x, mut mean_y) = (0.0, 0.0);
    for (x, y) in points {
        mean_x += (x - first.0) / count;
        mean_y += (y - first.1) / count;
    }
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in points {
        let (dx, dy) = (x - first.0 - mean_x, y - first.1 - mean_y);
        xx += dx * dx;
        xy += dx * dy;
        yy += dy * dy;
    }
    if points.len() < 2 || !varies(xx, count, first.0 + mean_x) {
        return None;
    }
    let correlation = if varies(yy, count, first.1 + mean_y) { xy / (xx * yy).sqrt() } else { 0.0 };
    Some(Line { slope: xy / xx, correlation })
}

/// Whether a sum of squared deviations is more than the rounding of values about `mean`.
fn varies(squares: f64, count: f64, mean: f64) -> bool {
    squares > count * (1e-13 * mean).powi(2) && squares > 0.0
}

/// Normal equations `A x = b` being gathered row by row.
pub(crate) struct Normal {
    size: usize,
    matrix: Vec<f64>,
    right: Vec<f64>,
}

impl Normal {
    /// Without rows yet, for `size` unknowns.
    pub fn new(size: usize) -> Self {
        Normal { size, matrix: vec![0.0; size * size], right: vec![0.0; size] }
    }

    /// Adds the equation `row . x = y`.
    pub fn add(&mut self, row: &[f64], y: f64) {
        for (i, left) in row.iter().enumerate().take(self.size) {
            self.right[i] += left * y;
            for (j, value) in row.iter().enumerate().take(i + 1) {
                self.matrix[i * self.size + j] += left * value;
            }
        }
    }

    /// The best x; none where the rows do not determine it.
    pub fn solve(mut self) -> Option<Vec<f64>> {
        let n = self.size;
        let scale: Vec<f64> = (0..n).map(|i| self.matrix[i * n + i]).collect();
        for (i, scale) in scale.iter().enumerate() {
            for j in 0..=i {
                let known: f64 = (0..j).map(|k| self.matrix[i * n + k] * self.matrix[j * n + k]).sum();
                let rest = self.matrix[i * n + j] - known;
                if i == j && rest <= 1e-12 * scale {
                    return None;
                }
                self.matrix[i * n + j] = if i == j { rest.sqrt() } else { rest / self.matrix[j * n + j] };
            }
        }
        let mut x = self.right;
        for i in 0..n {
            let known: f64 = (0..i).map(|k| self.matrix[i * n + k] * x[k]).sum();
            x[i] = (x[i] - known) / self.matrix[i * n + i];
        }
        for i in (0..n).rev() {
            let known: f64 = (i + 1..n).map(|k| self.matrix[k * n + i] * x[k]).sum();
            x[i] = (x[i] - known) / self.matrix[i * n + i];
        }
        Some(x)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_recovered_despite_a_large_offset() {
        let points: Vec<Node> = (0..50).map(|i| (1e6 + f64::from(i), 1e5 - 0.25 * f64::from(i))).collect();
        let found = line(&points).unwrap();
        assert!((found.slope + 0.25).abs() < 1e-9 && (found.correlation + 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_constant_neither_explains_nor_is_explained() {
        assert!(line(&[(2.0, 1.0), (2.0, 3.0)]).is_none());
        assert_eq!(line(&[(1.0, 0.1), (2.0, 0.1), (3.0, 0.1)]).unwrap().correlation, 0.0);
    }

    #[test]
    fn three_unknowns_are_found_and_twins_refused() {
        let mut normal = Normal::new(3);
        let mut twins = Normal::new(2);
        for i in 0..20 {
            let x = f64::from(i) / 10.0;
            normal.add(&[1.0, x, x * x], 2.0 - 3.0 * x + 0.5 * x * x);
            twins.add(&[x, 2.0 * x], x);
        }
        let found = normal.solve().unwrap();
        for (found, truth) in found.iter().zip([2.0, -3.0, 0.5]) {
            assert!((found - truth).abs() < 1e-9);
        }
        assert!(twins.solve().is_none());
    }
}
