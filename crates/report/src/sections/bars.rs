//! Amounts as horizontal bars, for example the volume of every space.

use super::table;
use crate::html::escape;
use crate::number::{exact, number};
use crate::svg::frame::percent;
use std::fmt::Write as _;

/// Groups of bars; each group has its own scale, because a ventricle beside the veins of the
/// body would be a hair.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bars {
    /// The heading of the section.
    pub heading: String,
    /// Paragraphs before the bars, separated by empty lines.
    pub text: String,
    /// What the bars show, in one line.
    pub caption: String,
    /// The unit of every value, for example `mL`.
    pub unit: String,
    /// The groups, top to bottom.
    pub groups: Vec<BarGroup>,
}

/// Bars on one scale.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BarGroup {
    /// The name of the group, for example "Cerebrospinal fluid".
    pub label: String,
    /// The bars, top to bottom.
    pub bars: Vec<Bar>,
}

/// One amount.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    /// Its name.
    pub label: String,
    /// The value, in the unit of the section; a negative or missing one has no bar.
    pub value: f64,
    /// The published or simulated spread, in the same unit.
    pub range: Option<(f64, f64)>,
}

impl Bars {
    pub(crate) fn body(&self) -> String {
        let mut out = table::open(&self.caption);
        let _ = writeln!(
            out,
            "<thead><tr><th scope=\"col\">Space</th><th scope=\"col\" class=\"number\">{}</th>\
             <th scope=\"col\" class=\"wide\"><span class=\"unseen\">Picture</span></th></tr></thead>",
            escape(&self.unit)
        );
        for group in &self.groups {
            let most = group
                .bars
                .iter()
                .flat_map(|bar| [bar.value, bar.range.map_or(0.0, |range| range.1)])
                .filter(|v| v.is_finite())
                .fold(0.0, f64::max);
            let _ = writeln!(
                out,
                "<tbody>\n<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"3\">{}</th></tr>",
                escape(&group.label)
            );
            for bar in &group.bars {
                let _ = writeln!(
                    out,
                    "<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td><td class=\"wide\">{}</td></tr>",
                    escape(&bar.label),
                    number(bar.value),
                    picture(bar, if most > 0.0 { most } else { 1.0 })
                );
            }
            out.push_str("</tbody>\n");
        }
        out + table::CLOSE
    }
}

fn picture(bar: &Bar, most: f64) -> String {
    let place = |v: f64| (v / most).clamp(0.0, 1.0);
    let value = if bar.value.is_finite() { place(bar.value) } else { 0.0 };
    let mut out = String::from("<svg class=\"bar\" width=\"100%\" height=\"16\" aria-hidden=\"true\">");
    let _ = write!(out, "<rect class=\"amount\" y=\"3\" height=\"10\" width=\"{}\"/>", percent(value));
    let Some((low, high)) = bar.range.filter(|range| range.0.is_finite() && range.1.is_finite()) else {
        return out + "</svg>";
    };
    let (from, to) = (percent(place(low)), percent(place(high)));
    let _ = write!(
        out,
        "<g class=\"whisker\"><line x1=\"{from}\" x2=\"{to}\" y1=\"8\" y2=\"8\"/>\
         <line x1=\"{from}\" x2=\"{from}\" y1=\"4\" y2=\"12\"/><line x1=\"{to}\" x2=\"{to}\" y1=\"4\" y2=\"12\"/></g>\
         </svg><span class=\"unseen\">range {} to {}</span>",
        exact(low),
        exact(high)
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fullest_space_fills_its_group_and_a_missing_value_has_no_bar() {
        let bar = |label: &str, value| Bar { label: label.to_owned(), value, range: None };
        let bars = Bars {
            unit: "mL".to_owned(),
            groups: vec![BarGroup {
                label: "Fluid".to_owned(),
                bars: vec![bar("sac", 80.0), bar("ventricle", 20.0), bar("lost", f64::NAN)],
            }],
            ..Bars::default()
        };
        let body = bars.body();
        assert!(body.contains("width=\"100%\"/></svg>"));
        assert!(body.contains("width=\"25%\"/></svg>"));
        assert!(body.contains("no value") && !body.contains("NaN"));
    }
}
