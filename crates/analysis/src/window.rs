//! The stretch of time that a statistic looks at.

/// A stretch of time: samples at `from <= t < to` belong to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// Its beginning, s.
    pub from: f64,
    /// Its end, s.
    pub to: f64,
}

impl Window {
    /// How long it lasts, s.
    pub fn duration(self) -> f64 {
        self.to - self.from
    }

    /// Whether it has a beginning before its end, both finite.
    pub(crate) fn is_proper(self) -> bool {
        self.from.is_finite() && self.to.is_finite() && self.from < self.to
    }
}

impl std::fmt::Display for Window {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} s to {} s", self.from, self.to)
    }
}
