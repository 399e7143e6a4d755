//! Directions spread evenly.

use std::f64::consts::PI;

use super::Vector;

/// `count` directions spread evenly over the sphere (a spiral of golden angles); each stands for `4 π / count`.
pub fn directions(count: usize) -> impl Iterator<Item = Vector> {
    let golden = PI * (3.0 - 5.0_f64.sqrt());
    (0..count).map(move |i| {
        let z = 1.0 - (2 * i + 1) as f64 / count as f64;
        let (sine, cosine) = (golden * i as f64).sin_cos();
        let radius = (1.0 - z * z).max(0.0).sqrt();
        Vector::new(radius * cosine, radius * sine, z)
    })
}
