//! A number of a claim with its range, and how numbers are put together.

use cisterna_quantity::{Basis, Dimension, Stated, Unit};

use crate::document::How;

/// A number with its range, in the canonical unit of its dimension.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// The value.
    pub value: f64,
    /// The lower end of what it may be.
    pub low: f64,
    /// The upper end of what it may be.
    pub high: f64,
    /// The unit in which it is shown.
    pub unit: Unit,
    /// What it rests on; none for what is computed.
    pub basis: Option<Basis>,
    /// The keys of its sources.
    pub sources: Vec<String>,
    /// The reason or derivation of a stated value.
    pub note: Option<String>,
    /// The hypotheses under which it was computed.
    pub hypotheses: Vec<String>,
}

impl Value {
    pub(crate) fn computed(value: f64, [low, high]: [f64; 2], unit: Unit, hypotheses: Vec<String>) -> Self {
        Value { value, low, high, unit, basis: None, sources: Vec::new(), note: None, hypotheses }
    }

    pub(crate) fn stated(stated: &Stated) -> Self {
        Value {
            value: stated.value,
            low: stated.low.unwrap_or(stated.value),
            high: stated.high.unwrap_or(stated.value),
            unit: stated.unit.clone(),
            basis: Some(stated.basis),
            sources: stated.sources.clone(),
            note: stated.note.clone(),
            hypotheses: Vec::new(),
        }
    }

    /// The same without its sign.
    pub(crate) fn magnitude(mut self) -> Self {
        let across = self.low < 0.0 && self.high > 0.0;
        let ends = [self.low.abs(), self.high.abs()];
        self.value = self.value.abs();
        self.low = if across { 0.0 } else { ends[0].min(ends[1]) };
        self.high = ends[0].max(ends[1]);
        self
    }

    /// What it measures.
    #[must_use]
    pub fn dimension(&self) -> Dimension {
        self.unit.dimension()
    }

    /// What it rests on, in a word: its basis, or that it is computed, or computed under a hypothesis.
    #[must_use]
    pub fn rests_on(&self) -> &'static str {
        match (self.basis, self.hypotheses.is_empty()) {
            (Some(basis), _) => basis.word(),
            (None, true) => "computed",
            (None, false) => "hypothesis",
        }
    }

    /// Whether it has a range at all.
    #[must_use]
    pub fn is_ranged(&self) -> bool {
        self.low != self.high
    }

    /// The three figures in a unit of SI size, so that those of several dimensions go together.
    fn sized(&self) -> [f64; 3] {
        let size = self.dimension().canonical_size();
        [self.value, self.low, self.high].map(|figure| figure * size)
    }
}

/// Numbers put together; their ranges as if each varied by itself. None where they do not go together.
pub(crate) fn together(how: How, values: &[&Value]) -> Option<Value> {
    let (first, rest) = values.split_first()?;
    let alike = rest.iter().all(|other| other.dimension() == first.dimension());
    let dimension = match how {
        How::Sum | How::Difference | How::Least | How::Most => alike.then(|| first.dimension())?,
        How::Product => rest.iter().fold(first.dimension(), |all, other| all.times(other.dimension())),
        How::Ratio => rest.iter().fold(first.dimension(), |all, other| all.per(other.dimension())),
    };
    let mut all = first.sized();
    for other in rest {
        let [value, low, high] = other.sized();
        all = match how {
            How::Sum => [all[0] + value, all[1] + low, all[2] + high],
            How::Difference => [all[0] - value, all[1] - high, all[2] - low],
            How::Least => [all[0].min(value), all[1].min(low), all[2].min(high)],
            How::Most => [all[0].max(value), all[1].max(low), all[2].max(high)],
            How::Product => ends(all, [value, low, high], |a, b| a * b),
            How::Ratio => ends(all, [value, low, high], |a, b| a / b),
        };
    }
    let unit = if dimension == first.dimension() { first.unit.clone() } else { Unit::canonical(dimension) };
    let size = dimension.canonical_size();
    let [value, low, high] = all.map(|figure| figure / size);
    let mut made = Value::computed(value, [low, high], unit, Vec::new());
    for other in values {
        for (own, new) in [(&mut made.sources, &other.sources), (&mut made.hypotheses, &other.hypotheses)] {
            own.extend(new.iter().filter(|key| !own.contains(key)).cloned().collect::<Vec<_>>());
        }
    }
    let finite = [made.value, made.low, made.high].iter().all(|figure| figure.is_finite());
    finite.then_some(made)
}

/// The value and the ends over all corners of two ranges.
fn ends(one: [f64; 3], other: [f64; 3], combine: fn(f64, f64) -> f64) -> [f64; 3] {
    let corners = [1, 2].map(|a| [1, 2].map(|b| combine(one[a], other[b])));
    let all = corners.iter().flatten().copied();
    [
        combine(one[0], other[0]),
        all.clone().fold(f64::INFINITY, f64::min),
        all.fold(f64::NEG_INFINITY, f64::max),
    ]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn value(text: &str) -> Value {
        let dimension =
            cisterna_quantity::Quantity::parse_any(text.split('|').next().unwrap()).unwrap().dimension;
        Value::stated(&Stated::parse(text, dimension).unwrap())
    }

    #[test]
    fn a_ratio_takes_the_corners_of_both_ranges() {
        let (push, area) = (value("1 N | 0.5 .. 2 | assumed: a"), value("2 mm^2 | 1 .. 4 | assumed: b"));
        let made = together(How::Ratio, &[&push, &area]).unwrap();
        assert_eq!(made.dimension(), Dimension::PRESSURE);
        let kilopascal = cisterna_quantity::parse_unit("kPa").unwrap();
        let figures = [made.value, made.low, made.high].map(|figure| kilopascal.from_canonical(figure));
        for (figure, wanted) in figures.into_iter().zip([500.0, 125.0, 2000.0]) {
            assert!((figure / wanted - 1.0).abs() < 1e-12, "{figures:?}");
        }
        assert!(together(How::Sum, &[&push, &area]).is_none());
    }

    #[test]
    fn a_magnitude_of_a_range_across_nought_begins_there() {
        let made = Value { low: -3.0, high: 1.0, value: -1.0, ..value("1 || assumed: a") }.magnitude();
        assert_eq!([made.value, made.low, made.high], [1.0, 0.0, 3.0]);
    }
}
