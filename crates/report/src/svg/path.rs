//! A trace as a path: every sample while there is room, the extremes of each column beyond.

use super::scale::Scale;
use std::fmt::Write as _;

/// Width of the coordinate system in which all paths are drawn; it is stretched to the page.
pub(crate) const WIDTH: f64 = 10_000.0;
/// Columns in which a long trace keeps its smallest and largest sample.
pub(crate) const COLUMNS: usize = 1_000;

/// A path and whether it is an envelope (dashes on an envelope would be noise).
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Path {
    /// The commands of the `d` attribute.
    pub(crate) commands: String,
    /// More samples than columns: only the extremes are drawn.
    pub(crate) dense: bool,
}

/// The path of evenly sampled `values` that begin at `start` (s) with `rate` samples per second,
/// over the times of `across`, on a picture `height` px high. What is not finite breaks the line.
pub(crate) fn of_samples(
    (start, rate): (f64, f64),
    values: &[f64],
    across: &Scale,
    up: &Scale,
    height: f64,
) -> Path {
    let index = |t: f64| ((t - start) * rate).clamp(0.0, values.len() as f64);
    // One sample beyond each edge, so that the line reaches the frame.
    let first = (index(across.low).floor() as usize).min(values.len());
    let last = ((index(across.high).ceil() as usize) + 1).min(values.len());
    let seen = &values[first..last.max(first)];
    let x = |i: usize| WIDTH * across.place(start + (first + i) as f64 / rate);
    let y = |v: f64| 10.0 * height * (1.0 - up.place(v));
    let mut pen = Pen::default();
    if seen.len() <= 2 * COLUMNS {
        for (i, &v) in seen.iter().enumerate() {
            pen.to(x(i), y(v));
        }
        return Path { commands: pen.finish(), dense: false };
    }
    for column in 0..COLUMNS {
        let from = column * seen.len() / COLUMNS;
        let to = (column + 1) * seen.len() / COLUMNS;
        for extreme in extremes(&seen[from..to]) {
            match extreme {
                Some((i, v)) => pen.to(x(from + i), y(v)),
                None => pen.lift(),
            }
        }
    }
    Path { commands: pen.finish(), dense: true }
}

/// The path through `points`; a point that cannot be drawn breaks the line.
pub(crate) fn of_points(points: &[(f64, f64)], across: &Scale, up: &Scale, height: f64) -> String {
    let mut pen = Pen::default();
    for &(x, y) in points {
        pen.to(WIDTH * across.place(x), 10.0 * height * (1.0 - up.place(y)));
    }
    pen.finish()
}

/// The smallest and the largest finite sample with their places, in order of time; `None` first,
/// between or last where the column holds a gap on that side of them.
pub(crate) fn extremes(column: &[f64]) -> impl Iterator<Item = Option<(usize, f64)>> {
    let finite = || column.iter().copied().enumerate().filter(|(_, v)| v.is_finite());
    let least = finite().min_by(|a, b| a.1.total_cmp(&b.1));
    let most = finite().max_by(|a, b| a.1.total_cmp(&b.1));
    let pair = match (least, most) {
        (Some(a), Some(b)) if a.0 == b.0 => [Some(a), None],
        (Some(a), Some(b)) if a.0 < b.0 => [Some(a), Some(b)],
        (Some(a), Some(b)) => [Some(b), Some(a)],
        _ => [None, None],
    };
    let gap = |from: usize, to: usize| column[from..to].iter().any(|v| !v.is_finite());
    let ends = pair.map(|p| p.map(|(i, _)| i));
    let (first, last) = match ends {
        [Some(first), Some(last)] => (first, last),
        [Some(only), None] => (only, only),
        _ => (column.len(), column.len()),
    };
    let breaks = [gap(0, first), gap(first, last), gap(last, column.len())];
    let mut steps = Vec::with_capacity(5);
    for (k, broken) in breaks.into_iter().enumerate() {
        if broken {
            steps.push(None);
        }
        if let Some(Some(point)) = pair.get(k) {
            steps.push(Some(*point));
        }
    }
    steps.into_iter()
}

/// Writes path commands, lifting at gaps and making a lone sample visible as a dot.
#[derive(Default)]
struct Pen {
    commands: String,
    last: Option<(i64, i64)>,
    length: usize,
}

impl Pen {
    fn to(&mut self, x: f64, y: f64) {
        if !(x.is_finite() && y.is_finite()) {
            self.lift();
            return;
        }
        let point = (x.round() as i64, y.round() as i64);
        if self.last == Some(point) {
            return;
        }
        let command = if self.last.is_some() { ' ' } else { 'M' };
        let _ = write!(self.commands, "{command}{} {}", point.0, point.1);
        self.last = Some(point);
        self.length += 1;
    }

    fn lift(&mut self) {
        if self.length == 1 {
            self.commands.push_str("h0");
        }
        self.last = None;
        self.length = 0;
    }

    fn finish(mut self) -> String {
        self.lift();
        self.commands
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const UP: fn() -> Scale = || Scale::exact(0.0, 10.0);

    fn draw(values: &[f64]) -> Path {
        let across = Scale::exact(0.0, (values.len() - 1) as f64);
        of_samples((0.0, 1.0), values, &across, &UP(), 100.0)
    }

    #[test]
    fn a_gap_breaks_the_line() {
        let path = draw(&[1.0, 2.0, f64::NAN, 3.0, 4.0]);
        assert_eq!(path.commands, "M0 900 2500 800M7500 700 10000 600");
        assert!(!path.dense);
    }

    #[test]
    fn a_lone_sample_between_gaps_is_a_dot() {
        let path = draw(&[f64::NAN, 5.0, f64::INFINITY]);
        assert_eq!(path.commands, "M5000 500h0");
    }

    #[test]
    fn a_long_trace_keeps_its_single_spike_and_its_gap() {
        let mut values = vec![5.0; 50_000];
        values[20_000] = 10.0;
        values[30_000] = f64::NAN;
        let path = draw(&values);
        assert!(path.dense);
        assert!(path.commands.contains("4000 0"), "the spike");
        assert_eq!(path.commands.matches('M').count(), 2, "the gap");
    }

    #[test]
    fn nothing_recorded_draws_nothing() {
        assert_eq!(draw(&[f64::NAN; 3]).commands, "");
    }

    proptest! {
        #[test]
        fn a_column_keeps_its_extremes(values in prop::collection::vec(-1e3..1e3f64, 1..200)) {
            let kept: Vec<f64> = extremes(&values).flatten().map(|(_, v)| v).collect();
            let least = values.iter().copied().fold(f64::INFINITY, f64::min);
            let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            prop_assert!(kept.contains(&least) && kept.contains(&most));
        }
    }
}
