//! `net_volume`: the integral over the window.

use super::mean;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "net_volume",
    doc: "Integral over the window; missing stretches are taken to carry the mean.",
    unit: UnitRule::TimesSeconds,
    parameters: &[],
    needs: &[Need::Window],
};

/// `integral q dt`, backward flow counted as negative.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let window = subject.window();
    Ok(Finding::plain(mean::of(subject, window)? * window.duration()))
}

#[cfg(test)]
mod tests {
    use crate::testing::pulsatile;
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn an_infusion_of_one_and_a_half_a_minute_for_ten_minutes() {
        let mut recording = pulsatile(700.0, 20.0, 1.0, |_, phi| 1.5 + 40.0 * phi.sin());
        recording.channels[0].unit = "mL/min".into();
        let request = Request::new(Statistic::NetVolume, "p", Window { from: 60.0, to: 660.0 });
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - 15.0).abs() < 1e-9);
        assert_eq!(measured.unit, "mL");
    }
}
