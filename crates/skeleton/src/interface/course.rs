//! The line along which two bones face each other.

use crate::geometry::Vector;

/// Points of the line per length, mm.
const STEP: f64 = 8.0;
/// A line of how many points at most.
const MOST: usize = 12;

/// The mean points of slices across the first principal axis, from one end to the other; an empty slice gives none.
pub fn course(points: &[(Vector, f64)], axis: &Vector) -> Vec<Vector> {
    let along = |point: &Vector| point.dot(axis);
    let low = points.iter().map(|(point, _)| along(point)).fold(f64::INFINITY, f64::min);
    let high = points.iter().map(|(point, _)| along(point)).fold(f64::NEG_INFINITY, f64::max);
    let length = high - low;
    let count = ((length / STEP).round().max(2.0) as usize).min(MOST);
    let mut sums = vec![(Vector::zeros(), 0.0); count];
    for (point, weight) in points {
        let slice = ((along(point) - low) / length * count as f64) as usize;
        let sum = &mut sums[slice.min(count - 1)];
        sum.0 += *weight * point;
        sum.1 += weight;
    }
    sums.into_iter().filter(|(_, weight)| *weight > 0.0).map(|(sum, weight)| sum / weight).collect()
}
