//! The page of bones: pictures, and computed motion beside what is taught.

use cisterna::model::Model;
use cisterna::quantity::short_number;
use cisterna::report::{Bones, Outlines, Page, Patterns, Section, Strand, Table, View};
use cisterna::skeleton::taught::Taught;

use super::answer::{Answer, Ranged};
use super::loads::bones;
use super::table::{over, share, under};
use crate::cli::exit::Failure;

/// Cables that are drawn as lines: membranes, not every muscle.
const STRIPS: usize = 2;

/// The page of an answer; beside that without what was laid on, where something was.
pub fn page(
    model: &Model,
    answer: &Answer,
    plain: Option<&Answer>,
    outlines: Outlines,
) -> Result<Page, Failure> {
    let facts = &bones(model)?.plan.anatomy.facts;
    let taught = Taught::embedded().map_err(Failure::input)?;
    let rows = taught.compare(&answer.moved, facts);
    let mut sections = vec![
        Section::Bones(Bones {
            heading: "Motion of the bones".to_owned(),
            text: "Motion against the pose without load. Colours tell how far the middle of a bone moves, arrows \
                   where to, both to one stated scale for all pictures."
                .to_owned(),
            views: View::ALL.to_vec(),
            bones: answer.moved.clone(),
            strands: strands(answer),
            outlines,
            magnified: None,
        }),
        Section::Patterns(Patterns::new(
            "Beside what practice teaches",
            "What is taught is a hypothesis of practice, for the phase that it calls flexion. Turning the other way \
             as a whole is extension: a pattern follows the taught one where the senses of all bones agree, or all \
             are opposite.",
            &rows,
        )),
        Section::Table(joints(answer)),
        Section::Table(membranes(answer)),
    ];
    if let Some(plain) = plain {
        sections.insert(1, Section::Table(changes(answer, plain)));
    }
    let mut cautions = vec![
        "A research model, not a medical device: no number here may guide the care of a person.".to_owned(),
        "Ranges are over what is published of sutures, which is wide; the column of bone says which share of a \
         motion goes when the bone of the vault does not bend."
            .to_owned(),
    ];
    for (what, names) in [("condition", &model.conditions), ("hypothesis", &model.hypotheses)] {
        cautions.extend(names.iter().map(|name| format!("Laid on the subject: the {what} `{name}`.")));
    }
    Ok(Page {
        title: format!("Bones: {}", model.title),
        subtitle: under(answer),
        cautions,
        summary: Vec::new(),
        sections,
        provenance: vec![
            ("program".to_owned(), concat!("cisterna ", env!("CARGO_PKG_VERSION")).to_owned()),
            ("model".to_owned(), format!("{} {}", model.name, model.hash)),
            ("shapes".to_owned(), facts.credit.clone()),
        ],
    })
}

fn strands(answer: &Answer) -> Vec<Strand> {
    let membranes = answer.strung.iter().filter(|strung| strung.strips.len() >= STRIPS);
    let strips = membranes.flat_map(|strung| {
        strung.strips.iter().map(|(ends, tension)| Strand {
            name: strung.name.clone(),
            points: ends.to_vec(),
            tension: *tension,
        })
    });
    strips.collect()
}

fn joints(answer: &Answer) -> Table {
    let mut sorted: Vec<&(String, Ranged)> = answer.openings.iter().collect();
    sorted.sort_by(|a, b| b.1.value.abs().total_cmp(&a.1.value.abs()));
    let row = |(name, opening): &&(String, Ranged)| {
        vec![name.clone(), short_number(opening.value * 1e3), over(opening), share(opening)]
    };
    Table {
        heading: "Sutures and joints".to_owned(),
        text: "How far they open, at their middle.".to_owned(),
        caption: "Openings of sutures and joints".to_owned(),
        header: ["joint", "opens, µm", "over sutures, µm", "of which bone"].map(str::to_owned).to_vec(),
        rows: sorted.iter().map(row).collect(),
    }
}

fn membranes(answer: &Answer) -> Table {
    let row = |strung: &super::answer::Strung| {
        let [rest, now] = strung.tension;
        let [slack, all] = strung.slack;
        vec![
            strung.name.clone(),
            short_number(rest),
            short_number((now - rest) * 1e3),
            format!("{slack} of {all}"),
        ]
    };
    Table {
        heading: "Membranes, ligaments and muscles".to_owned(),
        text: "They pull only: what would have to push hangs slack.".to_owned(),
        caption: "Tension at rest and its change".to_owned(),
        header: ["name", "at rest, N", "change, mN", "slack strips"].map(str::to_owned).to_vec(),
        rows: answer.strung.iter().map(row).collect(),
    }
}

/// What was laid on changes.
fn changes(answer: &Answer, plain: &Answer) -> Table {
    let mut order: Vec<usize> = (0..answer.far.len()).collect();
    let gap = |index: &usize| (answer.moved[*index].motion.shift - plain.moved[*index].motion.shift).norm();
    order.sort_by(|a, b| gap(b).total_cmp(&gap(a)));
    let row = |&index: &usize| {
        let turn = |of: &Answer| short_number(of.moved[index].motion.turn.norm() * 1e3);
        vec![
            answer.moved[index].name.clone(),
            short_number(plain.far[index].value * 1e3),
            short_number(answer.far[index].value * 1e3),
            short_number(gap(&index) * 1e3),
            turn(plain),
            turn(answer),
        ]
    };
    Table {
        heading: "What the condition changes".to_owned(),
        text: "The same loads on the same subject, without what is laid on and with it.".to_owned(),
        caption: "Motion of each bone without and with the condition".to_owned(),
        header: [
            "bone",
            "without, µm",
            "with, µm",
            "difference, µm",
            "turn without, mrad",
            "turn with, mrad",
        ]
        .map(str::to_owned)
        .to_vec(),
        rows: order.iter().map(row).collect(),
    }
}
