//! Finding the step that ends just after a crossing.

/// A crossing inside a trial step, closed in between a step before it and one after it.
///
/// Regula falsi with halved weights (Illinois), every fourth time bisection. Every probe is a step of the
/// method itself from the same start, so that the crossing lies on the solution and not on its interpolant.
#[derive(Clone, Debug)]
pub(super) struct Location {
    /// The end time of the trial in which the crossing was seen (s), and the length of that trial (s).
    pub(super) trial_end: f64,
    pub(super) trial: f64,
    /// The step to probe next (s); `None` where nothing is being located.
    pub(super) probe: Option<f64>,
    low: Side,
    high: Side,
    /// Where the interpolant has the crossing.
    guess: Option<f64>,
    probed: f64,
    rounds: u32,
}

/// One end of the bracket.
#[derive(Clone, Debug)]
struct Side {
    step: f64,
    margins: Vec<f64>,
    weight: f64,
}

/// How to go on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Search {
    /// Try a step of another length.
    GoesOn,
    /// The step just tried ends on the far side of the crossing, closely enough.
    Found,
}

impl Location {
    pub(super) fn new(crossings: usize) -> Self {
        let side = || Side { step: 0.0, margins: vec![0.0; crossings], weight: 1.0 };
        Location {
            trial_end: 0.0,
            trial: 0.0,
            probe: None,
            low: side(),
            high: side(),
            guess: None,
            probed: 0.0,
            rounds: 0,
        }
    }

    /// Starts from a trial that ends with a negative margin.
    pub(super) fn begin(
        &mut self,
        trial: f64,
        trial_end: f64,
        margins: impl Iterator<Item = (f64, f64)>,
        guess: f64,
    ) {
        self.trial = trial;
        self.trial_end = trial_end;
        (self.low.step, self.low.weight) = (0.0, 1.0);
        (self.high.step, self.high.weight) = (trial, 1.0);
        for (k, (start, end)) in margins.enumerate() {
            self.low.margins[k] = start;
            self.high.margins[k] = end;
        }
        self.guess = Some(guess);
        self.probed = trial;
        self.rounds = 0;
    }

    /// Takes in the margins at the end of the step that was probed.
    pub(super) fn record(&mut self, step: f64, margins: impl Iterator<Item = f64> + Clone) {
        let crossed = margins.clone().any(|margin| margin < 0.0);
        let (moved, kept) =
            if crossed { (&mut self.high, &mut self.low) } else { (&mut self.low, &mut self.high) };
        // A side that stays twice pulls too hard.
        kept.weight = if moved.step == self.probed { kept.weight * 0.5 } else { 1.0 };
        (moved.step, moved.weight) = (step, 1.0);
        for (k, margin) in margins.enumerate() {
            moved.margins[k] = margin;
        }
        self.probed = step;
        self.rounds += 1;
    }

    /// Decides on the next probe; the crossing is settled to `resolution` (s).
    pub(super) fn search(&mut self, resolution: f64) -> Search {
        let (low, high) = (self.low.step, self.high.step);
        if high - low <= resolution {
            if self.probed == high {
                self.probe = None;
                return Search::Found;
            }
            self.probe = Some(high);
            return Search::GoesOn;
        }
        let guess = match self.guess.take() {
            Some(guess) => guess,
            None if self.rounds % 4 == 3 => 0.5 * (low + high),
            None => self.earliest_root(),
        };
        let edge = 0.5 * resolution;
        let guess = if guess.is_nan() { 0.5 * (low + high) } else { guess };
        self.probe = Some(guess.max(low + edge).min(high - edge));
        Search::GoesOn
    }

    /// The first of the roots of the straight lines between the two sides.
    fn earliest_root(&self) -> f64 {
        let sides = self.low.margins.iter().zip(&self.high.margins);
        let roots = sides.filter(|&(_, &high)| high < 0.0).map(|(&low, &high)| {
            let (low, high) = (low * self.low.weight, high * self.high.weight);
            self.low.step + (self.high.step - self.low.step) * low / (low - high)
        });
        roots.fold(f64::NAN, f64::min)
    }
}
