//! diffsol on the same equations: its fastest run whose waves lie as near to the reference as Cisterna's own.

use std::error::Error;

use serde_json::{Value, json};

use crate::accuracy::Miss;
use crate::adult::{Adult, DURATION, Row};
use crate::effort::{Effort, Task, busy};
use crate::independent::{Algebra, Method, Peer, solve};

/// The tolerance that is tried first.
const LOOSEST: f64 = 1e-2;
/// Down to where tolerances are tried, in powers of ten.
const DECADES: i32 = 6;
/// A run that takes this many times as long as one that is good enough can hardly win on a quieter machine.
const HOPELESS: f64 = 2.0;

/// A run with diffsol.
#[derive(Clone, Copy, Debug)]
pub struct Trial {
    /// What was asked.
    pub peer: Peer,
    /// How far its waves lie from the reference, as the largest share of what is allowed.
    pub share: f64,
    /// What the simulated time took, s.
    pub seconds: f64,
}

/// Both solvers at the same measured error.
pub struct Match {
    /// The miss of Cisterna's run, as the largest share of what is allowed.
    pub share: f64,
    /// The tolerance of Cisterna's run.
    pub tolerance: f64,
    /// Simulated seconds per second of Cisterna.
    pub factor: f64,
    /// The same of diffsol's fastest run that misses by no more; none where no run does.
    pub peer: Option<(Trial, f64)>,
    /// For each method and algebra the loosest run that misses by no more, or the one at which it was given up.
    pub trials: Vec<Trial>,
}

/// Tries every method with every algebra at tighter and tighter tolerances until it misses by no more than
/// Cisterna at its default; then times the fastest and Cisterna in turn.
pub fn at_the_same_error(adult: &Adult, rows: &[Row], effort: &Effort) -> Result<Match, Box<dyn Error>> {
    let own = adult.default_row(rows).ok_or("the default tolerance is not among those tried")?;
    let share = Miss::worst(&own.misses).share();
    let mut trials: Vec<Trial> = Vec::new();
    let mut best: Option<Trial> = None;
    for method in Method::ALL {
        for algebra in [Algebra::Sparse, Algebra::Dense] {
            let limit = best.map_or(f64::INFINITY, |best| HOPELESS * best.seconds);
            let trial = tighten(adult, method, algebra, Goal { share, limit }, effort)?;
            trials.push(trial);
            if trial.share <= share && best.is_none_or(|best| trial.seconds < best.seconds) {
                best = Some(trial);
            }
        }
    }
    let tolerance = own.tolerance;
    let mut tasks: Vec<Task<'_>> = vec![Box::new(move || Ok(busy(|| adult.run(tolerance, &adult.times))?.1))];
    if let Some(best) = best {
        tasks.push(Box::new(move || Ok(busy(|| run(adult, best.peer, &adult.times))?.1)));
    }
    let times = effort.time(&mut tasks)?;
    let factor = |index: usize| DURATION / times[index].least;
    Ok(Match { share, tolerance, factor: factor(0), peer: best.map(|best| (best, factor(1))), trials })
}

fn run(adult: &Adult, peer: Peer, times: &[f64]) -> Result<Vec<Vec<f64>>, Box<dyn Error>> {
    let mut engine = adult.subject.engine()?;
    Ok(solve(&mut engine, 0.0, &adult.subject.start, times, peer)?)
}

/// What a run must reach.
#[derive(Clone, Copy)]
struct Goal {
    /// The share of what is allowed by which it may miss.
    share: f64,
    /// How long it may take before it can no longer be the fastest, s.
    limit: f64,
}

/// The first run, from loose to tight, that reaches the goal; where none does, the last that was tried: the tightest
/// or the first that took too long, as still tighter ones would.
fn tighten(
    adult: &Adult,
    method: Method,
    algebra: Algebra,
    goal: Goal,
    effort: &Effort,
) -> Result<Trial, Box<dyn Error>> {
    let per_decade = if effort.quick { 1 } else { 3 };
    let mut last = Err(format!("diffsol's {method} gives no run").into());
    for step in 0..=DECADES * per_decade {
        let exponent = f64::from(step) / f64::from(per_decade);
        let peer = Peer { method, algebra, tolerance: LOOSEST * 10_f64.powf(-exponent) };
        // A run that fails at a loose tolerance may do at a tighter one.
        let Ok((states, seconds)) = busy(|| run(adult, peer, &adult.fine_times)) else { continue };
        let trial = Trial { peer, share: Miss::worst(&adult.misses(&states)?).share(), seconds };
        last = Ok(trial);
        if trial.share <= goal.share || seconds > goal.limit {
            break;
        }
    }
    last
}

impl Match {
    /// How many times faster Cisterna is.
    pub fn ratio(&self) -> Option<f64> {
        self.peer.map(|(_, factor)| self.factor / factor)
    }

    /// For the file of results.
    pub fn to_json(&self) -> Value {
        let trial = |trial: &Trial| {
            json!({
                "method": trial.peer.method.to_string(),
                "algebra": trial.peer.algebra.to_string(),
                "tolerance": trial.peer.tolerance,
                "share_of_allowed_miss": trial.share,
                "real_time_factor": DURATION / trial.seconds,
            })
        };
        json!({
            "cisterna": {
                "tolerance": self.tolerance,
                "share_of_allowed_miss": self.share,
                "real_time_factor": self.factor,
            },
            "best": self.peer.as_ref().map(|(best, factor)| {
                let mut best = trial(best);
                best["real_time_factor"] = json!(factor);
                best
            }),
            "cisterna_over_best": self.ratio(),
            "trials": self.trials.iter().map(trial).collect::<Vec<_>>(),
        })
    }
}
