//! A table of text as a recording.

use std::collections::{HashMap, VecDeque};
use std::io::Read;

use super::comments::{self, Preamble};
use super::events::Events;
use super::heading::Heading;
use super::layout::Layout;
use super::long::Long;
use super::table::{Hand, Survey, Table};
use super::text::{BEGINNING, Text};
use crate::clock::{Clock, Spread};
use crate::description::{Description, assemble};
use crate::error::ReadError;
use crate::names::tell_apart;
use crate::pieces::Pieces;
use crate::source::Source;
use crate::types::{Basis, Channel, Mark, MarkKind, Recording};

/// Reads a table of text; `name` is the file's name, for messages.
///
/// A row names the columns, with units as in `icp [mmHg]`, `abp (mmHg)`, `abp/mmHg` or `abp_mmHg`, or in a row of
/// their own; text may stand before it, and where there is none, the first column is the time if it rises. One
/// column is the time: in seconds, milliseconds, minutes, ..., as a clock, as date and time with or without a
/// zone, or in the days of a spreadsheet; or a line before the table gives the sampling rate. Comma, semicolon or
/// tab separate the columns and a point or a comma the decimals, found on the data rows. UTF-8, UTF-16 and
/// Latin-1 are read. Empty cells, NaN, NA and -9999 become NaN; missing rows become NaN and a
/// [`MarkKind::Gap`]. The rate comes from the whole column; where many rows share a stamp they are spread over
/// it, and uneven rows lie on a finer grid with NaN between. What was found out (separator, decimal sign, jitter,
/// columns of text left out, ...) stands in the provenance.
///
/// The points of a curve (up to 65,536 rows) may slip back in time a little or stand from the latest to the
/// earliest: they are put in order, and the provenance says so. A long table (time, name of the signal, value)
/// becomes a channel for each signal, on a clock of its own. A table of events (time or start and end, text, no
/// numbers) becomes marks without channels. Dates such as 3/4/2024 are read day first where no other row tells,
/// and the provenance says so. A file of ours gives back the same recording.
pub fn read_csv(name: &str, bytes: &[u8]) -> Result<Recording, ReadError> {
    csv_pieces(Source::memory(name, bytes), f64::INFINITY)?.whole()
}

/// Reads a table of text in pieces; it may go on in files beside it.
pub(crate) fn csv_pieces(source: Source, seconds: f64) -> Result<Pieces, ReadError> {
    let text = Text::of(source)?;
    let failed = |cause| text.source.failed(cause);
    let mut beginning = text.from(0).map_err(failed)?;
    let preamble = comments::read(&text.source.name, &mut beginning)?;
    let mut sample = Vec::new();
    text.from(preamble.bytes)
        .and_then(|rest| rest.take(BEGINNING as u64).read_to_end(&mut sample))
        .map_err(failed)?;
    let hand = if preamble.description.is_some() { Hand::Ours } else { Hand::Foreign };
    let layout = Layout::of(&text, &sample, preamble.bytes, sample.len() == BEGINNING, hand)?;
    let table = Table { text, layout, hand };
    match preamble.description {
        Some(description) => ours(table, description, seconds),
        None => foreign(table, &preamble, seconds),
    }
}

