//! `delay_by_correlation`: the shift at which two channels resemble each other most.

use crate::extremum::vertex;
use crate::least_squares::line;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, ParameterInfo, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "delay_by_correlation",
    doc: "Shift at which the channel correlates best with the other (positive: it comes later).",
    unit: UnitRule::Always("s"),
    parameters: &[ParameterInfo {
        name: "longest",
        doc: "The longest shift tried, either way; less than half a period of what repeats.",
        unit: "s",
        allowed: (1e-3, 60.0),
    }],
    needs: &[Need::Window, Need::Other],
};

/// How many samples are compared at each shift; a longer window is thinned evenly.
const COMPARED: usize = 20_000;
/// The correlation that a resemblance must reach, 1.
const RESEMBLANCE: f64 = 0.5;

/// `argmax_d corr(y(t), x(t - d))` over `-longest <= d <= longest` in steps of one sample, refined by a parabola; x
/// the other channel. Refused where the best correlation is below 0.5 or lies at the end of the search.
pub(super) fn measure(subject: &Subject, longest: f64) -> Result<Finding, MeasureError> {
    let other = subject.other()?;
    let rate = subject.signal.rate;
    let refuse = |reason: String| subject.undetermined("delay", reason);
    if longest > 0.5 * subject.window().duration() {
        return Err(refuse(format!("shifts of {longest} s need a window twice as long")));
    }
    let steps = (longest * rate).floor() as i64;
    let stride = subject.signal.range(subject.window()).len().div_ceil(COMPARED).max(1);
    let correlation = |step: i64| {
        let shift = step as f64 / rate;
        let points: Vec<(f64, f64)> = subject
            .signal
            .valid(subject.window())
            .step_by(stride)
            .filter(|(time, _)| {
                *time - shift >= subject.window().from && *time - shift <= subject.window().to
            })
            .filter_map(|(time, y)| Some((other.at(time - shift)?, y)))
            .collect();
        line(&points).map_or(0.0, |line| line.correlation)
    };
    let all: Vec<f64> = (-steps..=steps).map(correlation).collect();
    let best = (0..all.len()).max_by(|&a, &b| all[a].total_cmp(&all[b])).unwrap_or(0);
    if all[best] < RESEMBLANCE {
        let reason =
            format!("its best correlation with `{}` is {:.2}, below {RESEMBLANCE}", other.name, all[best]);
        return Err(refuse(reason));
    }
    if best == 0 || best + 1 == all.len() {
        return Err(refuse(format!("the correlation still grows at a shift of {longest} s")));
    }
    let (refined, _) = vertex(all[best - 1], all[best], all[best + 1]);
    Ok(Finding::plain((best as f64 - steps as f64 + refined) / rate))
}

#[cfg(test)]
mod tests {
    use crate::testing::{and, noise, steady};
    use crate::{Request, Statistic, Window, measure};

    fn request<'a>(longest: f64) -> Request<'a> {
        let window = Window { from: 0.0, to: 60.0 };
        Request { other: Some("x"), ..Request::new(Statistic::DelayByCorrelation { longest }, "p", window) }
    }

    #[test]
    fn a_late_and_smaller_copy_is_found_between_samples() {
        let wave = |t: f64| (1.3 * t).sin() + (0.37 * t).cos() + (2.9 * t).sin();
        let recording = and(steady(60.0, 20.0, |t| 80.0 + 0.2 * wave(t - 0.335)), 25.0, wave);
        let measured = measure(&recording, &request(1.0)).unwrap();
        assert!((measured.value - 0.335).abs() < 2e-3, "{}", measured.value);
        let error = measure(&recording, &request(0.2)).unwrap_err().to_string();
        assert!(error.contains("still grows"), "{error}");
    }

    #[test]
    fn strangers_have_no_delay() {
        let recording = and(steady(60.0, 20.0, |t| noise(1.7 * t)), 20.0, noise);
        let error = measure(&recording, &request(1.0)).unwrap_err().to_string();
        assert!(error.contains("below 0.5"), "{error}");
    }
}
