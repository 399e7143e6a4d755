//! Dates and times of day as they stand in cells.

/// Seconds of a day.
pub(crate) const DAY: f64 = 86_400.0;
/// 1970-01-01 in the days of spreadsheets, which count from 1899-12-30.
pub(crate) const SERIAL_1970: f64 = 25_569.0;

/// In which order a date is written whose year does not come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    DayFirst,
    MonthFirst,
}

/// A date with a time of day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Moment {
    /// Days since 1970-01-01.
    pub days: i64,
    /// Seconds of that day.
    pub seconds: f64,
    /// How far the clock is ahead of UTC, s, where a zone is given.
    pub zone: Option<f64>,
}

/// `17:27`, `17:27:45`, `17:27:45.123` or `...,123`, also with am and pm: seconds of the day.
pub(crate) fn clock(text: &str) -> Option<f64> {
    let text = text.trim().trim_matches(['[', ']']);
    let lower = text.to_ascii_lowercase();
    let (digits, half) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(digits), _) => (digits.trim_end().to_owned(), Some(0.0)),
        (_, Some(digits)) => (digits.trim_end().to_owned(), Some(12.0)),
        _ => (lower, None),
    };
    let mut parts = digits.split(':');
    let whole = |part: &str, most: f64| {
        let sound = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        sound.then(|| part.parse::<f64>().ok()).flatten().filter(|number| *number <= most)
    };
    let mut hour = whole(parts.next()?, 24.0)?;
    let minute = whole(parts.next()?, 59.0)?;
    let second = match parts.next() {
        Some(text) if text.bytes().next().is_some_and(|byte| byte.is_ascii_digit()) => {
            text.replace(',', ".").parse::<f64>().ok().filter(|number| (0.0..61.0).contains(number))?
        }
        Some(_) => return None,
        None => 0.0,
    };
    if let Some(half) = half {
        hour = hour % 12.0 + half;
    }
    parts.next().is_none().then_some(hour * 3600.0 + minute * 60.0 + second)
}

/// `2024-01-31T17:27:45.5+01:00`, `31.01.2024 17:27:45,5`, `1/31/2024 5:27 pm`, or a date alone.
pub(crate) fn moment(text: &str, order: Order) -> Option<Moment> {
    let text = text.trim();
    let end = text.find(['T', ' ']).unwrap_or(text.len());
    let days = date(text.get(..end)?, order)?;
    let rest = text.get(end..)?.trim_start_matches(['T', ' ']);
    if rest.is_empty() {
        return Some(Moment { days, seconds: 0.0, zone: None });
    }
    let (time, zone) = match rest.find(['Z', 'z', '+', '-']) {
        Some(at) => (rest.get(..at)?, Some(zone(rest.get(at..)?)?)),
        None => (rest, None),
    };
    Some(Moment { days, seconds: clock(time)?, zone })
}

/// `Z`, `+01:00`, `-0330`, `+01` as seconds.
fn zone(text: &str) -> Option<f64> {
    if text.eq_ignore_ascii_case("z") {
        return Some(0.0);
    }
    let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
    let digits: String = text.get(1..)?.chars().filter(|letter| *letter != ':').collect();
    let number = |part: Option<&str>| part?.parse::<u32>().ok().map(f64::from);
    let minutes = if digits.len() == 4 { number(digits.get(2..))? } else { 0.0 };
    let hours = number(digits.get(..2)).filter(|_| matches!(digits.len(), 2 | 4))?;
    Some(sign * (hours * 3600.0 + minutes * 60.0))
}

/// A date as days since 1970-01-01.
pub(crate) fn date(text: &str, order: Order) -> Option<i64> {
    let separator = text.chars().find(|letter| matches!(letter, '-' | '.' | '/'))?;
    let mut parts = text.split(separator);
    let mut number = || -> Option<(usize, i64)> {
        let part = parts.next()?;
        let sound = part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        sound.then(|| part.parse().ok()).flatten().map(|number| (part.len(), number))
    };
    let (first, second, third) = (number()?, number()?, number()?);
    let (year, month, day) = match order {
        _ if first.0 == 4 => (first, second, third),
        Order::DayFirst => (third, second, first),
        Order::MonthFirst => (third, first, second),
    };
    let year = match year {
        (4, year) => year,
        (2, year) => 2000 + year,
        _ => return None,
    };
    let sound = parts.next().is_none() && (1..=12).contains(&month.1) && (1..=31).contains(&day.1);
    sound.then(|| days_of(year, month.1, day.1))
}

/// Days since 1970-01-01 of a date of the Gregorian calendar. Years are counted from March, so that the day that
/// leap years add is the last of them.
fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// How a moment is written: to the millisecond, so that 23:59:59.9999998 is midnight.
pub(crate) fn written(days: i64, seconds: f64, zone: Option<f64>) -> String {
    let of_day = (seconds * 1000.0).round() as i64;
    let milliseconds = days.saturating_mul(86_400_000).saturating_add(of_day);
    let (days, rest) = (milliseconds.div_euclid(86_400_000), milliseconds.rem_euclid(86_400_000));
    let shifted = days + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    let (hours, minutes) = (rest / 3_600_000, rest / 60_000 % 60);
    let (seconds, fraction) = (rest / 1000 % 60, rest % 1000);
    let fraction = if fraction == 0 { String::new() } else { format!(".{fraction:03}") };
    let zone = match zone {
        Some(0.0) => "Z".to_owned(),
        Some(ahead) => {
            let minutes = (ahead.abs() / 60.0).round() as i64;
            format!("{}{:02}:{:02}", if ahead < 0.0 { '-' } else { '+' }, minutes / 60, minutes % 60)
        }
        None => String::new(),
    };
    format!("{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds:02}{fraction}{zone}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_in_all_their_dresses() {
        for text in [
            "2024-02-29T17:27:45.5",
            "2024-02-29 17:27:45,5",
            "29.02.2024 17:27:45.5",
            "29/02/2024 5:27:45.5 pm",
            "2024/02/29 17:27:45.50",
        ] {
            let moment = moment(text, Order::DayFirst).unwrap();
            assert_eq!((moment.days, moment.seconds), (19_782, 62_865.5), "{text}");
            assert_eq!(written(moment.days, moment.seconds, None), "2024-02-29T17:27:45.500");
        }
        let zoned = moment("2024-01-01T00:30:00+01:00", Order::DayFirst).unwrap();
        assert_eq!(zoned.zone, Some(3600.0));
        assert_eq!(moment("2024-01-01T00:30:00-0330", Order::DayFirst).unwrap().zone, Some(-12_600.0));
        assert_eq!(date("02/29/2024", Order::MonthFirst), Some(19_782));
        assert_eq!(date("1.5", Order::DayFirst), None);
        assert_eq!(clock("12:00 am"), Some(0.0));
        assert_eq!(clock("17:61"), None);
    }

    #[test]
    fn a_serial_day_just_short_of_midnight_is_midnight() {
        // A spreadsheet's 41551.9999999998 was meant as 41552, the fifth of October 2013.
        let days = 41_551.999_999_999_8 - SERIAL_1970;
        assert_eq!(written(0, days * DAY, None), "2013-10-05T00:00:00");
    }
}
