//! Four hearts side by side, at 50, 70, 90 and 120 beats per minute, on one core and on two.

use std::error::Error;

use cisterna_experiment::Scenario;
use cisterna_fluid::{Compiled, Engine, Packed};
use cisterna_solver::{Four, Integrator, Options};
use serde_json::{Value, json};

use crate::effort::{Effort, Task, Times, busy};
use crate::independent::Subject;

/// Heart rates, 1/min.
const RATES: [f64; 4] = [50.0, 70.0, 90.0, 120.0];
/// How long each subject is simulated, s.
const DURATION: f64 = 20.0;

/// Simulated seconds of all subjects together, per second.
pub struct Throughput {
    /// One subject after the other on one core.
    pub single: f64,
    /// Four at once on one core.
    pub lanes: f64,
    /// Four at once on each of two cores, as long as the slower of both keeps its core busy.
    pub two_cores: f64,
    /// Trial steps of each subject.
    pub trials: [u64; 4],
}

/// Measures all three in turn.
pub fn four_hearts(effort: &Effort) -> Result<Throughput, Box<dyn Error>> {
    let subjects: Result<Vec<Subject>, _> =
        RATES.iter().map(|rate| Subject::at_rest(Some(rate / 60.0))).collect();
    let (subjects, tolerance) = (&subjects?[..], Scenario::load("rest")?.tolerance);
    let mut tasks: [Task<'_>; 3] = [
        Box::new(|| {
            let one = |subject| Ok(busy(|| run::<f64>(std::slice::from_ref(subject), tolerance))?.1);
            subjects.iter().map(one).sum()
        }),
        Box::new(|| Ok(busy(|| run::<Four>(subjects, tolerance))?.1)),
        Box::new(|| {
            std::thread::scope(|scope| {
                let threads: Vec<_> =
                    (0..2).map(|_| scope.spawn(|| busy(|| run::<Four>(subjects, tolerance)))).collect();
                let mut longest: f64 = 0.0;
                for thread in threads {
                    longest = longest.max(thread.join().map_err(|_| "a thread ended early")??.1);
                }
                Ok(longest)
            })
        }),
    ];
    let times = effort.time(&mut tasks)?;
    let all = DURATION * RATES.len() as f64;
    let throughput = |times: Times, subjects: f64| subjects * all / times.least;
    Ok(Throughput {
        single: throughput(times[0], 1.0),
        lanes: throughput(times[1], 1.0),
        two_cores: throughput(times[2], 2.0),
        trials: run::<Four>(subjects, tolerance)?,
    })
}

/// Runs subjects side by side to the end and tells the trial steps of each lane.
fn run<F: Packed>(subjects: &[Subject], tolerance: f64) -> Result<[u64; 4], String> {
    let compiled: Vec<Compiled> = subjects.iter().map(|subject| subject.compiled.clone()).collect();
    let starts: Vec<Vec<f64>> = subjects.iter().map(|subject| subject.start.clone()).collect();
    let mut engine = Engine::<F>::new(&compiled).map_err(|error| error.to_string())?;
    let failed = |failure: cisterna_solver::Failure| failure.to_string();
    let options = Options { tolerance, ..Options::default() };
    let mut integrator = Integrator::new(&mut engine, options, 0.0, &starts).map_err(failed)?;
    for (lane, subject) in subjects.iter().enumerate() {
        if let Some(sizes) = &subject.sizes {
            integrator.measure_against(lane, sizes).map_err(failed)?;
        }
    }
    integrator.advance(&mut engine, DURATION, &mut ()).map_err(failed)?;
    let mut trials = [0; 4];
    for (lane, trials) in trials.iter_mut().enumerate().take(F::COUNT) {
        let counts = integrator.counts(lane);
        *trials = counts.accepted + counts.discarded;
    }
    Ok(trials)
}

impl Throughput {
    /// For the file of results.
    pub fn to_json(&self) -> Value {
        json!({
            "heart_rates_per_min": RATES,
            "simulated_s_each": DURATION,
            "tolerance": Options::default().tolerance,
            "trial_steps": self.trials,
            "subject_seconds_per_second": {
                "single": self.single,
                "four_lanes_one_core": self.lanes,
                "four_lanes_on_each_of_two_cores": self.two_cores,
            },
            "four_lanes_over_single": self.lanes / self.single,
            "two_cores_over_single": self.two_cores / self.single,
        })
    }
}
