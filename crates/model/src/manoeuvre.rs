//! What is done to a body by one name: a strain, a cough, a cuff, a drug.

use cisterna_fluid::Address;
use cisterna_quantity::Unit;

/// What is done to a body by one name: a set of parameters that change together, and return.
#[derive(Clone, Debug, PartialEq)]
pub struct Manoeuvre {
    /// Its name.
    pub name: String,
    /// What it is, in one line.
    pub summary: String,
    /// How much of it there may be; none where it is always the same.
    pub amount: Option<Amount>,
    /// How long it lasts where nobody says, s; none where it goes on until the end.
    pub length: Option<f64>,
    /// What changes.
    pub changes: Vec<Change>,
}

/// How much of a manoeuvre there may be, all values in the canonical unit of its dimension.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// The amount where nobody says.
    pub usual: f64,
    /// The least that is allowed.
    pub least: f64,
    /// The most that is allowed.
    pub most: f64,
    /// The unit in which people give it.
    pub unit: Unit,
}

/// One parameter that a manoeuvre changes for a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The parameter.
    pub address: Address,
    /// When the change begins.
    pub moment: Moment,
    /// How long until it returns, s; none where it lasts as long as the manoeuvre.
    pub length: Option<f64>,
    /// How long the way there takes, s.
    pub over: f64,
    /// How long the way back takes, s.
    pub back: f64,
    /// Where it goes.
    pub goal: Goal,
}

/// When a change begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Moment {
    /// So long after the manoeuvre begins, s.
    At(f64),
    /// So long after the manoeuvre ends, s.
    After(f64),
}

/// Where a parameter goes, in its canonical unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Goal {
    /// To a value.
    To(f64),
    /// To the amount of the manoeuvre.
    Amount,
    /// `x + d`: the value before, and a difference `d` that is the same for every amount.
    By(f64),
    /// `x + f a`: the value before, and a multiple `f` of the amount `a`.
    Add(f64),
    /// `x (1 + f a)`: the value before, changed by a multiple `f` of the amount `a`.
    Scale(f64),
}

impl Goal {
    /// The value that the parameter goes to, from that before and the amount; the amount is 1 where a manoeuvre has none.
    ///
    /// ```
    /// # use cisterna_model::Goal;
    /// assert_eq!(Goal::Scale(-1.0).value(0.4, 0.5), 0.2);
    /// assert_eq!(Goal::By(-7.0).value(6.0, 40.0), -1.0);
    /// ```
    #[must_use]
    pub fn value(self, before: f64, amount: f64) -> f64 {
        match self {
            Self::To(value) => value,
            Self::Amount => amount,
            Self::By(difference) => before + difference,
            Self::Add(factor) => before + factor * amount,
            Self::Scale(factor) => before * (1.0 + factor * amount),
        }
    }
}
