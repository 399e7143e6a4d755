//! Corners that are seen coming.

use serde::{Deserialize, Serialize};

/// The widths of a corner that one step may cross.
const ACROSS: f64 = 5.0;
/// How many points a parabola needs.
const POINTS: usize = 3;

/// The corners of a lane at the starts of its last steps: places where the rates bend within far less than a step, as
/// where a valve opens. An error estimate sees a corner only when a step has gone across it, and then knows neither where
/// it is nor that all is smooth behind it: several steps are lost on either side. Here the distance of each corner is
/// carried on by the parabola through three points, and a step ends one width before it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Corners {
    /// The newest first: the time (s) and the distance of each corner in its widths, negative before it.
    points: [Point; POINTS],
    /// How many of the points are of this course.
    seen: usize,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Point {
    time: f64,
    distances: Vec<f64>,
}

/// What corners ask of a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Ahead {
    /// None lies in its way.
    Clear,
    /// It is to end before one (s).
    Stop(f64),
    /// It goes across one, carefully (s): what was learned of errors before it does not hold behind it.
    Across(f64),
}

impl Corners {
    pub(super) fn new(count: usize) -> Self {
        let point = || Point { time: 0.0, distances: vec![0.0; count] };
        Corners { points: std::array::from_fn(|_| point()), seen: 0 }
    }

    /// Forgets the course: what follows is not its smooth continuation.
    pub(super) fn forget(&mut self) {
        self.seen = 0;
    }

    /// Takes in the distances at the start of a step; of the same start only once.
    pub(super) fn see(&mut self, time: f64, distances: impl Iterator<Item = f64>) {
        if self.seen > 0 && self.points[0].time == time {
            return;
        }
        self.points.rotate_right(1);
        let [newest, ..] = &mut self.points;
        newest.time = time;
        for (own, distance) in newest.distances.iter_mut().zip(distances) {
            *own = distance;
        }
        self.seen = (self.seen + 1).min(POINTS);
    }

    /// What lies in the way of a step that is wanted (s).
    pub(super) fn ahead(&self, wanted: f64) -> Ahead {
        let mut ahead = Ahead::Clear;
        if self.seen < POINTS {
            return ahead;
        }
        let [now, before, first] = &self.points;
        let [late, early] = [now.time - before.time, before.time - first.time];
        let mut step = wanted;
        let distances = now.distances.iter().zip(&before.distances).zip(&first.distances);
        for ((&now, &before), &first) in distances {
            let [last, earlier] = [(now - before) / late, (before - first) / early];
            let bend = (last - earlier) / (late + early);
            let slope = last + bend * late;
            if !(now < 0.0 && slope > 0.0) {
                continue;
            }
            // now + slope t + bend t^2 = 0, with the speed there; not a number where the parabola turns before.
            let speed = (slope * slope - 4.0 * bend * now).sqrt();
            let time = -2.0 * now / (slope + speed);
            let [width, across] = [1.0 / speed, ACROSS / speed];
            if time < step && across < step {
                (step, ahead) = match time > across {
                    true => (time - width, Ahead::Stop(time - width)),
                    false => (across, Ahead::Across(across)),
                };
            }
        }
        ahead
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The course of a corner that lies `distance(t)` widths ahead, seen at three times.
    fn course(distance: impl Fn(f64) -> f64) -> Corners {
        let mut corners = Corners::new(1);
        for time in [0.0, 0.1, 0.3] {
            corners.see(time, std::iter::once(distance(time)));
        }
        corners
    }

    #[test]
    fn a_step_ends_one_width_before_a_corner() {
        // Reached at t = 1 with a speed of 200 widths per s.
        let corners = course(|t| 100.0 * (t * t - 1.0));
        let Ahead::Stop(step) = corners.ahead(2.0) else { panic!("{:?}", corners.ahead(2.0)) };
        assert!((step - (0.7 - 1.0 / 200.0)).abs() < 1e-12, "{step}");
    }

    #[test]
    fn a_corner_at_hand_is_crossed_with_care() {
        let corners = course(|t| 1000.0 * (t - 0.301));
        let Ahead::Across(step) = corners.ahead(0.1) else { panic!("{:?}", corners.ahead(0.1)) };
        assert!((step - ACROSS / 1000.0).abs() < 1e-12, "{step}");
    }

    #[test]
    fn nothing_is_asked_where_no_corner_is_in_the_way() {
        for (what, corners) in [
            ("left behind", course(|t| 1000.0 * t + 1.0)),
            ("going away", course(|t| -1.0 - 1000.0 * t)),
            ("beyond the step", course(|t| 1000.0 * (t - 1.0))),
            ("too wide to matter", course(|t| 2.0 * (t - 0.4))),
            ("never reached", course(|t| -200.0 + 100.0 * t - 100.0 * t * t)),
        ] {
            assert_eq!(corners.ahead(0.5), Ahead::Clear, "{what}");
        }
        let mut corners = course(|t| 1000.0 * (t - 0.301));
        corners.forget();
        assert_eq!(corners.ahead(0.1), Ahead::Clear);
    }

    #[test]
    fn a_start_is_seen_once() {
        let mut corners = course(|t| 1000.0 * (t - 0.301));
        let before = corners.clone();
        corners.see(0.3, std::iter::once(7.0));
        assert_eq!(corners, before);
    }
}