/// A recording from a table that Cisterna wrote and somebody may have edited since.
fn ours(table: Table, mut description: Description, seconds: f64) -> Result<Pieces, ReadError> {
    let source = table.text.source.clone();
    let told = description.channels.iter().find(|channel| channel.file == 1);
    let told = told.map(|channel| (channel.start, channel.rate, channel.samples));
    let told = told.filter(|(start, rate, _)| start.is_finite() && rate.is_finite() && *rate > 0.0);
    if table.layout.time.is_none() {
        return Err(table.layout.no_time(&table.text));
    }
    let survey = table.survey(told, None)?;
    let mut places: HashMap<String, VecDeque<usize>> = HashMap::new();
    for (place, channel) in description.channels.iter().enumerate().filter(|(_, c)| c.file == 1) {
        let heading = Heading::written(&channel.name, &channel.unit).trim().to_owned();
        places.entry(heading).or_default().push_back(place);
    }
    let clock = &survey.clock;
    let mut channels: Vec<(usize, usize, Channel)> = Vec::new();
    for &column in &survey.numbers {
        let place = places.get_mut(&table.layout.headings[column]).and_then(VecDeque::pop_front);
        channels.push(match place.and_then(|place| Some((place, description.channels.get(place)?))) {
            Some((place, described)) => {
                (place, column, described.channel(clock.start, clock.rate, Vec::new()))
            }
            None => (usize::MAX, column, recorded(&table.layout, column, clock)),
        });
    }
    channels.sort_by_key(|(place, ..)| *place);
    description.marks.extend(gap_marks(clock));
    let columns = channels.iter().map(|(_, column, _)| *column).collect();
    let goes_on = description.channels.iter().any(|channel| channel.file != 1);
    let head = Recording {
        title: description.title.clone(),
        channels: channels.iter().map(|(_, _, channel)| channel.clone()).collect(),
        marks: description.marks.clone(),
        facts: description.facts.clone(),
        provenance: description.provenance.clone(),
    };
    let clock = survey.clock;
    if !goes_on {
        return Ok(Pieces::stitched(head, table.blocks(clock, columns, None)?, seconds));
    }
    let first = Pieces::stitched(head, table.blocks(clock, columns, None)?, f64::INFINITY).whole()?;
    let placed = channels.iter().map(|(place, ..)| *place).zip(first.channels).collect();
    let fetch = |file: &str| source.beside(file);
    assemble(&source.name, description, placed, &fetch, read_csv).map(|whole| Pieces::cut(whole, seconds))
}

/// A recording from anybody's table.
fn foreign(table: Table, preamble: &Preamble, seconds: f64) -> Result<Pieces, ReadError> {
    let lines = preamble.others.iter().chain(&table.layout.before);
    let rate = lines.clone().find_map(|line| told_rate(line));
    if table.layout.time.is_none() && rate.is_none() {
        return Err(table.layout.no_time(&table.text));
    }
    if let Some(long) = Long::of(&table.layout) {
        return long.read(&table).map(|whole| Pieces::cut(whole, seconds));
    }
    if let Some(events) = Events::of(&table.layout) {
        return events.read(&table).map(|whole| Pieces::cut(whole, seconds));
    }
    let survey = table.survey(None, rate)?;
    if survey.numbers.is_empty() {
        return Err(table.text.at(
            table.layout.heading_at,
            "no column of numbers beside the time",
            "at least one column of numbers; comma, semicolon or tab between the columns",
        ));
    }
    let mut channels: Vec<Channel> =
        survey.numbers.iter().map(|column| recorded(&table.layout, *column, &survey.clock)).collect();
    if let (false, Some(label)) = (table.layout.is_named, lines.clone().find_map(|line| told_label(line))) {
        let names: Vec<&str> = label.split([',', ';', '\t']).map(str::trim).collect();
        if names.len() == channels.len() {
            for (channel, name) in channels.iter_mut().zip(names) {
                let heading = Heading::read(name, 1);
                *channel = Channel {
                    label: heading.name.clone(),
                    name: heading.name,
                    unit: heading.unit,
                    ..channel.clone()
                };
            }
        }
    }
    tell_apart(&mut channels);
    let head = Recording {
        title: table.text.source.name.clone(),
        channels,
        marks: gap_marks(&survey.clock).collect(),
        facts: Vec::new(),
        provenance: provenance(&table, &survey),
    };
    let Survey { clock, order, numbers, .. } = survey;
    Ok(Pieces::stitched(head, table.blocks(clock, numbers, order)?, seconds))
}

