//! Claims made computable.
//!
//! A claim is a document: what is claimed and where, the runs that bear on it, numbers (stated with their source, measured
//! on a run, or read off bones under loads), and a rule that compares two of them. [`Claims::decide`] computes all numbers with
//! their ranges, gives each claim its verdict, and solves backwards for the value at which the verdict would be another one.
//!
//! ```
//! use cisterna_claims::{Folder, names};
//!
//! assert!(names().count() > 0);
//! assert!(matches!(Folder::default(), Folder::Embedded));
//! ```

mod document;
mod laboratory;
mod numbers;
mod report;
mod turning;
mod value;
mod verdict;

use std::collections::HashMap;

use cisterna_model::document::allowed;
use cisterna_model::{Library, Problems};
use rayon::prelude::*;

use laboratory::Laboratory;

pub use document::{
    Claim, Decision, Felt, Folder, From, How, Kind, Number, Pressed, Published, Rule, Run, TurnsOn, Verdict,
    claim_schema, names,
};
pub use report::Report;
pub use turning::Turning;
pub use value::Value;
pub use verdict::Decided;

/// The claims of a folder, ready to be decided.
#[derive(Debug)]
pub struct Claims {
    claims: Vec<Claim>,
    laboratory: Laboratory,
}

impl Claims {
    /// Reads all claims of a folder, or those among them that are named by id or document.
    ///
    /// # Errors
    /// Everything that is wrong with the documents, and names that no claim has.
    pub fn read(folder: &Folder, only: &[String]) -> Result<Self, Problems> {
        let sources = Library::embedded().read_sources()?;
        let mut claims = document::documents(folder, &sources)?;
        if !only.is_empty() {
            let unknown = only.iter().find(|name| !claims.iter().any(|claim| is_called(claim, name)));
            if let Some(name) = unknown {
                let known: Vec<&str> = claims.iter().map(|claim| claim.id.as_str()).collect();
                let help = allowed(name, known);
                return Err(cisterna_model::Problem::of_file(name, "there is no such claim")
                    .help(help)
                    .into());
            }
            claims.retain(|claim| only.iter().any(|name| is_called(claim, name)));
        }
        Ok(Claims { claims, laboratory: Laboratory::new(folder) })
    }

    /// The claims.
    #[must_use]
    pub fn list(&self) -> &[Claim] {
        &self.claims
    }

    /// Decides all of them on all cores. `progress` hears of each claim that is decided.
    ///
    /// # Errors
    /// Everything that is wrong with their numbers: a run that fails, a measure that a run does not take.
    pub fn decide(&self, progress: &(dyn Fn(&str) + Sync)) -> Result<Report, Problems> {
        // Panels before all else and one after another: each draws on all cores by itself, and whoever waits for one inside of
        // another's work could be handed a claim that wants the same panel.
        for number in self.claims.iter().flat_map(|claim| &claim.numbers) {
            if let From::Panel { study, arm, row } = &number.from {
                // What is wrong with it is told where it is used.
                let _ = self.laboratory.panel(study, arm, row);
            }
        }
        // Runs first of the rest, each once, so that claims which share one do not wait for each other.
        let all = self.claims.iter().flat_map(|claim| &claim.runs);
        let runs: HashMap<String, &Run> = all.map(|run| (run.key(), run)).collect();
        let runs: Vec<&Run> = runs.into_values().collect();
        runs.into_par_iter().with_max_len(1).for_each(|run| {
            // What is wrong with it is told where it is used.
            let _ = self.laboratory.ran(run, None);
            progress(&format!("ran {} of {}", run.name, run.scenario));
        });
        let decide = |claim: &Claim| {
            let decided = verdict::decide(claim, &self.laboratory);
            progress(&format!("decided {}", claim.id));
            decided
        };
        let decided: Vec<_> = self.claims.par_iter().with_max_len(1).map(decide).collect();
        let mut problems = Problems::default();
        let mut claims = Vec::new();
        for one in decided {
            match one {
                Ok(decided) => claims.push(decided),
                Err(wrong) => problems.list.extend(wrong.list),
            }
        }
        if problems.list.is_empty() { Ok(Report { claims }) } else { Err(problems) }
    }

    /// The verdict of a claim were what it turns on another value, canonical unit; none for what cannot be tested.
    ///
    /// # Errors
    /// As for [`Claims::decide`].
    pub fn verdict_at(&self, claim: &Claim, value: f64) -> Result<Option<Verdict>, Problems> {
        verdict::were(claim, &self.laboratory, value)
    }
}

fn is_called(claim: &Claim, name: &str) -> bool {
    let stem = claim.name.rsplit('/').next().unwrap_or(&claim.name);
    claim.id.eq_ignore_ascii_case(name) || stem.strip_suffix(".toml").unwrap_or(stem) == name
}
