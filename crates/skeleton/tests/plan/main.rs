//! Plans as structures: closed forms, balances and the laws of mechanics.
#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may panic")]

mod ball;
mod canal;
mod cord;
mod facts;
mod hand;
mod head;
mod mirror;
mod muscle;
mod pose;
mod tube;

use cisterna_skeleton::plan::{Asked, Kind, Law, Plan, Row, Support};

/// How an output answers one unit of a load, at once and in the end.
fn answer(asked: &Asked, output: &str, load: usize) -> [f64; 2] {
    let row = row(asked, output);
    let slow: f64 =
        row.states.iter().zip(asked.reduced.gains.column(load).iter()).map(|(by, gain)| by * gain).sum();
    [row.drives[load], row.drives[load] + slow]
}

fn row<'a>(asked: &'a Asked, output: &str) -> &'a Row {
    let found = asked.rows.iter().find(|(known, _)| known.name == output);
    &found.unwrap_or_else(|| panic!("there is no output `{output}`")).1
}

/// The place of a load of a plan.
fn place(plan: &Plan, load: &str) -> usize {
    plan.loads.iter().position(|known| known.name == load).unwrap()
}

/// A support on the centre of a bone, alike in all directions (N/mm).
fn held(plan: &Plan, bone: &str, stiffness: f64) -> Support {
    let law = Law::Pad { across: stiffness, along: stiffness, turn: stiffness * 1e3 };
    Support {
        name: format!("hold_of_{bone}"),
        under: plan.anatomy.point(bone).unwrap(),
        normal: cisterna_skeleton::geometry::Vector::z(),
        kind: Kind { law, relaxation: Vec::new() },
        held_by: None,
    }
}
