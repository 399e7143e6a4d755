//! Averaged pulses and spectra of the best stretches.

use cisterna_analysis::{Window, pulse_shape, spectrum};
use cisterna_recording::Channel;

use crate::examination::{Pulse, PulsePeakFound, SpectrumFound};
use crate::indices::Make;

/// A pulse is averaged over so much, s: some three hundred beats.
const PULSE_SPAN: f64 = 300.0;
/// Segments of spectra, s: lines 0.01 Hz apart show slow waves beside breath and pulse.
const SPECTRUM_SEGMENT: f64 = 102.4;
/// Spectra are of at most so much, s.
const SPECTRUM_SPAN: f64 = 1200.0;

impl Make<'_> {
    /// Averaged pulses, and spectra.
    pub(crate) fn shapes(&mut self) {
        let gathered = self.gathered;
        for plan in gathered.plans.iter().filter(|plan| plan.has_pulse()) {
            let Some(wave) = gathered.waves.channel(&plan.name) else { continue };
            let span = best(wave, PULSE_SPAN);
            match pulse_shape(wave, span) {
                Ok(shape) => self.found.pulses.push(Pulse {
                    channel: plan.name.clone(),
                    second_over_first: shape.second_over_first(),
                    unit: shape.unit,
                    beats: [shape.beats.0, shape.beats.1],
                    span_s: [span.from, span.to],
                    rate_hz: shape.rate,
                    values: shape.values,
                    peaks: shape
                        .peaks
                        .iter()
                        .map(|peak| PulsePeakFound {
                            time_s: peak.time,
                            height: peak.height,
                            confidence: peak.confidence,
                        })
                        .collect(),
                }),
                Err(error) => self.found.notes.push(format!("no averaged pulse of `{}`: {error}", plan.name)),
            }
            let span = best(wave, SPECTRUM_SPAN);
            if let Ok(made) = spectrum(&gathered.waves, &plan.name, span, SPECTRUM_SEGMENT) {
                let points = made
                    .density
                    .iter()
                    .enumerate()
                    .map(|(line, density)| (line as f64 * made.step, *density));
                self.found.spectra.push(SpectrumFound {
                    channel: plan.name.clone(),
                    unit: made.unit.clone(),
                    points: points.collect(),
                });
            }
        }
    }
}

/// The stretch of a length with the most valid samples, the earliest of equals.
fn best(channel: &Channel, length: f64) -> Window {
    let duration = channel.values.len() as f64 / channel.rate;
    let count = (duration / length).floor().max(1.0) as usize;
    let window = |index: usize| {
        let from = channel.start + index as f64 * length;
        Window { from, to: from + length.min(duration) }
    };
    let valid = |window: &Window| {
        channel.window(window.from, window.to).1.iter().filter(|value| value.is_finite()).count()
    };
    (0..count)
        .map(window)
        .rev()
        .max_by_key(valid)
        .unwrap_or(Window { from: channel.start, to: channel.end() })
}
