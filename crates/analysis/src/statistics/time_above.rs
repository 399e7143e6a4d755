//! `time_above`: for how long a slow course is above a level.

use crate::slow::course;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, ParameterInfo, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "time_above",
    doc: "Time within the window in which the beat means lie above a level: the length of a plateau wave.",
    unit: UnitRule::Always("s"),
    parameters: &[ParameterInfo {
        name: "level",
        doc: "The level, a number in the unit of the channel.",
        unit: "1",
        allowed: (-1e9, 1e9),
    }],
    needs: &[Need::Window],
};

/// The length of all t with `y(t) > level`, `y` the means of whole beats (of equal pieces where no beats are marked),
/// linear between their middles.
pub(super) fn measure(subject: &Subject, level: f64) -> Result<Finding, MeasureError> {
    let means = course(subject.recording, &subject.signal, subject.window());
    let above = means.windows(2).map(|pair| {
        let [(from, left), (to, right)] = [pair[0], pair[1]];
        let (low, high) = (left.min(right), left.max(right));
        let part = if high <= level {
            0.0
        } else if low >= level {
            1.0
        } else {
            (high - level) / (high - low)
        };
        part * (to - from)
    });
    Ok(Finding::plain(above.sum()))
}

#[cfg(test)]
mod tests {
    use crate::testing::pulsatile;
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn a_plateau_of_ten_minutes_lasts_ten_minutes() {
        let recording = pulsatile(1800.0, 20.0, 1.0, |t, phi| {
            let mean = if (600.0..1200.0).contains(&t) { 70.0 } else { 20.0 };
            mean + 5.0 * phi.sin()
        });
        let statistic = Statistic::TimeAbove { level: 40.0 };
        let request = Request::new(statistic, "p", Window { from: 0.0, to: 1800.0 });
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - 600.0).abs() < 1.0, "{}", measured.value);
        assert_eq!(measured.unit, "s");
    }
}
