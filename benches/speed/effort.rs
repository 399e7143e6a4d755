//! How often things are measured, and how times are taken on a machine that others use as well.

use std::error::Error;
use std::time::Instant;

/// What can be timed: it runs once and may fail.
pub type Task<'a> = Box<dyn FnMut() -> Result<(), Box<dyn Error>> + 'a>;

/// How often each thing is measured.
pub struct Effort {
    /// Whether a rough pass will do.
    pub quick: bool,
    /// How often each time is taken.
    pub rounds: usize,
}

/// The times that a task took, s.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// The least: what the machine can do when nobody disturbs.
    pub least: f64,
    /// The middle one: what it did.
    pub median: f64,
}

impl Effort {
    /// As the command line asks: `--quick` for a rough pass.
    pub fn from_arguments() -> Self {
        let quick = std::env::args().any(|argument| argument == "--quick");
        Effort { quick, rounds: if quick { 2 } else { 9 } }
    }

    /// Times tasks in turn, round after round, so that a disturbance meets all of them alike.
    pub fn time(&self, tasks: &mut [Task<'_>]) -> Result<Vec<Times>, Box<dyn Error>> {
        let mut seconds = vec![Vec::with_capacity(self.rounds); tasks.len()];
        for _ in 0..self.rounds {
            for (task, seconds) in tasks.iter_mut().zip(&mut seconds) {
                let clock = Instant::now();
                task()?;
                seconds.push(clock.elapsed().as_secs_f64());
            }
        }
        Ok(seconds.into_iter().map(Times::of).collect())
    }
}

impl Times {
    fn of(mut seconds: Vec<f64>) -> Self {
        seconds.sort_by(f64::total_cmp);
        Times { least: seconds[0], median: seconds[seconds.len() / 2] }
    }
}
