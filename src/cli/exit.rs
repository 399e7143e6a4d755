//! How the program ends.

use std::fmt::Display;
use std::process::ExitCode;

use cisterna::recording::WriteError;

/// How the program ends when it doesn't fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Everything went well.
    Done,
    /// A run failed on the way, or a validation missed.
    Missed,
    /// The user stopped it.
    Interrupted,
}

/// Why the program fails, in words for its user.
#[derive(Debug)]
pub enum Failure {
    /// A run could not be made.
    Run(String),
    /// Something that the user gave is wrong.
    Input(String),
    /// An output could not be written.
    Output(String),
    /// The user stopped it before there was anything to keep.
    Interrupted(String),
    /// The reader of the standard output went away, which is nobody's mistake.
    Unread,
}

impl Failure {
    /// Something that the user gave is wrong.
    pub fn input(error: impl Display) -> Self {
        Failure::Input(error.to_string())
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        Failure::Output(error.to_string())
    }
}

/// The exit code, after a failure has been told on the standard error.
pub fn code(result: Result<End, Failure>) -> ExitCode {
    let (code, message) = match result {
        Ok(End::Done) | Err(Failure::Unread) => (0, None),
        Ok(End::Missed) => (1, None),
        Ok(End::Interrupted) => (130, None),
        Err(Failure::Interrupted(message)) => {
            super::print::note(&message);
            (130, None)
        }
        Err(Failure::Run(message)) => (1, Some(message)),
        Err(Failure::Input(message)) => (2, Some(message)),
        Err(Failure::Output(message)) => (3, Some(message)),
    };
    if let Some(message) = message {
        // Problems of documents bring the word along, one for each.
        let word = if message.starts_with("error: ") { "" } else { "error: " };
        super::print::note(&format!("{word}{}", message.trim_end()));
    }
    ExitCode::from(code)
}
