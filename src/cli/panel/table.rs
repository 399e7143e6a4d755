//! The figures of panels, for the terminal and for other programs.

use serde_json::{Value, json};

use cisterna::panel::{Outcome, Pooled, RowOutcome, Settings, Verdict};
use cisterna::quantity::short_number;

use crate::cli::print::columns;

/// How well an arm does over all rows.
pub struct Tally {
    pub arm: String,
    pub hits: usize,
    pub undecided: usize,
    pub misses: usize,
    /// Root mean square of the distances of published figures from the medians, in standard deviations of the draws.
    pub distance: f64,
}

/// One tally for each name of an arm.
pub fn tallies(outcomes: &[Outcome]) -> Vec<Tally> {
    let mut names: Vec<&str> = Vec::new();
    for arm in outcomes.iter().flat_map(|outcome| &outcome.arms) {
        if !names.contains(&arm.arm.name.as_str()) {
            names.push(&arm.arm.name);
        }
    }
    let tally = |name: &str| {
        let rows: Vec<&RowOutcome> = outcomes
            .iter()
            .flat_map(|outcome| &outcome.arms)
            .filter(|arm| arm.arm.name == name)
            .flat_map(|arm| &arm.results)
            .collect();
        let count = |verdict| rows.iter().filter(|row| row.verdict == verdict).count();
        let squares: Vec<f64> =
            rows.iter().map(|row| row.distance().powi(2)).filter(|square| square.is_finite()).collect();
        Tally {
            arm: name.to_owned(),
            hits: count(Verdict::Hit),
            undecided: count(Verdict::Undecided),
            misses: count(Verdict::Miss),
            distance: (squares.iter().sum::<f64>() / squares.len() as f64).sqrt(),
        }
    };
    names.into_iter().map(tally).collect()
}

/// A row for each published figure with a column for each arm, pooled figures, and tallies.
pub fn table(outcomes: &[Outcome], pools: &[Pooled]) -> String {
    let tallies = tallies(outcomes);
    let arms: Vec<&str> = tallies.iter().map(|tally| tally.arm.as_str()).collect();
    let header = ["figure", "published"].into_iter().chain(arms.iter().copied());
    let mut rows: Vec<Vec<String>> = vec![header.map(str::to_owned).collect()];
    for outcome in outcomes {
        for (index, row) in outcome.study.rows.iter().enumerate() {
            let of = |name: &&str| outcome.arms.iter().find(|arm| arm.arm.name == *name);
            let cell = |name: &&str| of(name).map_or_else(String::new, |arm| told(&arm.results[index]));
            let unit = if row.statistic.unit() == "1" { "" } else { " 1/min" };
            let mut line = vec![row.id.clone(), format!("{}{unit}", short_number(row.published))];
            line.extend(arms.iter().map(cell));
            rows.push(line);
        }
    }
    let mut pool_names: Vec<&str> = pools.iter().map(|pool| pool.result.row.id.as_str()).collect();
    pool_names.dedup();
    for name in pool_names {
        let of = |arm: &&str| pools.iter().find(|pool| pool.result.row.id == name && pool.arm == *arm);
        let published =
            pools.iter().find(|pool| pool.result.row.id == name).map(|pool| pool.result.row.published);
        let mut line = vec![name.to_owned(), published.map(short_number).unwrap_or_default()];
        line.extend(arms.iter().map(|arm| of(arm).map_or_else(String::new, |pool| told(&pool.result))));
        rows.push(line);
    }
    let summary: Vec<Vec<String>> = tallies
        .iter()
        .map(|tally| {
            let Tally { arm, hits, undecided, misses, distance } = tally;
            let counts = format!("{hits} hits, {undecided} undecided, {misses} misses");
            vec![format!("{arm}:"), counts, format!("distance {}", short_number(*distance))]
        })
        .collect();
    format!("{}\n{}", columns(&rows), columns(&summary))
}

/// "0.05 (-0.2 .. 0.3) hit".
pub fn told(result: &RowOutcome) -> String {
    if !result.median.is_finite() {
        return "no value".to_owned();
    }
    let [median, low, high] = [result.median, result.low, result.high].map(|figure| format!("{figure:.2}"));
    format!("{median} ({low} .. {high}) {}", result.verdict.word())
}

/// Everything as JSON.
pub fn json(outcomes: &[Outcome], pools: &[Pooled], settings: &Settings) -> Value {
    let studies: Vec<Value> = outcomes
        .iter()
        .map(|outcome| {
            let arm = |arm: &cisterna::panel::ArmOutcome| {
                json!({
                    "name": arm.arm.name,
                    "hypotheses": arm.arm.names(),
                    "rows": arm.results.iter().map(row).collect::<Vec<_>>(),
                })
            };
            json!({
                "name": outcome.study.name,
                "title": outcome.study.title,
                "source": outcome.study.source,
                "arms": outcome.arms.iter().map(arm).collect::<Vec<_>>(),
            })
        })
        .collect();
    let pooled: Vec<Value> = pools
        .iter()
        .map(|pool| {
            let mut value = row(&pool.result);
            value["arm"] = json!(pool.arm);
            value
        })
        .collect();
    let tallies: Vec<Value> = tallies(outcomes)
        .iter()
        .map(|tally| {
            json!({ "arm": tally.arm, "hits": tally.hits, "undecided": tally.undecided,
                "misses": tally.misses, "distance": tally.distance })
        })
        .collect();
    json!({
        "draws": settings.draws,
        "seed": settings.seed,
        "studies": studies,
        "pooled": pooled,
        "arms": tallies,
    })
}

fn row(result: &RowOutcome) -> Value {
    let row = &result.row;
    json!({
        "id": row.id,
        "quantity": row.label,
        "statistic": row.statistic.name(),
        "unit": row.statistic.unit(),
        "published": row.published,
        "low": row.low,
        "high": row.high,
        "source": row.source,
        "note": row.note,
        "simulated": result.median,
        "band": [result.low, result.high],
        "verdict": result.verdict.word(),
        "distance": result.distance(),
    })
}
