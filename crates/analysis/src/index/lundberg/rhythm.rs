//! Rhythmic waves: windows whose power gathers about one frequency.

use super::{Found, PressureWave, WaveKind, require_mmhg};
use crate::Window;
use crate::index::aligned::Aligned;
use crate::signal::Signal;
use crate::spectrum::welch;
use cisterna_recording::Channel;

/// The time from one window to the next, s.
const STEP: f64 = 60.0;
/// Lines on either side of the peak that belong to it under the Hann window.
const LINES: f64 = 2.5;
/// The share of the power that must lie about the peak, 1 (assumed).
const LEAST_SHARE: f64 = 0.5;

/// A rhythm that is sought.
pub(super) struct Rhythm {
    /// Waves a minute, from and to.
    pub per_minute: (f64, f64),
    /// The length of a window, s.
    pub window: f64,
    /// The least height from trough to crest, unit of the channel.
    pub least_height: f64,
    /// What it is.
    pub kind: WaveKind,
}

impl Rhythm {
    pub fn search(&self, icp: &Channel) -> Result<Found, String> {
        require_mmhg(icp)?;
        let fastest = self.per_minute.1 / 60.0;
        // Four means a turn where there are as many, two at least.
        let block = [0.25, 0.5].map(|turn| turn / fastest).into_iter().find(|block| icp.rate * block >= 0.99);
        let block = block.ok_or_else(|| {
            format!("{} values a second do not show {} waves a minute", icp.rate, self.per_minute.1)
        })?;
        let rows = Aligned::new(&[icp], block)?;
        let means = Channel::new(&icp.name, &icp.unit, rows.start, 1.0 / block, rows.columns[0].clone());
        let signal = Signal::of(&means)?;
        let duration = rows.len() as f64 * block;
        if duration < self.window {
            return Err(format!("the recording lasts {duration:.0} s and a window {} s", self.window));
        }
        let windows = ((duration - self.window) / STEP).floor() as usize + 1;
        let mut waves: Vec<(PressureWave, Vec<f64>)> = Vec::new();
        for from in (0..windows).map(|number| rows.start + number as f64 * STEP) {
            let Some((height, rate)) = self.in_window(&signal, Window { from, to: from + self.window })
            else {
                continue;
            };
            // A rhythm is seen as soon as it fills half of a window.
            let (start, end) = (from + 0.25 * self.window, from + 0.75 * self.window);
            match waves.last_mut() {
                Some((wave, rates)) if start <= wave.end => {
                    wave.end = end;
                    wave.height = wave.height.max(height);
                    rates.push(rate);
                }
                _ => {
                    let wave = PressureWave { kind: self.kind, start, end, height, per_minute: None };
                    waves.push((wave, vec![rate]));
                }
            }
        }
        let named = |(wave, mut rates): (PressureWave, Vec<f64>)| {
            rates.sort_by(f64::total_cmp);
            PressureWave { per_minute: rates.get(rates.len() / 2).copied(), ..wave }
        };
        Ok(Found { waves: waves.into_iter().map(named).collect(), valid: rows.valid_fraction() })
    }

    /// The height (unit of the channel) and rate (1/min) of the rhythm that fills a window, if there is one.
    fn in_window(&self, signal: &Signal, window: Window) -> Option<(f64, f64)> {
        let spectrum = welch(signal, window, self.window).ok()?;
        let step = spectrum.step;
        let (from, to) = (self.per_minute.0 / 60.0, self.per_minute.1 / 60.0);
        let in_band = |line: &usize| (from..=to).contains(&(*line as f64 * step));
        let peak = (1..spectrum.density.len())
            .filter(in_band)
            .max_by(|a, b| spectrum.density[*a].total_cmp(&spectrum.density[*b]))?;
        let (below, above) = ((peak as f64 - LINES) * step, (peak as f64 + LINES) * step);
        let (about, all) = (spectrum.power(below, above), spectrum.power(0.5 * step, f64::INFINITY));
        // A sine of amplitude a has the power a^2 / 2, and twice its amplitude from trough to crest.
        let height = 2.0 * (2.0 * about).sqrt();
        (about >= LEAST_SHARE * all && height >= self.least_height)
            .then(|| (height, 60.0 * peak as f64 * step))
    }
}
