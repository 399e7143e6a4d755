//! Parts that no result needs.

use serde_json::{Value, json};

use cisterna::recording::write_whole;
use cisterna::sensitivity::{Part, PartKind, Parts, Standing, Study, parts};

use super::super::exit::{End, Failure};
use super::super::print::{columns, print, print_json};
use super::super::watch::Runs;
use super::{Arguments, Format, csv_line, end, study};

/// Takes every part away in turn, and shows those that no result misses.
pub fn show(arguments: &Arguments, format: Option<Format>) -> Result<End, Failure> {
    let runs = Runs::begin();
    let study = study(arguments, &runs)?;
    let found = parts(&study, &runs);
    runs.end();
    let found = found.map_err(|reason| {
        if runs.were_interrupted() { Failure::Interrupted(reason) } else { Failure::Run(reason) }
    })?;
    if let (Some(path), Some(format)) = (&arguments.out, format) {
        let text = match format {
            Format::Csv => rows(&study, &found).iter().map(|row| csv_line(row)).collect(),
            Format::Json => format!("{:#}\n", to_json(&study, &found)),
        };
        write_whole(path, |file| file.write_all(text.as_bytes()))?;
    }
    if arguments.json {
        print_json(&to_json(&study, &found))?;
    } else {
        print(&told(&study, &found))?;
    }
    Ok(end(&runs))
}

fn kind(part: &Part) -> &'static str {
    match part.kind {
        PartKind::Signal => "signal",
        PartKind::Passage => "passage",
        PartKind::Space => "space",
    }
}

/// The word for a standing, the largest change in per cent, and what is to be said.
fn standing(study: &Study, part: &Part) -> (&'static str, Option<f64>, String) {
    let result = |target: usize| study.targets[target].label.clone();
    match &part.standing {
        Standing::Idle(change, target) => ("idle", Some(100.0 * change), result(*target)),
        Standing::Needed(change, target) => ("needed", Some(100.0 * change), result(*target)),
        Standing::Carries(reason) => ("needed", None, format!("a document fails without it: {reason}")),
        Standing::Untried(reason) => ("not tried", None, reason.clone()),
    }
}

fn told(study: &Study, found: &Parts) -> String {
    let mut rows = vec![["", "part", "most %", "kept because"].map(str::to_owned).to_vec()];
    let idle: Vec<&Part> =
        found.all.iter().filter(|part| matches!(part.standing, Standing::Idle(..))).collect();
    rows.extend(idle.iter().map(|part| {
        let most = standing(study, part).1.unwrap_or_default();
        let kept = part
            .kept
            .clone()
            .unwrap_or_else(|| "no reason is given: to be deleted, or to be told".to_owned());
        vec![kind(part).to_owned(), part.name.clone(), format!("{most:.2}"), kept]
    }));
    let untried = found.all.iter().filter(|part| matches!(part.standing, Standing::Untried(_))).count();
    let reasons = idle.iter().filter(|part| part.kept.is_some()).count();
    let left = if found.left > 0 { format!("; {} were not waited for", found.left) } else { String::new() };
    format!(
        "{}\n{} of {} parts change none of {} results by more than 1 %, {reasons} of them with a reason to be kept; {untried} \
         cannot be taken away by themselves{left}\n",
        columns(&rows),
        idle.len(),
        found.all.len(),
        study.targets.len(),
    )
}

fn rows(study: &Study, found: &Parts) -> Vec<Vec<String>> {
    let mut rows =
        vec![["part", "kind", "standing", "most_percent", "what", "kept"].map(str::to_owned).to_vec()];
    rows.extend(found.all.iter().map(|part| {
        let (word, most, what) = standing(study, part);
        let most = most.filter(|most| most.is_finite()).map_or_else(String::new, |most| most.to_string());
        let kept = part.kept.clone().unwrap_or_default();
        vec![part.name.clone(), kind(part).to_owned(), word.to_owned(), most, what, kept]
    }));
    rows
}

fn to_json(study: &Study, found: &Parts) -> Value {
    let part = |part: &Part| {
        let (word, most, what) = standing(study, part);
        json!({
            "name": part.name,
            "kind": kind(part),
            "standing": word,
            "most_percent": most.filter(|most| most.is_finite()),
            "what": what,
            "kept": part.kept,
        })
    };
    json!({ "parts": found.all.iter().map(part).collect::<Vec<_>>(), "not_waited_for": found.left })
}
