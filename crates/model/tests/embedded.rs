//! What Cisterna brings along.
#![allow(clippy::panic, reason = "a helper of a test may panic")]

use cisterna_fluid::{Compiled, Inputs};
use cisterna_model::{Model, list_embedded, list_hypotheses, model_schema, reference};

#[test]
fn every_embedded_model_loads_and_compiles_bare_and_under_every_hypothesis() {
    let hypotheses = list_hypotheses();
    let models = list_embedded();
    // Bones take a while to reduce: half of the models each.
    let borne: Vec<String> = std::thread::scope(|scope| {
        let halves = [0, 1].map(|half| {
            let (models, hypotheses) = (&models, &hypotheses);
            scope.spawn(move || {
                models.iter().skip(half).step_by(2).flat_map(|known| borne(known, hypotheses)).collect()
            })
        });
        halves.into_iter().flat_map(|half| -> Vec<String> { half.join().unwrap() }).collect()
    });
    for hypothesis in &hypotheses {
        assert!(borne.contains(hypothesis), "no model bears the hypothesis {hypothesis}");
    }
}

/// The hypotheses that a model bears; it compiles without and under each of them.
fn borne((name, title): &(String, String), hypotheses: &[String]) -> Vec<String> {
    let bare = Model::load(name).unwrap_or_else(|problems| panic!("{name}:\n{problems}"));
    assert_eq!(bare.title, *title);
    let compile = |model: &Model, under: &str| {
        Compiled::new(&model.network, &Inputs::supine())
            .unwrap_or_else(|error| panic!("{name} {under}: {error}"));
    };
    compile(&bare, "bare");
    // A hypothesis about the head means nothing in a model without one.
    let bears = |hypothesis: &&String| {
        let model = Model::load_with(name, &[hypothesis]);
        model.is_ok_and(|model| {
            compile(&model, hypothesis);
            true
        })
    };
    hypotheses.iter().filter(bears).cloned().collect()
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
