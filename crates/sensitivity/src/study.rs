//! A set of documents, run as they are and with values moved.

use std::sync::atomic::{AtomicUsize, Ordering};

use cisterna_experiment::{Kind, Origin, Run, RunError, Scenario, Stop, run, run_four_near, run_near};
use cisterna_model::{Evidence, Library};
use rayon::prelude::*;

use crate::document::Document;
use crate::error::StudyError;

/// Scenarios that run side by side.
const LANES: usize = 4;

/// A result that is looked at: a measured row of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The row.
    pub id: String,
    /// What was measured.
    pub label: String,
    /// Its unit.
    pub unit: String,
    /// The document that it stands in.
    pub document: String,
    /// What the model says today.
    pub base: f64,
}

/// A value that reads otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// Its name in the evidence.
    pub name: String,
    /// What it is then, in its canonical unit.
    pub to: f64,
}

/// Whoever watches a study.
pub trait Watch: Sync {
    /// Hears how much of the work is done, and of how much.
    fn progress(&self, done: usize, all: usize);
    /// Whether to go on; asked about once a simulated second.
    fn go_on(&self) -> bool;
}

/// Nobody watches.
impl Watch for () {
    fn progress(&self, _done: usize, _all: usize) {}
    fn go_on(&self) -> bool {
        true
    }
}

/// A set of documents with their results of today.
#[derive(Clone, Debug)]
pub struct Study {
    /// The results, in the order of the documents and of their rows.
    pub targets: Vec<Target>,
    /// Every value that the models of the documents state, as the first of them states it.
    pub values: Vec<Evidence>,
    library: Library,
    bases: Vec<Base>,
}

/// A document as it is.
#[derive(Clone, Debug)]
struct Base {
    document: Document,
    /// All that decides its run, to tell a value that it does not read.
    print: blake3::Hash,
    /// How its start was found.
    origin: Origin,
    /// Its results: a range of those of the study, …
    first: usize,
    /// … and the names of their rows.
    ids: Vec<String>,
}

/// The results of one document with some values moved, one for each move; none where the user stopped.
type Piece = Option<Vec<Result<Vec<f64>, String>>>;

impl Study {
    /// Runs the documents as they are.
    ///
    /// # Errors
    /// A document that is wrong or cannot be run, or that nothing is measured.
    pub fn new(documents: &[Document], library: Library, watch: &dyn Watch) -> Result<Self, StudyError> {
        let scenarios: Vec<Scenario> = documents
            .iter()
            .map(|document| document.scenario(&library).map_err(StudyError::Document))
            .collect::<Result<_, _>>()?;
        let done = AtomicUsize::new(0);
        let runs: Vec<Result<Run, StudyError>> = scenarios
            .par_iter()
            .with_max_len(1)
            .map(|scenario| {
                let run = whole(run(scenario, &mut |_| watch.go_on())).map_err(|reason| {
                    if watch.go_on() {
                        StudyError::Run(format!("{}: {reason}", scenario.title))
                    } else {
                        StudyError::Interrupted
                    }
                });
                watch.progress(done.fetch_add(1, Ordering::Relaxed) + 1, scenarios.len());
                run
            })
            .collect();
        let mut study = Self { targets: Vec::new(), values: Vec::new(), library, bases: Vec::new() };
        for ((document, scenario), run) in documents.iter().zip(&scenarios).zip(runs) {
            study.enter(document, scenario, &run?);
        }
        if study.targets.is_empty() { Err(StudyError::NoRows) } else { Ok(study) }
    }

    fn enter(&mut self, document: &Document, scenario: &Scenario, run: &Run) {
        let first = self.targets.len();
        for outcome in &run.outcomes {
            let measured = outcome.published.as_ref().is_some_and(|row| row.kind == Kind::Measured);
            if let Ok(base) = outcome.value
                && measured
                && base.is_finite()
            {
                self.targets.push(Target {
                    id: outcome.id.clone(),
                    label: outcome.label.clone(),
                    unit: outcome.unit.clone(),
                    document: document.name.clone(),
                    base,
                });
            }
        }
        for value in scenario.model.evidence() {
            if !self.values.iter().any(|known| known.name == value.name) {
                self.values.push(value.clone());
            }
        }
        let ids = self.targets[first..].iter().map(|target| target.id.clone()).collect();
        self.bases.push(Base {
            document: document.clone(),
            print: print(scenario),
            origin: run.origin.clone(),
            first,
            ids,
        });
    }

