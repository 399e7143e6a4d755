//! What makes a measured course differ from a smooth one, and what that does to figures fitted to it.
//!
//! Residuals of a test are no white noise: slow waves hang together over half a minute, sensors drift, tissue yields. Three
//! parts make a candidate: white noise, a slow wave whose memory fades (Ornstein and Uhlenbeck 1930), which may grow with the
//! elastance as waves of blood volume do, and a walk at random for all drift. Which sizes they have is not known from so
//! few data, so no one candidate is chosen: each counts by its restricted likelihood (Patterson and Thompson 1971, Biometrika
//! 58:545), and an interval is that of the mixture.

use nalgebra::{DMatrix, DVector};

/// One candidate; sizes are relative to the variance of the slow wave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Candidate {
    /// Variance of white noise.
    white: f64,
    /// Memory of the slow wave, s.
    memory: f64,
    /// Variance that the walk gathers in a minute.
    walk: f64,
    /// Whether the slow wave grows with the elastance.
    grows: bool,
}

/// All candidates: the grid is coarse, as they are averaged over. Assumed spans: memories from below a window to a slow B wave
/// of two minutes, white noise and walk from next to nothing to the larger part.
fn candidates() -> Vec<Candidate> {
    let mut all = Vec::new();
    for white in [0.02, 0.1, 0.5, 2.0, 20.0] {
        for memory in [6.0, 12.0, 25.0, 50.0, 100.0] {
            for walk in [0.0, 0.002, 0.008, 0.03, 0.12, 0.5] {
                for grows in [false, true] {
                    all.push(Candidate { white, memory, walk, grows });
                }
            }
        }
    }
    all
}

/// The times of the windows and how much larger waves of volume are there than at rest.
#[derive(Clone, Debug)]
pub(crate) struct Course {
    /// Middles of the windows, s.
    pub times: Vec<f64>,
    /// Elastance over that at rest.
    pub growth: Vec<f64>,
}

impl Candidate {
    /// Columns made white by the filter of Kalman (1960), and the logarithm of the determinant of the covariance.
    pub fn whiten(&self, course: &Course, columns: &DMatrix<f64>) -> (DMatrix<f64>, f64) {
        let mut white = columns.clone();
        let mut means = vec![[0.0; 2]; columns.ncols()];
        // Variance of the wave, covariance, variance of the walk.
        let [mut wave, mut both, mut walk] = [1.0, 0.0, 0.0];
        let mut logarithm = 0.0;
        let mut before = course.times.first().copied().unwrap_or(0.0);
        for (row, &time) in course.times.iter().enumerate() {
            let kept = (-(time - before) / self.memory).exp();
            wave = 1.0 + kept * kept * (wave - 1.0);
            both *= kept;
            walk += self.walk * (time - before) / 60.0;
            before = time;
            let size = self.size(course, row);
            let [to_wave, to_walk] = [size * wave + both, size * both + walk];
            let variance = size * to_wave + to_walk + self.white;
            let deviation = variance.sqrt();
            logarithm += variance.ln();
            for (column, mean) in means.iter_mut().enumerate() {
                mean[0] *= kept;
                let new = columns[(row, column)] - size * mean[0] - mean[1];
                white[(row, column)] = new / deviation;
                mean[0] += to_wave / variance * new;
                mean[1] += to_walk / variance * new;
            }
            wave -= to_wave * to_wave / variance;
            both -= to_wave * to_walk / variance;
            walk -= to_walk * to_walk / variance;
        }
        (white, logarithm)
    }

    fn size(&self, course: &Course, row: usize) -> f64 {
        if self.grows { course.growth[row] } else { 1.0 }
    }

    /// Variance of a weighted sum of windows.
    fn variance_of(&self, course: &Course, weights: &[(usize, f64)]) -> f64 {
        let start = course.times.first().copied().unwrap_or(0.0);
        let mut sum = 0.0;
        for &(i, left) in weights {
            for &(j, right) in weights {
                let (early, late) =
                    (course.times[i].min(course.times[j]), course.times[i].max(course.times[j]));
                let wave =
                    (-(late - early) / self.memory).exp() * self.size(course, i) * self.size(course, j);
                let white = if i == j { self.white } else { 0.0 };
                sum += left * right * (wave + white + self.walk * (early - start) / 60.0);
            }
        }
        sum
    }
}

