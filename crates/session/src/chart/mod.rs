//! The record of a visit as a practitioner's chart: what the client says, what is found, what is made of it, what is done.

mod procedure;
mod shams;

use std::fmt::Write as _;

use cisterna_quantity::short_number;

use crate::compile::words;
use crate::felt::Felt;
use crate::joints::JointTest;
use crate::visit::Visit;
use procedure::procedure;

/// What is published of light forces on sutures and fascia, beside which every release stands.
pub const PUBLISHED: &str = "Published beside: a rabbit's coronal suture did not move at 0.05 to 0.2 N, nor at 1 N, and first at \
                             4.9 N (downey2006); one per cent of compression and shear of firm fascia takes forces that no hand \
                             has (chaudhry2008). No law by which a hand frees a restriction has been measured.";

/// Seconds in a minute.
const MINUTE: f64 = 60.0;

impl Visit {
    /// The record in Markdown; beside the twin without hypotheses, where there is one.
    #[must_use]
    pub fn chart(&self, twin: Option<&Visit>) -> String {
        let session = &self.session;
        let mut text = format!("# {}\n\n", session.title);
        if !session.summary.is_empty() {
            let _ = writeln!(text, "{}\n", session.summary);
        }
        let minutes = self.time / MINUTE;
        let hands_on: f64 = self.done.iter().map(|done| done.span.1 - done.span.0).sum::<f64>() / MINUTE;
        let facts = [
            ("Date", session.date.clone()),
            ("Client", session.client.clone()),
            ("Practitioner", session.practitioner.code.clone()),
            ("Time", Some(format!("{} min, of which {} min of techniques", short(minutes), short(hands_on)))),
            ("Subject", Some(format!("simulated: {}", session.subject))),
        ];
        for (name, fact) in facts {
            if let Some(fact) = fact {
                let _ = writeln!(text, "- {name}: {fact}");
            }
        }
        text += "\n## Subjective\n\n";
        for complaint in &session.complaints {
            let _ = writeln!(text, "- “{complaint}”");
        }
        if let Some(stress) = session.stress {
            let _ = writeln!(text, "- Stress: {} of 1 (1 is the social stress test)", short(stress));
        }
        text += "\n## Objective\n\n";
        self.objective(&mut text);
        text += "\n## Assessment\n\n";
        self.assessment(&mut text);
        text += "\n## Plan and procedure\n\n";
        for (number, done) in self.done.iter().enumerate() {
            procedure(number + 1, done, twin.and_then(|twin| twin.done.get(number)), &mut text);
        }
        text += "### Re-evaluation\n\n";
        self.again(&mut text);
        if let Some(plan) = &session.plan {
            let _ = writeln!(text, "\nNext: {plan}");
        }
        let hypotheses = match session.hypotheses.is_empty() {
            true => "No hypothesis is laid on.".to_owned(),
            false => format!("Hypotheses laid on: {}.", session.hypotheses.join(", ")),
        };
        let _ = write!(
            text,
            "\n---\n\nA simulation for research and teaching, not a record of a person. {hypotheses} Simulated: {} s. Forces are \
             what is taught unless told as measured. Document {}.\n",
            short(self.simulated),
            session.hash
        );
        text
    }

    fn objective(&self, text: &mut String) {
        if !self.before.felt.is_empty() {
            let _ = writeln!(text, "Listened to, {} s each:\n", short(self.session.evaluation.time));
            *text += "| station | rate, 1/min | amplitude, µm | regular | felt | claimed |\n|---|---|---|---|---|---|\n";
            for felt in &self.before.felt {
                *text += &station(felt);
            }
            for (left, right, differs) in self.before.sides() {
                let told = if differs { "differ" } else { "do not differ beyond chance" };
                let _ = writeln!(text, "\n{} and {}: {told}.", words(left), words(right));
            }
            text.push('\n');
        }
        *text += "At rest, means of the evaluation:\n\n| what | value |\n|---|---|\n";
        for own in self.watched() {
            let _ = writeln!(text, "| {} | {} {} |", own.label, short(own.before), own.unit);
        }
        text.push('\n');
        if self.before.joints.is_empty() {
            *text += "No joint was tested.\n";
            return;
        }
        let force = &self.session.evaluation.force;
        let _ = writeln!(
            text,
            "Joints drawn apart with {} between two hands; how far each gives way there:\n",
            force.unit.show(force.value)
        );
        *text += "| joint | gives, µm | over sutures | other side, µm | without restriction, µm |\n|---|---|---|---|---|\n";
        for test in &self.before.joints {
            *text += &row(test);
        }
    }

