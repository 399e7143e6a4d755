//! `amplitude_correlation`: whether the pulse grows with pressure.

use super::amplitude_slope;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "amplitude_correlation",
    doc: "Correlation of the peak-to-peak amplitude with the mean of the other channel (it may be the same), beat by beat.",
    unit: UnitRule::Always("1"),
    parameters: &[],
    needs: &[Need::Window, Need::Other, Need::Beats],
};

/// Pearson's correlation of `max y - min y` with `mean x` over the beats; with intracranial pressure as both it is
/// the RAP of Czosnyka et al. 1988 (not re-read), without their averaging over short pieces.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let (line, beats_used) = amplitude_slope::fit(subject)?;
    Ok(Finding { value: line.correlation, beats_used: Some(beats_used) })
}

#[cfg(test)]
mod tests {
    use crate::testing::pulsatile;
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn good_reserve_is_zero_poor_reserve_is_one() {
        let rap = |growth: f64| {
            let recording = pulsatile(300.0, 100.0, 1.0, |t, phi| {
                let wave = (0.02 * t).sin();
                15.0 + 3.0 * wave + (1.0 + growth * wave + 0.1 * (0.31 * t).cos()) * phi.sin()
            });
            let mut request =
                Request::new(Statistic::AmplitudeCorrelation, "p", Window { from: 0.0, to: 300.0 });
            request.other = Some("p");
            measure(&recording, &request).unwrap().value
        };
        assert!(rap(0.0).abs() < 0.2 && rap(0.5) > 0.95, "{} {}", rap(0.0), rap(0.5));
    }
}
