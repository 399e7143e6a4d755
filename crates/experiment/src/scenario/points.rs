//! A course through points: values at times, and a curve through them.

use cisterna_fluid::Spline;
use cisterna_model::document::{Collector, Node, Place, Value};
use cisterna_quantity::{Dimension, Quantity, Unit, exact_number, parse_unit};
use cisterna_recording::Channel;

/// So many samples are laid between the two nearest points, and so near to each other they lie at least and at most, s.
const FINE: f64 = 10.0;
const SPACINGS: [f64; 2] = [1e-3, 0.1];
/// The most points, and the most samples of the curve through them.
const MOST_POINTS: usize = 100_000;
const MOST_SAMPLES: f64 = 5e6;
/// What a mass weighs, N/kg (the standard value).
const GRAVITY: f64 = 9.806_65;

/// Values at rising times, in between which a curve runs that goes beyond none of its points.
#[derive(Clone, Debug, PartialEq)]
pub struct Points {
    /// Times, s, and values, canonical unit.
    pub points: Vec<[f64; 2]>,
    /// The unit in which values are shown.
    pub unit: Unit,
}

impl Points {
    /// Reads `[["0 s", "0 mm"], ["10 s", "0.2 mm"]]`. A mass stands for its weight.
    pub fn read(nodes: &[Node], place: &Place, problems: &Collector) -> Option<Self> {
        let wrong = |place: &Place, message: String| {
            let help = "a course is a list of two or more points, each a time and a value: [[\"0 s\", \"0 mm\"], [\"10 s\", \"0.2 mm\"]]";
            problems.add(place.problem(message).help(help));
            None
        };
        let mut points: Vec<[f64; 2]> = Vec::new();
        let mut unit: Option<Unit> = None;
        for node in nodes {
            let Value::List(pair) = &node.value else {
                return wrong(&node.place, format!("this is {}, not a point", node.value.kind()));
            };
            let [Value::String(time), Value::String(value)] =
                [pair.first(), pair.get(1)].map(|part| part.map_or(Value::Date, |node| node.value.clone()))
            else {
                return wrong(&node.place, "this is no point".to_owned());
            };
            if pair.len() != 2 {
                return wrong(
                    &node.place,
                    format!("a point is a time and a value, not {} things", pair.len()),
                );
            }
            let read = Quantity::parse(&time, Dimension::TIME)
                .and_then(|time| Ok((time, Quantity::parse_any(&value)?)));
            let (time, value) = match read {
                Ok(read) => read,
                Err(error) => {
                    problems.add(node.place.problem(error.message).help(error.help.unwrap_or_default()));
                    return None;
                }
            };
            let (number, own) = weight(value, unit_of(node, problems)?);
            if unit.as_ref().is_some_and(|unit| unit.dimension() != own.dimension()) {
                return wrong(&node.place, "all points of a course have values of one kind".to_owned());
            }
            let before = points.last().map_or(-f64::MIN_POSITIVE, |point| point[0]);
            if time <= before || time < 0.0 {
                return wrong(
                    &node.place,
                    format!("points come one after another from 0 s on, not at {} s", exact_number(time)),
                );
            }
            points.push([time, number]);
            unit.get_or_insert(own);
        }
        match unit {
            Some(unit) if (2..=MOST_POINTS).contains(&points.len()) => Some(Points { points, unit }),
            _ => wrong(place, format!("this course has {} points", points.len())),
        }
    }

