//! `cycle_rate`: how often a slow rhythm comes round.

use super::band_power::BAND;
use crate::cycles::cycles;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "cycle_rate",
    doc: "Cycles of a slow rhythm over their time, counted within a band of frequencies from lowest to lowest point.",
    unit: UnitRule::Always("Hz"),
    parameters: &BAND,
    needs: &[Need::Window],
};

/// The number of cycles over their lengths.
pub(super) fn measure(subject: &Subject, from_hz: f64, to_hz: f64) -> Result<Finding, MeasureError> {
    let cycles = cycles(subject, from_hz, to_hz)?;
    let lengths: f64 = cycles.iter().map(|cycle| cycle.length()).sum();
    Ok(Finding::plain(cycles.len() as f64 / lengths))
}

#[cfg(test)]
mod tests {
    use crate::testing::steady;
    use crate::{Request, Statistic, Window, measure};
    use std::f64::consts::TAU;

    #[test]
    fn nine_a_minute_beside_a_breath_ten_times_as_large_are_nine() {
        let wave =
            |t: f64| (TAU * 0.15 * t).sin() + 10.0 * (TAU * 0.25 * t).sin() + 4.0 * (TAU * 1.1 * t).sin();
        let statistic = Statistic::CycleRate { from_hz: 0.02, to_hz: 0.22 };
        let request = Request::new(statistic, "p", Window { from: 0.0, to: 300.0 });
        let measured = measure(&steady(300.0, 20.0, wave), &request).unwrap();
        assert!((60.0 * measured.value - 9.0).abs() < 0.05, "{}", 60.0 * measured.value);
    }
}
