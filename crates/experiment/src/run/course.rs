//! The course of a run: from the start through the settling time to the end, in one or several lanes.

use std::time::Instant;

use cisterna_fluid::{Compiled, Engine, Network, Observable, Packed, SignalId, SpaceId};
use cisterna_recording::MarkKind;
use cisterna_solver::{Integrator, Options};

use super::sampler::{Sampler, Samples};
use super::{
    Origin, Progress, Run, RunError, Slack, StartReport, Stop, describe, inputs, ledger, measured, record,
    start,
};
use crate::scenario::Scenario;

/// The longest piece of a run between two looks at whether to go on, s.
const PIECE: f64 = 1.0;

/// A scenario with its equations and its start.
pub(super) struct Subject<'a> {
    scenario: &'a Scenario,
    compiled: Compiled,
    origin: Origin,
    start: StartReport,
}

impl<'a> Subject<'a> {
    /// Compiles a scenario and finds its start, near that of a like one where it is given.
    pub fn prepare(
        scenario: &'a Scenario,
        near: Option<&Origin>,
        watch: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<Self, RunError> {
        let network = &scenario.model.network;
        let inputs = inputs::inputs(scenario);
        let mut go_on = || watch(Progress { time: -scenario.settle, end: scenario.duration });
        let (origin, start) =
            start::start(network, &inputs::still(&inputs), &scenario.state, near, &mut go_on)?;
        let compiled = Compiled::new(network, &inputs).map_err(RunError::Build)?;
        Ok(Subject { scenario, compiled, origin, start })
    }

    /// Where the start was found from.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    fn samples(&self) -> Result<Samples, RunError> {
        let observables: Vec<_> = self.scenario.probes.iter().map(|probe| probe.observable).collect();
        let scales = self.scenario.probes.iter().map(|probe| probe.scale).collect();
        let clocks = clocks(&self.scenario.model.network, &self.compiled);
        let engine = Engine::new(std::slice::from_ref(&self.compiled)).map_err(RunError::Build)?;
        Ok(Samples::new(engine, &observables, scales, self.origin.found(), self.scenario, &clocks))
    }

    /// A space that holds less than nothing: its wall let more be drawn than was there.
    fn emptied(&self, state: &[f64], time: f64) -> Option<Stop> {
        let network = &self.scenario.model.network;
        let (space, volume) = (0..network.spaces.len()).find_map(|index| {
            let volume = state[self.compiled.volume(SpaceId(index))?];
            (volume < 0.0).then_some((&network.spaces[index].name, volume))
        })?;
        Some(Stop::Failed(format!(
            "before {time:.1} s more was drawn than was there: `{space}` would hold {volume:.1} mL"
        )))
    }

    /// Whether a strip is let go where it would have to push.
    fn releases(&self, name: &str) -> bool {
        let bones = self.scenario.model.bones.as_ref();
        bones.is_some_and(|bones| bones.released.iter().any(|known| known == name))
    }

    /// What an output that would have to push is called.
    fn cable(&self, output: Observable) -> String {
        let name = match output {
            Observable::Motion(block, place) => {
                let bodies = self.scenario.model.network.bodies.get(block);
                let output = bodies.and_then(|bodies| bodies.outputs.get(place));
                output.map(|output| output.name.trim_end_matches(".tension").to_owned())
            }
            _ => None,
        };
        name.unwrap_or_default()
    }

    fn finish(&self, samples: Samples, counts: (u64, u64), seconds: f64, stopped: Option<Stop>) -> Run {
        let network = &self.scenario.model.network;
        let ledger = ledger::ledger(network, &self.compiled, &samples.before, &samples.after);
        let relays = start::relays(network, &self.compiled);
        let stand = |(name, mode)| Some((name, samples.mode(mode)?));
        let relays: Vec<(String, f64)> = relays.filter_map(stand).collect();
        let end_state = self.compiled.names().iter().cloned().zip(samples.after).chain(relays).collect();
        let (channels, marks) = (samples.channels, samples.marks);
        let recording =
            record::recording(self.scenario, channels, marks, &ledger, &self.start, stopped.as_ref());
        let outcomes = measured::outcomes(&recording, &self.scenario.measures);
        Run {
            outcomes,
            ledger,
            start: self.start,
            origin: self.origin.clone(),
            end_state,
            steps: counts,
            seconds,
            stopped,
            slack: Vec::new(),
            released: Vec::new(),
            recording,
        }
    }
}

