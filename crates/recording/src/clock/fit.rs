//! A line through places and times, kept as they go by.

/// Places and times of stamps, reduced to what a straight line through them needs: sums for least squares, and
/// the convex hull, on which the stamp farthest from any line lies.
#[derive(Debug, Default)]
pub(super) struct Fit {
    count: f64,
    mean_place: f64,
    mean_time: f64,
    both: f64,
    times: f64,
    /// Where all times lie below, in order of place.
    above: Vec<(f64, f64)>,
    /// Where all times lie above.
    below: Vec<(f64, f64)>,
}

impl Fit {
    /// Adds the stamp at `place`, `time` seconds after the first.
    pub(super) fn add(&mut self, place: usize, time: f64) {
        let place = place as f64;
        self.count += 1.0;
        let (from_place, from_time) = (place - self.mean_place, time - self.mean_time);
        self.mean_place += from_place / self.count;
        self.mean_time += from_time / self.count;
        self.both += from_time * (place - self.mean_place);
        self.times += from_time * (time - self.mean_time);
        extend(&mut self.above, (place, time), 1.0);
        extend(&mut self.below, (place, time), -1.0);
    }

    /// Samples per second by least squares.
    pub(super) fn rate(&self) -> Option<f64> {
        let rate = self.both / self.times;
        (self.count > 8.0 && rate.is_finite() && rate > 0.0).then_some(rate)
    }

    /// How far a stamp lies at most from its place at this step, counted from the first stamp, s.
    pub(super) fn worst(&self, step: f64) -> f64 {
        let offset = self.offset(step);
        let off = |(place, time): &(f64, f64)| (time - offset - place * step).abs();
        self.above.iter().chain(&self.below).map(off).fold(0.0, f64::max)
    }

    /// When place nought is, by the first stamp, s.
    pub(super) fn offset(&self, step: f64) -> f64 {
        self.above.first().map_or(0.0, |(place, time)| time - place * step)
    }

    /// The rate, or step, with the fewest digits that explains the stamps as well as the fitted one, or within
    /// `slack` of a sample: 125 Hz, not 124.99999998. `usual` is the rate where too few stamps tell one.
    pub(super) fn plainest_rate(&self, usual: f64, slack: f64) -> f64 {
        let fitted = self.both / self.times;
        let fitted = if fitted.is_finite() && fitted > 0.0 { fitted } else { usual };
        let allowed = (self.worst(fitted.recip()) * 1.05 + 1e-9 / fitted).max(slack / fitted);
        let rounded =
            |value: f64, digits: usize| format!("{value:.digits$e}").parse::<f64>().unwrap_or(value);
        (0..13)
            .flat_map(|digits| [rounded(fitted, digits), rounded(fitted.recip(), digits).recip()])
            .filter(|rate| rate.is_finite() && *rate > 0.0)
            .find(|rate| self.worst(rate.recip()) <= allowed)
            .unwrap_or(fitted)
    }
}

/// Adds a point to one side of the hull: `side` is 1 above, -1 below.
fn extend(hull: &mut Vec<(f64, f64)>, point: (f64, f64), side: f64) {
    while let [.., (x0, y0), (x1, y1)] = hull.as_slice() {
        let turn = (x1 - x0) * (point.1 - y0) - (y1 - y0) * (point.0 - x0);
        if turn * side < 0.0 {
            break;
        }
        hull.pop();
    }
    hull.push(point);
}
