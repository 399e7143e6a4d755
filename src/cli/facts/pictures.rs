//! The pictures of the page, from the recordings of its runs.

use cisterna::analysis::{BeatAverage, Window, beat_amplitudes, beat_average, beat_means};
use cisterna::experiment::{Scenario, Taken};
use cisterna::recording::{Basis, Channel, MarkKind, Recording};
use cisterna::report::{Axis, Band, Chart, Dot, Line, Published, SummaryRow, Verdict};

/// Points of a beat.
const PHASES: usize = 200;
/// The most points of a curve.
const MOST: usize = 600;
/// Points of a curve from which breaths are averaged out.
const BLOCKS: usize = 60;
/// A bend counts from this share of the sharpest one.
const SHOULDER: f64 = 0.1;
/// Phases between the top of a peak and its sharpest bend, at most.
const BESIDE: usize = 6;
/// P2 over P1 at normal pressure: low, high, source.
const SECOND_OVER_FIRST: (f64, f64, &str) = (0.5, 1.0, "Wagshul et al. 2011 (P1 > P2 > P3; range as judged)");

/// A run of the page.
type Ran<'a> = (&'a Scenario, &'a Recording);

/// A picture of the page.
pub enum Picture {
    /// A pressure over one beat with its peaks.
    Pulse {
        /// The channel.
        channel: &'static str,
    },
    /// Channels over one beat; flows less their means where there are several.
    Beat {
        /// What it shows.
        caption: &'static str,
        /// The channels.
        channels: &'static [&'static str],
    },
    /// Channels over the time of the run, beat by beat where there is a heart.
    Time {
        /// What it shows.
        caption: &'static str,
        /// The channels.
        channels: &'static [&'static str],
    },
    /// One channel against another, in the first run that has both.
    Against {
        /// What it shows.
        caption: &'static str,
        /// Along.
        x: &'static str,
        /// Up.
        y: &'static str,
    },
    /// One channel against another, a line for each run, both from where something is injected.
    Each {
        /// What it shows.
        caption: &'static str,
        /// Along: its change.
        x: &'static str,
        /// Up.
        y: &'static str,
    },
    /// The pulse of a channel against its mean, beat by beat.
    Amplitude {
        /// What it shows.
        caption: &'static str,
        /// The channel.
        channel: &'static str,
    },
}

