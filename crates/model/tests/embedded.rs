//! What Cisterna brings along.

use cisterna_fluid::{Compiled, Inputs};
use cisterna_model::{Model, list_embedded, list_hypotheses, model_schema, reference};

#[test]
fn every_embedded_model_loads_and_compiles_bare_and_under_every_hypothesis() {
    let hypotheses = list_hypotheses();
    for (name, title) in list_embedded() {
        let bare = Model::load(&name).unwrap_or_else(|problems| panic!("{name}:\n{problems}"));
        assert_eq!(bare.title, title);
        Compiled::new(&bare.network, &Inputs::supine()).unwrap_or_else(|error| panic!("{name}: {error}"));
        for hypothesis in &hypotheses {
            // A hypothesis about the head means nothing in a model without one.
            if let Ok(model) = Model::load_with(&name, &[hypothesis]) {
                Compiled::new(&model.network, &Inputs::supine())
                    .unwrap_or_else(|error| panic!("{name} under {hypothesis}: {error}"));
            }
        }
    }
    for hypothesis in &hypotheses {
        let bearer =
            list_embedded().into_iter().any(|(name, _)| Model::load_with(&name, &[hypothesis]).is_ok());
        assert!(bearer, "no model bears the hypothesis {hypothesis}");
    }
}

#[test]
fn the_schema_knows_every_law() {
    let schema = model_schema();
    let laws = |section: &str| {
        let alternatives = &schema["properties"][section]["additionalProperties"]["oneOf"];
        alternatives.as_array().unwrap().len() - 1
    };
    assert_eq!(laws("passage"), cisterna_fluid::passage::PASSAGES.len());
    assert_eq!(laws("signal"), cisterna_fluid::signal::SIGNALS.len());
    assert_eq!(laws("space"), cisterna_fluid::wall::WALLS.len());
    let tube = schema["properties"]["passage"]["additionalProperties"]["oneOf"]
        .as_array()
        .unwrap()
        .iter()
        .find(|law| law["title"] == "tube")
        .unwrap();
    assert!(tube["properties"]["bore"]["description"].as_str().unwrap().contains("in mm, um, cm, m"));
    assert!(tube["required"].as_array().unwrap().contains(&"length".into()));
}

#[test]
fn the_reference_page_tells_every_parameter() {
    let page = reference();
    assert!(page.contains("#### `starling`"));
    assert!(page.contains(
        "| `bore` | inner diameter of the tube | `mm` `um` `cm` `m` | more than zero | must be given |"
    ));
}
