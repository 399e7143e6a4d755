//! `ratio_of_means`: the share that one channel has of another.

use super::mean;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule, integrate};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "ratio_of_means",
    doc: "Mean over the window divided by the mean of the other channel: the share of a flow, a conductance.",
    unit: UnitRule::PerOther,
    parameters: &[],
    needs: &[Need::Window, Need::Other],
};

/// `mean(y) / mean(x)`, not the mean of `y/x`, which has no meaning where a pulsatile `x` goes through zero.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let other = subject.other()?;
    let divisor = integrate::mean_outside_gaps(&other.nodes(subject.window()), 1.5 / other.rate);
    match divisor {
        Some(divisor) if divisor != 0.0 => {
            mean::of(subject, subject.window()).map(|mean| Finding::plain(mean / divisor))
        }
        _ => Err(subject.undetermined("ratio of means", format!("the mean of `{}` is zero", other.name))),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::pulsatile;
    use crate::{Request, Statistic, Window, measure};
    use cisterna_recording::Channel;

    #[test]
    fn one_jugular_carries_two_thirds_of_a_flow_that_turns_back_in_every_beat() {
        let mut recording = pulsatile(60.0, 100.0, 1.0, |_, phi| 8.0 + 2.0 * phi.sin());
        let whole = pulsatile(60.0, 100.0, 1.0, |_, phi| 12.0 + 20.0 * phi.cos()).channels.remove(0);
        recording.channels[0].unit = "mL/s".to_owned();
        recording.channels.push(Channel { name: "whole".to_owned(), unit: "mL/s".to_owned(), ..whole });
        let window = Window { from: 0.0, to: 60.0 };
        let request = Request { other: Some("whole"), ..Request::new(Statistic::RatioOfMeans, "p", window) };
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - 2.0 / 3.0).abs() < 1e-9, "{}", measured.value);
        assert_eq!(measured.unit, "1");
    }

    #[test]
    fn a_share_of_nothing_is_not_infinite() {
        let mut recording = pulsatile(60.0, 100.0, 1.0, |_, _| 8.0);
        let nothing =
            Channel { name: "n".to_owned(), values: vec![0.0; 6001], ..recording.channels[0].clone() };
        recording.channels.push(nothing);
        let window = Window { from: 0.0, to: 60.0 };
        let request = Request { other: Some("n"), ..Request::new(Statistic::RatioOfMeans, "p", window) };
        let error = measure(&recording, &request).unwrap_err().to_string();
        assert!(error.contains("the mean of `n` is zero"), "{error}");
    }
}
