//! The page of all claims.

use cisterna_claims::{Decided, Decision, Report, Verdict};
use std::fmt::Write as _;

use super::one::marks;
use super::{CAUTIONS, class, picture};
use crate::html::escape;
use crate::sections::table;
use crate::shell::{Script, Shell};

/// The page of all claims, each with a link to its own page `ID.html`.
pub fn claims_page(report: &Report, provenance: &[(String, String)]) -> String {
    let subtitle = "What is claimed of the cranio-sacral system, and what comes of it when it is computed";
    let mut shell = Shell::new("Claims", subtitle, &CAUTIONS.map(str::to_owned));
    shell.section("counts", "Counts", &counts(report));
    for verdict in Verdict::ALL {
        let of: Vec<&Decided> = report.claims.iter().filter(|decided| decided.verdict == verdict).collect();
        if !of.is_empty() {
            let id = verdict.words().replace(' ', "-");
            let heading = uppercased(verdict.words());
            shell.section(&id, &heading, &group(&heading, &of));
        }
    }
    shell.provenance(provenance);
    shell.finish(Script::None)
}

pub(super) fn uppercased(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn counts(report: &Report) -> String {
    let mut out = format!("<ul class=\"counts\"><li><b>{}</b> claims</li>", report.claims.len());
    for verdict in Verdict::ALL {
        let count = report.count(verdict);
        let _ =
            write!(out, "<li class=\"verdict {}\"><b>{count}</b> {}</li>", class(verdict), verdict.words());
    }
    out + "</ul>\n"
}

fn group(heading: &str, claims: &[&Decided]) -> String {
    let caption = format!(
        "{heading}: what is (dot) beside what the claim needs (stroke), with published ranges (bars)"
    );
    let mut out = table::open(&caption);
    out.push_str(
        "<thead><tr><th scope=\"col\">Claim</th><th scope=\"col\" class=\"range\"><span class=\"unseen\">Picture</span></th>\
         <th scope=\"col\">It turns</th></tr></thead>\n<tbody>\n",
    );
    for decided in claims {
        let own = &decided.claim;
        let turns = match &own.decision {
            Decision::Untestable(reason) => reason.clone(),
            Decision::Rule(_) => decided.turning_in_words().unwrap_or_default(),
        };
        let loose = if decided.is_firm {
            ""
        } else {
            " <span class=\"basis\">within its ranges it may be otherwise</span>"
        };
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\"><a href=\"{0}.html\">{0}</a> {1}{loose}</th><td class=\"range\">{2}</td><td class=\"remark\">{3}</td></tr>",
            escape(&own.id),
            escape(&own.claim),
            small(decided),
            escape(&turns)
        );
    }
    out + "</tbody>\n" + table::CLOSE
}

/// What is compared, in one picture.
fn small(decided: &Decided) -> String {
    let marks = marks(decided);
    if marks.is_empty() {
        return String::new();
    }
    let scale = picture::scale(&marks);
    marks.iter().map(|mark| picture::row(mark, &scale)).collect()
}
