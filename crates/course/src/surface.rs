//! What the fast part answers, as a function of what the slow part holds it at.

/// The points at which the fast part is run, from the lowest to the highest value of each root: all low; each alone at its
/// middle and at its top; each two at their tops; and last, as a check, all at their middles.
pub(crate) fn points(low: &[f64], high: &[f64]) -> Vec<Vec<f64>> {
    let at = |shares: &[(usize, f64)]| {
        let mut point = low.to_vec();
        for &(axis, share) in shares {
            point[axis] += share * (high[axis] - low[axis]);
        }
        point
    };
    let axes = || 0..low.len();
    let mut points = vec![at(&[])];
    points.extend(axes().flat_map(|axis| [at(&[(axis, 0.5)]), at(&[(axis, 1.0)])]));
    points.extend(pairs(low.len()).map(|(first, second)| at(&[(first, 1.0), (second, 1.0)])));
    if !low.is_empty() {
        points.push(at(&axes().map(|axis| (axis, 0.5)).collect::<Vec<_>>()));
    }
    points
}

/// Every two axes.
pub(crate) fn pairs(axes: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..axes).flat_map(move |first| (first + 1..axes).map(move |second| (first, second)))
}

/// `f = c + sum a_i d_i + sum b_i d_i^2 + sum c_ij d_i d_j`, `d = z - low`: through every point but the last.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Surface {
    pub rest: f64,
    pub slopes: Vec<f64>,
    pub squares: Vec<f64>,
    /// In the order of [`pairs`].
    pub products: Vec<f64>,
}

impl Surface {
    /// The surface through values at the points of [`points`].
    pub fn through(values: &[f64], low: &[f64], high: &[f64]) -> Self {
        let rest = values[0];
        let axes = low.len();
        let width = |axis: usize| high[axis] - low[axis];
        let top = |axis: usize| values[2 + 2 * axis];
        let bent = |axis: usize| {
            let [middle, top] = [values[1 + 2 * axis] - rest, top(axis) - rest];
            ((4.0 * middle - top) / width(axis), 2.0 * (top - 2.0 * middle) / width(axis).powi(2))
        };
        let (slopes, squares) = (0..axes).map(bent).unzip();
        let product = |(place, (first, second)): (usize, (usize, usize))| {
            let both = values[1 + 2 * axes + place];
            (both - top(first) - top(second) + rest) / (width(first) * width(second))
        };
        let products = pairs(axes).enumerate().map(product).collect();
        Surface { rest, slopes, squares, products }
    }

    /// Its value so far above the low ends.
    pub fn at(&self, above: &[f64]) -> f64 {
        let single = above.iter().zip(self.slopes.iter().zip(&self.squares));
        let alone: f64 = single.map(|(d, (slope, square))| d * (slope + square * d)).sum();
        let crossed = pairs(above.len()).zip(&self.products);
        let together: f64 =
            crossed.map(|((first, second), product)| product * above[first] * above[second]).sum();
        self.rest + alone + together
    }
}

#[cfg(test)]
mod tests {
    use super::{Surface, points};

    #[test]
    fn a_bent_surface_is_met_everywhere() {
        let (low, high) = ([0.0, 1.0, -1.0], [2.0, 2.0, 3.0]);
        let f = |z: &[f64]| {
            3.0 + z[0] - 2.0 * z[1] + 0.5 * z[2] + 0.3 * z[0] * z[0] - z[2] * z[2] + 0.7 * z[0] * z[1]
                - z[1] * z[2]
        };
        let values: Vec<f64> = points(&low, &high).iter().map(|point| f(point)).collect();
        let surface = Surface::through(&values, &low, &high);
        for z in [[0.3, 1.2, 2.5], [1.9, 1.0, -0.5]] {
            let above: Vec<f64> = z.iter().zip(low).map(|(z, low)| z - low).collect();
            assert!((surface.at(&above) - f(&z)).abs() < 1e-12);
        }
        assert_eq!(points(&[], &[]).len(), 1);
        assert_eq!(points(&low, &high).len(), 1 + 6 + 3 + 1);
    }
}