    fn assessment(&self, text: &mut String) {
        if self.restrictions.is_empty() {
            *text += "No restriction was put into this subject.\n";
        }
        for (test, judged) in self.before.joints.iter().zip(&self.before.judged) {
            let Some(judged) = judged else { continue };
            let there = self.put_in(&test.joint);
            let told = match (judged.claimed, there) {
                (true, true) => "called restricted, and it is",
                (true, false) => "called restricted, and it is not",
                (false, true) => "not found, though it is restricted",
                (false, false) => continue,
            };
            let _ = writeln!(
                text,
                "- {}: {told} (called so in {} of 100 tries; without any lag in {})",
                words(&test.joint),
                short(100.0 * judged.probability),
                short(100.0 * judged.false_claims)
            );
        }
        for left in &self.restrictions {
            let _ = writeln!(text, "- Put into this subject: {} (`{}`)", left.summary, left.name);
        }
    }

    fn again(&self, text: &mut String) {
        let _ = writeln!(text, "{PUBLISHED}\n");
        for left in &self.restrictions {
            let told = match left.gradual {
                true => format!("{} % of it is left", short(100.0 * left.after)),
                false => "not a matter of degree: no hand frees it".to_owned(),
            };
            let _ = writeln!(text, "- {}: {told}", left.summary);
        }
        *text += "\n| at rest | was | is |\n|---|---|---|\n";
        for own in self.watched() {
            let unit = if own.unit.is_empty() { String::new() } else { format!(", {}", own.unit) };
            let [was, is] = [own.before, own.after].map(short);
            let _ = writeln!(text, "| {}{unit} | {was} | {is} |", own.label);
        }
        if !self.after.joints.is_empty() {
            *text += "\n| joint | gave, µm | gives, µm |\n|---|---|---|\n";
        }
        let both = self.before.joints.iter().zip(&self.after.joints);
        for (before, after) in both.filter(|(before, _)| before.hands.is_some()) {
            let _ = writeln!(
                text,
                "| {} | {} | {} |",
                words(&before.joint),
                short(before.gives[0]),
                short(after.gives[0])
            );
        }
    }
}

fn station(felt: &Felt) -> String {
    let name = words(&felt.station);
    let Some(finding) = &felt.finding else {
        return format!("| {name} | the subject's model does not move there | | | | |\n");
    };
    let rate =
        finding.rate.map(|rate| format!("{} ± {}", short(60.0 * rate), short(60.0 * finding.rate_error)));
    format!(
        "| {name} | {} | {} ± {} | {} | {} | {} of 100 |\n",
        rate.unwrap_or_else(|| "none counted".to_owned()),
        short(1e3 * finding.amplitude),
        short(1e3 * finding.amplitude_error),
        short(finding.regularity),
        if finding.felt { "yes" } else { "no" },
        short(100.0 * finding.probability)
    )
}

fn row(test: &JointTest) -> String {
    let [own, soft, stiff] = test.gives;
    let Some(_) = &test.hands else {
        return format!("| {} | out of reach of hands | | | |\n", words(&test.joint));
    };
    format!(
        "| {} | {} | {} .. {} | {} | {} |\n",
        words(&test.joint),
        short(own),
        short(own.min(soft).min(stiff)),
        short(own.max(soft).max(stiff)),
        test.other_side.map(short).unwrap_or_default(),
        short(test.healthy)
    )
}

fn short(value: f64) -> String {
    short_number(value)
}
