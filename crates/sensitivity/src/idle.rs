//! Parts that no result needs.

use std::sync::atomic::{AtomicUsize, Ordering};

use cisterna_experiment::{Effect, Probe, Scenario, run};
use cisterna_fluid::{
    Kind, Network, Observable, Owner, PassageId, SignalId, SpaceId, passage::source, signal::constant,
    wall::elastic,
};
use rayon::prelude::*;

use crate::study::{Study, Watch, whole};

/// The change of a result that counts, as a share of today's.
const COUNTS: f64 = 0.01;
/// What a sealed space still takes up, as a share of what it holds, 1/mmHg.
const SEALED: f64 = 1e-4;
/// Samples per second for means of rest.
const RATE: f64 = 20.0;

/// What a part is, and so how it is taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// It is held at its mean of rest.
    Signal,
    /// It is closed.
    Passage,
    /// It is sealed: it keeps what it holds at rest.
    Space,
}

/// How a part stands to the results.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// Without it no result changes by more than 1 %; the largest change, as a share, and the result.
    Idle(f64, usize),
    /// Without it this result changes by more; the change, as a share.
    Needed(f64, usize),
    /// Without it a document cannot be run.
    Carries(String),
    /// It cannot be taken away by itself.
    Untried(String),
}

/// A space, passage or signal of the first document's model.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: PartKind,
    /// How it stands to the results.
    pub standing: Standing,
    /// Why its document keeps it.
    pub kept: Option<String>,
}

/// All parts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parts {
    /// In the order of the model.
    pub all: Vec<Part>,
    /// How many the user did not wait for.
    pub left: usize,
}

/// Means of rest.
struct Rest {
    signals: Vec<f64>,
    /// Volume and transmural pressure of each space.
    spaces: Vec<(f64, f64)>,
}

/// Takes away every part of the first document's model alone, and runs the documents until a result changes by more than
/// 1 %. A signal is held at its mean of rest, a passage closed, a space sealed at what it holds at rest.
///
/// # Errors
/// When the run of rest fails or is stopped.
pub fn parts(study: &Study, watch: &dyn Watch) -> Result<Parts, String> {
    let scenarios = study.scenarios();
    let Some((first, _)) = scenarios.iter().find(|(_, first)| *first == 0) else {
        return Ok(Parts::default());
    };
    let rest = rest(first, watch)?;
    let network = &first.model.network;
    let owners: Vec<Owner> = (0..network.signals.len())
        .map(|index| Owner::Signal(SignalId(index)))
        .chain((0..network.passages.len()).map(|index| Owner::Passage(PassageId(index))))
        .chain((0..network.spaces.len()).map(|index| Owner::Space(SpaceId(index))))
        // The sums that a document records are no parts of the model: their names have spaces, which a model's have not.
        .filter(|&owner| !network.name(owner).contains(' '))
        .collect();
    let done = AtomicUsize::new(0);
    let found: Vec<Option<Part>> = owners
        .par_iter()
        .with_max_len(1)
        .map(|&owner| {
            let standing = standing(study, &scenarios, network, owner, &rest, watch)?;
            watch.progress(done.fetch_add(1, Ordering::Relaxed) + 1, owners.len());
            let name = network.name(owner).to_owned();
            let kind = match owner {
                Owner::Signal(_) => PartKind::Signal,
                Owner::Passage(_) => PartKind::Passage,
                Owner::Space(_) => PartKind::Space,
            };
            Some(Part { kept: first.model.kept.get(&name).cloned(), name, kind, standing })
        })
        .collect();
    let left = found.iter().filter(|part| part.is_none()).count();
    Ok(Parts { all: found.into_iter().flatten().collect(), left })
}

