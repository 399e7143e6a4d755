//! The cells of a time column as seconds.

use std::cmp::Ordering;

use super::calendar::{self, DAY, Moment, Order, SERIAL_1970};
use super::dialect::{Cell, Dialect};
use super::heading::TimeUnit;

/// Spreadsheets' days between 1927 and 2119: numbers of which seconds would mean a night's work.
const SERIAL: std::ops::Range<f64> = 10_000.0..80_000.0;
/// Seconds since 1970, between 1985 and 2128.
const EPOCH: std::ops::Range<f64> = 5e8..5e9;
/// Steps below this (s) would be faster than any recorder of pressures: such a number counts days.
const FASTEST: f64 = 5e-5;

/// What is assumed of dates that fit both orders.
const DAY_FIRST: &str = "dates as day/month/year (assumed)";
const MONTH_FIRST: &str = "dates as month/day/year (assumed: read the other way the rows lie farther apart)";

/// How a time is written.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    /// Seconds, from nought.
    Seconds,
    /// So many seconds.
    Times(f64),
    /// One second in so many.
    Over(f64),
    /// Days since 1899-12-30, as in spreadsheets.
    Serial,
    /// Seconds since 1970, one in so many.
    Epoch(f64),
    /// The time of day.
    Clock,
    /// Date and time of day.
    Moment(Order),
}

/// Reads the cells of a time column, in order.
#[derive(Clone, Debug)]
pub(crate) struct Stamps {
    dialect: Dialect,
    form: Form,
    /// The first stamp, from which those that have a date or a time of day are counted.
    origin: Option<Moment>,
    /// The time of day before, and how many midnights have passed.
    before: f64,
    midnights: f64,
    /// What was taken for granted, for the user.
    pub assumed: Option<&'static str>,
}

impl Stamps {
    /// How to read a column, from its first cells and the unit in its heading; `dated` where its name speaks of
    /// a date. `None` where its cells are no times.
    pub(crate) fn of(cells: &[&[u8]], unit: TimeUnit, is_dated: bool, dialect: Dialect) -> Option<Stamps> {
        let (form, assumed) = form(cells, unit, is_dated, dialect)?;
        Some(Stamps { dialect, form, origin: None, before: 0.0, midnights: 0.0, assumed })
    }

    /// As above, of a column of numbers.
    pub(crate) fn of_numbers(numbers: &[f64], unit: TimeUnit, is_dated: bool) -> Option<Stamps> {
        let (form, assumed) = numeric(numbers, unit, is_dated)?;
        let dialect = Dialect { separator: b',', decimal: b'.' };
        Some(Stamps { dialect, form, origin: None, before: 0.0, midnights: 0.0, assumed })
    }

    /// Stamps that count from 1970, `parts` in a second.
    pub(crate) fn since_1970(parts: f64) -> Stamps {
        let dialect = Dialect { separator: b',', decimal: b'.' };
        Stamps { dialect, form: Form::Epoch(parts), origin: None, before: 0.0, midnights: 0.0, assumed: None }
    }

    /// The same with dates the other way round, where they may be read both ways.
    pub(crate) fn in_other_order(&self) -> Option<Stamps> {
        let is_open = self.assumed == Some(DAY_FIRST);
        let form = Form::Moment(Order::MonthFirst);
        is_open.then(|| Stamps { form, assumed: Some(MONTH_FIRST), ..self.clone() })
    }

    /// Whether times are numbers, and not clocks or dates.
    pub(crate) fn is_numeric(&self) -> bool {
        !matches!(self.form, Form::Clock | Form::Moment(_))
    }

    /// The time in `cell`, s; `None` where it is none.
    pub(crate) fn read(&mut self, cell: &[u8]) -> Option<f64> {
        match self.form {
            Form::Clock => {
                let time = calendar::clock(std::str::from_utf8(cell).ok()?)?;
                // A clock that goes back by half a day has passed midnight.
                if time < self.before - 0.5 * DAY {
                    self.midnights += 1.0;
                }
                self.before = time;
                self.since(Moment { days: self.midnights as i64, seconds: time, zone: None })
            }
            Form::Moment(order) => {
                let moment = calendar::moment(std::str::from_utf8(cell).ok()?, order)?;
                self.since(moment)
            }
            _ => match self.dialect.cell(cell) {
                Cell::Number(number) => self.number(number),
                _ => None,
            },
        }
    }

