//! A model document from text, laid over the documents that come along; what can be read is also compiled.
#![no_main]

use std::sync::OnceLock;

use cisterna_fluid::{Compiled, Inputs};
use cisterna_model::{Library, Model};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    static SHIPPED: OnceLock<Library> = OnceLock::new();
    let library = SHIPPED.get_or_init(Library::embedded).clone().with("fuzzed", text);
    match Model::from_library(&library, "fuzzed", &[]) {
        Ok(model) => {
            if let Err(error) = Compiled::new(&model.network, &Inputs::supine()) {
                assert!(!error.to_string().is_empty(), "a refusal says why");
            }
        }
        Err(problems) => assert!(!problems.to_string().is_empty(), "a refusal says why"),
    }
});
