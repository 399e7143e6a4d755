//! Inputs from outside the model: schedules and recordings.

/// A given function of time with its exact slope.
#[derive(Clone, Debug)]
pub enum Driver {
    /// It never changes.
    Constant(f64),
    /// It changes by ramps and jumps at known times.
    Schedule(Schedule),
    /// It follows samples.
    Spline(std::sync::Arc<Spline>),
}

/// A value that holds still but for ramps and jumps.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// Value before the first change.
    pub initial: f64,
    /// The changes, in order of time, not overlapping.
    pub changes: Vec<Change>,
}

/// One change of a [`Schedule`]: the way from the value before it to `to`, of which `3 s^2 - 2 s^3` is done at the
/// share `s` of the time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Where it begins, s.
    pub start: f64,
    /// Where it ends, s; equal to the start for a jump.
    pub end: f64,
    /// The value from then on.
    pub to: f64,
    /// The angle (rad) through which a direction turns of which this is one component; zero for a straight way.
    pub turn: f64,
}

/// A curve with continuous curvature through evenly spaced samples (natural cubic spline), held at its ends.
#[derive(Clone, Debug)]
pub struct Spline {
    start: f64,
    spacing: f64,
    values: Vec<f64>,
    curvatures: Vec<f64>,
}

impl Driver {
    /// Value and slope at `time`, `passed` breaks of this driver being behind.
    pub(crate) fn at(&self, time: f64, passed: usize) -> (f64, f64) {
        match self {
            Driver::Constant(value) => (*value, 0.0),
            Driver::Schedule(schedule) => schedule.at(time, passed),
            Driver::Spline(spline) => spline.at(time),
        }
    }

    /// Whether it never changes.
    pub fn is_constant(&self) -> bool {
        match self {
            Driver::Constant(_) => true,
            Driver::Schedule(schedule) => schedule.changes.is_empty(),
            Driver::Spline(_) => false,
        }
    }

    /// The value at the start of everything.
    pub(crate) fn initial(&self, time: f64) -> f64 {
        self.at(time, 0).0
    }

    /// The times at which it jumps or kinks, in order.
    pub(crate) fn breaks(&self) -> Vec<f64> {
        match self {
            Driver::Schedule(schedule) => schedule.changes.iter().flat_map(|c| [c.start, c.end]).collect(),
            Driver::Constant(_) | Driver::Spline(_) => Vec::new(),
        }
    }
}

impl Schedule {
    /// The breaks come two a change: its start and its end. Which piece holds is told by how many of them are
    /// behind, not by the time, so that a step that ends on a break sees only the piece before it.
    fn at(&self, time: f64, passed: usize) -> (f64, f64) {
        let index = passed / 2;
        let before = if index == 0 { self.initial } else { self.changes[index - 1].to };
        if passed.is_multiple_of(2) {
            return (before, 0.0);
        }
        let Change { start, end, to, turn } = self.changes[index];
        if end <= start {
            return (to, 0.0);
        }
        let s = ((time - start) / (end - start)).clamp(0.0, 1.0);
        let way = s * s * (3.0 - 2.0 * s);
        let speed = 6.0 * s * (1.0 - s) / (end - start);
        let (value, slope) = along(before, to, turn, way);
        (value, slope * speed)
    }
}

/// Value and slope at a share of the way: straight, or one component of a direction that turns evenly
/// (Shoemake 1985, spherical interpolation).
fn along(from: f64, to: f64, turn: f64, way: f64) -> (f64, f64) {
    if turn == 0.0 {
        return (from + (to - from) * way, to - from);
    }
    let [gone, left] = [turn * way, turn * (1.0 - way)];
    let value = (from * left.sin() + to * gone.sin()) / turn.sin();
    (value, turn * (to * gone.cos() - from * left.cos()) / turn.sin())
}

impl Spline {
    /// A spline through `values`, the first at `start`, `spacing` seconds apart. None where there are fewer than two
    /// samples, one is not finite, or the spacing is not positive.
    pub fn new(start: f64, spacing: f64, values: Vec<f64>) -> Option<Self> {
        let usable = values.len() >= 2 && values.iter().all(|v| v.is_finite()) && spacing > 0.0;
        usable.then(|| {
            let curvatures = natural_curvatures(&values, spacing);
            Spline { start, spacing, values, curvatures }
        })
    }

