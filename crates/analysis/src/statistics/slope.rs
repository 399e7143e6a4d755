//! `slope`: how one channel follows another.

use crate::least_squares::{Line, line};
use crate::signal::{Node, Signal};
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "slope",
    doc: "Least-squares slope of the channel on the other channel, sample by sample.",
    unit: UnitRule::PerOther,
    parameters: &[],
    needs: &[Need::Window, Need::Other],
};

/// `sum (x_i - x)(y_i - y) / sum (x_i - x)^2`, x the other channel.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    fit(subject).map(|line| Finding::plain(line.slope))
}

/// The straight line of the channel on the other one.
pub(super) fn fit(subject: &Subject) -> Result<Line, MeasureError> {
    let other = subject.other()?;
    line(&pairs(subject, &other))
        .ok_or_else(|| subject.undetermined("slope", format!("`{}` does not vary in the window", other.name)))
}

/// (other, channel) at the samples of the channel, where both are known.
fn pairs(subject: &Subject, other: &Signal) -> Vec<Node> {
    subject.signal.valid(subject.window()).filter_map(|(time, y)| Some((other.at(time)?, y))).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::{and, steady};
    use crate::{MeasureError, Request, Statistic, Window, measure};

    #[test]
    fn elastance_is_the_slope_of_pressure_on_volume() {
        let recording = and(steady(60.0, 50.0, |t| 8.0 + 1.6 * (0.3 * t).sin()), 20.0, |t| (0.3 * t).sin());
        let mut request = Request::new(Statistic::Slope, "p", Window { from: 0.0, to: 60.0 });
        assert_eq!(measure(&recording, &request), Err(MeasureError::NeedsOther("slope")));
        request.other = Some("x");
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - 1.6).abs() < 1e-3, "{}", measured.value);
        assert_eq!(measured.unit, "mmHg/mL");
    }

    #[test]
    fn a_constant_volume_says_nothing_of_elastance() {
        let recording = and(steady(60.0, 50.0, |t| t), 50.0, |_| 150.0);
        let mut request = Request::new(Statistic::Slope, "p", Window { from: 0.0, to: 60.0 });
        request.other = Some("x");
        let error = measure(&recording, &request).unwrap_err().to_string();
        assert!(error.contains("`x` does not vary"), "{error}");
    }
}
