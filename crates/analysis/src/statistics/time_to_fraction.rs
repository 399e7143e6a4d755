//! `time_to_fraction`: how fast a change is made.

use super::standard_deviation;
use crate::signal::Node;
use crate::slow::course;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, ParameterInfo, StatisticInfo, UnitRule, Window};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "time_to_fraction",
    doc: "Time from the start of the window until the beat means have made a fraction of their change from the baseline to the last tenth of the window.",
    unit: UnitRule::Always("s"),
    parameters: &[ParameterInfo {
        name: "fraction",
        doc: "The part of the change, for example 0.63 for a time constant.",
        unit: "1",
        allowed: (0.01, 0.99),
    }],
    needs: &[Need::Window, Need::Baseline],
};

/// The part of the change that may yet be made between the last two tenths of the window, 1.
const STILL_MOVING: f64 = 0.03;

/// The first `t` with `y(t) = y_0 + fraction (y_1 - y_0)`, less the start of the window. `y` are the means of whole
/// beats (of equal pieces where no beats are marked), linear between their middles; `y_0` is their mean over the
/// baseline, `y_1` over the last tenth of the window. Refused where the change does not stand out from the
/// baseline's own spread, and where the last two tenths of the window still differ by more than 3 % of it and what
/// that spread explains.
pub(super) fn measure(subject: &Subject, fraction: f64) -> Result<Finding, MeasureError> {
    let (window, baseline) = (subject.window(), subject.baseline()?);
    let refuse = |reason: String| subject.undetermined("time of the change", reason);
    let before: Vec<f64> =
        course(subject.recording, &subject.signal, baseline).iter().map(|(_, value)| *value).collect();
    let after = course(subject.recording, &subject.signal, window);
    let tenth = 0.1 * window.duration();
    let mean_between = |from: f64, to: f64| {
        let part: Vec<f64> =
            after.iter().filter(|(time, _)| (from..=to).contains(time)).map(|(_, value)| *value).collect();
        (!part.is_empty()).then(|| part.iter().sum::<f64>() / part.len() as f64)
    };
    let settled = mean_between(window.to - tenth, window.to);
    let earlier = mean_between(window.to - 2.0 * tenth, window.to - tenth);
    let (Some(settled), Some(earlier), false) = (settled, earlier, before.is_empty()) else {
        let Window { from, to } = window;
        return Err(refuse(format!(
            "the last fifth of {from} s to {to} s, or the baseline, holds too few values"
        )));
    };
    let start = before.iter().sum::<f64>() / before.len() as f64;
    let change = settled - start;
    let spread = standard_deviation::of(&before).unwrap_or(0.0);
    let rounding = 1e-9 * start.abs().max(settled.abs());
    if change.abs() <= (2.0 * spread).max(rounding) {
        return Err(refuse(format!(
            "it changes by {change:.3} only, and its baseline spreads by {spread:.3}"
        )));
    }
    let by_chance = 2.0 * spread / (0.1 * after.len() as f64).max(1.0).sqrt();
    if (settled - earlier).abs() > STILL_MOVING * change.abs() + by_chance {
        return Err(refuse("it is still changing at the end of the window".into()));
    }
    let level = fraction * change.abs();
    let made = |value: f64| (value - start) * change.signum();
    let mut last: Node = (window.from, 0.0);
    for (time, value) in after {
        if made(value) >= level {
            let part = (level - last.1) / (made(value) - last.1);
            return Ok(Finding::plain(last.0 + part * (time - last.0) - window.from));
        }
        last = (time, made(value));
    }
    Err(refuse("it never makes that part of its change".into()))
}

#[cfg(test)]
mod tests {
    use crate::testing::pulsatile;
    use crate::{MeasureError, Measured, Request, Statistic, Window, measure};

    /// Falls from 90 by 20 mmHg with a time constant of 7 s after 30 s, with its pulse.
    fn measured(fraction: f64, to: f64) -> Result<Measured, MeasureError> {
        let recording = pulsatile(120.0, 100.0, 1.2, |t, phi| {
            90.0 - 20.0 * (1.0 - (-(t - 30.0).max(0.0) / 7.0).exp()) + 15.0 * phi.sin()
        });
        let statistic = Statistic::TimeToFraction { fraction };
        let baseline = Some(Window { from: 0.0, to: 29.0 });
        measure(&recording, &Request { baseline, ..Request::new(statistic, "p", Window { from: 30.0, to }) })
    }

    #[test]
    fn a_time_constant_is_the_time_to_sixty_three_percent() {
        let time = measured(1.0 - (-1.0_f64).exp(), 120.0).unwrap().value;
        assert!((time - 7.0).abs() < 0.1, "{time}");
        let half = measured(0.5, 120.0).unwrap().value;
        assert!((half - 7.0 * 2_f64.ln()).abs() < 0.1, "{half}");
    }

    #[test]
    fn an_unfinished_change_has_no_fractions() {
        let error = measured(0.5, 40.0).unwrap_err().to_string();
        assert!(error.contains("still changing"), "{error}");
    }

    #[test]
    fn nothing_happened_nothing_is_timed() {
        let recording = pulsatile(60.0, 100.0, 1.0, |t, phi| 90.0 + 0.1 * t.sin() + phi.sin());
        let request = Request {
            baseline: Some(Window { from: 0.0, to: 30.0 }),
            ..Request::new(Statistic::TimeToFraction { fraction: 0.5 }, "p", Window { from: 30.0, to: 60.0 })
        };
        let error = measure(&recording, &request).unwrap_err().to_string();
        assert!(error.contains("changes by"), "{error}");
    }
}
