//! Correlations of ten-second means in a moving window: what RAP, PRx, PAx and Mx have in common.

use super::chance::{independent_pairs, of_correlation};
use super::over_time::{Windowed, follow};
use super::{IndexInfo, OverTime, Settings};
use crate::least_squares::line;
use cisterna_recording::Channel;

/// The length of the means that are correlated, s: longer than a breath (Czosnyka and Pickard 2004, JNNP 75:813: six to
/// ten seconds).
pub(crate) const BLOCK: f64 = 10.0;
/// Thirty means of ten seconds, a value a minute, half of them valid.
pub(super) const SETTINGS: Settings = Settings { window: 300.0, step: 60.0, least_valid: 0.5 };
pub(super) const INTERVAL: &str = "each value by Fisher's transform of as many pairs as are independent, by how far both remember (Bretherton and others 1999, J Climate 12:1990, as quoted by others); the mean by Student's t from batches of two windows or more";

/// Pearson's correlation of two channels in each window.
pub(super) fn correlate(
    info: &'static IndexInfo,
    settings: Option<Settings>,
    first: &Channel,
    second: &Channel,
) -> OverTime {
    let settings = settings.or(info.settings).unwrap_or(SETTINGS);
    follow(info, settings, "1", &[first, second], BLOCK, |rows| pearson(&rows[0], &rows[1]))
}

/// `sum (x_i - x)(y_i - y) / sqrt(sum (x_i - x)^2 sum (y_i - y)^2)` with its interval; none where one does not vary.
fn pearson(x: &[f64], y: &[f64]) -> Windowed {
    let pairs =
        |x: &[f64], y: &[f64]| -> Vec<(f64, f64)> { x.iter().copied().zip(y.iter().copied()).collect() };
    let lacking = "one of the two does not vary";
    let found = line(&pairs(x, y)).ok_or(lacking)?;
    line(&pairs(y, x)).ok_or(lacking)?;
    Ok((found.correlation, of_correlation(found.correlation, independent_pairs(x, y))))
}

#[cfg(test)]
mod tests;
