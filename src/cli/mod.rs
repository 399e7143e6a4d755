//! The command line.

mod analyse;
mod anatomy;
mod bones;
mod claims;
mod course;
mod evidence;
mod exit;
mod facts;
mod fit;
mod lists;
mod measures;
mod page;
mod panel;
mod print;
mod rhythm;
mod run;
mod session;
mod stretch;
mod summary;
mod validate;
mod watch;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use exit::{End, Failure};

/// The cranio-sacral system, simulated and validated
///
/// Cisterna simulates the blood and the fluid of brain and spine, beat by beat, and says of every number what it
/// rests on. It is a tool for research and teaching, not a medical device.
#[derive(Parser)]
#[command(name = "cisterna", version, after_help = MAIN_HELP)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// Examples and exit codes of the whole program.
const MAIN_HELP: &str = "\
Examples:
  cisterna run                        two minutes of the adult at rest
  cisterna run my-scenario.toml       a scenario of yours
  cisterna bones --by vertex_hand=0.05
                                      how five grams on the vertex move every bone
  cisterna session first-visit        a visit, with its record and what physically changed
  cisterna analyse bed7.csv           what a recording holds: artefacts, trends, indices, an infusion test
  cisterna evidence aqueduct.bore     what a number rests on, and what moves with it
  cisterna claims C57                 what a claim comes to, with its numbers
  cisterna fit infusion-test.csv      the values of an adult that explain a recording
  cisterna validate                   published experiments beside their simulation
  cisterna panel                      whether raters agree, and why

Exit codes:
  0    done
  1    a run failed on the way (what it had is written), or a validation missed without a listed reason
  2    bad input: a document, a name or an option
  3    an output could not be written
  130  interrupted by Ctrl-C (what was computed is written)";

#[derive(Subcommand)]
enum Command {
    /// Run a scenario, write its recording and its report
    #[command(after_help = run::EXAMPLES)]
    Run(run::Arguments),
    /// Show what the numbers of a model rest on, and what rests on them
    #[command(after_help = evidence::EXAMPLES)]
    Evidence(evidence::Arguments),
    /// Run published experiments and compare
    #[command(after_help = validate::EXAMPLES)]
    Validate(validate::Arguments),
    /// Run what every reader asks first, and write one page of it with the published values beside
    #[command(after_help = facts::EXAMPLES)]
    Facts(facts::Arguments),
    /// Analyse a recording, or a folder of them: artefacts, trends, indices, infusion tests
    #[command(after_help = analyse::EXAMPLES)]
    Analyse(Box<analyse::Arguments>),
    /// Turn meshes of bones into facts, and show the facts that come along
    #[command(after_help = anatomy::EXAMPLES)]
    Anatomy(anatomy::Arguments),
    /// Show how loads move every bone, beside what practice teaches, with pictures
    #[command(after_help = bones::EXAMPLES)]
    Bones(bones::Arguments),
    /// Decide what is claimed of the cranio-sacral system, each claim with its numbers and its page
    #[command(after_help = claims::EXAMPLES)]
    Claims(claims::Arguments),
    /// Draw panels of raters many times and lay them beside published studies of reliability
    #[command(after_help = panel::EXAMPLES)]
    Panel(panel::Arguments),
    /// Run every hypothesis of the rhythm, beside each other and what is published
    #[command(after_help = rhythm::EXAMPLES)]
    Rhythm(rhythm::Arguments),
    /// Follow a person over weeks of stress, sleep, exercises and sessions
    #[command(after_help = course::EXAMPLES)]
    Course(course::Arguments),
    /// Make a visit: evaluation, techniques, re-evaluation, with its record
    #[command(after_help = session::EXAMPLES)]
    Session(session::Arguments),
    /// Find the values of a subject that explain a recording, and what the recording does not tell
    #[command(after_help = fit::EXAMPLES)]
    Fit(fit::Arguments),
    /// Print the JSON schema of a kind of document
    #[command(after_help = "Example:\n  cisterna schema scenario > scenario.schema.json")]
    Schema {
        /// The kind of document
        document: lists::Document,
    },
    /// Print the reference of all laws that model documents may name, as Markdown
    #[command(after_help = "Example:\n  cisterna laws > laws.md")]
    Laws,
    /// List the models, hypotheses and scenarios that come along
    #[command(after_help = "Example:\n  cisterna list")]
    List,
    /// Print a completion script for a shell
    #[command(
        after_help = "Example:\n  cisterna completions bash > ~/.local/share/bash-completion/completions/cisterna"
    )]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// Reads the arguments and does what they say.
pub fn main() -> ExitCode {
    // Where the arguments are wrong, clap says so and exits with 2, our code for bad input.
    exit::code(dispatch(Cli::parse().command))
}

fn dispatch(command: Command) -> Result<End, Failure> {
    match command {
        Command::Run(arguments) => return run::run(&arguments),
        Command::Evidence(arguments) => return evidence::evidence(&arguments),
        Command::Validate(arguments) => return validate::validate(&arguments),
        Command::Facts(arguments) => return facts::facts(&arguments),
        Command::Analyse(arguments) => return analyse::analyse(&arguments),
        Command::Anatomy(arguments) => return anatomy::anatomy(&arguments),
        Command::Bones(arguments) => return bones::bones(&arguments),
        Command::Claims(arguments) => return claims::claims(&arguments),
        Command::Panel(arguments) => return panel::panel(&arguments),
        Command::Rhythm(arguments) => return rhythm::rhythm(&arguments),
        Command::Course(arguments) => return course::course(&arguments),
        Command::Session(arguments) => return session::session(&arguments),
        Command::Fit(arguments) => return fit::fit(&arguments),
        Command::Schema { document } => lists::schema(document)?,
        Command::Laws => print::print(&cisterna::model::reference())?,
        Command::List => lists::list()?,
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "cisterna", &mut script);
            print::print(&String::from_utf8_lossy(&script))?;
        }
    }
    Ok(End::Done)
}
