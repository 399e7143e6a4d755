//! A scenario from text, on the models that come along.
#![no_main]

use std::sync::OnceLock;

use cisterna_experiment::Scenario;
use cisterna_model::Library;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    static SHIPPED: OnceLock<Library> = OnceLock::new();
    match Scenario::from_text("fuzzed.toml", text, SHIPPED.get_or_init(Library::embedded)) {
        Ok(scenario) => {
            let last = scenario.changes.iter().map(|change| change.end).fold(0.0, f64::max);
            assert!(last <= scenario.duration + 1e-9 || !scenario.changes.is_empty());
            assert!(scenario.probes.iter().all(|probe| probe.scale.is_finite()), "a silent NaN");
        }
        Err(problems) => assert!(!problems.to_string().is_empty(), "a refusal says why"),
    }
});
