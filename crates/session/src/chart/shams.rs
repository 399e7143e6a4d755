//! What shams gave, as text.

use std::fmt::Write as _;

use super::short;
use crate::sham::{Arm, Sham};

impl Sham {
    /// The shams as a table in Markdown.
    #[must_use]
    pub fn table(&self) -> String {
        let mut text = format!(
            "## Beside shams\n\nThe same subject where nobody touches and where hands touch anywhere with the same forces and times, \
             {} seeds each. Visit less sham, with the interval of the paired t test (95 %).\n\n\
             | what | visit | no touch | visit less that | touch anywhere | visit less that |\n|---|---|---|---|---|---|\n",
            self.seeds
        );
        for row in &self.rows {
            let [still, anywhere] = [&row.untouched, &row.anywhere].map(Arm::told);
            let _ = writeln!(
                text,
                "| {}, {} | {} | {} | {still} | {} | {anywhere} |",
                row.label,
                row.unit,
                short(row.own),
                short(row.untouched.mean),
                short(row.anywhere.mean)
            );
        }
        text
    }
}

impl Arm {
    /// The difference with its interval, `0.2 (−0.1 .. 0.5)`.
    #[must_use]
    pub fn told(&self) -> String {
        let interval = self.interval.map(|(low, high)| format!(" ({} .. {})", short(low), short(high)));
        format!("{}{}", short(self.difference), interval.unwrap_or_default())
    }
}
