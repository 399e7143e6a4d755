//! A scale: where a value lies along an axis, and which ticks help to read it.

use crate::number::{fixed, power_of_ten};

/// How an axis is divided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spacing {
    /// Equal differences have equal lengths.
    #[default]
    Linear,
    /// Equal ratios have equal lengths; values at or below zero are not drawn.
    Log,
}

/// Where a value lies along an axis, from 0 (low end) to 1 (high end).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scale {
    pub(crate) low: f64,
    pub(crate) high: f64,
    spacing: Spacing,
    /// The step to which the limits were rounded, so that the frame ends on ticks.
    step: Option<f64>,
}

/// A tick: its place from 0 to 1, and its text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tick {
    pub(crate) place: f64,
    pub(crate) text: String,
}

impl Scale {
    /// Exactly from `low` to `high`, for an axis of time.
    pub(crate) fn exact(low: f64, high: f64) -> Self {
        let (low, high) = if high > low { (low, high) } else { (low - 0.5, low + 0.5) };
        Scale { low, high, spacing: Spacing::Linear, step: None }
    }

    /// Round limits around every finite value, with about `target` ticks between them;
    /// from 0 to 1 when there is none.
    pub(crate) fn around(values: impl Iterator<Item = f64>, spacing: Spacing, target: usize) -> Self {
        let drawable = |v: &f64| v.is_finite() && (spacing == Spacing::Linear || *v > 0.0);
        let limits = values.filter(drawable).fold(None, |limits, v| {
            let (low, high) = limits.unwrap_or((v, v));
            Some((low.min(v), high.max(v)))
        });
        match (limits, spacing) {
            (None, Spacing::Linear) => Scale { low: 0.0, high: 1.0, spacing, step: None },
            (None, Spacing::Log) => Scale { low: 0.1, high: 1.0, spacing, step: None },
            (Some((low, high)), Spacing::Linear) => {
                let (low, high) = widened(low, high);
                let step = step(high - low, target);
                let low = (low / step + 1e-6).floor() * step;
                let high = (high / step - 1e-6).ceil() * step;
                Scale { low, high, spacing, step: Some(step) }
            }
            (Some((low, high)), Spacing::Log) => {
                let low = 10f64.powf((low.log10() + 1e-6).floor());
                let high = 10f64.powf((high.log10() - 1e-6).ceil());
                let high = if high > low { high } else { low * 10.0 };
                Scale { low, high, spacing, step: None }
            }
        }
    }

    /// Limits that follow the data closely, for the horizontal axis of a logarithmic spectrum.
    pub(crate) fn tight(values: impl Iterator<Item = f64>, spacing: Spacing) -> Self {
        let round = Scale::around(std::iter::empty(), spacing, 4);
        let mut scale = Scale { low: f64::INFINITY, high: f64::NEG_INFINITY, spacing, step: None };
        for v in values.filter(|v| v.is_finite() && (spacing == Spacing::Linear || *v > 0.0)) {
            scale.low = scale.low.min(v);
            scale.high = scale.high.max(v);
        }
        if scale.high > scale.low { scale } else { round }
    }

    /// The place of `value`, from 0 to 1 within the limits; NaN where it cannot be drawn.
    pub(crate) fn place(&self, value: f64) -> f64 {
        match self.spacing {
            Spacing::Linear => (value - self.low) / (self.high - self.low),
            Spacing::Log if value > 0.0 => (value / self.low).log10() / (self.high / self.low).log10(),
            Spacing::Log => f64::NAN,
        }
    }

    /// Ticks at round values: at the step of the limits, or else about `target` of them.
    pub(crate) fn ticks(&self, target: usize) -> Vec<Tick> {
        match self.spacing {
            Spacing::Linear => self.linear_ticks(target),
            Spacing::Log => self.log_ticks(target),
        }
    }

    fn linear_ticks(&self, target: usize) -> Vec<Tick> {
        let step = self.step.unwrap_or_else(|| step(self.high - self.low, target));
        let decimals = (-(step.log10() + 1e-9).floor()).clamp(0.0, 12.0) as usize;
        let first = (self.low / step - 1e-6).ceil() as i64;
        let last = (self.high / step + 1e-6).floor() as i64;
        (first..=last)
            .map(|k| {
                let value = k as f64 * step;
                Tick { place: self.place(value), text: fixed(value, decimals) }
            })
            .collect()
    }

