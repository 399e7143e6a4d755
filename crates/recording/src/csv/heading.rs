//! Names and units out of a column's heading.

/// A column's name and unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Heading {
    /// The name, never empty.
    pub name: String,
    /// The unit, empty where none is given.
    pub unit: String,
}

/// Units that are believed after an underscore (`abp_mmHg`); any text is believed in brackets. Single letters
/// are not: `mca_L` is a side, `abp_s` is systolic.
const AFTER_UNDERSCORE: [(&str, &str); 20] = [
    ("mmHg", "mmHg"),
    ("cmH2O", "cmH2O"),
    ("mbar", "mbar"),
    ("kPa", "kPa"),
    ("Pa", "Pa"),
    ("mV", "mV"),
    ("uV", "uV"),
    ("mL_per_min", "mL/min"),
    ("ml_per_min", "mL/min"),
    ("mL_per_s", "mL/s"),
    ("ml_per_s", "mL/s"),
    ("L_per_min", "L/min"),
    ("L_per_s", "L/s"),
    ("cm_per_s", "cm/s"),
    ("mL", "mL"),
    ("ml", "mL"),
    ("bpm", "1/min"),
    ("percent", "%"),
    ("deg", "deg"),
    ("au", "au"),
];

impl Heading {
    /// Reads `icp[mmHg]`, `abp (mmHg)`, `abp/mmHg`, `abp_mmHg` or a bare name; a column without heading is
    /// named after its `number`, counted from 1.
    pub(crate) fn read(text: &str, number: usize) -> Heading {
        let text = text.trim();
        let (name, unit) = bracketed(text, '[', ']')
            .or_else(|| bracketed(text, '(', ')'))
            .or_else(|| text.rsplit_once('/').filter(|(name, _)| !name.trim().is_empty()))
            .or_else(|| after_underscore(text))
            .unwrap_or((text, ""));
        let name = name.trim();
        let name = if name.is_empty() { format!("column {number}") } else { name.to_owned() };
        Heading { name, unit: unit.trim().to_owned() }
    }

    /// How a heading is written: `name [unit]`, or the bare name.
    pub(crate) fn written(name: &str, unit: &str) -> String {
        if unit.is_empty() { name.to_owned() } else { format!("{name} [{unit}]") }
    }

    /// The unit of time, if this is a column of time.
    pub(crate) fn as_time(&self) -> Option<TimeUnit> {
        const NAMES: [&str; 6] = ["time", "t", "timestamp", "times", "zeit", "elapsed"];
        let name = self.name.to_lowercase();
        let by_name = match name.as_str() {
            "seconds" | "sec" | "s" => Some(1.0),
            "milliseconds" | "msec" | "ms" => Some(1e-3),
            _ => None,
        };
        if let (Some(seconds), true) = (by_name, self.unit.is_empty()) {
            return Some(TimeUnit::Known(seconds));
        }
        if !NAMES.contains(&name.as_str()) {
            return None;
        }
        Some(match self.unit.to_lowercase().as_str() {
            "s" | "sec" | "second" | "seconds" => TimeUnit::Known(1.0),
            "ms" | "msec" | "millisecond" | "milliseconds" => TimeUnit::Known(1e-3),
            "" => TimeUnit::Assumed,
            _ => TimeUnit::Unknown,
        })
    }
}

/// The unit of a time column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum TimeUnit {
    /// So many seconds.
    Known(f64),
    /// None given: seconds.
    Assumed,
    /// One that is not read.
    Unknown,
}

fn bracketed(text: &str, open: char, close: char) -> Option<(&str, &str)> {
    text.strip_suffix(close)?.rsplit_once(open)
}

fn after_underscore(text: &str) -> Option<(&str, &str)> {
    if let Some((name, unit @ ("s" | "ms"))) = text.rsplit_once('_')
        && name.eq_ignore_ascii_case("time")
    {
        return Some((name, unit));
    }
    AFTER_UNDERSCORE.iter().find_map(|(written, unit)| {
        let name = text.strip_suffix(written)?.strip_suffix('_')?;
        (!name.is_empty()).then_some((name, *unit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_writing_a_unit_is_understood() {
        for text in ["abp[mmHg]", "abp (mmHg)", "abp/mmHg", "abp_mmHg", " abp [ mmHg ] "] {
            let heading = Heading::read(text, 2);
            assert_eq!((heading.name.as_str(), heading.unit.as_str()), ("abp", "mmHg"), "{text}");
        }
        assert_eq!(Heading::read("flow [mL/min]", 1), Heading { name: "flow".into(), unit: "mL/min".into() });
        assert_eq!(
            Heading::read("mcav_left_cm_per_s", 1),
            Heading { name: "mcav_left".into(), unit: "cm/s".into() }
        );
        assert_eq!(Heading::read("ABP_BaroIndex", 1).unit, "");
        assert_eq!(Heading::read("", 3).name, "column 3");
    }

    #[test]
    fn time_is_found_with_its_unit() {
        assert_eq!(Heading::read("time_s", 1).as_time(), Some(TimeUnit::Known(1.0)));
        assert_eq!(Heading::read("Time [ms]", 1).as_time(), Some(TimeUnit::Known(1e-3)));
        assert_eq!(Heading::read("t", 1).as_time(), Some(TimeUnit::Assumed));
        assert_eq!(Heading::read("time (fortnight)", 1).as_time(), Some(TimeUnit::Unknown));
        assert_eq!(Heading::read("icp [s]", 1).as_time(), None);
    }
}
