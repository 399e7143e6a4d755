//! The bodies of a plan, and the points and lines on them.

use std::collections::BTreeMap;
use std::sync::Arc;

use cisterna_quantity::nearest;

use super::PlanError;
use crate::facts::{Facts, InnerFacts, InterfaceFacts, SiteFacts};
use crate::geometry::Vector;

/// The bone round the opening of the vault.
const LID: &str = "occipital_bone";

/// A bone, or what carries attachments as a bone does.
#[derive(Clone, Debug, PartialEq)]
pub struct Bone {
    /// Its centre of mass, mm.
    pub centre: Vector,
    /// g.
    pub mass: f64,
}

/// A line along which a membrane holds on.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The bone of each point.
    pub bones: Vec<String>,
    /// The points, mm.
    pub points: Vec<Vector>,
}

/// A point of a bone, or of the ring of a membrane.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The bone.
    pub bone: String,
    /// mm.
    pub at: Vector,
}

/// The bodies, and the points and lines on them.
#[derive(Clone, Debug, Default)]
pub struct Anatomy {
    /// The facts behind it.
    pub facts: Arc<Facts>,
    /// The bodies by name.
    pub bones: BTreeMap<String, Bone>,
    /// Lines that the facts lack, by name.
    pub lines: BTreeMap<String, Line>,
    /// Rings of membranes along the canal, by name: cables may hold on to them.
    pub rings: BTreeMap<String, Vector>,
}

impl Anatomy {
    /// The bones of some regions of facts as bodies.
    ///
    /// # Errors
    /// A region that no bone has.
    pub fn of(facts: Arc<Facts>, regions: &[&str]) -> Result<Self, PlanError> {
        let mut bones = BTreeMap::new();
        for region in regions {
            let own = facts.bone.iter().filter(|(_, bone)| bone.region == *region);
            let before = bones.len();
            bones.extend(
                own.map(|(name, bone)| {
                    (name.clone(), Bone { centre: bone.centroid.into(), mass: bone.mass })
                }),
            );
            if bones.len() == before {
                let known = facts.bone.values().map(|bone| bone.region.as_str());
                return Err(unknown("region", region, known));
            }
        }
        Ok(Anatomy { facts, bones, lines: BTreeMap::new(), rings: BTreeMap::new() })
    }

    /// The bone of this name.
    ///
    /// # Errors
    /// An unknown one, with the nearest name.
    pub fn bone(&self, name: &str) -> Result<&Bone, PlanError> {
        self.bones.get(name).ok_or_else(|| unknown("bone", name, self.bones.keys().map(String::as_str)))
    }

    /// The site of this name, on a bone that is there.
    ///
    /// # Errors
    /// An unknown one, with the nearest name.
    pub fn site(&self, name: &str) -> Result<&SiteFacts, PlanError> {
        let site = self.facts.site.get(name).filter(|site| self.bones.contains_key(&site.bone));
        site.ok_or_else(|| unknown("site", name, self.facts.site.keys().map(String::as_str)))
    }

    /// The point that a site, a bone by its centre, or a ring of a membrane by its middle stands for.
    ///
    /// # Errors
    /// An unknown one, with the nearest name.
    pub fn point(&self, name: &str) -> Result<Point, PlanError> {
        if let Some(bone) = self.bones.get(name) {
            return Ok(Point { bone: name.to_owned(), at: bone.centre });
        }
        if let Some(&at) = self.rings.get(name) {
            return Ok(Point { bone: name.to_owned(), at });
        }
        let names =
            self.facts.site.keys().chain(self.bones.keys()).chain(self.rings.keys()).map(String::as_str);
        let site = self.site(name).map_err(|_| unknown("site or bone", name, names))?;
        Ok(Point { bone: site.bone.clone(), at: site.point.into() })
    }

