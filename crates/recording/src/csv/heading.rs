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
    /// Reads `icp[mmHg]`, `abp (mmHg)`, `abp/mmHg`, `abp_mmHg`, `abp, mmHg` or a bare name; a column without heading is
    /// named after its `number`, counted from 1.
    pub(crate) fn read(text: &str, number: usize) -> Heading {
        let text = text.trim();
        let (name, unit) = bracketed(text, '[', ']')
            .or_else(|| bracketed(text, '(', ')'))
            .or_else(|| text.rsplit_once('/').filter(|(name, _)| !name.trim().is_empty()))
            .or_else(|| after_underscore(text))
            .or_else(|| text.rsplit_once(',').filter(|(_, unit)| is_unit(unit.trim())))
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
        const NAMES: [&str; 23] = [
            "time",
            "t",
            "timestamp",
            "time stamp",
            "time_stamp",
            "times",
            "datetime",
            "date time",
            "date_time",
            "date",
            "clock",
            "elapsed",
            "elapsed time",
            "elapsed_time",
            "time of day",
            "relative time",
            "abstime",
            "zeit",
            "uhrzeit",
            "czas",
            "start",
            "onset",
            "begin",
        ];
        let name = self.name.to_lowercase();
        if let (Some(unit), true) = (time_unit(&name), self.unit.is_empty() && name != "t" && name.len() != 1)
        {
            return Some(unit);
        }
        if name == "s" && self.unit.is_empty() {
            return Some(TimeUnit::Times(1.0));
        }
        if !NAMES.contains(&name.as_str()) {
            return None;
        }
        Some(match self.unit.to_lowercase().as_str() {
            // `Date/Time`, `time (hh:mm:ss)`: the cells tell.
            "" | "time" | "utc" | "local" | "iso" | "iso 8601" | "datetime" | "clock" => TimeUnit::Assumed,
            unit if unit.starts_with("hh:mm") || unit.starts_with("h:m") || unit.starts_with("yyyy") => {
                TimeUnit::Assumed
            }
            unit => time_unit(unit).unwrap_or(TimeUnit::Unknown),
        })
    }
}

/// Whether a cell of a heading is a unit and nothing else.
pub(crate) fn is_unit(text: &str) -> bool {
    const MORE: [&str; 6] = ["V", "%", "°C", "Hz", "L", "µV"];
    let bracketed = text.starts_with(['[', '(']) && text.ends_with([']', ')']);
    bracketed
        || MORE.contains(&text)
        || AFTER_UNDERSCORE.iter().any(|(written, unit)| text == *written || text == *unit)
        || time_unit(&text.to_lowercase()).is_some()
}

/// A unit of time by its name in lower case.
fn time_unit(name: &str) -> Option<TimeUnit> {
    Some(match name {
        "s" | "sec" | "secs" | "second" | "seconds" => TimeUnit::Times(1.0),
        "min" | "mins" | "minute" | "minutes" => TimeUnit::Times(60.0),
        "h" | "hr" | "hrs" | "hour" | "hours" => TimeUnit::Times(3600.0),
        "d" | "day" | "days" => TimeUnit::Days,
        // Divided, because 8 * 0.001 is not 0.008.
        "ms" | "msec" | "millisecond" | "milliseconds" => TimeUnit::Over(1e3),
        "us" | "usec" | "µs" | "μs" | "microsecond" | "microseconds" => TimeUnit::Over(1e6),
        "ns" | "nanosecond" | "nanoseconds" => TimeUnit::Over(1e9),
        _ => return None,
    })
}

/// The unit of a time column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum TimeUnit {
    /// So many seconds.
    Times(f64),
    /// One second in so many.
    Over(f64),
    /// Days.
    Days,
    /// None given: the cells tell, or it is seconds.
    Assumed,
    /// One that is not read.
    Unknown,
}

fn bracketed(text: &str, open: char, close: char) -> Option<(&str, &str)> {
    text.strip_suffix(close)?.rsplit_once(open)
}

fn after_underscore(text: &str) -> Option<(&str, &str)> {
    const OF_TIME: [&str; 7] = ["time", "start", "onset", "begin", "end", "stop", "duration"];
    if let Some((name, unit @ ("s" | "ms"))) = text.rsplit_once('_')
        && OF_TIME.iter().any(|time| name.eq_ignore_ascii_case(time))
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
        for text in ["abp[mmHg]", "abp (mmHg)", "abp/mmHg", "abp_mmHg", "abp, mmHg", " abp [ mmHg ] "] {
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
        assert_eq!(Heading::read("time_s", 1).as_time(), Some(TimeUnit::Times(1.0)));
        assert_eq!(Heading::read("Time [ms]", 1).as_time(), Some(TimeUnit::Over(1e3)));
        assert_eq!(Heading::read("t", 1).as_time(), Some(TimeUnit::Assumed));
        assert_eq!(Heading::read("time (fortnight)", 1).as_time(), Some(TimeUnit::Unknown));
        assert_eq!(Heading::read("Date/Time", 1).as_time(), Some(TimeUnit::Assumed));
        assert_eq!(Heading::read("time [min]", 1).as_time(), Some(TimeUnit::Times(60.0)));
        assert_eq!(Heading::read("icp [s]", 1).as_time(), None);
    }
}
