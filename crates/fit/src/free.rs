//! Values that are free, and what is known of them before.

use cisterna_fluid::Address;
use cisterna_model::document::allowed;
use cisterna_model::{Evidence, Model};

use crate::error::{FitError, input};

/// What is free where nobody says: how hard the fluid leaves, how fast it is formed, how stiff the sac is, and what brings the
/// pulse into the skull. Each is sought as one factor on all values that its name stands for.
pub const DEFAULT_FREE: [&str; 4] = [
    "arachnoid_villi.resistance+thoracic_roots.resistance+lumbar_roots.resistance",
    "formation.value",
    "*_sac.elastance_coefficient",
    "*_pial_arteries.compliance",
];

/// Values that move together by one factor `exp(x)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Free {
    /// Its name as it was asked for.
    pub name: String,
    /// The values: name, place, what the document says (canonical unit), as shown.
    pub members: Vec<Member>,
    /// Half the width of what is published, in the logarithm: the range is taken to hold 95 of 100 people.
    pub spread: f64,
    /// The middle of what is published over what the document says, in the logarithm.
    pub centre: f64,
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Its place.
    pub address: Address,
    /// The value of the document, canonical unit.
    pub value: f64,
    /// Published range over the value.
    pub range: (f64, f64),
    /// The factor of the unit that the document writes.
    pub unit: cisterna_quantity::Unit,
}

impl Free {
    /// The values of a model that a name stands for; names joined by `+` move together.
    ///
    /// # Errors
    /// A name that no value has, with the nearest; a value that is not above zero, or that has no published range.
    pub fn of(model: &Model, name: &str) -> Result<Self, FitError> {
        let known = || model.evidence().iter().filter(|entry| entry.address.is_some());
        let mut entries: Vec<&Evidence> = Vec::new();
        for part in name.split('+').map(str::trim) {
            let before = entries.len();
            entries.extend(known().filter(|entry| fits(part, &entry.name)));
            if entries.len() == before {
                let help = allowed(part, known().map(|entry| entry.name.as_str()));
                return input(format!("there is no value `{part}`; {help}"));
            }
        }
        let members = entries.into_iter().map(member).collect::<Result<Vec<Member>, _>>()?;
        // Values that move by one factor are known as well as the one that is known best.
        let widths = members.iter().map(|member| ((member.range.1 / member.range.0).ln(), member));
        let narrowest = widths.min_by(|a, b| a.0.total_cmp(&b.0));
        let Some((width, best)) = narrowest else { return input(format!("there is no value `{name}`")) };
        let spread = width / 4.0;
        let centre = 0.5 * (best.range.0 * best.range.1).ln();
        Ok(Free { name: name.to_owned(), members, spread, centre })
    }
}

fn member(entry: &Evidence) -> Result<Member, FitError> {
    let name = &entry.name;
    let (Some(address), true) = (entry.address, entry.value > 0.0) else {
        return input(format!("`{name}` is {}: a value that is sought must be above zero", entry.shown()));
    };
    let range = match (entry.low, entry.high) {
        (Some(low), Some(high)) if low > 0.0 && high > low => (low / entry.value, high / entry.value),
        _ => {
            return input(format!(
                "`{name}` has no published range above zero: nothing would say whether the recording tells it"
            ));
        }
    };
    Ok(Member { name: name.clone(), address, value: entry.value, range, unit: entry.unit.clone() })
}

/// Whether a name fits a pattern in which `*` stands for any letters.
fn fits(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((start, rest)) => name
            .strip_prefix(start)
            .is_some_and(|left| (0..=left.len()).filter_map(|at| left.get(at..)).any(|end| fits(rest, end))),
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_star_stands_for_any_letters() {
        assert!(fits("*_sac.compliance", "lumbar_sac.compliance"));
        assert!(fits("choroid_*", "choroid_plexus_left.rate"));
        assert!(fits("a*b*c", "a12b34c"));
        assert!(!fits("*_sac.compliance", "lumbar_sac.rest_volume"));
        assert!(!fits("vault", "vault.rest_volume"));
    }
}
