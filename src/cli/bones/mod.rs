//! `cisterna bones`: how loads move every bone, beside what practice teaches.

mod answer;
mod loads;
mod page;
mod table;

use std::fs;
use std::path::PathBuf;

use clap::Args;

use cisterna::model::Model;
use cisterna::recording::write_whole;
use cisterna::report::{Outlines, render};
use cisterna::skeleton::finding::Findings;
use cisterna::skeleton::reading::{Convention, Frame, LengthUnit, read_meshes};

use super::exit::{End, Failure};
use super::print::{print, print_json};
use answer::Answer;

pub const EXAMPLES: &str = "\
Examples:
  cisterna bones                                          one mmHg more in the skull
  cisterna bones --by left_parietal_hand=0.05 --against occipital_bone
                                                          five grams on a parietal bone, seen from the occiput
  cisterna bones --by intracranial_pressure=10 --by jaw_closers=0.1
  cisterna bones --by 'breath_on_*=-3'                    a quiet breath: 3 mmHg of effort on all ribs
  cisterna bones --lay-on torsion_right                   a strain pattern, at rest
  cisterna bones --lay-on fused_sagittal_suture --by intracranial_pressure=10
  cisterna bones --loads                                  what may load the bones
  cisterna bones --meshes my-bones --unit mm              true outlines from meshes of yours

Every motion is told with the range over what is published of sutures, and with the share of it that goes when bone \
does not bend; cables hang slack where they would have to push. A load of pressure is in mmHg, a force in N, muscles \
in shares of their greatest force, others in the unit of what they follow. With a condition, what it changes is told \
beside. Writes bones.html with pictures. Exits with 2 on bad input, 3 where the page could not be written.";

/// The options of `cisterna bones`.
#[derive(Args)]
pub struct Arguments {
    /// A subject with bones
    #[arg(default_value = "subjects/adult_with_bones")]
    subject: String,
    /// A load and its size; may be given several times
    #[arg(long, value_name = "LOAD=SIZE")]
    by: Vec<String>,
    /// A condition or hypothesis that is laid on; may be given several times
    #[arg(long, value_name = "NAME")]
    lay_on: Vec<String>,
    /// After minutes, when tissue has given way, rather than at once
    #[arg(long)]
    in_the_end: bool,
    /// A bone against which all motion is counted, so that the head's giving way in its pillow does not hide the rest
    #[arg(long, value_name = "BONE")]
    against: Option<String>,
    /// Print what may load the bones
    #[arg(long)]
    loads: bool,
    /// Meshes of the bones, for true outlines
    #[arg(long, value_name = "DIR")]
    meshes: Option<PathBuf>,
    /// The unit of the meshes: mm, cm or m
    #[arg(long, value_name = "UNIT", default_value = "mm")]
    unit: LengthUnit,
    /// What x, y and z of the meshes point to in the subject's body
    #[arg(long, default_value = "right,forward,up", value_name = "X,Y,Z")]
    frame: Frame,
    /// The folder for bones.html
    #[arg(long, value_name = "DIR", default_value = "out/bones")]
    out: PathBuf,
    /// Print the motions as JSON instead of a table
    #[arg(long)]
    json: bool,
}

/// Finds how the bones lie, prints a table and writes a page.
pub fn bones(arguments: &Arguments) -> Result<End, Failure> {
    let laid_on: Vec<&str> = arguments.lay_on.iter().map(String::as_str).collect();
    let model = load(&arguments.subject, &laid_on)?;
    if arguments.loads {
        print(&loads::list(&model)?)?;
        return Ok(End::Done);
    }
    let usual = [loads::USUAL.to_owned()];
    let asked = if arguments.by.is_empty() && laid_on.is_empty() { &usual[..] } else { &arguments.by[..] };
    let mut loads = Vec::new();
    for text in asked {
        loads.extend(loads::read(&model, text)?);
    }
    let asked = answer::Asked {
        loads: &loads,
        in_the_end: arguments.in_the_end,
        against: arguments.against.as_deref(),
    };
    let answer = Answer::of(&model, &asked)?;
    let plain = match laid_on.as_slice() {
        [] => None,
        _ => Some(Answer::of(&load(&arguments.subject, &[])?, &asked)?),
    };
    let outlines = outlines(arguments)?;
    fs::create_dir_all(&arguments.out).map_err(|error| {
        Failure::Output(format!("{} could not be made: {error}", arguments.out.display()))
    })?;
    let path = arguments.out.join("bones.html");
    let text = render(&page::page(&model, &answer, plain.as_ref(), outlines)?);
    write_whole(&path, |file| file.write_all(text.as_bytes()))?;
    if arguments.json {
        print_json(&table::json(&model, &answer))?;
    } else {
        print(&format!("{}\nwritten  {}", table::text(&answer, plain.as_ref()), path.display()))?;
    }
    Ok(End::Done)
}

fn load(subject: &str, laid_on: &[&str]) -> Result<Model, Failure> {
    let model = Model::load_with(subject, laid_on).map_err(Failure::input)?;
    if model.bones.is_none() {
        let message = format!("`{subject}` has no bones; `subjects/adult_with_bones` has");
        return Err(Failure::Input(message));
    }
    Ok(model)
}

fn outlines(arguments: &Arguments) -> Result<Outlines, Failure> {
    let Some(folder) = &arguments.meshes else { return Ok(Outlines::default()) };
    let convention = Convention { unit: arguments.unit, frame: arguments.frame };
    let mut findings = Findings::default();
    let meshes = read_meshes(std::slice::from_ref(folder), &convention, &mut findings);
    if meshes.is_empty() {
        return Err(Failure::Input(findings.to_string()));
    }
    Ok(Outlines::of_meshes(&meshes))
}
