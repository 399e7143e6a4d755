//! `harmonic_amplitude`: one harmonic of the pulse.

use crate::pulse::{self, Harmonic};
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, ParameterInfo, StatisticInfo, UnitRule};

/// Which harmonic is looked at.
pub(super) const NUMBER: ParameterInfo = ParameterInfo {
    name: "number",
    doc: "Which harmonic: 1 is the fundamental, 2 twice the heart rate.",
    unit: "1",
    allowed: (1.0, 40.0),
};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "harmonic_amplitude",
    doc: "Amplitude of one harmonic of the pulse: half of the peak-to-peak of its sine.",
    unit: UnitRule::Same,
    parameters: &[NUMBER],
    needs: &[Need::Window, Need::Beats],
};

/// `A_k` of `y = a + sum_k A_k cos(k phi + theta_k)`, phi growing by one turn over each beat.
pub(super) fn measure(subject: &Subject, number: f64) -> Result<Finding, MeasureError> {
    of_harmonic(subject, number, |harmonic| harmonic.amplitude)
}

/// What `value` makes of one harmonic of the whole beats of the window.
pub(super) fn of_harmonic(
    subject: &Subject,
    number: f64,
    value: impl Fn(&Harmonic) -> f64,
) -> Result<Finding, MeasureError> {
    let beats = subject.beats()?;
    let harmonics = pulse::of_beats(&subject.signal, &beats, number.round() as usize)?;
    Ok(Finding::over(&beats, harmonics.last().map_or(f64::NAN, value)))
}

#[cfg(test)]
mod tests {
    use crate::testing::pulsatile;
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn the_third_harmonic_is_told_from_the_first() {
        let recording = pulsatile(60.0, 50.0, 1.1, |_, phi| 10.0 + phi.cos() + 0.4 * (3.0 * phi).sin());
        let statistic = Statistic::HarmonicAmplitude { number: 3.0 };
        let request = Request::new(statistic, "p", Window { from: 0.0, to: 60.0 });
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - (0.4)).abs() < 1e-6, "{}", measured.value);
    }
}
