//! `cycle_ratio`: whether a slow rhythm rises as long as it falls.

use super::band_power::BAND;
use crate::cycles::cycles;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "cycle_ratio",
    doc: "How long a slow rhythm rises over how long it falls, within a band of frequencies.",
    unit: UnitRule::Always("1"),
    parameters: &BAND,
    needs: &[Need::Window],
};

/// The sum of the times in which it rises over that of the times in which it falls.
pub(super) fn measure(subject: &Subject, from_hz: f64, to_hz: f64) -> Result<Finding, MeasureError> {
    let cycles = cycles(subject, from_hz, to_hz)?;
    let rise: f64 = cycles.iter().map(|cycle| cycle.rise).sum();
    let fall: f64 = cycles.iter().map(|cycle| cycle.fall).sum();
    Ok(Finding::plain(rise / fall))
}

#[cfg(test)]
mod tests {
    use crate::testing::steady;
    use crate::{Request, Statistic, Window, measure};
    use std::f64::consts::TAU;

    #[test]
    fn a_rhythm_that_rises_slowly_is_told_from_an_even_one() {
        // The second harmonic leans the wave over.
        let wave = |lean: f64| move |t: f64| (TAU * 0.06 * t).sin() - lean * (TAU * 0.12 * t).sin();
        let statistic = Statistic::CycleRatio { from_hz: 0.02, to_hz: 0.22 };
        let request = Request::new(statistic, "p", Window { from: 0.0, to: 300.0 });
        let ratio = |lean: f64| measure(&steady(300.0, 20.0, wave(lean)), &request).unwrap().value;
        assert!((ratio(0.0) - 1.0).abs() < 0.05, "{}", ratio(0.0));
        assert!(ratio(0.3) > 1.4, "{}", ratio(0.3));
    }
}