    /// All results with each of the values moved in turn; none for a move that the user stopped before its end, and the
    /// reason where a document cannot be read or run with it.
    pub fn moved(&self, moves: &[Move], watch: &dyn Watch) -> Vec<Option<Result<Vec<f64>, String>>> {
        let chunks: Vec<&[Move]> = moves.chunks(LANES).collect();
        let pieces: Vec<(usize, usize)> = (0..chunks.len())
            .flat_map(|chunk| (0..self.bases.len()).map(move |document| (chunk, document)))
            .collect();
        let done = AtomicUsize::new(0);
        let results: Vec<Piece> = pieces
            .par_iter()
            .with_max_len(1)
            .map(|&(chunk, document)| {
                let piece = self.piece(&self.bases[document], chunks[chunk], watch);
                watch.progress(done.fetch_add(1, Ordering::Relaxed) + 1, pieces.len());
                piece
            })
            .collect();
        let mut all = Vec::with_capacity(moves.len());
        for (chunk, results) in chunks.iter().zip(results.chunks(self.bases.len())) {
            for lane in 0..chunk.len() {
                all.push(joined(results, lane));
            }
        }
        all
    }

    /// The results of one document for up to four moves, side by side where all four matter to it.
    fn piece(&self, base: &Base, moves: &[Move], watch: &dyn Watch) -> Piece {
        if !watch.go_on() {
            return None;
        }
        let scenarios: Vec<Result<Scenario, String>> = moves
            .iter()
            .map(|moved| {
                let library = self.library.clone().with_value(&moved.name, moved.to);
                base.document.scenario(&library).map_err(|problems| {
                    let first = problems.list.first().map(|problem| problem.message.clone());
                    first.unwrap_or_else(|| "the document cannot be read".to_owned())
                })
            })
            .collect();
        let mut results: Vec<Option<Result<Vec<f64>, String>>> = scenarios
            .iter()
            .map(|scenario| match scenario {
                Ok(scenario) if print(scenario) == base.print => Some(Ok(self.unmoved(base))),
                Ok(_) => None,
                Err(reason) => Some(Err(reason.clone())),
            })
            .collect();
        let waiting: Vec<usize> = (0..moves.len()).filter(|&lane| results[lane].is_none()).collect();
        let of = |lane: usize| scenarios[lane].as_ref().ok();
        if let [Some(a), Some(b), Some(c), Some(d)] =
            [0, 1, 2, 3].map(|k| waiting.get(k).and_then(|&l| of(l)))
            && let Ok(runs) = run_four_near([a, b, c, d], Some(&base.origin), &mut |_| watch.go_on())
        {
            for (&lane, run) in waiting.iter().zip(runs) {
                results[lane] = whole(Ok(run)).ok().map(|run| Ok(base.read(&run)));
            }
        }
        // One of four that fails may have kept the others from their end: those run again alone.
        for &lane in &waiting {
            if results[lane].is_none()
                && let Some(scenario) = of(lane)
            {
                let alone = whole(run_near(scenario, Some(&base.origin), &mut |_| watch.go_on()));
                if !watch.go_on() {
                    return None;
                }
                results[lane] = Some(alone.map(|run| base.read(&run)));
            }
        }
        results.into_iter().collect()
    }

    /// The documents as they are read today, the shortest first, each with where its results begin.
    pub(crate) fn scenarios(&self) -> Vec<(Scenario, usize)> {
        let read = |base: &Base| Some((base.document.scenario(&self.library).ok()?, base.first));
        let mut all: Vec<_> = self.bases.iter().filter_map(read).collect();
        all.sort_by(|(a, _), (b, _)| (a.settle + a.duration).total_cmp(&(b.settle + b.duration)));
        all
    }

    fn unmoved(&self, base: &Base) -> Vec<f64> {
        self.targets[base.first..base.first + base.ids.len()].iter().map(|target| target.base).collect()
    }
}

impl Base {
    /// The results of a run; a number that is none where a row could not be measured.
    fn read(&self, run: &Run) -> Vec<f64> {
        let value = |id: &String| {
            let outcome = run.outcomes.iter().find(|outcome| outcome.id == *id);
            outcome.and_then(|outcome| outcome.value.as_ref().ok().copied()).unwrap_or(f64::NAN)
        };
        self.ids.iter().map(value).collect()
    }
}

/// The results of all documents for one move.
fn joined(results: &[Piece], lane: usize) -> Option<Result<Vec<f64>, String>> {
    let mut all: Vec<f64> = Vec::new();
    for piece in results {
        match piece.as_ref()?.get(lane)? {
            Ok(values) => all.extend(values),
            Err(reason) => return Some(Err(reason.clone())),
        }
    }
    Some(if all.iter().all(|value| value.is_finite()) {
        Ok(all)
    } else {
        Err("a result could not be measured".to_owned())
    })
}

/// A run that came to its end.
pub(crate) fn whole(run: Result<Run, RunError>) -> Result<Run, String> {
    let run = run.map_err(|error| error.to_string())?;
    match &run.stopped {
        None => Ok(run),
        Some(Stop::Failed(reason)) => Err(reason.clone()),
        Some(Stop::Interrupted) => Err("interrupted".to_owned()),
    }
}

/// All that decides a run: the network, what is done to it and how the body lies.
fn print(scenario: &Scenario) -> blake3::Hash {
    let Scenario { model, changes, up, bends, .. } = scenario;
    blake3::hash(format!("{:?} {changes:?} {up:?} {bends:?}", model.network).as_bytes())
}
