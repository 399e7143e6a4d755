//! Validation: published experiments run on the models, each result beside what was published.
//!
//! A validation document is a scenario whose measures have published values. It sets only what the laboratory did;
//! ranges are those that were published, and where none was, a tolerance of ours that the row's note states. A row
//! outside its range is a miss, unless its document says why the model is known to miss it.

mod document;
mod error;
mod report;
mod row;

use std::path::Path;

use cisterna_experiment::{Stop, run};
use rayon::prelude::*;

use document::Document;

pub use cisterna_experiment::{Kind, Verdict};
pub use document::embedded;
pub use error::ValidateError;
pub use report::Report;
pub use row::Row;

/// Runs every validation document of `dir`, or those that Cisterna brings along, in parallel.
///
/// `progress` hears one line for each document that is done. A run that fails is no error: its rows are misses
/// without a simulated value, each with the reason. The rows stand in the order of the documents' names and, within
/// a document, of its measures.
///
/// # Errors
/// When the folder cannot be read or holds no document, and everything that is wrong with all documents at once.
pub fn validate(dir: Option<&Path>, progress: &(dyn Fn(&str) + Sync)) -> Result<Report, ValidateError> {
    let documents = document::documents(dir)?;
    let rows: Vec<Vec<Row>> = documents.par_iter().map(|document| rows(document, progress)).collect();
    Ok(Report::new(rows.into_iter().flatten().collect()))
}

/// Runs a document and compares.
fn rows(document: &Document, progress: &(dyn Fn(&str) + Sync)) -> Vec<Row> {
    let outcome = match run(&document.scenario, &mut |_| true) {
        Err(error) => Err(error.to_string()),
        Ok(run) => match run.stopped {
            Some(Stop::Failed(reason)) => Err(format!("the run failed: {reason}")),
            Some(Stop::Interrupted) => Err("the run was interrupted".to_owned()),
            None => Ok(run.outcomes),
        },
    };
    let rows = match outcome {
        Ok(outcomes) => {
            outcomes.iter().filter_map(|outcome| Row::of_outcome(outcome, &document.name)).collect()
        }
        Err(reason) => {
            let measures = document.scenario.measures.iter();
            measures
                .filter_map(|measure| Row::without_run(measure, &document.name, &reason))
                .collect::<Vec<_>>()
        }
    };
    let in_range = rows.iter().filter(|row| row.verdict == Verdict::InRange).count();
    progress(&format!("{}: {in_range} of {} in range", document.name, rows.len()));
    rows
}
