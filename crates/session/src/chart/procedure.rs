//! What was done: a technique with its hands, and what changed by it.

use std::fmt::Write as _;

use super::{MINUTE, short};
use crate::change::Change;
use crate::compile::{told, words};
use crate::technique::{Mode, Place};
use crate::visit::Done;

pub(super) fn procedure(number: usize, done: &Done, twin: Option<&Done>, text: &mut String) {
    let technique = &done.technique;
    let minutes = (done.span.1 - done.span.0) / MINUTE;
    let _ = writeln!(
        text,
        "### {number}. {} ({} min)\n\n{}\n",
        technique.title,
        short(minutes),
        technique.summary
    );
    for hand in &done.stage.touched.hands {
        let contact = &hand.contact;
        let place = words(contact.place.name());
        let what = match (contact.mode, &contact.place) {
            (_, Place::Station(_)) => "no bone of the model there: nothing moves".to_owned(),
            (Mode::Hold, _) => "rests and keeps its place".to_owned(),
            (Mode::Keep, _) => "keeps its force".to_owned(),
            (Mode::Resist, _) => "resists motion from its place".to_owned(),
            (Mode::Fulcrum, _) => "is a fulcrum that nothing moves".to_owned(),
            (Mode::Follow, _) => "follows".to_owned(),
            (Mode::Force, _) => "presses".to_owned(),
            (Mode::Torque, _) => "turns".to_owned(),
            (Mode::Path, _) => "goes along its path whatever it meets".to_owned(),
        };
        let basis = contact.basis_word();
        let pressure = contact.pressure().map(|pressure| format!(", {} mmHg under it", short(pressure)));
        let pressure = pressure.unwrap_or_default();
        let _ = writeln!(text, "- {}{pressure} ({basis}) at {place}: {what}", told(contact));
    }
    let _ = writeln!(text, "- Taught aim: {}. Taught end sign: {}.", technique.aim, technique.end_sign);
    *text += "\n| what changed | value | over sutures | without hypotheses |\n|---|---|---|---|\n";
    for change in done.changes(twin) {
        *text += &changed(&change);
    }
    for left in &done.freed {
        let _ = writeln!(
            text,
            "\n{}: {} % before, {} % after.",
            left.summary,
            short(100.0 * left.before),
            short(100.0 * left.after)
        );
    }
    text.push('\n');
}

fn changed(change: &Change) -> String {
    let value = match &change.value {
        Ok(value) => format!("{} {}", short(*value), change.shown_unit()),
        Err(reason) => format!("none: {reason}"),
    };
    let spread = change.spread.map(|spread| format!("{} .. {}", short(spread.low), short(spread.high)));
    let twin = change.twin.filter(|_| change.hangs_on_hypotheses()).map(short);
    format!(
        "| {} | {value} | {} | {} |\n",
        change.label,
        spread.unwrap_or_default(),
        twin.unwrap_or_default()
    )
}
