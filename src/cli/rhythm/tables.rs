//! What the runs tell, in tables.

use cisterna::quantity::short_number;

use super::grid::Grid;
use super::study::Held;
use crate::cli::print::range;

/// Where there is nothing to tell.
const NOTHING: &str = "–";
/// The places at which it is listened.
const PLACES: [(&str, &str); 3] = [("head", "head"), ("sacrum", "sacrum"), ("left_foot", "foot")];

/// All tables.
pub fn grids(study: &[Held]) -> Vec<Grid> {
    vec![rates(study), amplitudes(study), qualities(study), published(study)]
}

/// The tables as a document.
pub fn document(grids: &[Grid]) -> String {
    let body: Vec<String> = grids.iter().map(Grid::markdown).collect();
    format!(
        "# The rhythm under each hypothesis\n\nMade by `cisterna rhythm --markdown`: the scenario `rhythm`, five minutes of \
         an adult lying on the back with hands at rest, without any hypothesis and under each. A rhythm is what lies between \
         1.2 and 13.2 cycles a minute; a rate is told where the force felt is more than twice that without a hypothesis. \
         What each hypothesis assumes stands in `models/hypotheses/`.\n\n{}",
        body.join("\n")
    )
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(|| NOTHING.to_owned(), short_number)
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

fn rates(study: &[Held]) -> Grid {
    let row = |held: &Held| {
        let mut row = vec![held.name.clone()];
        for (place, _) in PLACES {
            for what in ["rate", "counted"] {
                let value = held.value(&format!("{what}_{place}")).filter(|_| held.has_rhythm(place));
                row.push(number(value));
            }
        }
        row
    };
    Grid {
        heading: "Rate, cycles a minute",
        text: "By the highest peak of the spectrum, and by counting cycles.",
        header: names(&["hypothesis", "head", "counted", "sacrum", "counted", "foot", "counted"]),
        rows: study.iter().map(row).collect(),
    }
}

fn amplitudes(study: &[Held]) -> Grid {
    let row = |held: &Held| {
        let mut row = vec![held.name.clone()];
        for what in ["amplitude", "force"] {
            row.extend(PLACES.iter().map(|(place, _)| number(held.value(&format!("{what}_{place}")))));
        }
        row.extend(["suture", "suture_highest", "pressure"].map(|id| number(held.value(id))));
        row
    };
    Grid {
        heading: "Amplitude, half of the way to and fro",
        text: "How far the skin moves outwards (um), the force that a hand feels (mN), and how far the sagittal suture opens: \
               by the rhythm, and at most in the run (um); the fluid's pressure by the rhythm (mmHg).",
        header: names(&[
            "hypothesis",
            "head, um",
            "sacrum, um",
            "foot, um",
            "head, mN",
            "sacrum, mN",
            "foot, mN",
            "suture, um",
            "at most",
            "pressure",
        ]),
        rows: study.iter().map(row).collect(),
    }
}

fn qualities(study: &[Held]) -> Grid {
    let row = |held: &Held| {
        let own = |id: &str| number(held.value(id).filter(|_| held.has_rhythm("head")));
        let mut row = vec![held.name.clone(), own("symmetry"), own("variation"), own("left_over_right")];
        for place in ["sacrum", "left_foot"] {
            let (delay, coherence) = held.after_head(place);
            row.extend([number(delay), number(coherence)]);
        }
        row
    };
    Grid {
        heading: "Symmetry, quality and transmission",
        text: "How long it rises over how long it falls, how much the lengths of cycles vary (0 for a clock), left over right \
               parietal bone; how much later than at the head it is (s; before it where negative), and the coherence of both.",
        header: names(&[
            "hypothesis",
            "rise : fall",
            "variation",
            "left : right",
            "sacrum later, s",
            "coherence",
            "foot later, s",
            "coherence",
        ]),
        rows: study.iter().map(row).collect(),
    }
}

/// What was published, and which hypotheses come to lie in its range.
fn published(study: &[Held]) -> Grid {
    let Some(none) = study.first() else {
        return Grid { heading: "", text: "", header: Vec::new(), rows: Vec::new() };
    };
    let mut rows = Vec::new();
    for outcome in &none.run.outcomes {
        let Some(published) = &outcome.published else { continue };
        let within = |held: &&Held| {
            let value = held.value(&outcome.id);
            held.has_rhythm("head")
                && value.is_some_and(|value| {
                    published.low.is_none_or(|low| value >= low)
                        && published.high.is_none_or(|high| value <= high)
                })
        };
        let reached: Vec<&str> = study.iter().filter(within).map(|held| held.name.as_str()).collect();
        let source = none.scenario.model.sources.get(&published.source);
        rows.push(vec![
            outcome.label.clone(),
            number(published.value),
            range(published.low, published.high),
            published.unit.clone(),
            published.kind.words().to_owned(),
            source.map_or_else(|| published.source.clone(), cisterna::model::Source::short),
            if reached.is_empty() { NOTHING.to_owned() } else { reached.join(", ") },
        ]);
    }
    Grid {
        heading: "Beside what is published",
        text: "Which hypotheses come to lie in the published range. A rate that was put in is no result: those of the primary \
               respiratory mechanism and of muscle tone are the taught ones and follow from nothing. That of entrainment is half \
               of the breath's, that of tissue pressure the difference between the breaths of two people.",
        header: names(&["", "published", "range", "unit", "kind", "source", "reached under"]),
        rows,
    }
}
