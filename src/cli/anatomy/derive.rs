//! `cisterna anatomy derive`.

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use cisterna::recording::write_whole;
use cisterna::skeleton::derive::{Given, Known};
use cisterna::skeleton::finding::Findings;
use cisterna::skeleton::reading::{Convention, Frame, LengthUnit, read_meshes};

use crate::cli::exit::{End, Failure};
use crate::cli::print::{note, print};

pub const EXAMPLES: &str = "\
Examples:
  cisterna anatomy derive my-bones                         a folder of meshes in mm, x right, y forward, z up
  cisterna anatomy derive skull.glb --unit m --frame left,up,forward
                                                           one file that follows the standard of glTF
  cisterna anatomy derive ct/*.stl --frame left,backward,up --credit \"own CT, 2026\"
                                                           a segmented CT, one file a bone, in the frame of DICOM

glTF and GLB, STL, OBJ and PLY are read. A bone is named by its node (glTF), its object or group (OBJ) or its file
(STL, PLY); `cisterna anatomy show` lists names. What is wrong with the meshes is told all at once; then nothing is
written. Exits with 2 on bad meshes, 3 where the document could not be written.";

/// The options of `cisterna anatomy derive`.
#[derive(Args)]
pub struct Arguments {
    /// Folders and files of meshes
    #[arg(required = true, value_name = "DIR|FILE")]
    meshes: Vec<PathBuf>,
    /// The unit of the coordinates: mm, cm or m
    #[arg(long, default_value = "mm")]
    unit: LengthUnit,
    /// What x, y and z of the files point to in the subject's body
    #[arg(long, default_value = "right,forward,up", value_name = "X,Y,Z")]
    frame: Frame,
    /// The name of the body
    #[arg(long, default_value = "A body")]
    title: String,
    /// The credit that the source of the meshes asks for
    #[arg(long, default_value = "source of the meshes not stated")]
    credit: String,
    /// The licence under which the facts may be passed on
    #[arg(long, default_value = "not stated")]
    licence: String,
    /// The document of facts
    #[arg(long, value_name = "FILE", default_value = "out/facts.toml")]
    out: PathBuf,
}

/// Reads the meshes, derives the facts, writes the document.
pub fn derive(arguments: &Arguments) -> Result<End, Failure> {
    let start = Instant::now();
    let step = |what: &str| note(&format!("{:6.1} s  {what}", start.elapsed().as_secs_f64()));
    let known = Known::embedded().map_err(Failure::input)?;
    let convention = Convention { unit: arguments.unit, frame: arguments.frame };
    let given = Given {
        title: arguments.title.clone(),
        credit: arguments.credit.clone(),
        licence: arguments.licence.clone(),
    };
    let mut findings = Findings::default();
    step("reading the meshes");
    let meshes = read_meshes(&arguments.meshes, &convention, &mut findings);
    let facts = cisterna::skeleton::derive::derive(meshes, &given, &known, &mut findings, &step);
    let Some(facts) = facts else { return Err(Failure::Input(findings.to_string())) };
    let text = facts.to_text().map_err(Failure::input)?;
    if let Some(folder) = arguments.out.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|error| Failure::Output(format!("{} could not be made: {error}", folder.display())))?;
    }
    write_whole(&arguments.out, |file| file.write_all(text.as_bytes()))?;
    if !findings.list.is_empty() {
        note(&findings.to_string());
    }
    print(&format!(
        "{} bones, {} interfaces, {} membranes and {} sites in {:.1} s\nwritten: {}",
        facts.bone.len(),
        facts.interface.len(),
        facts.membrane.len(),
        facts.site.len(),
        start.elapsed().as_secs_f64(),
        arguments.out.display()
    ))?;
    Ok(End::Done)
}
