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
            let inside = |start: f64, end: f64| start <= scenario.duration && end.is_finite();
            assert!(scenario.changes.iter().all(|change| inside(change.start, change.end)), "too late");
            assert!(scenario.probes.iter().all(|probe| probe.scale.is_finite()), "a silent NaN");
        }
        Err(problems) => assert!(!problems.to_string().is_empty(), "a refusal says why"),
    }
});
