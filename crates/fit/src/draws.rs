//! What is left open by a recording, drawn instead of believed.

use nalgebra::{Cholesky, DMatrix, DVector};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rand_distr::{ChiSquared, Distribution, StandardNormal};
use serde::Serialize;

use crate::error::{FitError, input};
use crate::noise::Noise;
use crate::profile::Ends;
use crate::search::{Point, REPEATED, Watch, misfit};
use crate::trial::Trial;

/// Fewer draws than this do not tell ends of intervals of 95 % (assumed: five beyond them).
pub(crate) const FEWEST: usize = 100;
/// Draws count for the ends of intervals where they are worth as many as this, equally weighed (assumed: one beyond each end).
const WORTH: f64 = 40.0;
/// Degrees of freedom of the distribution that is drawn from: its tails are wider than those of what is sought.
const FREEDOM: f64 = 5.0;
/// The same draws in every fit: what is found again is the same again.
const SEED: u64 = 1;

/// Draws from what recording and published ranges leave, each with its weight.
#[derive(Clone, Debug, Serialize)]
pub struct Draws {
    /// The factor of each value, by draw.
    pub factors: Vec<Vec<f64>>,
    /// The weight of each draw; all come to one.
    pub weights: Vec<f64>,
    /// As many draws of equal weight would tell as much (Kish 1965).
    pub effective: f64,
}

impl Draws {
    /// Whether there are enough for ends of intervals.
    #[must_use]
    pub fn suffice(&self) -> bool {
        self.effective >= WORTH
    }

    /// The ends between which 95 % of a value lie.
    pub(crate) fn ends(&self, value: usize) -> Ends {
        let mut sorted: Vec<(f64, f64)> = self
            .factors
            .iter()
            .zip(&self.weights)
            .map(|(draw, weight)| (draw[value].ln(), *weight))
            .collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        Ends { x: [0.025, 0.975].map(|share| quantile(&sorted, share)), bent: false }
    }
}

/// Where a share of the weight lies below, between the middles of sorted draws.
fn quantile(sorted: &[(f64, f64)], share: f64) -> f64 {
    let mut below = 0.0;
    let mut last: Option<(f64, f64)> = None;
    for (x, weight) in sorted {
        let middle = below + 0.5 * weight;
        if middle >= share {
            return last.map_or(*x, |(from, at)| from + (x - from) * (share - at) / (middle - at));
        }
        (below, last) = (below + weight, Some((*x, middle)));
    }
    last.map_or(f64::NAN, |(x, _)| x)
}

/// Draws from around the least and runs each draw: weighed by how much likelier it is than it was to be drawn (importance
/// sampling, Kloek and van Dijk 1978, from a multivariate t distribution with the curvature at the least). Draws do not wait for
/// one another, so that they run in lanes and on all cores.
pub(crate) fn drawn(
    trial: &Trial,
    least: &Point,
    recorded: &[f64],
    noise: &Noise,
    covariance: &DMatrix<f64>,
    count: usize,
    watch: &Watch<'_>,
) -> Result<Draws, FitError> {
    let repeated = DMatrix::from_diagonal_element(least.x.len(), least.x.len(), REPEATED * REPEATED);
    let Some(root) = Cholesky::new(covariance + repeated) else {
        return Err(FitError::Run("the curvature at the least leaves some direction open".to_owned()));
    };
    let (ways, rarities) = proposed(&least.x, &root.l(), count)?;
    let ends = trial.simulate_living(&ways, watch)?;
    let logarithm = |number: usize| {
        let Some(simulated) = ends[number].clone() else { return f64::NEG_INFINITY };
        rarities[number] - 0.5 * misfit(trial, &Point { x: ways[number].clone(), simulated }, recorded, noise)
    };
    let logarithms: Vec<f64> = (0..count).map(logarithm).collect();
    let weights = weights(&logarithms);
    let effective = 1.0 / weights.iter().map(|weight| weight * weight).sum::<f64>();
    let factors = ways.into_iter().map(|way| way.into_iter().map(f64::exp).collect()).collect();
    Ok(Draws { factors, weights, effective })
}