    /// The first sample.
    pub fn first(&self) -> f64 {
        self.values[0]
    }

    /// Time of the last sample, s.
    pub fn end(&self) -> f64 {
        self.start + self.spacing * (self.values.len() - 1) as f64
    }

    fn at(&self, time: f64) -> (f64, f64) {
        let position = (time - self.start) / self.spacing;
        let last = self.values.len() - 1;
        if position <= 0.0 {
            return (self.values[0], 0.0);
        }
        if position >= last as f64 {
            return (self.values[last], 0.0);
        }
        let index = position as usize;
        let b = position - index as f64;
        let a = 1.0 - b;
        let [y0, y1] = [self.values[index], self.values[index + 1]];
        let [m0, m1] = [self.curvatures[index], self.curvatures[index + 1]];
        let h = self.spacing;
        let value = a * y0 + b * y1 + ((a * a * a - a) * m0 + (b * b * b - b) * m1) * h * h / 6.0;
        let slope = (y1 - y0) / h + ((3.0 * b * b - 1.0) * m1 - (3.0 * a * a - 1.0) * m0) * h / 6.0;
        (value, slope)
    }
}

/// Second derivatives at the samples: the tridiagonal system `m(i-1) + 4 m(i) + m(i+1) = 6 d2y/h^2` by elimination.
fn natural_curvatures(values: &[f64], spacing: f64) -> Vec<f64> {
    let n = values.len();
    let mut curvatures = vec![0.0; n];
    let mut factors = vec![0.0; n];
    for i in 1..n - 1 {
        let right = 6.0 * (values[i + 1] - 2.0 * values[i] + values[i - 1]) / (spacing * spacing);
        let pivot = 4.0 - factors[i - 1];
        factors[i] = 1.0 / pivot;
        curvatures[i] = (right - curvatures[i - 1]) / pivot;
    }
    for i in (1..n - 1).rev() {
        curvatures[i] -= factors[i] * curvatures[i + 1];
    }
    curvatures
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_ramps_and_jumps_where_it_says() {
        let tilt = Schedule {
            initial: 0.0,
            changes: vec![
                Change { start: 10.0, end: 20.0, to: 60.0, turn: 0.0 },
                Change { start: 50.0, end: 50.0, to: 0.0, turn: 0.0 },
            ],
        };
        assert_eq!(tilt.at(3.0, 0), (0.0, 0.0));
        assert_eq!(tilt.at(15.0, 1), (30.0, 9.0));
        assert_eq!(tilt.at(50.0, 2), (60.0, 0.0), "up to the jump the old value holds");
        assert_eq!(tilt.at(50.0, 4), (0.0, 0.0));
    }

    #[test]
    fn a_body_that_turns_keeps_its_gravity() {
        let quarter = std::f64::consts::FRAC_PI_2;
        for way in [0.0, 0.2, 0.5, 0.9, 1.0] {
            let (forward, _) = along(1.0, 0.0, quarter, way);
            let (up, slope) = along(0.0, 1.0, quarter, way);
            assert!((forward.hypot(up) - 1.0).abs() < 1e-12);
            assert!((slope - quarter * (quarter * way).cos()).abs() < 1e-12);
        }
    }

    #[test]
    fn a_spline_passes_its_samples_and_has_the_slope_of_a_sine() {
        let spacing = 0.01;
        let values = (0..=1000).map(|i| (f64::from(i) * spacing).sin()).collect();
        let spline = Spline::new(0.0, spacing, values).unwrap();
        for i in 100..900 {
            let t = f64::from(i) * spacing + 0.0037;
            let (value, slope) = spline.at(t);
            assert!((value - t.sin()).abs() < 1e-9, "{}", value - t.sin());
            assert!((slope - t.cos()).abs() < 1e-6);
        }
    }

    #[test]
    fn a_spline_with_a_hole_is_refused() {
        assert!(Spline::new(0.0, 0.01, vec![1.0, f64::NAN, 2.0]).is_none());
        assert!(Spline::new(0.0, 0.01, vec![1.0]).is_none());
    }
}
