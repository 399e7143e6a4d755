//! `amplitude_pressure`: how the pulse of intracranial pressure grows with its mean.

use super::aligned::Aligned;
use super::chance::{independent_pairs, mean, of_blocks, student};
use super::moving::BLOCK;
use super::{Estimate, Figure, IndexInfo};
use crate::f_quantile;
use crate::hinge::{Hinge, fit};
use crate::unit;
use cisterna_recording::Channel;

pub(crate) const INFO: IndexInfo = IndexInfo {
    name: "amplitude_pressure",
    title: "Amplitude-pressure line",
    doc: "Peak-to-peak amplitude of the pulse over mean pressure, ten-second means: a level up to the lower knee, a line up to the upper knee, a level beyond. The slope of the line is the relative pulse pressure coefficient (RPPC). A knee counts where it lowers the sum of squares beyond chance (1 % of F, two numbers a knee).",
    takes: "intracranial pressure, its peak-to-peak amplitude (trends)",
    unit: "slope: amplitude over pressure; knees: pressure",
    settings: None,
    interval: "drawing blocks of neighbouring values again, with as many knees as were found, and a little wider for few blocks; of the slope also by its standard error for effective pairs (as RAP), the wider of both",
    source: "Avezaat and others 1979, J Neurol Neurosurg Psychiatry 42:687 (abstract read: dogs, linear up to 60 mmHg and steeper beyond); lower knee Qvarlander and others 2010, Physiol Meas 31:1517 (abstract read: constant below 10 mmHg, a line from 14 to 32); RPPC as in Kheram and others 2023 (abstract read); the search is our own, theirs was not read",
};

/// Pressure and amplitude.
type Point = (f64, f64);

/// The most groups of neighbouring pressures that the line is fitted through.
const GROUPS: usize = 60;
/// Steps in which knees are sought.
const STEPS: usize = 20;
/// The most values that are drawn again for intervals; more are thinned evenly.
const DRAWN: usize = 1000;
/// The fewest values that make a line: as beats for `amplitude_breakpoint`.
const FEWEST: usize = 20;

/// The line with what was found of its knees.
#[derive(Clone, Debug, PartialEq)]
pub struct AmplitudePressure {
    /// Amplitude over pressure in the linear zone: the relative pulse pressure coefficient.
    pub slope: Figure,
    /// The pressure from which the pulse grows, or why there is none.
    pub lower_knee: Figure,
    /// The pressure beyond which it grows no more, or why there is none.
    pub upper_knee: Figure,
    /// The amplitude below the lower knee, or at the lowest pressure where there is none.
    pub level: Figure,
}

/// The amplitude-pressure line of two trends.
pub fn amplitude_pressure(icp: &Channel, amplitude: &Channel) -> AmplitudePressure {
    let rows = Aligned::new(&[icp, amplitude], BLOCK);
    let valid_fraction = rows.as_ref().map_or(0.0, Aligned::valid_fraction);
    let found = rows.and_then(|rows| {
        let all = rows.columns[0].iter().copied().zip(rows.columns[1].iter().copied());
        let points: Vec<Point> = all.filter(|(x, y)| x.is_finite() && y.is_finite()).collect();
        if points.len() < FEWEST {
            return Err(format!("{} ten-second means are valid and {FEWEST} are needed", points.len()));
        }
        let shape = Shape::of(&points).ok_or("the pulse does not grow with the pressure")?;
        Ok((points, shape))
    });
    let figure = |part: &str, unit: &str, pick: fn(&Fit) -> Option<f64>, lacking: &str| Figure {
        info: &INFO,
        part: part.to_owned(),
        unit: unit.to_owned(),
        value: found.clone().and_then(|(points, shape)| {
            let value = shape.fit(&points).as_ref().and_then(pick).ok_or_else(|| lacking.to_owned())?;
            Ok(Estimate { value, interval: interval(&points, shape, pick) })
        }),
        valid_fraction,
    };
    let per = unit::product(&amplitude.unit, 1, &icp.unit, -1).1;
    let mut rising = figure("slope (RPPC)", &per, |fit| Some(fit.line.slope), "no line fits");
    if let (Ok(estimate), Ok((points, shape))) = (&mut rising.value, &found) {
        estimate.interval = wider(estimate.interval, slope(points, *shape));
    }
    AmplitudePressure {
        slope: rising,
        lower_knee: figure("lower knee", &icp.unit, |fit| fit.lower, "no level at low pressure is seen"),
        upper_knee: figure("upper knee", &icp.unit, |fit| fit.upper, "no level at high pressure is seen"),
        level: figure("level at low pressure", &amplitude.unit, |fit| Some(fit.line.level), "no line fits"),
    }
}

