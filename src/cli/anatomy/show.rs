//! `cisterna anatomy show`.

use std::fs;
use std::path::PathBuf;

use clap::Args;

use cisterna::quantity::short_number;
use cisterna::skeleton::facts::{Facts, InnerFacts, Named};

use crate::cli::exit::{End, Failure};
use crate::cli::print::{columns, print};

use super::one;

pub const EXAMPLES: &str = "\
Examples:
  cisterna anatomy show                                    the bones of the adult
  cisterna anatomy show sphenoid_bone                      one bone, with all that it meets
  cisterna anatomy show frontal_bone sphenoid_bone         where two bones face each other
  cisterna anatomy show falx_cerebri                       where a membrane holds on
  cisterna anatomy show --facts my-facts.toml              a document of yours";

/// The options of `cisterna anatomy show`.
#[derive(Args)]
pub struct Arguments {
    /// A bone, a membrane or a site; or two bones
    #[arg(num_args = 0..=2, value_name = "NAME")]
    names: Vec<String>,
    /// A document of facts; those of the adult where left out
    #[arg(long, value_name = "FILE")]
    facts: Option<PathBuf>,
}

/// Prints a table of all bones, or what is known by one name or two.
pub fn show(arguments: &Arguments) -> Result<End, Failure> {
    let facts = facts(arguments)?;
    let kinds: Vec<Named> = arguments
        .names
        .iter()
        .map(|name| facts.find(name).map_err(Failure::input))
        .collect::<Result<_, _>>()?;
    let text = match (arguments.names.as_slice(), kinds.as_slice()) {
        ([name], [Named::Bone]) => one::bone(&facts, name),
        ([name], [Named::Membrane]) => one::membrane(&facts, name),
        ([name], _) => one::site(&facts, name),
        ([first, second], [Named::Bone, Named::Bone]) => one::pair(&facts, first, second)?,
        ([_, _], _) => return Err(Failure::Input("two names must be those of two bones".to_owned())),
        _ => all(&facts),
    };
    print(&format!("{text}\n{}\n", facts.credit))?;
    Ok(End::Done)
}

fn facts(arguments: &Arguments) -> Result<Facts, Failure> {
    match &arguments.facts {
        None => Facts::embedded("adult").map_err(Failure::input),
        Some(path) => {
            let told = path.display().to_string();
            let text = fs::read_to_string(path)
                .map_err(|error| Failure::Input(format!("{told} could not be read: {error}")))?;
            Facts::from_text(&told, &text).map_err(Failure::input)
        }
    }
}

/// A row for each bone.
fn all(facts: &Facts) -> String {
    let header =
        ["bone", "region", "mass g", "volume mL", "faces", "inside the vault cm2", "of the canal cm2"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    let inner = |found: Option<&InnerFacts>| found.map(|inner| short_number(inner.area)).unwrap_or_default();
    rows.extend(facts.bone.iter().map(|(name, bone)| {
        vec![
            name.clone(),
            bone.region.clone(),
            short_number(bone.mass),
            short_number(bone.volume),
            one::neighbours(facts, name).to_string(),
            inner(facts.vault.as_ref().and_then(|vault| vault.inner.get(name))),
            inner(facts.canal.as_ref().and_then(|canal| canal.inner.get(name))),
        ]
    }));
    let mass: f64 = facts.bone.values().map(|bone| bone.mass).sum();
    let missing = match facts.missing.is_empty() {
        true => String::new(),
        false => format!("missing: {}\n", facts.missing.join(", ")),
    };
    format!(
        "{}\n{}\n{} bones of {} g\n{missing}",
        facts.title,
        columns(&rows),
        facts.bone.len(),
        short_number(mass)
    )
}
