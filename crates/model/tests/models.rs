//! What a good document becomes.

use cisterna_fluid::{Action, Address, How, Kind, Observable, Owner, PassageId, SignalId, SpaceId};
use cisterna_model::{Ground, Library, Model, Problems};
use cisterna_quantity::{Basis, Dimension};

const BASE: &str = include_str!("data/base.toml");
const SOURCES: &str = "@book{nichols2011, year = {2011}} @book{hall2016, year = {2016}}";

fn load(documents: &[(&str, &str)], hypotheses: &[&str]) -> Result<Model, Problems> {
    let mut pairs = vec![("base", BASE), ("sources.bib", SOURCES)];
    pairs.extend_from_slice(documents);
    let first = documents.first().map_or("base", |(name, _)| name);
    Model::from_library(&Library::from_pairs(&pairs), first, hypotheses)
}

fn value(model: &Model, name: &str) -> Option<f64> {
    let (address, _) = model.address(name).ok()?;
    model.network.values(address.owner).get(address.parameter).copied()
}

#[test]
fn a_windkessel_becomes_its_network() {
    let model = load(&[], &[]).unwrap();
    let network = &model.network;
    assert_eq!(model.title, "A heart that beats into a windkessel");
    assert_eq!(network.fluids[0].density, 1055.0);
    assert_eq!(network.landmarks[1].position, [0.0, 0.0, 300.0]);
    let aorta = &network.spaces[1];
    assert!(matches!(aorta.kind, Kind::Fluid(wall) if wall.name == "elastic"));
    assert_eq!(aorta.values, [100.0, 1.5]);
    assert_eq!(aorta.inside, Some(SpaceId(0)));
    assert_eq!(aorta.start_pressure, 80.0);
    assert!(matches!(network.spaces[2].kind, Kind::Outside));
    assert_eq!(network.spaces[2].values, [4.0]);
    assert_eq!((network.passages[0].from, network.passages[0].to), (SpaceId(1), SpaceId(2)));
    assert_eq!(value(&model, "heart.rate"), Some(67.0 / 60.0));
    assert_eq!(network.signals[2].senses, [Observable::Signal(SignalId(1))]);
    let rate = Address { owner: Owner::Passage(PassageId(1)), parameter: 0 };
    assert_eq!(network.signals[2].acts, Some(Action { target: rate, how: How::Set }));
    assert_eq!(network.signals[2].unit, "mL/s");
}

#[test]
fn the_loaded_windkessel_can_be_compiled() {
    let model = load(&[], &[]).unwrap();
    cisterna_fluid::Compiled::new(&model.network, &cisterna_fluid::Inputs::supine()).unwrap();
}

#[test]
fn an_old_person_is_an_adult_with_a_stiffer_aorta() {
    let old = "title = \"Old\"\nextends = \"base\"\n[space.aorta]\n\
               compliance = \"0.8 mL/mmHg | 0.5 .. 1 | measured nichols2011\"\n";
    let (adult, old) = (load(&[], &[]).unwrap(), load(&[("old", old)], &[]).unwrap());
    assert_eq!(value(&old, "aorta.compliance"), Some(0.8));
    assert_eq!(value(&old, "aorta.rest_volume"), value(&adult, "aorta.rest_volume"));
    assert_eq!(old.documents, ["base.toml", "old.toml"]);
    assert_ne!(old.hash, adult.hash);
    let stiff = &old.evidence_of("aorta.compliance").unwrap()[0];
    assert_eq!((stiff.file.as_str(), stiff.line), ("old.toml", 4));
}

#[test]
fn a_part_shared_by_two_documents_does_not_undo_the_later_one() {
    let old = "title = \"Old\"\nextends = \"base\"\n[passage.arterioles]\n\
               resistance = \"1.2 mmHg s/mL | 0.8 .. 1.3 | measured hall2016\"\n";
    let oldest = "title = \"Oldest\"\nextends = \"old\"\nparts = [\"base\"]\n";
    let model = load(&[("oldest", oldest), ("old", old)], &[]).unwrap();
    assert_eq!(value(&model, "arterioles.resistance"), Some(1.2));
}

#[test]
fn another_law_leaves_the_parameters_of_the_old_one_behind() {
    let tube = "title = \"Tube\"\nextends = \"base\"\n[passage.arterioles]\nlaw = \"tube\"\n\
                length = \"10 mm || assumed: a try\"\nbore = \"2 mm || assumed: a try\"\n";
    let model = load(&[("tube", tube)], &[]).unwrap();
    assert_eq!(model.network.passages[0].values, [10.0, 2.0]);
}

#[test]
fn a_clamped_vessel_is_a_model_with_a_passage_removed() {
    let clamped = "title = \"Clamped\"\nextends = \"base\"\nremove = [\"arterioles\"]\n";
    let model = load(&[("clamped", clamped)], &[]).unwrap();
    assert_eq!(model.network.passages.len(), 1);
    assert_eq!(model.network.signals[2].acts.unwrap().target.owner, Owner::Passage(PassageId(0)));
}