fn interval(points: &[Point], shape: Shape, pick: fn(&Fit) -> Option<f64>) -> Option<(f64, f64)> {
    let thinned: Vec<Point> = points.iter().copied().step_by(points.len().div_ceil(DRAWN)).collect();
    let block = (thinned.len() as f64).sqrt().ceil() as usize;
    of_blocks(&thinned, block, |drawn| shape.fit(drawn).as_ref().and_then(pick))
}

/// The interval of the slope by its standard error, as amplitudes and pressures that remember count for fewer: between its knees
/// the line is one on pressures held within them.
fn slope(points: &[Point], shape: Shape) -> Option<(f64, f64)> {
    let fit = shape.fit(points)?;
    let [lower, upper] = [fit.lower.unwrap_or(f64::NEG_INFINITY), fit.upper.unwrap_or(f64::INFINITY)];
    let pressures: Vec<f64> = points.iter().map(|(x, _)| x.clamp(lower, upper)).collect();
    let above: Vec<f64> = points.iter().zip(&pressures).map(|((_, y), x)| y - fit.line.slope * x).collect();
    let squares = |values: &[f64]| {
        let middle = mean(values)?;
        Some(values.iter().map(|value| (value - middle).powi(2)).sum::<f64>())
    };
    let freedom = independent_pairs(&pressures, &above) - 2.0;
    if freedom < 1.0 {
        return None;
    }
    let width = student(freedom) * (squares(&above)? / squares(&pressures)? / freedom).sqrt();
    Some((fit.line.slope - width, fit.line.slope + width))
}

/// What either of two intervals holds; none where one is not known.
fn wider(one: Option<(f64, f64)>, other: Option<(f64, f64)>) -> Option<(f64, f64)> {
    one.zip(other).map(|(one, other)| (one.0.min(other.0), one.1.max(other.1)))
}

/// A line with its knees.
#[derive(Clone, Copy, Debug)]
struct Fit {
    line: Hinge,
    lower: Option<f64>,
    upper: Option<f64>,
}

/// Which knees a line has.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Shape {
    Straight,
    Lower,
    Upper,
    Both,
}

impl Shape {
    /// The shape with as few knees as the points allow; none where no line rises.
    fn of(points: &[Point]) -> Option<Shape> {
        let groups = grouped(points).len();
        let misfit = |shape: Shape| shape.fit(points).map_or(f64::INFINITY, |fit| fit.line.misfit);
        let [straight, lower, upper, both] =
            [Shape::Straight, Shape::Lower, Shape::Upper, Shape::Both].map(misfit);
        // `from` left by a line of `numbers` numbers falls to `to` by one knee more.
        let better = |from: f64, to: f64, numbers: usize| {
            let Some(free) = groups.checked_sub(numbers).filter(|free| *free > 0) else { return false };
            from - to > f_quantile(0.99, 2.0, free as f64) * 2.0 * to / free as f64
        };
        if better(lower, both, 4) && better(upper, both, 4) && both.is_finite() {
            return Some(Shape::Both);
        }
        let (single, best) = if lower <= upper { (Shape::Lower, lower) } else { (Shape::Upper, upper) };
        if best.is_finite() && better(straight, best, 3) {
            return Some(single);
        }
        straight.is_finite().then_some(Shape::Straight)
    }

    /// The best line of this shape.
    fn fit(self, points: &[Point]) -> Option<Fit> {
        let groups = grouped(points);
        let (low, high) = (groups.first()?.0, groups.last()?.0);
        if high <= low {
            return None;
        }
        let knees = |sought: bool, rest: f64| -> Vec<f64> {
            let steps = (1..STEPS).map(|step| low + (high - low) * step as f64 / STEPS as f64);
            if sought { steps.collect() } else { vec![rest] }
        };
        let (has_lower, has_upper) =
            (matches!(self, Shape::Lower | Shape::Both), matches!(self, Shape::Upper | Shape::Both));
        let mut best: Option<Fit> = None;
        for from in knees(has_lower, low) {
            for to in knees(has_upper, high).into_iter().filter(|to| *to > from) {
                let Some(line) = fit(&groups, from, to) else { continue };
                if best.is_none_or(|best| line.misfit < best.line.misfit) {
                    best =
                        Some(Fit { line, lower: has_lower.then_some(from), upper: has_upper.then_some(to) });
                }
            }
        }
        best
    }
}

