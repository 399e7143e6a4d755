//! Rhythmic waves: windows whose power gathers about one frequency.

use super::{Found, PressureWave, WaveKind, require_mmhg};
use crate::Window;
use crate::index::aligned::Aligned;
use crate::least_squares::Normal;
use crate::signal::Signal;
use crate::spectrum::welch;
use cisterna_recording::Channel;
use std::f64::consts::TAU;

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
        let mut seen: Vec<Option<Turn>> = vec![None; rows.len()];
        for from in (0..windows).map(|number| number as f64 * STEP) {
            let window = Window { from: rows.start + from, to: rows.start + from + self.window };
            if let Some(rate) = self.in_window(&signal, window) {
                let range = signal.range(window);
                self.turns(&means.values[range.clone()], rate * block / 60.0, rate, &mut seen[range]);
            }
        }
        Ok(Found { waves: self.stretches(&seen, rows.start, block), valid: rows.valid_fraction() })
    }

    /// Notes where in a window two turns at a time reach the least height; `turn` is the part of a turn in a value.
    fn turns(&self, values: &[f64], turn: f64, per_minute: f64, seen: &mut [Option<Turn>]) {
        let length = ((2.0 / turn).round() as usize).max(1);
        for (values, seen) in values.chunks(length).zip(seen.chunks_mut(length)) {
            let Some(height) = height(values, turn).filter(|height| *height >= self.least_height) else {
                continue;
            };
            for seen in seen {
                if seen.is_none_or(|known| known.height < height) {
                    *seen = Some(Turn { height, per_minute });
                }
            }
        }
    }

    /// The stretches of what was seen that last three turns or more.
    fn stretches(&self, seen: &[Option<Turn>], start: f64, block: f64) -> Vec<PressureWave> {
        let mut waves = Vec::new();
        let mut place = 0;
        for run in seen.chunk_by(|a, b| a.is_some() == b.is_some()) {
            let mut rates: Vec<f64> = run.iter().flatten().map(|turn| turn.per_minute).collect();
            rates.sort_by(f64::total_cmp);
            let (from, length) = (start + place as f64 * block, run.len() as f64 * block);
            place += run.len();
            if let Some(rate) = rates.get(rates.len() / 2).filter(|rate| length * **rate >= 3.0 * 60.0) {
                waves.push(PressureWave {
                    kind: self.kind,
                    start: from,
                    end: from + length,
                    height: run.iter().flatten().map(|turn| turn.height).fold(0.0, f64::max),
                    per_minute: Some(*rate),
                });
            }
        }
        waves
    }

    /// The rate (1/min) of the rhythm of a window, if there is one.
    fn in_window(&self, signal: &Signal, window: Window) -> Option<f64> {
        let spectrum = welch(signal, window, self.window).ok()?;
        let step = spectrum.step;
        let (from, to) = (self.per_minute.0 / 60.0, self.per_minute.1 / 60.0);
        let in_band = |line: &usize| (from..=to).contains(&(*line as f64 * step));
        let peak = (1..spectrum.density.len())
            .filter(in_band)
            .max_by(|a, b| spectrum.density[*a].total_cmp(&spectrum.density[*b]))?;
        let (below, above) = ((peak as f64 - LINES) * step, (peak as f64 + LINES) * step);
        let (about, all) = (spectrum.power(below, above), spectrum.power(0.5 * step, f64::INFINITY));
        (about >= LEAST_SHARE * all).then_some(60.0 * peak as f64 * step)
    }
}

/// What is seen at one moment.
#[derive(Clone, Copy)]
struct Turn {
    height: f64,
    per_minute: f64,
}

/// From trough to crest of the sine that fits best beside a straight line; `turn` is the part of a turn in a value.
fn height(values: &[f64], turn: f64) -> Option<f64> {
    let level = values.iter().copied().find(|value| value.is_finite())?;
    let mut normal = Normal::new(4);
    for (index, value) in values.iter().enumerate().filter(|(_, value)| value.is_finite()) {
        let (sine, cosine) = (TAU * turn * index as f64).sin_cos();
        normal.add(&[1.0, index as f64, cosine, sine], value - level);
    }
    let fit = normal.solve()?;
    Some(2.0 * fit[2].hypot(fit[3]))
}
