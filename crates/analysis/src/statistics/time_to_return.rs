//! `time_to_return`: when a transient is over.

use crate::slow::course;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, ParameterInfo, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "time_to_return",
    doc: "Time from the start of the window until the beat means stay within a fraction of their largest excursion from the baseline.",
    unit: UnitRule::Always("s"),
    parameters: &[ParameterInfo {
        name: "fraction",
        doc: "The part of the largest excursion that counts as back, for example 0.1.",
        unit: "1",
        allowed: (0.01, 0.99),
    }],
    needs: &[Need::Window, Need::Baseline],
};

/// The last `t` with `|y(t) - y_0| = fraction max |y - y_0|`, less the start of the window. `y` are the means of whole
/// beats (of equal pieces where no beats are marked), linear between their middles, `y_0` their mean over the baseline.
/// Refused where the signal is not back at the end of the window.
pub(super) fn measure(subject: &Subject, fraction: f64) -> Result<Finding, MeasureError> {
    let (window, baseline) = (subject.window(), subject.baseline()?);
    let refuse = |reason: &str| subject.undetermined("time of the return", reason);
    let before = course(subject.recording, &subject.signal, baseline);
    let after = course(subject.recording, &subject.signal, window);
    let rest = before.iter().map(|node| node.1).sum::<f64>() / before.len() as f64;
    let off = |value: f64| (value - rest).abs();
    let level = fraction * after.iter().map(|node| off(node.1)).fold(0.0, f64::max);
    match after.iter().rposition(|node| off(node.1) > level) {
        _ if !level.is_finite() || level == 0.0 => Err(refuse("it never leaves its baseline")),
        None => Err(refuse("it never leaves its baseline")),
        Some(last) if last + 1 == after.len() => Err(refuse("it is not back at the end of the window")),
        Some(last) => {
            let [(from, left), (to, right)] = [after[last], after[last + 1]];
            let part = (off(left) - level) / (off(left) - off(right));
            Ok(Finding::plain(from + part * (to - from) - window.from))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::pulsatile;
    use crate::{Request, Statistic, Window, measure};

    #[test]
    fn a_decay_is_back_to_a_tenth_after_the_logarithm_of_ten() {
        let recording = pulsatile(120.0, 100.0, 5.0, |t, phi| {
            10.0 + if t < 30.0 { 0.0 } else { 20.0 * (-(t - 30.0) / 4.0).exp() } + phi.sin()
        });
        let statistic = Statistic::TimeToReturn { fraction: 0.1 };
        let baseline = Some(Window { from: 0.0, to: 29.0 });
        let window = Window { from: 30.0, to: 120.0 };
        let measured =
            measure(&recording, &Request { baseline, ..Request::new(statistic, "p", window) }).unwrap();
        assert!((measured.value - 4.0 * 10_f64.ln()).abs() < 0.15, "{}", measured.value);
    }
}
