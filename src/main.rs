//! The program: runs scenarios, shows what the numbers rest on, validates.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
