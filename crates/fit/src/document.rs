//! A fit as a document of a subject.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use cisterna_quantity::short_number;

use crate::known::{Found, MemberValue};

/// The document of the subject that was found: it extends the one that was asked for by the values that the recording
/// determines; the others are named in a comment and keep what is published.
///
/// The values are `assumed`, as a fit is no measurement; the reason names recording and interval.
#[must_use]
pub fn subject_document(found: &Found) -> String {
    let file = found.file.rsplit(['/', '\\']).next().unwrap_or(&found.file);
    let mut text = format!(
        "title   = {:?}\nsummary = {:?}\nextends = {:?}\n",
        format!("Fitted to {file}"),
        format!(
            "Values that explain {file} from {:.0} to {:.0} s, found by fit; what the recording does not tell is as before",
            found.span_s[0], found.span_s[1]
        ),
        found.asked
    );
    for value in found.values.iter().filter(|value| !value.determined) {
        let _ = write!(text, "\n# `{}` is not determined by the recording and stays as it is.\n", value.name);
    }
    let mut items: BTreeMap<(&str, &str), Vec<(&str, &MemberValue)>> = BTreeMap::new();
    for member in found.values.iter().filter(|value| value.determined).flat_map(|value| &value.members) {
        if let Some((item, parameter)) = member.name.rsplit_once('.') {
            let kind = found.kinds.get(item).copied().unwrap_or("space");
            items.entry((kind, item)).or_default().push((parameter, member));
        }
    }
    for ((kind, item), parameters) in items {
        let _ = write!(text, "\n[{kind}.{item}]\n");
        for (parameter, member) in parameters {
            let [low, high] = member.interval.map(short_number);
            let _ = writeln!(
                text,
                "{parameter} = \"{} {} | {low} .. {high} | assumed: fitted to {file}; the interval holds 95 % of what recording \
                 and published range leave; before {}\"",
                short_number(member.value),
                member.unit,
                short_number(member.before)
            );
        }
    }
    text
}
