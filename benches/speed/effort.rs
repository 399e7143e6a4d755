//! How often things are measured, and how times are taken on a machine that others use as well.

use std::error::Error;
use std::time::Instant;

/// What can be timed: it runs once and tells how long it kept a core busy, s.
pub type Task<'a> = Box<dyn FnMut() -> Result<f64, Box<dyn Error>> + 'a>;

/// Runs something on this thread and tells for how long it kept the core busy, s: other programs do not count where
/// the system tells them apart (Linux).
pub fn busy<T, E>(task: impl FnOnce() -> Result<T, E>) -> Result<(T, f64), E> {
    let (clock, before) = (Instant::now(), processor_time());
    let result = task()?;
    let seconds = match (before, processor_time()) {
        (Some(before), Some(after)) => after - before,
        _ => clock.elapsed().as_secs_f64(),
    };
    Ok((result, seconds))
}

/// The time for which this thread has been on a core, s.
fn processor_time() -> Option<f64> {
    // The account is brought up to date when the thread offers to make way.
    std::thread::yield_now();
    let account = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = account.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds * 1e-9)
}

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
                seconds.push(task()?);
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
