//! Why there is no course.

use std::fmt;

use cisterna_experiment::RunError;
use cisterna_model::Problems;

/// Why there is no course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CourseError {
    /// Something is wrong with its document.
    Document(Problems),
    /// The beat-by-beat model could not be run.
    Run(RunError),
    /// A run of the beat-by-beat model ended early, or the slow equations could not be integrated.
    Failed(String),
    /// Whoever watched ended it.
    Interrupted,
}

impl fmt::Display for CourseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CourseError::Document(problems) => write!(f, "{problems}"),
            CourseError::Run(error) => write!(f, "{error}"),
            CourseError::Failed(reason) => write!(f, "{reason}"),
            CourseError::Interrupted => write!(f, "interrupted"),
        }
    }
}

impl std::error::Error for CourseError {}

impl From<Problems> for CourseError {
    fn from(problems: Problems) -> Self {
        CourseError::Document(problems)
    }
}

impl From<RunError> for CourseError {
    fn from(error: RunError) -> Self {
        if error == RunError::Interrupted { CourseError::Interrupted } else { CourseError::Run(error) }
    }
}
