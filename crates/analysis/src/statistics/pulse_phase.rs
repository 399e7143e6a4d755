//! `pulse_phase`: which pulse comes first.

use crate::pulse::{self, Harmonic, wrapped};
use crate::signal::Signal;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "pulse_phase",
    doc: "By how much the fundamental of the pulse lags that of the other channel (positive: it comes later).",
    unit: UnitRule::Always("deg"),
    parameters: &[],
    needs: &[Need::Window, Need::Other, Need::Beats],
};

/// `theta_other - theta_channel` (-180 to 180 deg), of the fundamentals `A cos(phi + theta)` over the same beats.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let other = subject.other()?;
    let beats = subject.beats_with(&[&other])?;
    let fundamental = |signal: &Signal| -> Result<Harmonic, MeasureError> {
        let found = pulse::of_beats(signal, &beats, 1)?.into_iter().next();
        found.filter(|harmonic| harmonic.amplitude > 0.0).ok_or_else(|| {
            subject.undetermined("phase of the pulse", format!("`{}` does not pulsate", signal.name))
        })
    };
    let lag = fundamental(&other)?.phase - fundamental(&subject.signal)?.phase;
    Ok(Finding::over(&beats, wrapped(lag)))
}

#[cfg(test)]
mod tests {
    use crate::testing::{and, pulsatile};
    use crate::{Request, Statistic, Window, measure};
    use std::f64::consts::TAU;

    #[test]
    fn a_pulse_a_tenth_of_a_beat_later_lags_by_thirty_six_degrees() {
        let wave = |turns: f64| (TAU * turns).sin() + 0.3 * (2.0 * TAU * turns).cos();
        let recording = and(pulsatile(30.0, 100.0, 1.1, |t, _| 10.0 + wave(1.1 * t - 0.1)), 80.0, |t| {
            150.0 + 0.2 * wave(1.1 * t)
        });
        let mut request = Request::new(Statistic::PulsePhase, "p", Window { from: 0.0, to: 30.0 });
        request.other = Some("x");
        let measured = measure(&recording, &request).unwrap();
        assert!((measured.value - 36.0).abs() < 0.05, "{}", measured.value);
        (request.channel, request.other) = ("x", Some("p"));
        assert!((measure(&recording, &request).unwrap().value + 36.0).abs() < 0.05);
    }
}
