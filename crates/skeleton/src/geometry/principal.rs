//! How far weighted points spread, and along which axes.

use super::{Matrix, Vector};

/// Weighted points, summed: their mean and how far they spread along their principal axes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spread {
    weight: f64,
    first: Vector,
    second: Matrix,
}

impl Spread {
    /// Adds a point.
    pub fn add(&mut self, point: &Vector, weight: f64) {
        self.weight += weight;
        self.first += weight * point;
        self.second += weight * point * point.transpose();
    }

    /// Adds all points of another, each weight multiplied by `factor`.
    pub fn add_all(&mut self, other: &Self, factor: f64) {
        self.weight += factor * other.weight;
        self.first += factor * other.first;
        self.second += factor * other.second;
    }

    /// The mean point.
    #[must_use]
    pub fn mean(&self) -> Vector {
        if self.weight > 0.0 { self.first / self.weight } else { Vector::zeros() }
    }

    /// Standard deviations, the largest first, and the unit axes along which they are found. The first two axes
    /// point to where their largest component is positive, the third completes a right-handed frame.
    #[must_use]
    pub fn principal(&self) -> ([f64; 3], [Vector; 3]) {
        let mean = self.mean();
        let covariance = if self.weight > 0.0 {
            self.second / self.weight - mean * mean.transpose()
        } else {
            Matrix::zeros()
        };
        let eigen = covariance.symmetric_eigen();
        let mut order = [0, 1, 2];
        order.sort_by(|&a, &b| eigen.eigenvalues[b].total_cmp(&eigen.eigenvalues[a]));
        let deviations = order.map(|i| eigen.eigenvalues[i].max(0.0).sqrt());
        let axis = |i: usize| forward(eigen.eigenvectors.column(order[i]).into_owned());
        let (first, second) = (axis(0), axis(1));
        (deviations, [first, second, first.cross(&second)])
    }
}

fn forward(axis: Vector) -> Vector {
    if axis[axis.iamax()] < 0.0 { -axis } else { axis }
}