    fn log_ticks(&self, target: usize) -> Vec<Tick> {
        let first = (self.low.log10() - 1e-6).floor() as i32;
        let last = (self.high.log10() + 1e-6).ceil() as i32;
        let every = ((last - first) / target.max(1) as i32).max(1);
        let within = |v: f64| v >= self.low * 0.999 && v <= self.high * 1.001;
        // A few decades need the steps between the powers of ten as well.
        let steps: &[f64] = if last - first <= 3 { &[1.0, 2.0, 5.0] } else { &[1.0] };
        (first..=last)
            .step_by(every as usize)
            .flat_map(|k| steps.iter().map(move |m| (k, m * 10f64.powi(k))))
            .filter(|(_, v)| within(*v))
            .map(|(k, v)| Tick { place: self.place(v), text: log_text(k, v) })
            .collect()
    }
}

fn log_text(exponent: i32, value: f64) -> String {
    match exponent {
        -3..=3 => fixed(value, (-exponent).max(0) as usize),
        _ => power_of_ten(exponent),
    }
}

/// The step of 1, 2 or 5 times a power of ten that divides `span` into about `target` parts.
pub(crate) fn step(span: f64, target: usize) -> f64 {
    let rough = span / target.max(1) as f64;
    let power = 10f64.powf(rough.log10().floor());
    let factor = match rough / power {
        r if r < 1.5 => 1.0,
        r if r < 3.5 => 2.0,
        r if r < 7.5 => 5.0,
        _ => 10.0,
    };
    factor * power
}

/// A span that can be drawn: rounding noise on a constant must not fill the picture.
fn widened(low: f64, high: f64) -> (f64, f64) {
    let size = low.abs().max(high.abs());
    if high - low > 1e-6 * size && high - low > f64::MIN_POSITIVE / f64::EPSILON {
        return (low, high);
    }
    let half = if size > 1e-12 { 0.05 * size } else { 0.5 };
    (low - half, high + half)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(scale: Scale, target: usize) -> Vec<String> {
        scale.ticks(target).into_iter().map(|tick| tick.text).collect()
    }

    #[test]
    fn intracranial_pressure_gets_round_limits() {
        let scale = Scale::around([7.3, 12.8].into_iter(), Spacing::Linear, 4);
        assert_eq!((scale.low, scale.high), (7.0, 13.0));
        assert_eq!(texts(scale, 4), ["7", "8", "9", "10", "11", "12", "13"]);
    }

    #[test]
    fn a_constant_is_drawn_in_the_middle() {
        let scale = Scale::around([10.0, 10.0 + 1e-13].into_iter(), Spacing::Linear, 4);
        let place = scale.place(10.0);
        assert!((place - 0.5).abs() < 0.1, "{place}");
        assert!(scale.ticks(4).len() >= 3);
    }

    #[test]
    fn a_spectrum_over_four_decades_is_marked_in_powers() {
        let scale = Scale::around([0.002, 3.0].into_iter(), Spacing::Log, 4);
        assert_eq!(texts(scale, 4), ["0.001", "0.01", "0.1", "1", "10"]);
        assert!(scale.place(0.0).is_nan());
    }

    proptest! {
        #[test]
        fn limits_contain_the_data_and_ticks_stay_inside(
            a in -1e6..1e6f64, b in -1e6..1e6f64, target in 2usize..8,
        ) {
            let scale = Scale::around([a, b].into_iter(), Spacing::Linear, target);
            let slack = 1e-5 * (scale.high - scale.low);
            prop_assert!(scale.low <= a.min(b) + slack && scale.high >= a.max(b) - slack);
            let ticks = scale.ticks(target);
            prop_assert!((2..=2 * target + 3).contains(&ticks.len()), "{}", ticks.len());
            for tick in &ticks {
                prop_assert!((-1e-6..=1.0 + 1e-6).contains(&tick.place));
            }
        }
    }
}
