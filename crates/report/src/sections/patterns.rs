//! Computed motion of bones beside what practice teaches.

use super::table;
use crate::html::escape;
use crate::number::{fixed, number};
use crate::skeleton::short_name;
use cisterna_skeleton::screw::Sense;
use cisterna_skeleton::taught::{Lesson, Row};
use std::fmt::Write as _;

const COLUMNS: [&str; 10] = [
    "Bone",
    "taught axis",
    "computed axis",
    "apart",
    "sense",
    "shifts apart",
    "turn, mrad",
    "centre, µm",
    "at most, µm",
    "pitch, mm/rad",
];
/// The first column with a number.
const NUMBERS_FROM: usize = 5;

/// A table with one row for each bone, under what is taught of it: the axis that is taught, the one that was computed, and
/// how they lie to each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Patterns {
    /// The heading of the section.
    pub heading: String,
    /// Paragraphs before the table, separated by empty lines.
    pub text: String,
    groups: Vec<Group>,
}

/// Bones that are taught together.
#[derive(Clone, Debug, Default, PartialEq)]
struct Group {
    name: String,
    /// What is taught, as HTML.
    lesson: String,
    /// The cells of each row, as HTML.
    rows: Vec<String>,
}

impl Patterns {
    /// The table of some rows; bones that are taught together stand together.
    #[must_use]
    pub fn new(heading: &str, text: &str, rows: &[Row<'_>]) -> Self {
        let mut groups: Vec<Group> = Vec::new();
        for row in rows {
            let name = row.lesson.map(|lesson| lesson.group.as_str()).unwrap_or_default();
            match groups.iter_mut().find(|group| group.name == name) {
                Some(group) => group.rows.push(cells(row)),
                None => groups.push(Group {
                    name: name.to_owned(),
                    lesson: row.lesson.map_or_else(|| "Nothing is taught".to_owned(), told),
                    rows: vec![cells(row)],
                }),
            }
        }
        Patterns { heading: heading.to_owned(), text: text.to_owned(), groups }
    }

    pub(crate) fn body(&self) -> String {
        if self.groups.is_empty() {
            return "<p>No motion was computed.</p>\n".to_owned();
        }
        let mut out = table::open(
            "What is taught is hypothesis; none of it was measured. Directions are to the right, forward, up; a bone turns \
             counterclockwise as seen by somebody at whom its axis points",
        );
        out.push_str("<thead><tr>");
        for (k, name) in COLUMNS.iter().enumerate() {
            let class = if k == 3 || k >= NUMBERS_FROM { " class=\"number\"" } else { "" };
            let _ = write!(out, "<th scope=\"col\"{class}>{name}</th>");
        }
        out.push_str("</tr></thead>\n");
        for Group { lesson, rows, .. } in &self.groups {
            let _ = writeln!(
                out,
                "<tbody>\n<tr class=\"group lesson\"><th scope=\"rowgroup\" colspan=\"{}\">{lesson}</th></tr>",
                COLUMNS.len()
            );
            for row in rows {
                let _ = writeln!(out, "<tr>{row}</tr>");
            }
            out.push_str("</tbody>\n");
        }
        out + table::CLOSE
    }
}

/// What is taught of a group.
fn told(lesson: &Lesson) -> String {
    let mut name = lesson.group.clone();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    format!(
        "{} <span class=\"remark\">{}; axis {}; driven by {} <cite>{}, {}</cite></span>",
        escape(&name),
        escape(&lesson.words),
        escape(&lesson.through),
        escape(&lesson.driver),
        escape(&lesson.sources.join(", ")),
        lesson.seen,
    )
}

fn cells(row: &Row<'_>) -> String {
    let taught = row.lesson.map_or_else(String::new, |lesson| {
        let half = if lesson.halves { " (right half)" } else { "" };
        axis(lesson.axis.normalize().into()) + half
    });
    let computed = row.screw.map_or_else(|| "does not turn".to_owned(), |screw| axis(screw.axis.into()));
    let (apart, sense) = match row.axes {
        Some((angle, Sense::Same)) => (fixed(angle.to_degrees(), 0) + "°", "same"),
        Some((angle, Sense::Opposite)) => (fixed(angle.to_degrees(), 0) + "°", "opposite"),
        None => (String::new(), ""),
    };
    let numbers = [
        row.shifts.map_or_else(String::new, |angle| fixed(angle.to_degrees(), 0) + "°"),
        number(1000.0 * row.turn),
        number(1000.0 * row.at_centre),
        row.at_most.map_or_else(String::new, |most| number(1000.0 * most)),
        row.screw.map_or_else(String::new, |screw| number(screw.pitch)),
    ];
    let numbers: String = numbers.iter().map(|text| format!("<td class=\"number\">{text}</td>")).collect();
    format!(
        "<th scope=\"row\">{}</th><td class=\"once\">{taught}</td><td class=\"once\">{computed}</td>\
         <td class=\"number value\">{apart}</td><td>{sense}</td>{numbers}",
        escape(&short_name(&row.bone)),
    )
}

/// A direction in two decimals.
fn axis(direction: [f64; 3]) -> String {
    direction.map(|part| fixed(part, 2)).join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use cisterna_skeleton::facts::Facts;
    use cisterna_skeleton::geometry::Vector;
    use cisterna_skeleton::structure::Motion;
    use cisterna_skeleton::taught::{Moved, Taught};

    #[test]
    fn bones_that_are_taught_together_stand_together_whatever_their_order() {
        let turn = Vector::new(1e-4, 0.0, 0.0);
        let moved = |name: &str| Moved {
            name: name.to_owned(),
            centre: Vector::zeros(),
            motion: Motion { shift: Vector::zeros(), turn },
        };
        let bones = ["left_parietal_bone", "sphenoid_bone", "right_parietal_bone", "manubrium"].map(moved);
        let (taught, facts) = (Taught::embedded().unwrap(), Facts::embedded("adult").unwrap());
        let body = Patterns::new("Patterns", "", &taught.compare(&bones, &facts)).body();
        assert_eq!(body.matches("rowgroup").count(), 3);
        assert_eq!(body.matches("scope=\"row\"").count(), 4);
        assert!(body.contains("Nothing is taught"));
        assert!(body.contains("−1.00 · 0.00 · 0.00</td><td class=\"once\">1.00 · 0.00 · 0.00</td><td class=\"number value\">0°</td><td>opposite"));
    }
}
