//! What comes along: models, hypotheses, manoeuvres, scenarios, schemas.

use clap::ValueEnum;

use cisterna::claims::claim_schema;
use cisterna::course::{CourseDocument, course_schema};
use cisterna::experiment::{Scenario, scenario_schema};
use cisterna::model::{list_conditions, list_embedded, list_hypotheses, list_manoeuvres, model_schema};
use cisterna::panel::{Study, panel_schema};
use cisterna::session::{
    Session, Technique, session_names, session_schema, technique_names, technique_schema,
};

use super::exit::Failure;
use super::print::{columns, print, print_json};

/// The kinds of documents.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Document {
    /// What the body is made of
    Model,
    /// What is done to it, recorded and measured
    Scenario,
    /// Where hands lie, which way they press, how hard and how long
    Technique,
    /// A visit: intake, practitioner, evaluation and techniques
    Session,
    /// What is claimed, and how it is decided
    Claim,
    /// A published study of reliability, and what its figures are supposed to come from
    Panel,
    /// What is done over weeks
    Course,
    /// Kind, phases and rates of an infusion test, for `cisterna analyse --phases`
    Phases,
    /// What of a recording was left out, for `cisterna analyse --artefacts`
    Artefacts,
}

/// Prints the JSON schema of a kind of document.
pub fn schema(document: Document) -> Result<(), Failure> {
    print_json(&match document {
        Document::Model => model_schema(),
        Document::Scenario => scenario_schema(),
        Document::Technique => technique_schema(),
        Document::Session => session_schema(),
        Document::Claim => claim_schema(),
        Document::Panel => panel_schema(),
        Document::Course => course_schema(),
        Document::Phases => super::analyse::phases::schema(),
        Document::Artefacts => super::analyse::artefacts::schema(),
    })
}

/// Prints what comes along.
pub fn list() -> Result<(), Failure> {
    let models = list_embedded().into_iter().map(|(name, title)| vec![format!("  {name}"), title]).collect();
    let hypotheses: Vec<_> = list_hypotheses().into_iter().map(|name| vec![format!("  {name}")]).collect();
    let told = |(name, summary): (String, String)| vec![format!("  {name}"), summary];
    let conditions: Vec<_> = list_conditions().into_iter().map(told).collect();
    let manoeuvres: Vec<_> = list_manoeuvres().into_iter().map(told).collect();
    let scenarios = Scenario::names().into_iter().map(|name| {
        let title = Scenario::load(name).map_or_else(|_| "(cannot be read)".to_owned(), |known| known.title);
        vec![format!("  {name}"), title]
    });
    let panels = Study::names().into_iter().map(|name| {
        let title = Study::load(name).map_or_else(|_| "(cannot be read)".to_owned(), |known| known.title);
        vec![format!("  {name}"), title]
    });
    let courses = cisterna::course::names().into_iter().map(|name| {
        let title = CourseDocument::load(name)
            .map_or_else(|_| "(cannot be read)".to_owned(), |known| known.scenario.title);
        vec![format!("  {name}"), title]
    });
    let unread = || "(cannot be read)".to_owned();
    let techniques = technique_names().into_iter().map(|name| {
        let title = Technique::load(name).map_or_else(|_| unread(), |known| known.title);
        vec![format!("  {name}"), title]
    });
    let sessions = session_names().into_iter().map(|name| {
        let title = Session::load(name).map_or_else(|_| unread(), |known| known.title);
        vec![format!("  {name}"), title]
    });
    let parts = [
        ("Models", models),
        ("Hypotheses", hypotheses),
        ("Conditions", conditions),
        ("Manoeuvres", manoeuvres),
        ("Scenarios", scenarios.collect()),
        ("Panels", panels.collect()),
        ("Courses", courses.collect()),
        ("Techniques", techniques.collect()),
        ("Sessions", sessions.collect()),
    ];
    let told: Vec<String> = parts
        .iter()
        .map(|(heading, rows): &(&str, Vec<Vec<String>>)| match rows.is_empty() {
            true => format!("{heading}\n  none\n"),
            false => format!("{heading}\n{}", columns(rows)),
        })
        .collect();
    print(&told.join("\n"))
}
