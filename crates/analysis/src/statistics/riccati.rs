//! The curve by which pressure approaches a plateau, fitted.

use crate::least_squares::Normal;
use crate::signal::Node;

/// `y(s) = plateau + distance u(s)`, `u = (1 + c) e / (1 + c e)`, `e = exp(-rate s)`, `s` from 0 to 1 over the fitted
/// stretch, so that `u(0) = 1`.
///
/// It solves the Riccati equation `u' = -rate u (1 - c/(1 + c) u)`: with `c = 0` an exponential, with other `c`
/// the logistic approach that a constant infusion makes into a space of exponential pressure-volume curve, and
/// with `-1 < c < 0` its relaxation afterwards (Marmarou, Shulman and Rosende 1978, J Neurosurg 48:332).
#[derive(Clone, Copy, Debug)]
pub(super) struct Approach {
    /// Where it leads, unit of y.
    pub plateau: f64,
    /// From the plateau to the beginning of the stretch, unit of y.
    pub distance: f64,
    /// Its rate, per stretch.
    pub rate: f64,
    /// ln(1 + c).
    pub bend: f64,
    /// Sum of the squared residuals.
    pub residual: f64,
}

/// The range of ln(rate) and of ln(1 + c) that is searched.
const RATES: (f64, f64) = (-2.5, 4.5);
const BENDS: (f64, f64) = (-3.0, 8.0);

impl Approach {
    /// The best approach through points with `s` from 0 to 1: for every rate and bend, plateau and distance follow
    /// from linear least squares; the best rate and bend are found on a grid and refined by a shrinking cross.
    pub fn fit(points: &[Node]) -> Option<Self> {
        let mut best: Option<Approach> = None;
        for i in 0..=28 {
            for j in 0..=22 {
                let ln_rate = RATES.0 + (RATES.1 - RATES.0) * f64::from(i) / 28.0;
                let bend = BENDS.0 + (BENDS.1 - BENDS.0) * f64::from(j) / 22.0;
                best = better(best, Self::with(points, ln_rate, bend));
            }
        }
        let mut best = best?;
        let mut step = 0.25;
        while step > 1e-7 {
            let (ln_rate, bend, before) = (best.rate.ln(), best.bend, best.residual);
            for (across, along) in [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1)] {
                let ln_rate = (ln_rate + step * f64::from(across)).clamp(RATES.0, RATES.1);
                let bend = (bend + step * f64::from(along)).clamp(BENDS.0, BENDS.1);
                best = better(Some(best), Self::with(points, ln_rate, bend)).unwrap_or(best);
            }
            if best.residual >= before {
                step *= 0.5;
            }
        }
        Some(best)
    }

    /// The best plateau and distance for a rate and bend.
    fn with(points: &[Node], ln_rate: f64, bend: f64) -> Option<Self> {
        let rate = ln_rate.exp();
        let mut normal = Normal::new(2);
        for (s, y) in points {
            normal.add(&[1.0, course(*s, rate, bend)], *y);
        }
        let fit = normal.solve()?;
        let (plateau, distance) = (fit[0], fit[1]);
        let found = Approach { plateau, distance, rate, bend, residual: 0.0 };
        let residual = points.iter().map(|(s, y)| (y - found.at(*s)).powi(2)).sum();
        Some(Approach { residual, ..found })
    }

    /// The value at `s`.
    pub fn at(&self, s: f64) -> f64 {
        self.plateau + self.distance * course(s, self.rate, self.bend)
    }

    /// The part of the approach made within the stretch, 0 to 1.
    pub fn made(&self) -> f64 {
        1.0 - course(1.0, self.rate, self.bend)
    }

    /// The standard error of the plateau by the linearised model, `sigma^2 (J^T J)^-1`; none where the points do
    /// not determine all four numbers.
    pub fn plateau_error(&self, points: &[Node]) -> Option<f64> {
        let degrees = points.len().checked_sub(4).filter(|free| *free > 0)? as f64;
        let nudge = 1e-4;
        let varied = |ln_rate: f64, bend: f64, s: f64| {
            self.distance * course(s, (self.rate.ln() + ln_rate).exp(), self.bend + bend)
        };
        // The plateau's variance is 1 over what is left of its column once the others have explained it.
        let mut normal = Normal::new(3);
        let mut rows = Vec::with_capacity(points.len());
        for (s, _) in points {
            let row = [
                course(*s, self.rate, self.bend),
                (varied(nudge, 0.0, *s) - varied(-nudge, 0.0, *s)) / (2.0 * nudge),
                (varied(0.0, nudge, *s) - varied(0.0, -nudge, *s)) / (2.0 * nudge),
            ];
            normal.add(&row, 1.0);
            rows.push(row);
        }
        let explained = normal.solve()?;
        let left: f64 = rows
            .iter()
            .map(|row| (1.0 - row.iter().zip(&explained).map(|(a, b)| a * b).sum::<f64>()).powi(2))
            .sum();
        (left > 1e-12).then(|| (self.residual / degrees / left).sqrt())
    }
}

/// `u(s)`.
fn course(s: f64, rate: f64, bend: f64) -> f64 {
    let (decay, scale) = ((-rate * s).exp(), bend.exp());
    scale * decay / (1.0 + (scale - 1.0) * decay)
}

/// Whichever fits better.
fn better(known: Option<Approach>, tried: Option<Approach>) -> Option<Approach> {
    match (known, tried) {
        (Some(known), Some(tried))
            if tried.residual.partial_cmp(&known.residual) != Some(std::cmp::Ordering::Less) =>
        {
            Some(known)
        }
        (known, None) => known,
        (_, tried) => tried,
    }
}
