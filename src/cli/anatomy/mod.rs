//! `cisterna anatomy`: meshes of bones into facts, and what the facts say.

mod derive;
mod one;
mod show;

use clap::{Args, Subcommand};

use super::exit::{End, Failure};

pub const EXAMPLES: &str = "\
Examples:
  cisterna anatomy show                                    the bones of the adult
  cisterna anatomy show frontal_bone                       all that is known of one
  cisterna anatomy derive my-bones --out my-facts.toml     facts of bones of yours";

/// The options of `cisterna anatomy`.
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Derive a document of facts from meshes of bones
    #[command(after_help = derive::EXAMPLES)]
    Derive(derive::Arguments),
    /// Show the facts of the adult, or those of a document of yours
    #[command(after_help = show::EXAMPLES)]
    Show(show::Arguments),
}

/// Derives or shows.
pub fn anatomy(arguments: &Arguments) -> Result<End, Failure> {
    match &arguments.command {
        Command::Derive(arguments) => derive::derive(arguments),
        Command::Show(arguments) => show::show(arguments),
    }
}
