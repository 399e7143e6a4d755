//! Where problems are gathered while a document is read.

use std::cell::RefCell;

use cisterna_quantity::nearest;

use super::place::Place;
use super::problem::{Problem, Problems};

/// Beyond this many a document is not worth reading further; keeps a hostile one from costing time.
const MOST: usize = 200;
/// Names listed in full when nothing is near.
const LISTED: usize = 24;

/// Gathers problems, so that all of them can be told at once.
#[derive(Debug, Default)]
pub struct Collector {
    problems: RefCell<Vec<Problem>>,
}

impl Collector {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a problem.
    pub fn add(&self, problem: Problem) {
        let mut problems = self.problems.borrow_mut();
        if problems.len() < MOST {
            problems.push(problem);
        }
    }

    /// Adds what another reader found wrong.
    pub fn add_all(&self, problems: Problems) {
        for problem in problems.list {
            self.add(problem);
        }
    }

    /// Adds the problem that `name` is no `what`, with the nearest of the valid names and a list of them.
    pub fn unknown<'a>(
        &self,
        place: &Place,
        what: &str,
        name: &str,
        valid: impl IntoIterator<Item = &'a str>,
    ) {
        if !self.is_full() {
            self.add(place.problem(format!("`{}` is no {what}", clipped(name))).help(allowed(name, valid)));
        }
    }

    /// Whether so much is wrong that further problems are dropped.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.problems.borrow().len() >= MOST
    }

    /// Whether nothing was wrong so far.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.problems.borrow().is_empty()
    }

    /// `value` when nothing was wrong.
    ///
    /// # Errors
    /// Everything that was gathered, document by document from top to bottom.
    pub fn finish<T>(self, value: T) -> Result<T, Problems> {
        let mut list = self.problems.into_inner();
        if list.is_empty() {
            return Ok(value);
        }
        let mut files: Vec<String> = Vec::new();
        for problem in &list {
            if !files.contains(&problem.file) {
                files.push(problem.file.clone());
            }
        }
        list.sort_by_key(|problem| {
            let file = files.iter().position(|file| *file == problem.file);
            (file, problem.line, problem.column)
        });
        Err(Problems { list })
    }
}

/// The nearest valid name, and all of them where they are few.
#[must_use]
pub fn allowed<'a>(name: &str, valid: impl IntoIterator<Item = &'a str>) -> String {
    let valid: Vec<&str> = valid.into_iter().collect();
    let near = nearest(name, valid.iter().copied());
    let list = || match valid.len() {
        0 => "there is none".to_owned(),
        count if count <= LISTED => format!("valid: {}", valid.join(", ")),
        count => format!("valid: {}, … ({count} in all)", valid[..LISTED].join(", ")),
    };
    match near {
        Some(near) if valid.len() > LISTED => format!("did you mean `{near}`?"),
        Some(near) => format!("did you mean `{near}`? {}", list()),
        None => list(),
    }
}

/// The beginning of a name, enough to recognise it.
pub(crate) fn clipped(name: &str) -> String {
    const LETTERS: usize = 60;
    match name.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}
