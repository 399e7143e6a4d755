//! The page of one claim.

use cisterna_claims::{Decided, Decision, Rule, TurnsOn, Value, Verdict};
use std::fmt::Write as _;

use super::index::uppercased;
use super::picture::{self, Mark, MarkKind};
use super::{CAUTIONS, class};
use crate::html::{escape, paragraphs};
use crate::sections::table;
use crate::shell::{Script, Shell};

/// The page of one claim; `source` gives the reference of a key.
pub fn claim_page(
    decided: &Decided,
    source: &dyn Fn(&str) -> String,
    provenance: &[(String, String)],
) -> String {
    let own = &decided.claim;
    let subtitle = format!("Claim {} of the {}; {}", own.id, own.stated_in, own.kind.word());
    let mut shell = Shell::new(&own.claim, &subtitle, &CAUTIONS.map(str::to_owned));
    shell.section("verdict", "Verdict", &verdict(decided));
    if let Decision::Rule(rule) = &own.decision {
        shell.section("picture", "What is, and what the claim needs", &compared(decided, rule));
    }
    if !own.numbers.is_empty() {
        shell.section("numbers", "Numbers", &numbers(decided, source));
    }
    if !own.published.is_empty() {
        shell.section("published", "What was published", &published(decided, source));
    }
    shell.provenance(provenance);
    shell.finish(Script::None)
}

fn verdict(decided: &Decided) -> String {
    let words = uppercased(decided.verdict.words());
    let mut out = format!("<p class=\"verdict {}\"><b>{}</b></p>\n", class(decided.verdict), escape(&words));
    match &decided.claim.decision {
        Decision::Untestable(reason) => out += &paragraphs(reason),
        Decision::Rule(rule) => {
            out += &paragraphs(&decided.claim.reading);
            if let Some(hypothesis) = &rule.hypothesis
                && decided.verdict == Verdict::NeedsHypothesis
            {
                out += &paragraphs(&format!("What would have to be true: {hypothesis}."));
            }
            if let Some(reason) = &decided.claim.no_pair {
                out += &paragraphs(&format!("Published figures decide, not a pair of runs. {reason}"));
            }
            out += &paragraphs(&turning(decided));
            if !decided.is_firm {
                out += &paragraphs("Within the ranges of what is compared the verdict may be otherwise.");
            }
        }
    }
    out + "<p><a href=\"index.html\">All claims</a></p>\n"
}

/// On what the verdict turns, in sentences.
fn turning(decided: &Decided) -> String {
    let Some(turning) = &decided.turning else { return String::new() };
    let shown = |figure: f64| turning.unit.show(figure);
    let of_model = match &decided.claim.decision {
        Decision::Rule(Rule {
            turns_on: TurnsOn::Parameter { name, .. } | TurnsOn::Tissue { name, .. },
            ..
        }) => {
            format!(" ({name})")
        }
        _ => String::new(),
    };
    let mut text = format!("{}{of_model} is {}", uppercased(&turning.label), shown(turning.value));
    if let Some([low, high]) = turning.range {
        let _ = write!(text, " (published: {} to {})", shown(low), shown(high));
    }
    let Some(at) = turning.threshold else {
        return text + "; no value of it changes the verdict.";
    };
    let side = if at > turning.value { "From" } else { "Down from" };
    let _ = write!(text, ". {side} {} on the verdict would be: {}", shown(at), turning.beyond.words());
    match turning.is_within_range() {
        Some(true) => text.push_str(". That lies within what was published."),
        Some(false) => text.push_str(". That lies outside of what was published."),
        None => text.push('.'),
    }
    text
}

/// The numbers that are compared, as marks.
pub(super) fn marks(decided: &Decided) -> Vec<Mark> {
    let Decision::Rule(rule) = &decided.claim.decision else { return Vec::new() };
    let [Some(own), Some(bound)] = [&rule.compare, &rule.bound].map(|name| decided.value(name)) else {
        return Vec::new();
    };
    // Both in the unit of the first.
    let shown = |figure: f64| own.unit.from_canonical(figure);
    [(own, MarkKind::Is), (bound, MarkKind::Needed)]
        .map(|(value, kind)| Mark {
            value: shown(value.value),
            range: value.is_ranged().then(|| [value.low, value.high].map(shown)),
            kind,
        })
        .to_vec()
}