    /// The samples of a recorded channel, from its beginning. A mass stands for its weight.
    ///
    /// # Errors
    /// A unit that is none, a gap, and what is too long or too short, in words.
    pub fn recorded(channel: &Channel) -> Result<Self, String> {
        let name = &channel.name;
        let unit =
            parse_unit(&channel.unit).map_err(|error| format!("channel `{name}`: {}", error.message))?;
        if let Some(gap) = channel.values.iter().position(|value| !value.is_finite()) {
            return Err(format!("channel `{name}` has a gap at {} s", exact_number(channel.time(gap))));
        }
        let many = channel.values.len();
        if !(2..=MOST_POINTS).contains(&many) {
            return Err(format!("channel `{name}` has {many} samples: 2 to {MOST_POINTS} make a course"));
        }
        let mut shown = unit.clone();
        let mut points = Vec::with_capacity(many);
        for (place, value) in channel.values.iter().enumerate() {
            let canonical = Quantity { value: unit.to_canonical(*value), dimension: unit.dimension() };
            let (number, own) = weight(canonical, unit.clone());
            points.push([place as f64 / channel.rate, number]);
            shown = own;
        }
        Ok(Points { points, unit: shown })
    }

    /// The same, later by `begin` and with its time stretched by a factor; brought in from nought and back to it within `ramp`
    /// seconds where it does not begin and end there.
    #[must_use]
    pub fn laid(&self, begin: f64, stretch: f64, ramp: f64) -> Self {
        let mut points: Vec<[f64; 2]> =
            self.points.iter().map(|[time, value]| [begin + stretch * time, *value]).collect();
        let ends = [points.first(), points.last()].map(|end| end.copied().unwrap_or_default());
        if ends[0][1] != 0.0 {
            points.insert(0, [ends[0][0] - ramp, 0.0]);
        }
        if ends[1][1] != 0.0 {
            points.push([ends[1][0] + ramp, 0.0]);
        }
        Points { points, unit: self.unit.clone() }
    }

    /// The document of it.
    #[must_use]
    pub fn document(&self) -> String {
        let unit = self.unit.text();
        let shown = |[time, value]: &[f64; 2]| {
            format!(
                "[\"{} s\", \"{} {unit}\"]",
                exact_number(*time),
                exact_number(self.unit.from_canonical(*value))
            )
        };
        format!("[{}]", self.points.iter().map(shown).collect::<Vec<_>>().join(", "))
    }

    /// The value that is furthest from nought, without its sign.
    #[must_use]
    pub fn greatest(&self) -> f64 {
        self.points.iter().map(|[_, value]| value.abs()).fold(0.0, f64::max)
    }

    /// When its last point is, s.
    #[must_use]
    pub fn end(&self) -> f64 {
        self.points.last().map_or(0.0, |point| point[0])
    }

    /// A curve through all points; none where it would be too long for how near its points lie.
    pub(super) fn curve(&self) -> Option<Spline> {
        let gaps = self.points.windows(2).map(|pair| pair[1][0] - pair[0][0]);
        let spacing = (gaps.fold(f64::INFINITY, f64::min) / FINE).clamp(SPACINGS[0], SPACINGS[1]);
        let first = self.points.first()?[0];
        let many = ((self.end() - first) / spacing).ceil();
        if many.is_nan() || many >= MOST_SAMPLES {
            return None;
        }
        let slopes = self.slopes();
        let mut piece = 0;
        let values = (0..=many as usize).map(|sample| {
            let time = (first + sample as f64 * spacing).min(self.end());
            while piece + 2 < self.points.len() && self.points[piece + 1][0] <= time {
                piece += 1;
            }
            between(&self.points[piece..=piece + 1], &slopes[piece..=piece + 1], time)
        });
        Spline::new(first, spacing, values.collect())
    }

    /// The slope at each point: nought at the ends and wherever it turns, else the harmonic mean of those on either side, so that
    /// the curve goes beyond no point (Fritsch and Butland 1984).
    fn slopes(&self) -> Vec<f64> {
        let secants: Vec<f64> = self
            .points
            .windows(2)
            .map(|pair| (pair[1][1] - pair[0][1]) / (pair[1][0] - pair[0][0]))
            .collect();
        let inner = secants.windows(2).map(|pair| match pair {
            [a, b] if a * b > 0.0 => 2.0 * a * b / (a + b),
            _ => 0.0,
        });
        std::iter::once(0.0).chain(inner).chain(std::iter::once(0.0)).collect()
    }
}

