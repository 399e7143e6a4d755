//! Bones of a scenario: how they lie at its start, and how they might be otherwise.

use cisterna_model::Otherwise;
use cisterna_skeleton::plan::PlanError;

use super::Scenario;

impl Scenario {
    /// Counts what bones do from how they lie in the posture of the start.
    pub(super) fn rest_bodies(&mut self) {
        let segments = &self.model.network.segments;
        // A scenario in which nothing ever bends has no angles.
        let bend = |index: usize| self.bends.get(index).copied().unwrap_or(0.0);
        let frames: Vec<[f64; 3]> =
            segments.iter().enumerate().map(|(index, segment)| segment.up(self.up.0, bend(index))).collect();
        let trunk = self.up.0;
        let up = |segment: Option<usize>| segment.map_or(trunk, |index| frames[index]);
        self.model.network.bodies.iter_mut().for_each(|bodies| bodies.rest_at(up));
    }

    /// Whether a strip or muscle pulls at rest.
    pub(crate) fn is_taut_at_rest(&self, name: &str) -> bool {
        let cables = self.model.bones.iter().flat_map(|bones| &bones.plan.cables);
        cables.filter(|cable| cable.name == name).all(|cable| cable.tension > 0.0)
    }

    /// The same scenario with strips and muscles that hang slack where they would have to push; none where the model has no
    /// bones.
    ///
    /// # Errors
    /// Where such bones do not hold together.
    pub fn releasing(&self, names: &[String]) -> Result<Option<Scenario>, PlanError> {
        let mut other = self.clone();
        let Some(bones) = &mut other.model.bones else { return Ok(None) };
        bones.released.extend(names.iter().cloned());
        other.model.network.bodies = vec![bones.bodies()?];
        other.rest_bodies();
        Ok(Some(other))
    }

    /// The same scenario with bones that are otherwise; none where the model has no bones.
    ///
    /// # Errors
    /// Where such bones do not hold together.
    pub fn otherwise(&self, how: Otherwise) -> Result<Option<Scenario>, PlanError> {
        let Some(bones) = &self.model.bones else { return Ok(None) };
        let bodies = bones.otherwise(how)?;
        let mut other = self.clone();
        other.model.network.bodies = vec![bodies];
        other.rest_bodies();
        Ok(Some(other))
    }
}
