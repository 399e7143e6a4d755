//! Speed, and the accuracy at which it was reached: prints tables and writes `target/speed.json`.
//!
//! `cargo bench --bench speed` takes less than two minutes; `-- --quick` gives a rough pass.

mod accuracy;
mod adult;
mod bones;
mod effort;
mod lanes;
mod peer;
mod table;
mod waves;

#[path = "../../tests/independent/mod.rs"]
mod independent;

use std::error::Error;

use effort::Effort;
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let effort = Effort::from_arguments();
    let adult = adult::Adult::at_rest()?;
    let tolerances = adult::tolerances(&adult, &effort)?;
    table::tolerances(&adult, &tolerances);
    let peer = peer::at_the_same_error(&adult, &tolerances, &effort)?;
    table::peer(&peer);
    let bones = bones::coupled(&effort)?;
    table::bones(&bones);
    let lanes = lanes::four_hearts(&effort)?;
    table::lanes(&lanes);
    let waves = waves::ursino_lodi(&effort)?;
    table::waves(&waves);
    table::write(&json!({
        "quick": effort.quick,
        "adult": adult.to_json(&tolerances),
        "diffsol": peer.to_json(),
        "bones": bones.to_json(),
        "lanes": lanes.to_json(),
        "ursino_lodi": waves.to_json(),
    }))
}