/// What the residuals of a fit say of the noise and of the parameters.
#[derive(Clone, Debug)]
pub(crate) struct Mixture {
    /// By how much the parameters are better moved.
    pub shift: DVector<f64>,
    /// Their covariance.
    pub covariance: DMatrix<f64>,
    /// Candidates with their weights and variances of the slow wave, mmHg^2; those of no weight left out.
    parts: Vec<(Candidate, f64, f64)>,
    /// Logarithm of the restricted likelihood of all candidates together.
    pub likelihood: f64,
}

impl Mixture {
    /// From residuals and how these fall with each parameter; none where the parameters are not told apart at all.
    pub fn of(course: &Course, residuals: &DVector<f64>, slopes: &DMatrix<f64>) -> Option<Self> {
        let (rows, unknowns) = slopes.shape();
        if rows <= unknowns {
            return None;
        }
        let freedom = (rows - unknowns) as f64;
        let mut columns = slopes.clone().insert_column(unknowns, 0.0);
        columns.set_column(unknowns, residuals);
        let mut found = Vec::new();
        for candidate in candidates() {
            let (white, logarithm) = candidate.whiten(course, &columns);
            let (left, right) = (white.columns(0, unknowns), white.column(unknowns));
            let Some(factor) = left.tr_mul(&left).cholesky() else { continue };
            let toward = left.tr_mul(&right);
            let shift = factor.solve(&toward);
            // Noise-free courses leave only rounding.
            let variance = ((right.norm_squared() - toward.dot(&shift)) / freedom).max(1e-24);
            let determinant = factor.l_dirty().diagonal().iter().take(unknowns).map(|d| d.ln()).sum::<f64>();
            let likelihood = -0.5 * (freedom * variance.ln() + logarithm) - determinant;
            found.push((candidate, likelihood, shift, factor.inverse() * variance, variance));
        }
        let most = found.iter().map(|part| part.1).reduce(f64::max)?;
        let total: f64 = found.iter().map(|part| (part.1 - most).exp()).sum();
        found.retain(|part| part.1 > most - 12.0);
        let weight = |likelihood: f64| (likelihood - most).exp() / total;
        let mut shift = DVector::zeros(unknowns);
        found.iter().for_each(|part| shift += &part.2 * weight(part.1));
        let mut covariance = DMatrix::zeros(unknowns, unknowns);
        for (_, likelihood, own, spread, _) in &found {
            let off = own - &shift;
            covariance += (spread + &off * off.transpose()) * weight(*likelihood);
        }
        let parts = found.iter().map(|part| (part.0, weight(part.1), part.4)).collect();
        Some(Mixture { shift, covariance, parts, likelihood: most + total.ln() })
    }

    /// The candidate that counts most.
    pub fn likeliest(&self) -> Option<Candidate> {
        self.parts.iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|part| part.0)
    }

    /// Variance of a weighted sum of windows, mmHg^2.
    pub fn variance_of(&self, course: &Course, weights: &[(usize, f64)]) -> f64 {
        self.parts
            .iter()
            .map(|(part, weight, scale)| weight * scale * part.variance_of(course, weights))
            .sum()
    }

    /// Standard deviations at rest in mmHg: white noise, slow wave, and walk in half an hour; and the memory of the wave, s.
    pub fn sizes(&self) -> [f64; 4] {
        let mean = |of: &dyn Fn(&Candidate, f64) -> f64| -> f64 {
            self.parts.iter().map(|(part, weight, scale)| weight * of(part, *scale)).sum()
        };
        [
            mean(&|part, scale| part.white * scale).sqrt(),
            mean(&|_, scale| scale).sqrt(),
            mean(&|part, scale| 30.0 * part.walk * scale).sqrt(),
            mean(&|part, _| part.memory),
        ]
    }
}
