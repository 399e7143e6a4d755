//! What an index declares about itself; listings and pages print it.

/// An index: its meaning, how it is made unless asked otherwise, and where it is published.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IndexInfo {
    /// Its name, for example `prx`.
    pub name: &'static str,
    /// What a reader sees, for example "Pressure reactivity index".
    pub title: &'static str,
    /// Its definition, with the equation.
    pub doc: &'static str,
    /// What it is made of, for example "arterial pressure, ten-second means".
    pub takes: &'static str,
    /// Its unit; where it follows from the channels, in words.
    pub unit: &'static str,
    /// Window, step and least share of valid data unless asked otherwise; none for what is made of all data at once.
    pub settings: Option<Settings>,
    /// How its interval is found, or why it has none.
    pub interval: &'static str,
    /// Where it is published; what could not be read of it is said.
    pub source: &'static str,
}

/// How an index is followed over time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// The length of the window of each value, s.
    pub window: f64,
    /// The time from one value to the next, s.
    pub step: f64,
    /// The least share of the window that must hold valid data in all channels, 0 to 1.
    pub least_valid: f64,
}

/// The shortest step, s: a tenth of the fastest beat and less tells nothing new, and a day has an end.
const SHORTEST_STEP: f64 = 0.05;

impl Settings {
    /// What is wrong with them, if anything.
    pub(crate) fn fault(&self) -> Option<String> {
        let proper = |seconds: f64| seconds.is_finite() && seconds > 0.0;
        if !proper(self.window) || !proper(self.step) || self.step < SHORTEST_STEP {
            return Some(format!(
                "the window is {} s and must be longer than nothing, the step {} s and must be {SHORTEST_STEP} s or longer",
                self.window, self.step
            ));
        }
        (!(self.least_valid > 0.0 && self.least_valid <= 1.0)).then(|| {
            format!("the least share of valid data is {}; it must lie above 0 and up to 1", self.least_valid)
        })
    }
}
