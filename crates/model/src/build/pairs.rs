//! Parameters of one law that bound each other.

use cisterna_fluid::Owner;

use super::draft::Draft;
use crate::document::Fields;

/// A law whose parameter `lower` must lie below its parameter `upper`.
struct Pair {
    law: &'static str,
    lower: &'static str,
    upper: &'static str,
}

const PAIRS: [Pair; 3] = [
    Pair { law: "exponential", lower: "reference_pressure", upper: "rest_pressure" },
    Pair { law: "threshold", lower: "closing_pressure", upper: "opening_pressure" },
    Pair { law: "hysteresis", lower: "off_below", upper: "on_above" },
];

impl<'a> Draft<'a> {
    /// Complains of parameters that contradict each other.
    pub fn check_pairs(&self, fields: &Fields<'a>, owner: Owner) {
        let law = match owner {
            Owner::Space(id) => self.network.spaces[id.0].kind.wall(),
            Owner::Passage(id) => Some(self.network.passages[id.0].law),
            Owner::Signal(id) => Some(self.network.signals[id.0].law),
        };
        let Some(law) = law else { return };
        let value = |name: &str| {
            let index = law.parameters.iter().position(|parameter| parameter.name == name)?;
            self.network.values(owner).get(index).copied()
        };
        for pair in PAIRS.iter().filter(|pair| pair.law == law.name) {
            if let (Some(node), Some(lower), Some(upper)) =
                (fields.node(pair.upper), value(pair.lower), value(pair.upper))
                && lower >= upper
            {
                let message = format!("`{}` must lie above `{}`", pair.upper, pair.lower);
                self.problems.add(node.place.problem(message));
            }
        }
        if law.name == "breath"
            && let (Some(node), Some(share)) = (fields.node("inspiration"), value("inspiration"))
            && share >= 1.0
        {
            self.problems
                .add(node.place.problem("`inspiration` is a share of the breath: it must be less than 1"));
        }
    }
}