fn provenance(table: &Table, survey: &Survey) -> Vec<(String, String)> {
    let (layout, clock) = (&table.layout, &survey.clock);
    let mut provenance = vec![
        ("file".to_owned(), table.text.source.name.clone()),
        ("separator".to_owned(), layout.dialect.separator_name().to_owned()),
        ("decimal sign".to_owned(), layout.dialect.decimal_name().to_owned()),
    ];
    let mut note = |key: &str, text: String| provenance.push((key.to_owned(), text));
    if let Some(at) = &survey.recorded_at {
        let at = match &layout.date {
            Some(date) => {
                at.replace(" (no date given)", "").split('T').next_back().map(|time| format!("{date}T{time}"))
            }
            None => None,
        }
        .unwrap_or_else(|| at.clone());
        note("recorded at", at);
    }
    if !layout.is_named && layout.time.is_some() {
        note("heading", "none; the first column was taken as the time".to_owned());
    }
    if let Some(assumed) = survey.assumed {
        note("time unit", assumed.to_owned());
    }
    if let Some(order) = &survey.order {
        note("warning", order.told.clone());
    }
    if layout.time.is_none() {
        note("time", format!("no column; {} Hz stands before the table", clock.rate));
    }
    match &clock.spread {
        Spread::Even(_) if clock.jitter * clock.rate > 1e-3 => {
            let share = 100.0 * clock.jitter * clock.rate;
            note("time jitter", format!("at most {:.3} ms ({share:.1} % of a step)", 1e3 * clock.jitter));
        }
        Spread::Even(_) => {}
        Spread::Shared(_, rows) => note(
            "time jitter",
            format!(
                "at most {:.3} ms: about {rows:.1} rows share a stamp and were spread evenly over it",
                1e3 * clock.jitter
            ),
        ),
        Spread::Sparse(_, uneven) => {
            if let Some(told) = table.told_uneven(uneven) {
                note("warning", told);
            }
            note(
                "time grid",
                format!(
                    "rows lie on a grid of {} Hz, NaN between; moved by {:.3} ms at most",
                    clock.rate,
                    1e3 * clock.jitter
                ),
            );
        }
    }
    if !survey.texts.is_empty() {
        let names: Vec<_> = survey.texts.iter().map(|column| layout.headings[*column].as_str()).collect();
        note("columns of text left out", names.join(", "));
    }
    provenance
}

/// `Sampling Rate (Hz):= 1000.00` and the like as samples per second.
fn told_rate(line: &str) -> Option<f64> {
    const NAMES: [&str; 7] = [
        "sampling rate",
        "sample rate",
        "sampling frequency",
        "sampling_rate",
        "samplerate",
        "fs",
        "samplingfrequency",
    ];
    let lower = line.to_lowercase();
    let rest = NAMES.iter().find_map(|name| lower.strip_prefix(name))?;
    let number = rest.trim_start_matches(|c: char| !c.is_ascii_digit());
    let end = number.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(number.len());
    number.get(..end)?.parse::<f64>().ok().filter(|rate| rate.is_finite() && *rate > 0.0)
}

/// `Labels:= ECG` as the names of columns.
fn told_label(line: &str) -> Option<&str> {
    let (key, value) = line.split_once(':')?;
    let named =
        ["label", "labels", "channel", "channels"].iter().any(|name| key.trim().eq_ignore_ascii_case(name));
    named.then(|| value.trim_start_matches('=').trim())
}

fn recorded(layout: &Layout, column: usize, clock: &Clock) -> Channel {
    let heading = layout.heading(column);
    let channel = Channel::new(&heading.name, &heading.unit, clock.start, clock.rate, Vec::new());
    Channel { basis: Basis::Recorded, ..channel }
}

/// A mark for every run of places without a row.
pub(crate) fn gap_marks(clock: &Clock) -> impl Iterator<Item = Mark> {
    clock.gaps().into_iter().map(|(from, to)| Mark {
        kind: MarkKind::Gap,
        start: clock.start + from as f64 / clock.rate,
        end: clock.start + to as f64 / clock.rate,
        label: match to - from {
            1 => "1 sample missing".to_owned(),
            missing => format!("{missing} samples missing"),
        },
    })
}
