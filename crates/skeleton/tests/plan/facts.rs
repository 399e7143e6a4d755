//! Facts of simple bodies.

use std::sync::Arc;

use cisterna_skeleton::facts::{BoneFacts, Facts};
use cisterna_skeleton::plan::{Anatomy, Plan};

/// A bone with its centre.
pub fn bone(centre: [f64; 3]) -> BoneFacts {
    BoneFacts {
        region: "test".to_owned(),
        volume: 10.0,
        density: "1.9 g/mL || assumed: a test".to_owned(),
        mass: 19.0,
        area: 20.0,
        centroid: centre,
        inertia: [1.0, 1.0, 1.0, 0.0, 0.0, 0.0],
        bounds: [centre, centre],
    }
}

/// A plan of all bones of the region `test` of facts, with nothing that joins them.
pub fn bare(facts: Facts) -> Plan {
    of(Anatomy::of(Arc::new(facts), &["test"]).unwrap())
}

/// A plan of an anatomy, with nothing that joins its bones.
pub fn of(anatomy: Anatomy) -> Plan {
    Plan {
        anatomy,
        joints: Vec::new(),
        sheets: Vec::new(),
        tubes: Vec::new(),
        cords: Vec::new(),
        cables: Vec::new(),
        supports: Vec::new(),
        loads: Vec::new(),
    }
}