    /// The time of a stamp that is a number, s.
    pub(crate) fn number(&mut self, number: f64) -> Option<f64> {
        match self.form {
            Form::Seconds => Some(number),
            Form::Times(seconds) => Some(number * seconds),
            Form::Over(parts) => Some(number / parts),
            Form::Serial => {
                let days = number.floor();
                let seconds = (number - days) * DAY;
                self.since(Moment { days: (days - SERIAL_1970) as i64, seconds, zone: None })
            }
            Form::Epoch(parts) => {
                let days = (number / parts / DAY).floor();
                let seconds = (number - days * DAY * parts) / parts;
                self.since(Moment { days: days as i64, seconds, zone: Some(0.0) })
            }
            Form::Clock | Form::Moment(_) => None,
        }
    }

    fn since(&mut self, moment: Moment) -> Option<f64> {
        let origin = self.origin.get_or_insert(moment);
        let zones = moment.zone.unwrap_or(0.0) - origin.zone.unwrap_or(0.0);
        // As numbers with a point: days of a hostile file may lie beyond all counting.
        Some((moment.days as f64 - origin.days as f64) * DAY + (moment.seconds - origin.seconds) - zones)
    }

    /// When the first stamp was, by the calendar or by the clock.
    pub(crate) fn recorded_at(&self) -> Option<String> {
        let origin = self.origin?;
        let written = calendar::written(origin.days, origin.seconds, origin.zone);
        match self.form {
            Form::Clock => written.split_once('T').map(|(_, time)| format!("{time} (no date given)")),
            _ => Some(written),
        }
    }
}

fn form(
    cells: &[&[u8]],
    unit: TimeUnit,
    is_dated: bool,
    dialect: Dialect,
) -> Option<(Form, Option<&'static str>)> {
    let texts = || cells.iter().map(|cell| String::from_utf8_lossy(cell));
    let numbers: Vec<f64> = cells
        .iter()
        .filter_map(|cell| match dialect.cell(cell) {
            Cell::Number(number) => Some(number),
            _ => None,
        })
        .collect();
    if 2 * numbers.len() < cells.len() || cells.is_empty() {
        let count = |reads: &dyn Fn(&str) -> bool| texts().filter(|text| reads(text)).count();
        if 2 * count(&|text| calendar::clock(text).is_some()) > cells.len() {
            return Some((Form::Clock, None));
        }
        let day = count(&|text| calendar::moment(text, Order::DayFirst).is_some());
        let month = count(&|text| calendar::moment(text, Order::MonthFirst).is_some());
        if 2 * day.max(month) <= cells.len() {
            return None;
        }
        // Days come first where points part them; slashed dates that fit both orders may be either.
        let slashed = texts().any(|text| text.contains('/') && text.trim_start().get(4..5) != Some("/"));
        return Some(match day.cmp(&month) {
            Ordering::Greater => (Form::Moment(Order::DayFirst), None),
            Ordering::Less => (Form::Moment(Order::MonthFirst), None),
            Ordering::Equal => (Form::Moment(Order::DayFirst), slashed.then_some(DAY_FIRST)),
        });
    }
    numeric(&numbers, unit, is_dated)
}

fn numeric(numbers: &[f64], unit: TimeUnit, is_dated: bool) -> Option<(Form, Option<&'static str>)> {
    let first = *numbers.first()?;
    let step = numbers.windows(2).map(|pair| pair[1] - pair[0]).filter(|step| *step > 0.0).reduce(f64::min);
    let serial = SERIAL.contains(&first) && (is_dated || step.is_some_and(|step| step < FASTEST));
    Some(match unit {
        TimeUnit::Times(1.0) => (Form::Seconds, None),
        TimeUnit::Times(seconds) => (Form::Times(seconds), None),
        TimeUnit::Over(parts) => (Form::Over(parts), None),
        TimeUnit::Days if SERIAL.contains(&first) => (Form::Serial, None),
        TimeUnit::Days => (Form::Times(DAY), None),
        _ if serial => (Form::Serial, Some("days since 1899-12-30, as in spreadsheets (assumed)")),
        _ if EPOCH.contains(&first) => (Form::Epoch(1.0), Some("seconds since 1970 (assumed)")),
        _ if EPOCH.contains(&(first / 1e3)) => (Form::Epoch(1e3), Some("milliseconds since 1970 (assumed)")),
        _ => (Form::Seconds, Some("s (assumed, the heading names none)")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_beyond_all_counting_are_times_and_no_panic() {
        // Found by fuzzing.
        let mut stamps = Stamps::since_1970(1.0);
        assert!(stamps.number(-1e300).is_some());
        assert!(stamps.number(1e300).is_some_and(|time| time > 0.0));
        assert!(stamps.recorded_at().is_some());
    }
}
