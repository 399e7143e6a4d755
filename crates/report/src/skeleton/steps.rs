//! Steps of size, and by how much motion is drawn larger than life.

/// Ranges of a size, one colour each, at 1, 2 and 5 times powers of ten.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Steps {
    /// The borders between ranges, from small to large; the last is the end of the scale.
    pub(crate) borders: Vec<f64>,
}

impl Steps {
    /// So many ranges up to the largest size; none where nothing has a size.
    pub(crate) fn up_to(largest: f64, count: usize) -> Self {
        if !(largest.is_finite() && largest > 0.0) {
            return Steps::default();
        }
        let mut index = (3.0 * largest.log10()).floor() as i32 - 3;
        while round(index) < largest * (1.0 - 1e-9) {
            index += 1;
        }
        Steps { borders: (0..count as i32).rev().map(|back| round(index - back)).collect() }
    }

    /// The range of a size, from none for the smallest on.
    pub(crate) fn of(&self, size: f64) -> usize {
        let last = self.borders.len().saturating_sub(1);
        self.borders.iter().position(|&border| size <= border * (1.0 + 1e-9)).unwrap_or(last)
    }
}

/// The numbers 1, 2, 5, 10, 20 and so on, from none on.
fn round(index: i32) -> f64 {
    [1.0, 2.0, 5.0][index.rem_euclid(3) as usize] * 10f64.powi(index.div_euclid(3))
}

/// The largest of 1, 2, 5 times a power of ten that is not above a number.
pub(crate) fn round_below(number: f64) -> Option<f64> {
    let steps = Steps::up_to(number, 2);
    let below = |&border: &f64| border <= number * (1.0 + 1e-9);
    steps.borders.iter().copied().rfind(below)
}

/// By how much motion is drawn larger than life.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Magnified {
    /// Shifts.
    pub(crate) shift: f64,
    /// Turns.
    pub(crate) turn: f64,
}

impl Magnified {
    /// So that the largest shift (mm) and turn (rad) are easily seen and do not leave the picture.
    pub(crate) fn for_largest(shift: f64, turn: f64) -> Self {
        const LONGEST: f64 = 24.0;
        const WIDEST: f64 = 4.4;
        let of = |most: f64, size: f64| round_below(most / size).unwrap_or(1.0);
        Magnified { shift: of(LONGEST, shift), turn: of(WIDEST, turn) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_motion_ends_the_scale() {
        let steps = Steps::up_to(1.7, 7);
        assert_eq!(steps.borders, [0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0]);
        assert_eq!((steps.of(0.0), steps.of(0.06), steps.of(1.7), steps.of(2.0)), (0, 2, 6, 6));
        assert_eq!(Steps::up_to(2.0, 1).borders, [2.0]);
        assert_eq!(Steps::up_to(0.0, 7).borders.len(), 0);
    }

    #[test]
    fn a_micrometre_is_drawn_ten_thousand_times_larger() {
        let drawn = Magnified::for_largest(0.002, 0.0001);
        assert_eq!((drawn.shift, drawn.turn), (10_000.0, 20_000.0));
        assert_eq!(round_below(f64::INFINITY), None);
    }
}