/// Means of neighbouring pressures, in order of pressure, equally many values each.
fn grouped(points: &[Point]) -> Vec<Point> {
    let mut sorted = points.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let of = |group: &[Point], pick: fn(&Point) -> f64| mean(&group.iter().map(pick).collect::<Vec<_>>());
    sorted
        .chunks(points.len().div_ceil(GROUPS).max(1))
        .filter_map(|group| Some((of(group, |point| point.0)?, of(group, |point| point.1)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::white;

    /// Three hours in which pressure rises from 5 to 40 mmHg.
    fn trends(amplitude: impl Fn(f64) -> f64) -> (Channel, Channel) {
        let pressure: Vec<f64> = (0..1080).map(|i| 5.0 + 35.0 * i as f64 / 1080.0 + white(1, i)).collect();
        let pulse = pressure.iter().enumerate().map(|(i, p)| amplitude(*p) + 0.3 * white(2, i)).collect();
        (Channel::new("icp", "mmHg", 0.0, 0.1, pressure), Channel::new("amp", "mmHg", 0.0, 0.1, pulse))
    }

    #[test]
    fn both_knees_and_the_slope_are_found() {
        let (icp, amplitude) = trends(|p| 2.0 + 0.2 * (p.clamp(12.0, 30.0) - 12.0));
        let found = amplitude_pressure(&icp, &amplitude);
        let near = |figure: &Figure, truth: f64, by: f64| {
            let value = figure.value.clone().unwrap();
            assert!((value.value - truth).abs() < by, "{figure} for {truth}");
            let (low, high) = value.interval.unwrap();
            assert!(low - 0.5 * by <= truth && truth <= high + 0.5 * by, "{figure} for {truth}");
        };
        near(&found.slope, 0.2, 0.02);
        near(&found.lower_knee, 12.0, 1.8);
        near(&found.upper_knee, 30.0, 1.8);
        near(&found.level, 2.0, 0.1);
        assert_eq!(found.slope.unit, "1");
    }

    #[test]
    fn a_straight_line_has_no_knees_and_one_knee_is_one() {
        let (icp, amplitude) = trends(|p| 1.0 + 0.15 * p);
        let found = amplitude_pressure(&icp, &amplitude);
        assert!((found.slope.number().unwrap() - 0.15).abs() < 0.01, "{}", found.slope);
        assert_eq!(found.lower_knee.value, Err("no level at low pressure is seen".to_owned()));
        let (icp, amplitude) = trends(|p| 2.0 + 0.2 * (p - 14.0).max(0.0));
        let found = amplitude_pressure(&icp, &amplitude);
        assert!((found.lower_knee.number().unwrap() - 14.0).abs() < 1.8, "{}", found.lower_knee);
        assert!(found.upper_knee.value.is_err());
    }

    /// Both the pressure and what moves the amplitude besides remember most of what they were ten seconds before.
    #[test]
    fn intervals_of_the_slope_hold_the_truth_as_often_as_they_say() {
        let remembers = |seed: u64, kept: f64| {
            let mut now = 0.0;
            (0..720).map(move |i| {
                now = kept * now + (1.0 - kept * kept).sqrt() * 3.0_f64.sqrt() * white(seed, i);
                now
            })
        };
        let count = 200;
        let mut held = 0;
        for seed in 0..count {
            let pressure: Vec<f64> = remembers(3 * seed, 0.98).map(|wave| 20.0 + 4.0 * wave).collect();
            let off = remembers(3 * seed + 1, 0.8);
            let pulse = pressure.iter().zip(off).map(|(p, off)| 1.0 + 0.15 * p + 0.5 * off).collect();
            let (icp, amplitude) = (
                Channel::new("icp", "mmHg", 0.0, 0.1, pressure),
                Channel::new("amp", "mmHg", 0.0, 0.1, pulse),
            );
            let found = amplitude_pressure(&icp, &amplitude).slope.value.unwrap();
            let (low, high) = found.interval.unwrap();
            held += usize::from((low..=high).contains(&0.15));
        }
        assert!((180..=198).contains(&held), "{held} of {count}");
    }

    #[test]
    fn a_pulse_that_does_not_grow_has_no_line() {
        let (icp, mut amplitude) = trends(|p| 6.0 - 0.1 * p);
        let reason = amplitude_pressure(&icp, &amplitude).slope.value.unwrap_err();
        assert!(reason.contains("does not grow"), "{reason}");
        amplitude.values.fill(f64::NAN);
        let reason = amplitude_pressure(&icp, &amplitude).slope.value.unwrap_err();
        assert!(reason.contains("20 are needed"), "{reason}");
    }
}