fn compared(decided: &Decided, rule: &Rule) -> String {
    let mut marks = marks(decided);
    let [Some(own), Some(_)] = [&rule.compare, &rule.bound].map(|name| decided.value(name)) else {
        return String::new();
    };
    let mut labels: Vec<String> = [&rule.compare, &rule.bound]
        .iter()
        .filter_map(|name| decided.claim.numbers.iter().find(|number| number.name == **name))
        .map(|number| number.label.clone())
        .collect();
    // A parameter of a model lies on no axis of what is compared, even where both are plain numbers.
    if let Some(turning) = &decided.turning
        && matches!(rule.turns_on, TurnsOn::Number(_))
        && turning.unit.dimension() == own.dimension()
        && let Some(at) = turning.threshold
        && turning.name != rule.bound
    {
        let shown = |figure: f64| own.unit.from_canonical(figure);
        labels.push(format!("{}: here the verdict turns", turning.label));
        marks.push(Mark {
            value: shown(at),
            range: turning.range.map(|ends| ends.map(shown)),
            kind: MarkKind::Turns,
        });
    }
    let unit = own.unit.text();
    let scale = picture::scale(&marks);
    let relation = if rule.at_least { "at least" } else { "at most" };
    let mut out = table::open(&format!(
        "For the claim to hold, the first must be {relation} the second; bars are ranges"
    ));
    let _ = write!(
        out,
        "<thead><tr><th scope=\"col\">Number</th><th scope=\"col\" class=\"number\">{}</th>\
         <th scope=\"col\" class=\"wide roomy\"><span class=\"unseen\">Picture</span></th></tr></thead>\n<tbody>\n",
        escape(unit)
    );
    for (label, mark) in labels.iter().zip(&marks) {
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td class=\"number value\">{}</td><td class=\"wide roomy\">{}</td></tr>",
            escape(label),
            crate::number::number(mark.value),
            picture::row(mark, &scale)
        );
    }
    let _ =
        writeln!(out, "<tr><td></td><td></td><td class=\"wide roomy\">{}</td></tr>", picture::axis(&scale));
    out + "</tbody>\n" + table::CLOSE
}

fn numbers(decided: &Decided, source: &dyn Fn(&str) -> String) -> String {
    let mut out = table::open("Every number of the claim, with its range and what it rests on");
    out.push_str(
        "<thead><tr><th scope=\"col\">Number</th><th scope=\"col\" class=\"number\">value</th><th scope=\"col\" class=\"number\">range</th>\
         <th scope=\"col\">rests on</th><th scope=\"col\">source or reason</th></tr></thead>\n<tbody>\n",
    );
    for (number, value) in decided.claim.numbers.iter().zip(&decided.values) {
        let shown = |figure: f64| value.unit.show(figure);
        let range = if value.is_ranged() {
            format!("{} .. {}", shown(value.low), shown(value.high))
        } else {
            String::new()
        };
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td class=\"number value\">{}</td><td class=\"number\">{}</td><td>{}</td><td class=\"remark\">{}</td></tr>",
            escape(&number.label),
            escape(&shown(value.value)),
            escape(&range),
            rests_on(value),
            escape(&reason(value, source))
        );
    }
    out + "</tbody>\n" + table::CLOSE
}

/// What a number rests on; hypotheses stand out.
fn rests_on(value: &Value) -> String {
    match value.rests_on() {
        "hypothesis" if value.hypotheses.is_empty() => "<span class=\"basis\">hypothesis</span>".to_owned(),
        "hypothesis" => {
            format!("<span class=\"basis\">hypothesis: {}</span>", escape(&value.hypotheses.join(", ")))
        }
        word => escape(word).into_owned(),
    }
}

fn reason(value: &Value, source: &dyn Fn(&str) -> String) -> String {
    let sources = value.sources.iter().map(|key| source(key));
    let parts: Vec<String> = value.note.iter().cloned().chain(sources).collect();
    parts.join("; ")
}

fn published(decided: &Decided, source: &dyn Fn(&str) -> String) -> String {
    let mut out = String::from("<ul>\n");
    for known in &decided.claim.published {
        let _ =
            writeln!(out, "<li>{} <cite>{}</cite></li>", escape(&known.says), escape(&source(&known.source)));
    }
    out + "</ul>\n"
}