/// Draws, and how rare each is: less the logarithm of its density, up to what all share.
fn proposed(least: &[f64], root: &DMatrix<f64>, count: usize) -> Result<(Vec<Vec<f64>>, Vec<f64>), FitError> {
    let Ok(spread) = ChiSquared::new(FREEDOM) else { return input("no distribution to draw from") };
    let mut chance = ChaCha8Rng::seed_from_u64(SEED);
    let draw = |_| {
        let normal = DVector::from_fn(least.len(), |_, _| StandardNormal.sample(&mut chance));
        let way: DVector<f64> = normal * (FREEDOM / spread.sample(&mut chance)).sqrt();
        let rarity = 0.5 * (FREEDOM + least.len() as f64) * (way.norm_squared() / FREEDOM).ln_1p();
        let moved = root * way;
        (least.iter().zip(moved.iter()).map(|(least, by)| least + by).collect(), rarity)
    };
    Ok((0..count).map(draw).unzip())
}

/// Weights that come to one.
fn weights(logarithms: &[f64]) -> Vec<f64> {
    let highest = logarithms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let raw: Vec<f64> = logarithms.iter().map(|logarithm| (logarithm - highest).exp()).collect();
    let sum: f64 = raw.iter().sum();
    raw.into_iter().map(|weight| weight / sum).collect()
}

#[cfg(test)]
mod tests {
    use nalgebra::DMatrix;

    use super::{Draws, proposed, weights};

    /// Draws weighed for a distribution whose ends are known: a normal one, and its exponential.
    fn of_normal(count: usize) -> Draws {
        let root = DMatrix::from_row_slice(2, 2, &[0.3, 0.0, 0.1, 0.2]);
        let (ways, rarities) = proposed(&[0.5, -0.2], &root, count).expect("draws");
        // The density of what is sought, as if the misfit were a square: x = least + root z.
        let inverse = root.clone().try_inverse().expect("an inverse");
        let logarithm = |(way, rarity): (&Vec<f64>, &f64)| {
            let z = &inverse * nalgebra::DVector::from_vec(vec![way[0] - 0.5, way[1] + 0.2]);
            rarity - 0.5 * z.norm_squared()
        };
        let logarithms: Vec<f64> = ways.iter().zip(&rarities).map(logarithm).collect();
        let weights = weights(&logarithms);
        let effective = 1.0 / weights.iter().map(|weight| weight * weight).sum::<f64>();
        Draws {
            factors: ways.iter().map(|way| way.iter().map(|x| x.exp()).collect()).collect(),
            weights,
            effective,
        }
    }

    #[test]
    fn ends_are_those_of_a_known_distribution() {
        let draws = of_normal(20_000);
        assert!(draws.suffice() && draws.effective > 10_000.0, "{}", draws.effective);
        for (value, middle, deviation) in [(0, 0.5, 0.3), (1, -0.2, 0.05_f64.sqrt())] {
            let [low, high] = draws.ends(value).x;
            assert!((low - (middle - 1.96 * deviation)).abs() < 0.05 * deviation, "{low}");
            assert!((high - (middle + 1.96 * deviation)).abs() < 0.05 * deviation, "{high}");
        }
    }

    #[test]
    fn one_draw_that_has_all_the_weight_does_not_suffice() {
        let draws = Draws {
            factors: vec![vec![1.0]; 200],
            weights: weights(&[&[0.0][..], &[-90.0; 199]].concat()),
            effective: 1.0,
        };
        assert!((draws.weights[0] - 1.0).abs() < 1e-12 && !draws.suffice());
    }

    #[test]
    fn where_the_model_cannot_live_nothing_is_weighed() {
        assert_eq!(weights(&[0.0, f64::NEG_INFINITY, 0.0]), [0.5, 0.0, 0.5]);
    }
}
