//! What is wrong, or odd, with the meshes of a body.

use std::fmt;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// No facts can be derived.
    Error,
    /// Facts can be derived; what was done or left out is told.
    Warning,
}

/// One thing that is wrong or odd, about what, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How grave it is.
    pub gravity: Gravity,
    /// The file or the bone that it is about.
    pub about: String,
    /// What is wrong, without a full stop.
    pub message: String,
    /// How to mend it.
    pub help: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.gravity {
            Gravity::Error => "error",
            Gravity::Warning => "warning",
        };
        writeln!(formatter, "{word}: {}", self.message)?;
        writeln!(formatter, " --> {}", self.about)?;
        if self.help.is_empty() { Ok(()) } else { writeln!(formatter, "  = {}", self.help) }
    }
}

/// All findings about the meshes of a body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// The findings in the order in which they were made.
    pub list: Vec<Finding>,
}

impl Findings {
    /// Adds what makes facts impossible.
    pub fn error(&mut self, about: &str, message: impl Into<String>, help: impl Into<String>) {
        self.add(Gravity::Error, about, message.into(), help.into());
    }

    /// Adds what was mended or left out.
    pub fn warning(&mut self, about: &str, message: impl Into<String>, help: impl Into<String>) {
        self.add(Gravity::Warning, about, message.into(), help.into());
    }

    /// Whether facts can be derived.
    #[must_use]
    pub fn no_errors(&self) -> bool {
        self.list.iter().all(|finding| finding.gravity == Gravity::Warning)
    }

    fn add(&mut self, gravity: Gravity, about: &str, message: String, help: String) {
        self.list.push(Finding { gravity, about: about.to_owned(), message, help });
    }
}

impl fmt::Display for Findings {
    /// The errors first.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut list: Vec<&Finding> = self.list.iter().collect();
        list.sort_by_key(|finding| finding.gravity);
        for (number, finding) in list.into_iter().enumerate() {
            let gap = if number == 0 { "" } else { "\n" };
            write!(formatter, "{gap}{finding}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Findings {}
