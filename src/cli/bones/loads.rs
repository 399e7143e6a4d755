//! What loads the bones, as the command line names it.

use cisterna::model::{Bones, Model};
use cisterna::quantity::{Dimension, Quantity, nearest, short_number};
use cisterna::skeleton::plan::{Acts, Load};

use crate::cli::exit::Failure;
use crate::cli::print::columns;

/// The load where none is asked for.
pub const USUAL: &str = "intracranial_pressure=1 mmHg";

/// A load of a model with its size.
pub struct Sized {
    /// Its place among those of the plan.
    pub place: usize,
    /// How large it is, in its own unit.
    pub size: f64,
    /// In words: `10 mmHg of intracranial_pressure`; empty where another tells of it.
    pub told: String,
}

/// Reads `NAME=SIZE`, with or without the unit; a name that ends with `*` means all loads that begin so.
pub fn read(model: &Model, text: &str) -> Result<Vec<Sized>, Failure> {
    let bones = bones(model)?;
    let wrong = |message: String| Failure::Input(format!("`--by {text}`: {message}"));
    let (name, size) = text
        .split_once('=')
        .ok_or_else(|| wrong("write it as LOAD=SIZE, as in `vertex_hand=0.05`".to_owned()))?;
    let (name, size) = (name.trim(), size.trim());
    let fits = |load: &Load| match name.strip_suffix('*') {
        Some(start) => load.name.starts_with(start),
        None => load.name == name,
    };
    let loads = &bones.plan.loads;
    let places: Vec<usize> = (0..loads.len()).filter(|&place| fits(&loads[place])).collect();
    if places.is_empty() {
        let names = loads.iter().map(|load| load.name.as_str());
        let near = nearest(name, names).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        return Err(wrong(format!("there is no load `{name}`{near}; `--loads` lists them")));
    }
    let sized = |place: usize| {
        let (dimension, unit) = measured(&loads[place]);
        let size = match size.parse::<f64>() {
            Ok(size) => size,
            Err(_) => Quantity::parse(size, dimension).map_err(|error| wrong(error.to_string()))?,
        };
        if !size.is_finite() {
            return Err(wrong("the size must be a number".to_owned()));
        }
        Ok(Sized { place, size, told: format!("{} of {}", with(size, unit), loads[place].name) })
    };
    let mut all = places.into_iter().map(sized).collect::<Result<Vec<_>, _>>()?;
    if let [first, .., _] = &mut all[..] {
        let (_, unit) = measured(&loads[first.place]);
        first.told = format!("{} of {name}", with(first.size, unit));
        all.iter_mut().skip(1).for_each(|other| other.told.clear());
    }
    Ok(all)
}

fn with(size: f64, unit: &str) -> String {
    if unit.is_empty() { short_number(size) } else { format!("{} {unit}", short_number(size)) }
}

/// In what a load is measured.
fn measured(load: &Load) -> (Dimension, &'static str) {
    match load.acts {
        Acts::Pressure(_) => (Dimension::PRESSURE, "mmHg"),
        Acts::Force(..) => (Dimension::FORCE, "N"),
        Acts::Moment(..) => (Dimension::ENERGY, "mmHg mL"),
        Acts::Hold(..) => (Dimension::LENGTH, "mm"),
        Acts::Pull(_) | Acts::Turn(..) | Acts::Weight { .. } | Acts::Column { .. } => (Dimension::NUMBER, ""),
    }
}

/// All loads of a model with what they are.
pub fn list(model: &Model) -> Result<String, Failure> {
    let rows: Vec<Vec<String>> = bones(model)?
        .plan
        .loads
        .iter()
        .map(|load| {
            let acts = match &load.acts {
                Acts::Pressure(surfaces) => format!("mmHg on the inside of {} bones", surfaces.len()),
                Acts::Force(point, _) => format!("N on {}", point.bone),
                Acts::Moment(bone, ..) => format!("mmHg mL that turn {bone}"),
                Acts::Hold(hand, _) => format!("mm by which the arm of {hand} moves"),
                Acts::Pull(muscles) => format!("share of the greatest force of {}", muscles.join(", ")),
                Acts::Turn(joints, _) => {
                    format!("turns {}, in the unit of what it follows", joints.join(", "))
                }
                Acts::Weight { bones, .. } => {
                    format!("weight of {} bones, 1 where \"up\" lies along this axis", bones.len())
                }
                Acts::Column { .. } => "weight of a fluid, likewise".to_owned(),
            };
            vec![load.name.clone(), acts]
        })
        .collect();
    Ok(columns(&rows))
}

/// The bones of a model.
pub fn bones(model: &Model) -> Result<&Bones, Failure> {
    model.bones.as_ref().ok_or_else(|| Failure::Input(format!("`{}` has no bones", model.name)))
}
