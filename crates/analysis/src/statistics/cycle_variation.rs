//! `cycle_variation`: how regular a slow rhythm is.

use super::band_power::BAND;
use crate::cycles::cycles;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "cycle_variation",
    doc: "Coefficient of variation of the lengths of a slow rhythm's cycles within a band of frequencies: 0 for a clock.",
    unit: UnitRule::Always("1"),
    parameters: &BAND,
    needs: &[Need::Window],
};

/// The standard deviation of the lengths over their mean.
pub(super) fn measure(subject: &Subject, from_hz: f64, to_hz: f64) -> Result<Finding, MeasureError> {
    let cycles = cycles(subject, from_hz, to_hz)?;
    let count = cycles.len() as f64;
    let mean = cycles.iter().map(|cycle| cycle.length()).sum::<f64>() / count;
    let squares: f64 = cycles.iter().map(|cycle| (cycle.length() - mean).powi(2)).sum();
    Ok(Finding::plain((squares / (count - 1.0)).sqrt() / mean))
}

#[cfg(test)]
mod tests {
    use crate::testing::steady;
    use crate::{Request, Statistic, Window, measure};
    use std::f64::consts::TAU;

    #[test]
    fn a_clock_does_not_vary_and_a_wandering_rate_does() {
        let statistic = Statistic::CycleVariation { from_hz: 0.02, to_hz: 0.22 };
        let request = Request::new(statistic, "p", Window { from: 0.0, to: 300.0 });
        let clock = steady(300.0, 20.0, |t| (TAU * 0.1 * t).sin());
        let wandering = steady(300.0, 20.0, |t| (TAU * 0.1 * t + 2.0 * (TAU * 0.02 * t).sin()).sin());
        assert!(measure(&clock, &request).unwrap().value < 0.02);
        assert!(measure(&wandering, &request).unwrap().value > 0.15);
    }
}
