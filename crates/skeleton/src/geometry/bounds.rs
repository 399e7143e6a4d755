//! A box along the axes.

use super::Vector;

/// The smallest box along the axes that holds some points; empty at first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// The lowest coordinates, mm.
    pub low: Vector,
    /// The highest coordinates, mm.
    pub high: Vector,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { low: Vector::repeat(f64::INFINITY), high: Vector::repeat(f64::NEG_INFINITY) }
    }
}

impl Bounds {
    /// The box of some points.
    pub fn of<'a>(points: impl IntoIterator<Item = &'a Vector>) -> Self {
        points.into_iter().fold(Self::default(), |bounds, point| bounds.with(point))
    }

    /// The box of this one and a point.
    #[must_use]
    pub fn with(self, point: &Vector) -> Self {
        Self { low: self.low.inf(point), high: self.high.sup(point) }
    }

    /// The box wider by `margin` mm on every side.
    #[must_use]
    pub fn wider(self, margin: f64) -> Self {
        Self { low: self.low.add_scalar(-margin), high: self.high.add_scalar(margin) }
    }

    /// Whether two boxes share a point.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        (0..3).all(|axis| self.low[axis] <= other.high[axis] && other.low[axis] <= self.high[axis])
    }

    /// Whether a point lies in the box.
    #[must_use]
    pub fn holds(&self, point: &Vector) -> bool {
        (0..3).all(|axis| self.low[axis] <= point[axis] && point[axis] <= self.high[axis])
    }

    /// Length of the edges, mm; zero where empty.
    #[must_use]
    pub fn size(&self) -> Vector {
        (self.high - self.low).sup(&Vector::zeros())
    }

    /// The middle.
    #[must_use]
    pub fn middle(&self) -> Vector {
        0.5 * (self.low + self.high)
    }

    /// Square of the distance of a point from the box, mm²; zero inside.
    #[must_use]
    pub fn distance_squared(&self, point: &Vector) -> f64 {
        let outside = (self.low - point).sup(&(point - self.high)).sup(&Vector::zeros());
        outside.norm_squared()
    }

    /// Where a ray enters the box, as a distance in lengths of its direction; `inverse` holds one over each
    /// component of the direction.
    #[must_use]
    pub fn entered_by(&self, origin: &Vector, inverse: &Vector, within: f64) -> Option<f64> {
        let near = (self.low - origin).component_mul(inverse);
        let far = (self.high - origin).component_mul(inverse);
        let from = near.inf(&far).max().max(0.0);
        let to = near.sup(&far).min().min(within);
        (from <= to).then_some(from)
    }
}
