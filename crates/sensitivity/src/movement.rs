//! The results at both ends of a value's range beside those of today.

use cisterna_model::Evidence;

use crate::study::{Move, Study, Watch};

/// How far a value without a range is moved, as a share of it.
const TENTH: f64 = 0.1;

/// From where to where a value is moved, canonical unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Span {
    /// The range that its document states.
    Stated(f64, f64),
    /// Its document states none: a tenth of the value to either side.
    Tenth(f64, f64),
}

impl Span {
    /// The span of a value; none where there is nowhere to go.
    #[must_use]
    pub fn of(value: &Evidence) -> Option<Self> {
        match (value.low, value.high) {
            (Some(low), Some(high)) => (low < high).then_some(Self::Stated(low, high)),
            _ => {
                let tenth = TENTH * value.value.abs();
                (tenth > 0.0).then_some(Self::Tenth(value.value - tenth, value.value + tenth))
            }
        }
    }

    /// Its low and its high end.
    #[must_use]
    pub fn ends(self) -> [f64; 2] {
        match self {
            Self::Stated(low, high) | Self::Tenth(low, high) => [low, high],
        }
    }
}

/// What a value moves.
#[derive(Clone, Debug, PartialEq)]
pub struct Movement {
    /// The value.
    pub name: String,
    /// From where to where it was moved; none where there is nowhere to go.
    pub span: Option<Span>,
    /// The results, those that move most (in per cent of today's) first; empty where the user stopped before.
    pub rows: Vec<Moved>,
    /// Why there are no results at the low or the high end.
    pub failures: Vec<String>,
}

/// One result at the ends of a value's range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moved {
    /// Which result, an index into those of the study.
    pub target: usize,
    /// With the value at its low end; none where that could not be run.
    pub low: Option<f64>,
    /// Today.
    pub base: f64,
    /// With the value at its high end; none where that could not be run.
    pub high: Option<f64>,
}

impl Moved {
    /// A result less that of today, in per cent of it.
    #[must_use]
    pub fn percent(&self, result: f64) -> f64 {
        100.0 * (result - self.base) / self.base.abs()
    }

    /// The larger of both movements, per cent.
    #[must_use]
    pub fn most(&self) -> f64 {
        let sizes = [self.low, self.high].into_iter().flatten().map(|result| self.percent(result).abs());
        sizes.fold(0.0, f64::max)
    }
}

/// Runs the study with each value at the low and the high end of its span.
pub fn movements(study: &Study, values: &[&Evidence], watch: &dyn Watch) -> Vec<Movement> {
    let spans: Vec<Option<Span>> = values.iter().map(|value| Span::of(value)).collect();
    let ends = |(value, span): (&&Evidence, &Option<Span>)| {
        let name = value.name.clone();
        span.map(|span| span.ends().map(|to| Move { name: name.clone(), to }))
    };
    let moves: Vec<Move> = values.iter().zip(&spans).filter_map(ends).flatten().collect();
    let mut results = study.moved(&moves, watch).into_iter();
    values
        .iter()
        .zip(spans)
        .map(|(value, span)| {
            let name = value.name.clone();
            let mut movement = Movement { name, span, rows: Vec::new(), failures: Vec::new() };
            if span.is_some()
                && let (Some(Some(low)), Some(Some(high))) = (results.next(), results.next())
            {
                movement.enter(study, [low, high]);
            }
            movement
        })
        .collect()
}

impl Movement {
    fn enter(&mut self, study: &Study, ends: [Result<Vec<f64>, String>; 2]) {
        let [low, high] = ["low", "high"].map(|end| format!("at its {end} end: "));
        for (said, end) in [low, high].into_iter().zip(&ends) {
            self.failures.extend(end.as_ref().err().map(|reason| said + reason));
        }
        let [low, high] = ends.map(Result::ok);
        let at = |end: &Option<Vec<f64>>, target: usize| end.as_ref().map(|results| results[target]);
        let row = |(target, result): (usize, &crate::study::Target)| Moved {
            target,
            low: at(&low, target),
            base: result.base,
            high: at(&high, target),
        };
        self.rows = study.targets.iter().enumerate().map(row).collect();
        self.rows.sort_by(|a, b| b.most().total_cmp(&a.most()));
    }
}