/// Runs as many subjects as there are lanes.
pub(super) fn course<F: Packed>(
    subjects: &[Subject<'_>],
    watch: &mut dyn FnMut(Progress) -> bool,
) -> Result<Vec<Run>, RunError> {
    let [first, ..] = subjects else { return Ok(Vec::new()) };
    let options = options(first.scenario);
    agree(subjects)?;
    let compiled: Vec<Compiled> = subjects.iter().map(|subject| subject.compiled.clone()).collect();
    let mut engine = Engine::<F>::new(&compiled).map_err(RunError::Build)?;
    for (lane, subject) in subjects.iter().enumerate() {
        let relays = start::relays(&subject.scenario.model.network, &subject.compiled);
        for (mode, on) in start::given_relays(relays, &subject.scenario.state) {
            engine.set_mode(lane, mode, on);
        }
    }
    let lanes: Result<Vec<Samples>, RunError> = subjects.iter().map(Subject::samples).collect();
    let mut sampler = Sampler { lanes: lanes? };
    let clock = Instant::now();
    let settle = first.scenario.settle;
    let states: Vec<Vec<f64>> = subjects.iter().map(|subject| subject.origin.found().to_vec()).collect();
    let mut integrator = Integrator::new(&mut engine, options, -settle, &states)
        .map_err(|failure| RunError::Start(describe(&failure, first.compiled.names())))?;
    for (lane, subject) in subjects.iter().enumerate() {
        integrator
            .measure_against(lane, subject.origin.sizes())
            .map_err(|failure| RunError::Start(describe(&failure, subject.compiled.names())))?;
    }
    let end = subjects.iter().map(|subject| subject.scenario.duration).fold(0.0, f64::max);
    let mut stopped: Vec<Option<Stop>> = vec![None; subjects.len()];
    let mut slack: Vec<Vec<Slack>> = vec![Vec::new(); subjects.len()];
    let mut time = -settle;
    while time < end && stopped.iter().any(Option::is_none) {
        let next = if time < 0.0 { (time + PIECE).min(0.0) } else { (time + PIECE).min(end) };
        // Each lane keeps its own failure, which is asked for below.
        let _ = integrator.advance(&mut engine, next, &mut sampler);
        time = next;
        for (lane, (subject, slack)) in subjects.iter().zip(&mut slack).enumerate() {
            let state = integrator.state(lane);
            for output in sampler.lanes[lane].pushes(&engine, lane, time, &state) {
                let name = subject.cable(output);
                if !subject.releases(&name) && !slack.iter().any(|known| known.name == name) {
                    slack.push(Slack { name, time });
                }
            }
        }
        for (lane, (subject, stopped)) in subjects.iter().zip(&mut stopped).enumerate() {
            if stopped.is_none() && time <= subject.scenario.duration + PIECE {
                let failure = integrator.failure(lane);
                *stopped = failure
                    .map(|failure| Stop::Failed(describe(failure, subject.compiled.names())))
                    .or_else(|| subject.emptied(&integrator.state(lane), time));
                if stopped.is_some() {
                    sampler.lanes[lane].stop(&integrator.state(lane));
                }
            }
        }
        if !watch(Progress { time, end }) && time < end {
            for (lane, stopped) in stopped.iter_mut().enumerate().filter(|(_, stopped)| stopped.is_none()) {
                *stopped = Some(Stop::Interrupted);
                sampler.lanes[lane].stop(&integrator.state(lane));
            }
        }
    }
    let seconds = clock.elapsed().as_secs_f64();
    let mut runs = Vec::with_capacity(subjects.len());
    for (lane, ((subject, samples), (stopped, slack))) in
        subjects.iter().zip(sampler.lanes).zip(stopped.into_iter().zip(slack)).enumerate()
    {
        let counts = integrator.counts(lane);
        let mut run = subject.finish(samples, (counts.accepted, counts.discarded), seconds, stopped);
        run.slack = slack;
        runs.push(run);
    }
    Ok(runs)
}

fn options(scenario: &Scenario) -> Options {
    Options {
        tolerance: scenario.tolerance,
        max_step: scenario.max_step.unwrap_or(f64::INFINITY),
        ..Options::default()
    }
}

/// What the lanes of one integrator have in common.
fn agree(subjects: &[Subject<'_>]) -> Result<(), RunError> {
    let differ = |pick: &dyn Fn(&Scenario) -> f64| {
        subjects.windows(2).any(|pair| pick(pair[0].scenario) != pick(pair[1].scenario))
    };
    if differ(&|scenario| scenario.tolerance) {
        return Err(RunError::Apart("tolerance"));
    }
    if differ(&|scenario| scenario.max_step.unwrap_or(f64::INFINITY)) {
        return Err(RunError::Apart("longest step"));
    }
    if differ(&|scenario| scenario.settle) {
        return Err(RunError::Apart("settling time"));
    }
    Ok(())
}

/// The phases to mark: that of the heart as beats, of a clock called `breathing` as breaths.
fn clocks(network: &Network, compiled: &Compiled) -> Vec<(usize, MarkKind)> {
    let heart = start::heart(network);
    let kinds = (0..network.signals.len()).map(SignalId).filter(|&id| start::is_clock(network, id));
    kinds
        .filter_map(|id| {
            let unknown = compiled.signal(id)?;
            if Some(id) == heart {
                Some((unknown, MarkKind::Beat))
            } else {
                (network.signals[id.0].name == "breathing").then_some((unknown, MarkKind::Breath))
            }
        })
        .collect()
}
