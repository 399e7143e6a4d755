//! `delay_of_peaks`: how much later a pulse has its peak.

use super::median;
use crate::extremum::highest;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "delay_of_peaks",
    doc: "Time from the other channel's peak to the channel's peak; median over whole beats.",
    unit: UnitRule::Always("s"),
    parameters: &[],
    needs: &[Need::Window, Need::Other, Need::Beats],
};

/// `t(max y) - t(max x)` in each beat, brought to within half a beat (a peak may fall on the other side of the
/// onset), x the other channel.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let other = subject.other()?;
    let beats = subject.beats_with(&[&other])?;
    let delays = beats
        .iter()
        .filter_map(|beat| {
            let delay = highest(&subject.signal.nodes(beat))?.0 - highest(&other.nodes(beat))?.0;
            Some(delay - beat.duration() * (delay / beat.duration()).round())
        })
        .collect();
    let delay =
        median::of(delays).ok_or_else(|| subject.undetermined("delay", "no beat has a peak in both"))?;
    Ok(Finding::over(&beats, delay))
}

#[cfg(test)]
mod tests {
    use crate::testing::{and, pulsatile};
    use crate::{Request, Statistic, Window, measure};
    use std::f64::consts::TAU;

    #[test]
    fn the_lumbar_peak_comes_after_the_cranial_one_also_across_the_onset() {
        for turn in [0.3, 0.95] {
            let recording =
                and(pulsatile(30.0, 100.0, 1.0, |t, _| 9.0 + (TAU * (t - turn - 0.123)).cos()), 80.0, |t| {
                    (TAU * (t - turn)).cos()
                });
            let mut request = Request::new(Statistic::DelayOfPeaks, "p", Window { from: 0.0, to: 30.0 });
            request.other = Some("x");
            let measured = measure(&recording, &request).unwrap();
            assert!((measured.value - 0.123).abs() < 1e-3, "{}", measured.value);
        }
    }
}
