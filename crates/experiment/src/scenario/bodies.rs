//! Bones of a scenario: how they lie at its start, and how they might be otherwise.

use cisterna_model::Otherwise;
use cisterna_skeleton::plan::PlanError;

use super::Scenario;

impl Scenario {
    /// Counts what bones do from how they lie in the posture of the start.
    pub(super) fn rest_bodies(&mut self) {
        let segments = &self.model.network.segments;
        let frames: Vec<[f64; 3]> =
            segments.iter().zip(&self.bends).map(|(segment, &bend)| segment.up(self.up.0, bend)).collect();
        let trunk = self.up.0;
        let up = |segment: Option<usize>| segment.map_or(trunk, |index| frames[index]);
        self.model.network.bodies.iter_mut().for_each(|bodies| bodies.rest_at(up));
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
