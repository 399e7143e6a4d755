//! `logarithmic_slope`: how steeply the logarithm of one channel follows another.

use crate::least_squares::line;
use crate::signal::Node;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "logarithmic_slope",
    doc: "Least-squares slope of the natural logarithm of the channel on the other channel, whole beat by whole beat: the exponent of an exponential.",
    unit: UnitRule::PerOtherAlone,
    parameters: &[],
    needs: &[Need::Window, Need::Other, Need::Beats],
};

/// The `k` of `y = a exp(k x)` by least squares of `ln mean y` on `mean x` over the beats, x the other channel.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let other = subject.other()?;
    let beats = subject.beats_with(&[&other])?.at_least(3, &subject.signal, subject.window())?;
    let points: Vec<Node> = beats
        .iter()
        .filter_map(|beat| {
            let x = crate::integrate::mean(&other.nodes(beat))?;
            let y = crate::integrate::mean(&subject.signal.nodes(beat))?;
            (y > 0.0).then(|| (x, y.ln()))
        })
        .collect();
    match line(&points) {
        Some(line) => Ok(Finding::over(&beats, line.slope)),
        None => Err(subject.undetermined("logarithmic slope", format!("`{}` does not vary", other.name))),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{and, pulsatile};
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn an_exponential_gives_its_exponent() {
        let recording =
            and(pulsatile(60.0, 100.0, 1.0, |t, _| 60.0 * (0.034 * (20.0 + 0.5 * t)).exp()), 100.0, |t| {
                20.0 + 0.5 * t
            });
        let request = Request {
            other: Some("x"),
            ..Request::new(Statistic::LogarithmicSlope, "p", Window { from: 0.0, to: 60.0 })
        };
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - 0.034).abs() < 1e-6, "{}", measured.value);
        assert_eq!(measured.unit, "1/mL");
    }
}
