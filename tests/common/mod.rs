//! The program, started as its user starts it.

#![expect(clippy::expect_used, reason = "a helper of a test may fail with its test")]

use std::path::Path;
use std::process::{Command, Output};

/// What becomes of `cisterna` with these arguments in a folder.
pub fn cisterna(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cisterna"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("it starts")
}

/// What it printed.
pub fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What it complained of.
pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