/// How a part stands to the results; none where the user stopped.
fn standing(
    study: &Study,
    scenarios: &[(Scenario, usize)],
    network: &Network,
    owner: Owner,
    rest: &Rest,
    watch: &dyn Watch,
) -> Option<Standing> {
    let name = network.name(owner);
    let mut most = (0.0, 0);
    for (scenario, first) in scenarios {
        // Another subject may have its parts in another order, or may lack this one.
        let Some(own) = scenario.model.network.owner(name) else { continue };
        let mut without = scenario.clone();
        if let Err(reason) = take(&mut without, own, owner, rest) {
            return Some(Standing::Untried(reason.to_owned()));
        }
        let outcome = whole(run(&without, &mut |_| watch.go_on()));
        if !watch.go_on() {
            return None;
        }
        let run = match outcome {
            Ok(run) => run,
            Err(reason) => return Some(Standing::Carries(reason)),
        };
        let targets = study.targets.iter().enumerate().skip(*first);
        for (index, target) in
            targets.take_while(|(_, target)| target.document == study.targets[*first].document)
        {
            let outcome = run.outcomes.iter().find(|outcome| outcome.id == target.id);
            let value = outcome.and_then(|outcome| outcome.value.as_ref().ok().copied());
            // A result that cannot be measured, or is no number, is missed.
            let change = value.map(|value| ((value - target.base) / target.base).abs());
            let change = change.filter(|change| change.is_finite()).unwrap_or(f64::INFINITY);
            if change > COUNTS {
                return Some(Standing::Needed(change, index));
            }
            if change > most.0 {
                most = (change, index);
            }
        }
    }
    Some(Standing::Idle(most.0, most.1))
}

/// Takes a part away; `owner` is the same part in the model of rest.
fn take(scenario: &mut Scenario, own: Owner, owner: Owner, rest: &Rest) -> Result<(), &'static str> {
    let changes = |effect: &Effect| match effect {
        Effect::Parameter { address, .. } | Effect::Drive { address, .. } => address.owner == own,
        _ => false,
    };
    if scenario.changes.iter().any(|event| changes(&event.effect)) {
        return Err("an experiment changes it");
    }
    let network = &mut scenario.model.network;
    let reads =
        |sensed: &Observable| matches!(sensed, Observable::Parameter(address) if address.owner == own);
    if network.signals.iter().any(|signal| signal.senses.iter().any(reads)) {
        return Err("a signal reads one of its parameters");
    }
    match (own, owner) {
        (Owner::Signal(id), Owner::Signal(resting)) => {
            let signal = &mut network.signals[id.0];
            match signal.law.name {
                "clock" => return Err("a clock"),
                "constant" => return Err("a number"),
                _ => {}
            }
            signal.law = &constant::LAW;
            signal.values = vec![rest.signals[resting.0]];
            signal.senses.clear();
        }
        (Owner::Passage(id), _) => {
            let passage = &mut network.passages[id.0];
            passage.law = &source::LAW;
            passage.values = vec![0.0];
        }
        (Owner::Space(id), Owner::Space(resting)) => {
            let (volume, transmural) = rest.spaces[resting.0];
            let space = &mut network.spaces[id.0];
            let compliance = SEALED * volume;
            let mut wall = vec![volume - compliance * transmural, compliance];
            match space.kind {
                Kind::Fluid(law) | Kind::Enclosure(law) if matches!(law.name, "bath" | "ports") => {
                    return Err("a space without a wall of its own");
                }
                Kind::Fluid(_) => space.kind = Kind::Fluid(&elastic::LAW),
                Kind::Enclosure(_) => {
                    wall.extend(space.values.last());
                    space.kind = Kind::Enclosure(&elastic::LAW);
                }
                Kind::Junction | Kind::Outside => return Err("a space that yields nothing"),
            }
            space.values = wall;
        }
        _ => return Err("another thing in another subject"),
    }
    // What acted on the parameters of the part has nothing left to act on.
    for signal in &mut network.signals {
        signal.acts = signal.acts.filter(|action| action.target.owner != own);
    }
    Ok(())
}

/// Runs a document for the means of all signals and spaces.
fn rest(scenario: &Scenario, watch: &dyn Watch) -> Result<Rest, String> {
    let network = &scenario.model.network;
    let signals = (0..network.signals.len()).map(|index| Observable::Signal(SignalId(index)));
    let spaces = (0..network.spaces.len())
        .flat_map(|index| [Observable::Volume(SpaceId(index)), Observable::Transmural(SpaceId(index))]);
    let probe = |(index, observable): (usize, Observable)| Probe {
        name: index.to_string(),
        label: String::new(),
        unit: "1".to_owned(),
        scale: 1.0,
        observable,
        reference: None,
    };
    let mut watched = scenario.clone();
    watched.probes = signals.chain(spaces).enumerate().map(probe).collect();
    watched.measures.clear();
    watched.rate = RATE;
    let run = whole(run(&watched, &mut |_| watch.go_on()))?;
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let means: Vec<f64> = run.recording.channels.iter().map(|channel| mean(&channel.values)).collect();
    let (signals, spaces) = means.split_at(network.signals.len());
    Ok(Rest { signals: signals.to_vec(), spaces: spaces.chunks(2).map(|pair| (pair[0], pair[1])).collect() })
}