    /// The line called so, or the edge `MEMBRANE.EDGE` of the facts.
    ///
    /// # Errors
    /// An unknown one, with the nearest name.
    pub fn line(&self, name: &str) -> Result<Line, PlanError> {
        if let Some(line) = self.lines.get(name) {
            return Ok(line.clone());
        }
        let edges = || {
            let of = |(membrane, facts): (&'_ String, &'_ crate::facts::MembraneFacts)| {
                facts.edge.keys().map(|edge| format!("{membrane}.{edge}")).collect::<Vec<_>>()
            };
            self.facts.membrane.iter().flat_map(of)
        };
        let edge = name
            .split_once('.')
            .and_then(|(membrane, edge)| self.facts.membrane.get(membrane)?.edge.get(edge));
        let Some(edge) = edge else {
            let names: Vec<String> = edges().chain(self.lines.keys().cloned()).collect();
            return Err(unknown("line", name, names.iter().map(String::as_str)));
        };
        for bone in &edge.bones {
            self.bone(bone)?;
        }
        Ok(Line { bones: edge.bones.clone(), points: edge.points.iter().map(|&at| at.into()).collect() })
    }

    /// The inside of the vault as a closed surface: the shares of its bones, and the lid of the foramen magnum with the share of
    /// the occipital bone, whose dura bears what presses on it there. Moved as one, a closed surface sweeps nothing.
    pub fn closed_vault(&self) -> Option<Vec<(String, InnerFacts)>> {
        let inner = &self.facts.vault.as_ref()?.inner;
        let mut surfaces: Vec<(String, InnerFacts)> = inner
            .iter()
            .filter(|(bone, _)| self.bones.contains_key(*bone))
            .map(|(bone, surface)| (bone.clone(), surface.clone()))
            .collect();
        let place = surfaces.iter().position(|(bone, _)| bone == LID)?;
        let centre = self.bones[LID].centre;
        let (mut area, mut moment) = (Vector::zeros(), Vector::zeros());
        for (bone, surface) in &surfaces {
            let own = Vector::from(surface.vector_area);
            area += own;
            // The arm from mm into cm.
            moment += Vector::from(surface.moment) + ((self.bones[bone].centre - centre) * 0.1).cross(&own);
        }
        let lid = &mut surfaces[place].1;
        lid.vector_area = (Vector::from(lid.vector_area) - area).into();
        lid.moment = (Vector::from(lid.moment) - moment).into();
        Some(surfaces)
    }

    /// What the weight of a fluid at rest does to bones of the vault, the pressure growing along an axis downwards from the point
    /// from which the vault is seen: areas and moments times how deep they lie, mm. That on a bone's share is taken as that at its
    /// middle.
    pub fn weighed_vault(
        &self,
        surfaces: &[(String, InnerFacts)],
        axis: usize,
    ) -> Option<Vec<(String, InnerFacts)>> {
        let origin = Vector::from(self.facts.vault.as_ref()?.origin);
        let weighed = surfaces.iter().map(|(bone, surface)| {
            let depth = (origin - self.bones.get(bone)?.centre)[axis];
            let times = |triple: [f64; 3]| triple.map(|number| number * depth);
            let InnerFacts { area, vector_area, moment } = *surface;
            Some((bone.clone(), InnerFacts { area, vector_area: times(vector_area), moment: times(moment) }))
        });
        weighed.collect()
    }

    /// Where two bones face each other, by the nearer of the distances that the facts hold; and whether the facts name them the
    /// other way round.
    pub fn interface(&self, between: &[String; 2]) -> Option<(&InterfaceFacts, bool)> {
        let [first, second] = between;
        let fits = |facts: &&InterfaceFacts| {
            let [a, b] = &facts.between;
            (a == first && b == second) || (a == second && b == first)
        };
        let found = self.facts.interface.iter().filter(fits).min_by(|a, b| a.within.total_cmp(&b.within))?;
        Some((found, found.between[0] != *first))
    }
}

pub(super) fn unknown<'a>(what: &str, name: &str, known: impl IntoIterator<Item = &'a str>) -> PlanError {
    let near = nearest(name, known).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    PlanError::new("", format!("there is no {what} `{name}`{near}"))
}