#[test]
fn a_hypothesis_is_appended_and_leaves_the_rest_as_it_is() {
    let relay = "title = \"Relay\"\nhypothesis = \"relay\"\n[signal.tone]\nlaw = \"saturation\"\n\
                 senses = \"aorta.pressure\"\nreference = \"90 mmHg || hypothesis: a try\"\n\
                 gain = \"0.01 1/mmHg || hypothesis: a try\"\nupper_range = \"1 || hypothesis: a try\"\n\
                 lower_range = \"1 || hypothesis: a try\"\nacts = \"arterioles.resistance\"\nhow = \"exponent\"\n";
    let plain = load(&[("base", BASE)], &[]).unwrap();
    let with = load(&[("base", BASE), ("hypotheses/relay", relay)], &["relay"]).unwrap();
    assert_eq!(with.hypotheses, ["relay"]);
    assert_eq!(with.network.signals.len(), plain.network.signals.len() + 1);
    assert_eq!(format!("{:?}", with.network.spaces), format!("{:?}", plain.network.spaces));
    let resistance = &with.evidence_of("arterioles.resistance").unwrap()[0];
    let users = ["passage `arterioles` (resistance)", "signal `tone` scales it by its exponential"];
    assert_eq!(resistance.used_by, users);
    let missing = load(&[("base", BASE), ("hypotheses/relay", relay)], &["realy"]).unwrap_err();
    assert!(missing.to_string().contains("did you mean `relay`?"), "{missing}");
    let alone = load(&[("hypotheses/relay", relay)], &[]).unwrap_err();
    assert!(alone.to_string().contains("a hypothesis is no model"), "{alone}");
}

#[test]
fn every_value_says_what_it_rests_on() {
    let model = load(&[], &[]).unwrap();
    let compliance = &model.evidence_of("aorta.compliance").unwrap()[0];
    assert_eq!(compliance.ground, Ground::Stated(Basis::Measured));
    assert_eq!((compliance.low, compliance.high), (Some(1.0), Some(2.0)));
    assert_eq!(compliance.sources, ["nichols2011"]);
    assert_eq!(model.evidence_of("heart.rate").unwrap()[0].shown(), "67 1/min");
    assert_eq!(model.evidence_of("outflow.offset").unwrap()[0].ground, Ground::Default);
    assert_eq!(model.evidence_of("aorta").unwrap().len(), 2);
    let density = &model.evidence_of("fluid.blood.density").unwrap()[0];
    assert!(density.used_by.contains(&"space `aorta`".to_owned()));
    assert_eq!(model.evidence_of("blood.density").unwrap()[0].name, "fluid.blood.density");
    let error = model.evidence_of("aorta.complience").unwrap_err();
    assert!(error.help.contains("`aorta.compliance`"), "{error}");
}

#[test]
fn what_is_seen_has_its_unit() {
    let model = load(&[], &[]).unwrap();
    let unit = |name: &str| model.observable(name).unwrap().1.text().to_owned();
    assert_eq!(unit("aorta.pressure"), "mmHg");
    assert_eq!(unit("thorax.volume"), "mL");
    assert_eq!(unit("arterioles.flow"), "mL/s");
    assert_eq!(unit("ejection.passed"), "mL");
    assert_eq!(unit("outflow"), "mL/s");
    assert_eq!(unit("heart.rate"), "1/min");
    let error = model.observable("veins.volume").unwrap_err();
    assert_eq!(error.to_string(), "`veins` has no volume; only fluids and enclosures have one");
    let (_, dimension) = model.address("outflow.gain").unwrap();
    assert_eq!(dimension, Some(Dimension::FLOW));
}

#[test]
fn a_scenario_changes_a_copy_and_says_so() {
    let model = load(&[], &[]).unwrap();
    let (resistance, _) = model.address("arterioles.resistance").unwrap();
    let tight = model.set(resistance, 2.0).unwrap();
    assert_eq!(value(&model, "arterioles.resistance"), Some(1.0));
    assert_eq!(value(&tight, "arterioles.resistance"), Some(2.0));
    let entry = &tight.evidence_of("arterioles.resistance").unwrap()[0];
    assert_eq!(entry.ground, Ground::Scenario);
    assert_eq!(entry.note.as_deref(), Some("the document says 1 mmHg s/mL (measured)"));
    let error = model.set(resistance, -1.0).unwrap_err();
    assert_eq!(error.to_string(), "`arterioles.resistance` cannot be -1 mmHg s/mL; allowed: more than zero");
    assert!(model.set(resistance, f64::NAN).is_err());
}

#[test]
fn a_document_on_disk_stands_on_its_neighbours_and_on_embedded_ones() {
    let folder = std::env::temp_dir().join(format!("cisterna_model_{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("near.toml"), BASE).unwrap();
    std::fs::write(folder.join("mine.toml"), "title = \"Mine\"\nextends = \"near\"\n").unwrap();
    std::fs::write(folder.join("sources.bib"), "@misc{mine2026, year = {2026}}").unwrap();
    let path = folder.join("mine.toml").display().to_string();
    let model = Model::load(&path).unwrap();
    assert_eq!((model.name.as_str(), model.title.as_str()), ("mine", "Mine"));
    assert!(model.sources.get("mine2026").is_some() && model.sources.get("hall2016").is_some());
    std::fs::remove_dir_all(&folder).unwrap();
    let error = Model::load(&path).unwrap_err();
    assert!(error.to_string().contains("there is no such model"), "{error}");
}
