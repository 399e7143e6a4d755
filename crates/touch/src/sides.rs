//! Which of two sides yields less.

use crate::hand::Hand;
use crate::random::Random;

/// A side that yields less than the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The left one.
    Left,
    /// The right one.
    Right,
    /// Neither: they seem alike.
    Neither,
}

impl Hand<'_> {
    /// Which side seems stiffer, of two whose stiffnesses have the ratio `right over left`, tried once by hand.
    ///
    /// What is felt is the logarithm of the ratio, with what one hand of the rater feels more than the other and with
    /// noise at which two stiffnesses that differ by `sides.just_told` are told apart as often as a threshold is
    /// defined by; a side is called stiff where that much is felt.
    #[must_use]
    pub fn compare_sides(&self, right_over_left: f64) -> Side {
        let just_told = (1.0 + self.values.sides_just_told).ln();
        let noise = just_told / self.values.skin_sensitivity;
        let mut random = Random::new(self.seed).branch("sides");
        let felt = right_over_left.ln() + self.rater.hands + noise * random.normal();
        match felt {
            felt if felt > just_told => Side::Right,
            felt if felt < -just_told => Side::Left,
            _ => Side::Neither,
        }
    }
}
