//! A course spelled out as a scenario.

use cisterna_model::Problem;
use cisterna_model::document::Place;

/// The text of a scenario, with the places in the course that its lines come from.
#[derive(Default)]
pub(crate) struct Spelled {
    /// The scenario.
    pub text: String,
    lines: usize,
    /// Up to which line, and from where.
    places: Vec<(usize, Place, String)>,
}

impl Spelled {
    /// Adds lines that come from a place.
    pub fn add(&mut self, place: &Place, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
        self.lines += text.lines().count();
        self.places.push((self.lines, place.clone(), text.to_owned()));
    }

    /// A problem of the scenario as one of the course.
    pub fn told(&self, problem: Problem, name: &str) -> Problem {
        let from = self.places.iter().find(|(last, _, _)| problem.line > 0 && problem.line <= *last);
        match from.filter(|_| problem.file == name) {
            Some((_, place, _)) => place.problem(problem.message).help(problem.help.unwrap_or_default()),
            None => problem,
        }
    }

    /// Where something is set, or the last manoeuvre that is done.
    pub fn place_of_change(&self, owner: &str) -> Option<&Place> {
        let named =
            self.places.iter().find(|(_, _, text)| text.starts_with("[[event]]") && text.contains(owner));
        let done = || self.places.iter().rev().find(|(_, _, text)| text.starts_with("[[event]]"));
        named.or_else(done).map(|(_, place, _)| place)
    }
}
