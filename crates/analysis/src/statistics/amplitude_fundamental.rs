//! `amplitude_fundamental`: the first harmonic of the pulse.

use crate::pulse;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "amplitude_fundamental",
    doc: "Amplitude of the fundamental of the pulse over whole beats: half of the peak-to-peak of its sine.",
    unit: UnitRule::Same,
    parameters: &[],
    needs: &[Need::Window, Need::Beats],
};

/// The `A` of the best `A cos(phi + theta)`, phi growing by one turn over each beat; a pure sine of 2 mmHg from
/// valley to peak gives 1 mmHg. It is the "AMP" of Czosnyka and Pickard 2004 (J Neurol Neurosurg Psychiatry 75:813).
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let beats = subject.beats()?;
    let harmonics = pulse::of_beats(&subject.signal, &beats, 1)?;
    Ok(Finding::over(&beats, harmonics.first().map_or(f64::NAN, |fundamental| fundamental.amplitude)))
}

#[cfg(test)]
mod tests {
    use crate::testing::pulsatile;
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn two_mmhg_from_valley_to_peak_are_an_amplitude_of_one() {
        let recording = pulsatile(60.0, 50.0, 1.1, |_, phi| 10.0 + phi.cos() + 0.4 * (3.0 * phi).sin());
        let request = Request::new(Statistic::AmplitudeFundamental, "p", Window { from: 3.3, to: 57.7 });
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - 1.0).abs() < 1e-9, "{}", measured.value);
    }
}
