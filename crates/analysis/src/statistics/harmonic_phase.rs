//! `harmonic_phase`: one harmonic of the pulse.

use super::harmonic_amplitude::{NUMBER, of_harmonic};
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "harmonic_phase",
    doc: "Phase of one harmonic of the pulse at the onset of the beat, zero for a cosine.",
    unit: UnitRule::Always("deg"),
    parameters: &[NUMBER],
    needs: &[Need::Window, Need::Beats],
};

/// `theta_k` (-180 to 180 deg) of `y = a + sum_k A_k cos(k phi + theta_k)`, phi growing by one turn over each beat.
pub(super) fn measure(subject: &Subject, number: f64) -> Result<Finding, MeasureError> {
    of_harmonic(subject, number, |harmonic| harmonic.phase)
}

#[cfg(test)]
mod tests {
    use crate::testing::pulsatile;
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn the_third_harmonic_is_told_from_the_first() {
        let recording = pulsatile(60.0, 50.0, 1.1, |_, phi| 10.0 + phi.cos() + 0.4 * (3.0 * phi).sin());
        let statistic = Statistic::HarmonicPhase { number: 3.0 };
        let request = Request::new(statistic, "p", Window { from: 0.0, to: 60.0 });
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - (-90.0)).abs() < 1e-6, "{}", measured.value);
    }
}
