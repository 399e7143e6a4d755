//! `correlation`: how closely two channels go together.

use super::slope;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "correlation",
    doc: "Pearson's correlation of the channel with the other channel, sample by sample.",
    unit: UnitRule::Always("1"),
    parameters: &[],
    needs: &[Need::Window, Need::Other],
};

/// `sum (x_i - x)(y_i - y) / sqrt(sum (x_i - x)^2 sum (y_i - y)^2)`; zero where the channel does not vary.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    slope::fit(subject).map(|line| Finding::plain(line.correlation))
}

#[cfg(test)]
mod tests {
    use crate::testing::{and, steady};
    use crate::{Request, Statistic, Window, measure};
    use std::f64::consts::TAU;

    #[test]
    fn sixty_degrees_apart_correlate_by_one_half() {
        let recording =
            and(steady(60.0, 50.0, |t| 9.0 + (TAU * t).cos()), 50.0, |t| (TAU * (t - 1.0 / 6.0)).cos());
        let mut request = Request::new(Statistic::Correlation, "p", Window { from: 0.0, to: 60.0 });
        request.other = Some("x");
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - 0.5).abs() < 1e-3 && measured.unit == "1", "{}", measured.value);
    }
}