/// The cubic between two points with a slope at each.
fn between(points: &[[f64; 2]], slopes: &[f64], time: f64) -> f64 {
    let (&[[from, low], [to, high]], &[first, second]) = (points, slopes) else { return f64::NAN };
    let length = to - from;
    let s = ((time - from) / length).clamp(0.0, 1.0);
    let way = s * s * (3.0 - 2.0 * s);
    low + (high - low) * way + length * s * (1.0 - s) * ((1.0 - s) * first - s * second)
}

/// The unit as it is written in a point that has been read.
fn unit_of(point: &Node, problems: &Collector) -> Option<Unit> {
    let Value::List(pair) = &point.value else { return None };
    let Some(Value::String(text)) = pair.get(1).map(|node| &node.value) else { return None };
    let text = text.trim_start_matches(|letter: char| letter.is_ascii_digit() || "+-.eE_ ".contains(letter));
    parse_unit(if text.trim().is_empty() { "1" } else { text.trim() })
        .map_err(|error| problems.add(point.place.problem(error.message)))
        .ok()
}

/// A value with its unit; that of a mass is its weight.
fn weight(quantity: Quantity, unit: Unit) -> (f64, Unit) {
    if quantity.dimension != Dimension::MASS {
        return (quantity.value, unit);
    }
    let newton = quantity.value * Dimension::MASS.canonical_size() * GRAVITY;
    let unit = parse_unit("N").unwrap_or_else(|_| Unit::canonical(Dimension::FORCE));
    (unit.to_canonical(newton), unit)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn points(points: &[[f64; 2]]) -> Points {
        Points { points: points.to_vec(), unit: parse_unit("mm").unwrap() }
    }

    #[test]
    fn a_curve_meets_its_points_and_goes_beyond_none() {
        let course = points(&[[0.0, 0.0], [1.0, 0.1], [4.0, 0.5], [5.0, 0.5], [9.0, 0.0]]);
        let (slopes, mut seen) = (course.slopes(), Vec::new());
        for piece in 0..4 {
            for step in 0..=50 {
                let pair = &course.points[piece..=piece + 1];
                let time = pair[0][0] + f64::from(step) / 50.0 * (pair[1][0] - pair[0][0]);
                let value = between(pair, &slopes[piece..=piece + 1], time);
                let [low, high] = [pair[0][1].min(pair[1][1]), pair[0][1].max(pair[1][1])];
                assert!((low - 1e-12..=high + 1e-12).contains(&value), "{time} {value}");
                seen.push(value);
            }
        }
        assert_eq!(
            // The last of each piece of 51 is the point at its end.
            [seen[0], seen[50], seen[101], seen[203]].map(|value| (value * 1e9).round() / 1e9),
            [0.0, 0.1, 0.5, 0.0]
        );
        assert!(course.curve().is_some());
    }

    #[test]
    fn what_does_not_begin_at_nought_is_brought_there() {
        let laid = points(&[[0.0, 1.0], [2.0, 0.0]]).laid(20.0, 0.5, 1.0);
        assert_eq!(laid.points, [[19.0, 0.0], [20.0, 1.0], [21.0, 0.0]]);
        assert_eq!(laid.document(), "[[\"19 s\", \"0 mm\"], [\"20 s\", \"1 mm\"], [\"21 s\", \"0 mm\"]]");
    }

    #[test]
    fn five_grams_weigh_what_five_grams_weigh() {
        let unit = parse_unit("g").unwrap();
        let mass = Quantity { value: unit.to_canonical(5.0), dimension: Dimension::MASS };
        let (force, newton) = weight(mass, unit);
        assert!((newton.from_canonical(force) - 0.049_033).abs() < 1e-6);
    }
}
