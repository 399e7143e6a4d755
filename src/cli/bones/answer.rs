//! How bones lie under loads, with other sutures and with bone that does not bend.

use cisterna::model::{Model, Otherwise};
use cisterna::skeleton::plan::Whole;
use cisterna::skeleton::structure::{Equilibrium, Motion};
use cisterna::skeleton::taught::Moved;

use super::loads::{Sized, bones};
use crate::cli::exit::Failure;

/// A size with its range over sutures, and the share that goes when bone does not bend.
#[derive(Clone, Copy)]
pub struct Ranged {
    pub value: f64,
    pub low: f64,
    pub high: f64,
    pub bone: Option<f64>,
}

/// A membrane or a cable.
pub struct Strung {
    pub name: String,
    /// N, at rest and now.
    pub tension: [f64; 2],
    /// How many of its strips hang slack, and how many there are.
    pub slack: [usize; 2],
    /// Its strips: ends (mm) and tension (N).
    pub strips: Vec<([[f64; 3]; 2], f64)>,
}

/// How bones lie under loads.
pub struct Answer {
    /// The loads in words.
    pub loads: Vec<String>,
    /// The bone against which motion is counted.
    pub against: Option<String>,
    /// The bones, in the order of the structure.
    pub moved: Vec<Moved>,
    /// How far the centre of each moves, mm.
    pub far: Vec<Ranged>,
    /// How far each joint opens, mm.
    pub openings: Vec<(String, Ranged)>,
    /// The membranes and cables.
    pub strung: Vec<Strung>,
}

/// What is asked.
pub struct Asked<'a> {
    pub loads: &'a [Sized],
    /// After minutes rather than at once.
    pub in_the_end: bool,
    /// The bone against which motion is counted; none is the ground.
    pub against: Option<&'a str>,
}

impl Answer {
    /// Solves the structure as stated and otherwise.
    pub fn of(model: &Model, asked: &Asked<'_>) -> Result<Self, Failure> {
        let Asked { loads, in_the_end, against } = *asked;
        let bones = bones(model)?;
        let wrong = |error: &dyn std::fmt::Display| Failure::Input(format!("`{}`: {error}", model.name));
        let sizes: Vec<(usize, f64)> = loads.iter().map(|load| (load.place, load.size)).collect();
        let whole = &bones.whole;
        let fixed = against.map(|name| bones.plan.anatomy.bone(name).map(|_| name)).transpose();
        let fixed = fixed.map_err(|error| wrong(&error))?.and_then(|name| whole.structure.body(name));
        let solve = |whole: &Whole| {
            let mut found = whole.under(&sizes, in_the_end).map_err(|error| wrong(&error))?;
            if let Some(fixed) = fixed {
                seen_from(whole, fixed, &mut found);
            }
            Ok::<_, Failure>(found)
        };
        let stated = solve(whole)?;
        let mut others = Vec::new();
        for how in [Otherwise::SoftSutures, Otherwise::StiffSutures, Otherwise::RigidBone] {
            let other = bones.whole_otherwise(how).map_err(|error| wrong(&error))?;
            others.push(solve(&other)?);
        }
        let ranged = |size: &dyn Fn(&Equilibrium) -> f64| {
            let [own, soft, stiff, rigid] = [&stated, &others[0], &others[1], &others[2]].map(size);
            Ranged {
                value: own,
                low: own.min(soft).min(stiff),
                high: own.max(soft).max(stiff),
                bone: (own != 0.0).then(|| 1.0 - rigid / own).filter(|share| share.abs() <= 1.0),
            }
        };
        let known = &bones.plan.anatomy.facts.bone;
        let bodies = whole.structure.bodies();
        let real: Vec<usize> = (0..bodies.len())
            .filter(|&body| known.contains_key(&bodies[body].name) || bodies[body].name == "coccyx")
            .collect();
        let moved = real.iter().map(|&body| Moved {
            name: bodies[body].name.clone(),
            centre: bodies[body].centre,
            motion: stated.motions[body],
        });
        let opening = |found: &Equilibrium, [first, second]: [usize; 2], at, normal| {
            let point = |body: usize| of(found, body).of_point(&(at - bodies[body].centre));
            let apart: cisterna::skeleton::geometry::Vector = point(second) - point(first);
            apart.dot(&normal)
        };
        let openings = whole.joints().map(|(name, bodies, at, normal)| {
            (name.to_owned(), ranged(&|found| opening(found, bodies, at, normal)))
        });
        let rest = whole.under(&[], in_the_end).map_err(|error| wrong(&error))?;
        let strung = whole.strung().iter().map(|own| {
            let (cables, total) = (&own.cables, |found: &Equilibrium| own.tension(&found.tensions));
            let slack = cables.iter().filter(|&&cable| stated.tensions[cable] == 0.0).count();
            let strip = |&cable: &usize| {
                let ends = whole.structure.cable_ends(cable)?.map(Into::into);
                Some((ends, stated.tensions[cable]))
            };
            Strung {
                name: own.name.clone(),
                tension: [total(&rest), total(&stated)],
                slack: [slack, cables.len()],
                strips: cables.iter().filter_map(strip).collect(),
            }
        });
        Ok(Answer {
            loads: loads.iter().map(|load| load.told.clone()).filter(|told| !told.is_empty()).collect(),
            against: against.map(str::to_owned),
            moved: moved.collect(),
            far: real.iter().map(|&body| ranged(&|found| of(found, body).shift.norm())).collect(),
            openings: openings.collect(),
            strung: strung.collect(),
        })
    }
}

/// Counts the motion of all bodies from one of them.
fn seen_from(whole: &Whole, fixed: usize, found: &mut Equilibrium) {
    let bodies = whole.structure.bodies();
    let own = found.motions[fixed];
    for (body, motion) in bodies.iter().zip(&mut found.motions) {
        motion.shift -= own.of_point(&(body.centre - bodies[fixed].centre));
        motion.turn -= own.turn;
    }
}

fn of(found: &Equilibrium, body: usize) -> Motion {
    found.motions[body]
}
