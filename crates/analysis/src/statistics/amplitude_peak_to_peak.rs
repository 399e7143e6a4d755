//! `amplitude_peak_to_peak`: the height of the pulse.

use crate::beat_series::peak_to_peak;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "amplitude_peak_to_peak",
    doc: "Mean over the whole beats of the window of highest less lowest value within each beat.",
    unit: UnitRule::Same,
    parameters: &[],
    needs: &[Need::Window, Need::Beats],
};

/// `(1/n) sum_beats (max y - min y)`, extremes refined by parabolas: the "mean wave amplitude" of Eide and
/// Brean 2006 (Acta Neurochir 148:1151; not re-read), about twice the fundamental for a round pulse.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let beats = subject.beats()?;
    let value = beats.mean_of(&subject.signal, |_, nodes| peak_to_peak(nodes));
    Ok(Finding::over(&beats, value))
}

#[cfg(test)]
mod tests {
    use crate::testing::pulsatile;
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn a_slow_wave_does_not_widen_the_pulse() {
        let recording = pulsatile(60.0, 50.0, 1.1, |t, phi| 10.0 + 4.0 * (0.05 * t).sin() + 1.5 * phi.cos());
        let request = Request::new(Statistic::AmplitudePeakToPeak, "p", Window { from: 0.0, to: 60.0 });
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - 3.0).abs() < 0.06, "{}", measured.value);
        assert_eq!(measured.beats_used, Some(66));
    }

    #[test]
    fn a_window_shorter_than_a_beat_is_refused() {
        let recording = pulsatile(60.0, 50.0, 1.0, |_, phi| phi.cos());
        let request = Request::new(Statistic::AmplitudePeakToPeak, "p", Window { from: 0.5, to: 1.9 });
        let error = measure(&recording, &request).unwrap_err().to_string();
        assert_eq!(error, "`p` has 0 whole beats with data in 0.5 s to 1.9 s; at least 1 are needed");
    }
}