impl Picture {
    /// The picture; none where no run has what it shows.
    pub fn chart(&self, runs: &[Ran<'_>]) -> Option<Chart> {
        let first = runs.first()?.1;
        match *self {
            Picture::Pulse { channel } => pulse(first, channel),
            Picture::Beat { caption, channels } => beat(first, caption, channels),
            Picture::Time { caption, channels } => time(first, caption, channels),
            Picture::Against { caption, x, y } => {
                let (_, found) =
                    runs.iter().find(|(_, run)| run.channel(x).is_some() && run.channel(y).is_some())?;
                let [along, up] = [found.channel(x)?, found.channel(y)?];
                let points = smoothed(&pairs(&course(found, along), &course(found, up)));
                Some(plain(caption, axis(along), axis(up), vec![Line::curve(&shown(up).0, points)]))
            }
            Picture::Each { caption, x, y } => each(runs, caption, x, y),
            Picture::Amplitude { caption, channel } => {
                let means = beat_means(first, channel, window(first)).ok()?;
                let pulses = beat_amplitudes(first, channel, window(first)).ok()?;
                let points: Vec<_> = means.values.iter().copied().zip(pulses.values).collect();
                let points = smoothed(&points);
                let of = first.channel(channel)?;
                let up = Axis::linear("peak to peak", &of.unit);
                Some(plain(caption, axis(of), up, vec![Line::curve("beats", points)]))
            }
        }
    }

    /// The numbers that only the picture shows.
    pub fn rows(&self, runs: &[Ran<'_>]) -> Vec<SummaryRow> {
        let (Picture::Pulse { channel }, Some((_, run))) = (self, runs.first()) else { return Vec::new() };
        let Ok(shape) = beat_average(run, channel, window(run), PHASES) else { return Vec::new() };
        let peaks = peaks(&shape);
        let low = shape.means.iter().copied().fold(f64::INFINITY, f64::min);
        let mut rows: Vec<SummaryRow> = peaks
            .iter()
            .enumerate()
            .map(|(index, &(time, height))| SummaryRow {
                label: format!("height of P{} over the lowest of the beat", index + 1),
                value: height - low,
                unit: shape.unit.clone(),
                basis: Basis::Model,
                note: format!("{time:.2} s after the beat begins, with the contraction of the atria"),
                ..SummaryRow::default()
            })
            .collect();
        let heights: Vec<f64> = peaks.iter().map(|(_, height)| height - low).collect();
        if let [first, second, ..] = heights[..] {
            let (least, most, source) = SECOND_OVER_FIRST;
            let value = second / first;
            let inside = (least..=most).contains(&value);
            rows.push(SummaryRow {
                label: "P2 over P1".to_owned(),
                value,
                unit: "1".to_owned(),
                published: Some(Published { low: Some(least), high: Some(most), source: source.to_owned() }),
                verdict: Some(if inside { Verdict::InRange } else { Verdict::Outside }),
                ..SummaryRow::default()
            });
        }
        rows
    }
}

fn window(recording: &Recording) -> Window {
    let (from, to) = recording.span();
    Window { from, to }
}

fn axis(channel: &Channel) -> Axis {
    let (label, unit, _) = shown(channel);
    Axis::linear(&label, unit)
}

fn plain(caption: &str, x: Axis, y: Axis, lines: Vec<Line>) -> Chart {
    Chart { caption: caption.to_owned(), x, y, lines, ..Chart::default() }
}

/// Time and value: the means of the beats, or the samples of a model without a heart.
fn course(recording: &Recording, channel: &Channel) -> Vec<(f64, f64)> {
    let means = beat_means(recording, &channel.name, window(recording)).ok();
    let means = means.filter(|means| means.times.len() > 2);
    let points = means.map_or_else(
        || {
            let at = |(index, value): (usize, &f64)| (channel.start + index as f64 / channel.rate, *value);
            channel.values.iter().enumerate().map(at).collect()
        },
        |means| means.times.into_iter().zip(means.values).collect(),
    );
    let (_, _, factor) = shown(channel);
    thinned(points).into_iter().map(|(time, value)| (time, factor * value)).collect()
}

fn thinned(points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let every = points.len().div_ceil(MOST).max(1);
    points.into_iter().step_by(every).collect()
}

/// Values of two courses at the same times.
fn pairs(x: &[(f64, f64)], y: &[(f64, f64)]) -> Vec<(f64, f64)> {
    x.iter().zip(y).map(|(x, y)| (x.1, y.1)).collect()
}

/// Means of neighbours, so that breaths average out.
fn smoothed(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let block = points.len().div_ceil(BLOCKS).max(1);
    let mean = |points: &[(f64, f64)]| {
        let sum = points.iter().fold((0.0, 0.0), |sum, point| (sum.0 + point.0, sum.1 + point.1));
        (sum.0 / points.len() as f64, sum.1 / points.len() as f64)
    };
    points.chunks(block).map(mean).collect()
}

/// The name, the unit and the factor by which a channel is shown: flows in mL/min, as they are published.
fn shown(channel: &Channel) -> (String, &str, f64) {
    let label = channel.label.replace('_', " ");
    if channel.unit == "mL/s" { (label, "mL/min", 60.0) } else { (label, &channel.unit, 1.0) }
}

/// Peaks and shoulders of a beat after its steepest rise, in their order: time, height. A shoulder is where a falling
/// line bends down most, `d2 < 0` at its least: the peaks P1 to P3 of a pressure that not always falls between them.
fn peaks(shape: &BeatAverage) -> Vec<(f64, f64)> {
    let (means, count) = (&shape.means, shape.means.len());
    let at = |index: usize| means[index % count];
    let bend = |index: usize| at(index + count - 1) - 2.0 * at(index) + at(index + 1);
    let steepest =
        (0..count).max_by(|&a, &b| (at(a + 1) - at(a)).total_cmp(&(at(b + 1) - at(b)))).unwrap_or(0);
    let sharpest = (0..count).map(bend).fold(0.0, f64::min);
    // The sharpest bend of a peak lies beside its top where its sides differ.
    let top = |from: usize| {
        let tops = (from - BESIDE..=from + BESIDE).filter(|&k| at(k - 1) < at(k) && at(k) >= at(k + 1));
        tops.min_by_key(|&k| k.abs_diff(from)).unwrap_or(from)
    };
    let mut tops: Vec<usize> = (steepest + count + 1..steepest + 2 * count)
        .filter(|&k| bend(k) < SHOULDER * sharpest && bend(k) < bend(k - 1) && bend(k) <= bend(k + 1))
        .map(top)
        .collect();
    tops.dedup();
    tops.into_iter().map(|k| (shape.phases[k % count] * shape.duration, at(k))).take(3).collect()
}

fn pulse(recording: &Recording, name: &str) -> Option<Chart> {
    let shape = beat_average(recording, name, window(recording), PHASES).ok()?;
    let of = recording.channel(name)?;
    let points = shape.phases.iter().zip(&shape.means).map(|(phase, mean)| (phase * shape.duration, *mean));
    let dots = peaks(&shape).into_iter().enumerate();
    Some(Chart {
        dots: dots.map(|(index, (x, y))| Dot { label: format!("P{}", index + 1), x, y }).collect(),
        ..plain(
            &format!("{} over one heartbeat", of.label),
            Axis::linear("after the beat begins", "s"),
            axis(of),
            vec![Line::curve(&of.label, points.collect())],
        )
    })
}

fn beat(recording: &Recording, caption: &str, names: &[&str]) -> Option<Chart> {
    let mut lines = Vec::new();
    for name in names {
        let shape = beat_average(recording, name, window(recording), PHASES).ok()?;
        let mean = shape.means.iter().sum::<f64>() / shape.means.len() as f64;
        let less = if names.len() > 1 { mean } else { 0.0 };
        let points = shape.phases.iter().zip(&shape.means);
        let points = points.map(|(phase, value)| (phase * shape.duration, value - less)).collect();
        lines.push(Line::curve(&recording.channel(name)?.label, points));
    }
    let unit = &recording.channel(names.first()?)?.unit;
    let up = Axis::linear("flow", unit);
    Some(plain(caption, Axis::linear("after the beat begins", "s"), up, lines))
}

fn time(recording: &Recording, caption: &str, names: &[&str]) -> Option<Chart> {
    let channels: Vec<&Channel> = names.iter().filter_map(|name| recording.channel(name)).collect();
    let (from, to) = recording.span();
    // A long run reads better in minutes.
    let (unit, seconds) = if to - from > 600.0 { ("min", 60.0) } else { ("s", 1.0) };
    let line = |channel: &&Channel| {
        let points = course(recording, channel).into_iter().map(|(time, value)| (time / seconds, value));
        Line::curve(&shown(channel).0, points.collect())
    };
    let first = channels.first()?;
    let (label, shown_unit, _) = shown(first);
    let label = if channels.len() > 1 { String::new() } else { label };
    // What an experiment does has a name for people; a parameter that it changes has one with a dot.
    let events = recording.marks_of(MarkKind::Event).filter(|mark| !mark.label.contains('.'));
    Some(Chart {
        bands: events
            .map(|mark| Band {
                label: mark.label.clone(),
                from: mark.start / seconds,
                to: mark.end / seconds,
            })
            .collect(),
        ..plain(
            caption,
            Axis::linear("time", unit),
            Axis::linear(&label, shown_unit),
            channels.iter().map(line).collect(),
        )
    })
}

/// One channel against the change of another while something is injected: the window of the run's first measure.
fn each(runs: &[Ran<'_>], caption: &str, x: &str, y: &str) -> Option<Chart> {
    let mut lines = Vec::new();
    for (scenario, run) in runs {
        let [along, up] = [course(run, run.channel(x)?), course(run, run.channel(y)?)];
        let Taken::Statistic { window, .. } = scenario.measures.first()?.taken else { return None };
        let pairs = along.iter().zip(&up).filter(|(x, _)| window.from <= x.0 && x.0 <= window.to);
        let points: Vec<(f64, f64)> = pairs.map(|(x, y)| (x.1, y.1)).collect();
        let before = points.first().map_or(0.0, |point| point.0);
        lines.push(Line::curve(&scenario.title, points.into_iter().map(|(x, y)| (x - before, y)).collect()));
    }
    let (_, first) = runs.first()?;
    let unit = &first.channel(x)?.unit;
    Some(plain(caption, Axis::linear("fluid added", unit), axis(first.channel(y)?), lines))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A beat that is a sum of bells: place, height, width.
    fn shape(bells: &[(f64, f64, f64)]) -> BeatAverage {
        let phases: Vec<f64> = (0..PHASES).map(|k| k as f64 / PHASES as f64).collect();
        let value = |phase: &f64| -> f64 {
            bells
                .iter()
                .map(|(place, height, width)| height * (-((phase - place) / width).powi(2)).exp())
                .sum()
        };
        let means = phases.iter().map(value).collect();
        BeatAverage {
            deviations: vec![0.0; PHASES],
            phases,
            means,
            unit: "mmHg".to_owned(),
            duration: 1.0,
            beats_used: 1,
        }
    }

    #[test]
    fn a_shoulder_on_the_falling_side_is_a_peak_of_its_own() {
        let found = peaks(&shape(&[(0.3, 2.0, 0.05), (0.4, 1.0, 0.05), (0.65, 0.8, 0.06)]));
        let places: Vec<f64> = found.iter().map(|(time, _)| *time).collect();
        assert_eq!(places.len(), 3, "{found:?}");
        for (place, wanted) in places.iter().zip([0.3, 0.41, 0.65]) {
            assert!((place - wanted).abs() < 0.03, "{places:?}");
        }
    }

    #[test]
    fn breaths_are_averaged_out_and_the_ends_stay() {
        let points: Vec<(f64, f64)> = (0..600).map(|k| (f64::from(k), f64::from(k % 10))).collect();
        let smooth = smoothed(&points);
        assert_eq!(smooth.len(), BLOCKS);
        assert!(smooth.iter().all(|(_, value)| (value - 4.5).abs() < 1e-12));
    }
}
