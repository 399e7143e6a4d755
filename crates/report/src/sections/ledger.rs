//! The ledger of doors: every volume that came in or went out, and what is left unexplained.

use super::table;
use crate::html::escape;
use crate::number::number;
use std::fmt::Write as _;

/// The account of one fluid over a run. The sums are handed over, not computed here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    /// The heading of the section.
    pub heading: String,
    /// Paragraphs before the account, separated by empty lines.
    pub text: String,
    /// What the account covers, in one line.
    pub caption: String,
    /// The doors, in the order of the model.
    pub doors: Vec<Door>,
    /// Volume that came in through all doors, mL.
    pub entered: f64,
    /// Volume that went out through all doors, mL.
    pub left: f64,
    /// Change of the contents of all spaces, mL.
    pub stored: f64,
    /// What the account does not explain, mL: stored − entered + left.
    pub residual: f64,
}

/// One passage between the system and the outside, or between two fluids.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Door {
    /// Its name.
    pub name: String,
    /// Where the volume comes from.
    pub from: String,
    /// Where it goes.
    pub to: String,
    /// Volume moved over the run, mL.
    pub moved: f64,
    /// Mean rate, mL/min.
    pub mean_rate: f64,
}

impl Ledger {
    pub(crate) fn body(&self) -> String {
        let mut out = table::open(&self.caption);
        out.push_str(
            "<thead><tr><th scope=\"col\">Door</th><th scope=\"col\">from</th><th scope=\"col\">to</th>\
             <th scope=\"col\" class=\"number\">moved <span class=\"unit\">mL</span></th>\
             <th scope=\"col\" class=\"number\">mean rate <span class=\"unit\">mL/min</span></th></tr></thead>\n<tbody>\n",
        );
        for door in &self.doors {
            let _ = writeln!(
                out,
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td></tr>",
                escape(&door.name),
                escape(&door.from),
                escape(&door.to),
                number(door.moved),
                number(door.mean_rate)
            );
        }
        out.push_str("</tbody>\n<tfoot>\n");
        for (name, value) in [
            ("Entered", self.entered),
            ("Left", self.left),
            ("Change of contents", self.stored),
            ("Unexplained", self.residual),
        ] {
            let _ = writeln!(
                out,
                "<tr><th scope=\"row\" colspan=\"3\">{name}</th><td class=\"number\">{}</td><td></td></tr>",
                number(value)
            );
        }
        out + "</tfoot>\n" + table::CLOSE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_account_shows_its_doors_and_what_is_unexplained() {
        let ledger = Ledger {
            doors: vec![Door {
                name: "choroid plexus".to_owned(),
                from: "capillaries".to_owned(),
                to: "lateral ventricle".to_owned(),
                moved: 0.7,
                mean_rate: 0.35,
            }],
            residual: -2.2e-14,
            ..Ledger::default()
        };
        let body = ledger.body();
        assert!(body.contains("<td class=\"number\">0.700</td><td class=\"number\">0.350</td>"));
        assert!(body.contains("Unexplained</th><td class=\"number\">−2.20×10⁻¹⁴</td>"));
    }
}
