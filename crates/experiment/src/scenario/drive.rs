//! Parameters that follow recordings, or a course through points.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use cisterna_fluid::{Address, Bounds, Spline};
use cisterna_model::document::{Fields, Placed, Table};
use cisterna_quantity::{Dimension, Quantity, Unit, parse_unit, parse_unit_of};
use cisterna_recording::{Channel, ReadError, Recording};

use super::embedded;
use super::gaps::bridge;
use super::points::Points;
use super::reader::Reader;
use super::timeline::{Planned, Wanted};

/// The folder of recordings that do not belong to the project, and where it lies unless the environment says.
const SHARED: (&str, &str) = ("CISTERNA_SHARED", "../shared");
/// The keys of a drive by a recording.
const OF_RECORDINGS: [&str; 6] = ["file", "channel", "start", "repeat", "fallback", "gaps"];
/// The most samples of a repeated recording.
const MOST_SAMPLES: f64 = 5e7;

/// How a recording is laid into the time of the run.
struct Laying {
    /// The time of the recording that is time zero of the run, s from its first sample.
    start: f64,
    repeat: bool,
    /// The longest gap that is bridged, s.
    bridged: f64,
}

impl Reader<'_> {
    /// Reads one `[[drive]]`.
    pub(super) fn drive(&mut self, table: &Table) {
        let problems = self.problems;
        let fields = Fields::of(table, "a drive", problems);
        fields.required(if fields.has("points") {
            &["parameter", "points"]
        } else {
            &["parameter", "file", "channel"]
        });
        let parameter = fields.string("parameter");
        let target = parameter.as_ref().and_then(|name| self.writable(name.value, &name.place));
        if fields.has("points") {
            return self.course(&fields, table, target);
        }
        let [file, channel] = ["file", "channel"].map(|key| fields.string(key));
        let fallback = fields.string("fallback");
        let start = self.bounded(&fields, "start", Dimension::TIME, Bounds::NotNegative);
        let repeat = fields.boolean("repeat").is_some_and(|repeat| repeat.value);
        let bridged = self.gap_policy(&fields);
        let label = fields.string("label").map(|label| label.value);
        fields.finish([]);
        let (Some(target), Some(file), Some(channel), Some(bridged)) = (target, file, channel, bridged)
        else {
            return;
        };
        let Some((recording, name)) = self.recording(&file, fallback.as_ref()) else { return };
        let laying = Laying { start: start.map_or(0.0, |start| start.value), repeat, bridged };
        let Some(source) = self.channel(&recording, &name, &channel) else { return };
        if let Some(signal) = self.spline(source, &name, target, &channel, &laying) {
            let label = label.map_or_else(|| format!("recorded {}", source.name), str::to_owned);
            self.follow(target.0, signal, label, table);
        }
    }

    /// A parameter follows a curve all the time.
    fn follow(&mut self, address: Address, signal: Spline, label: String, table: &Table) {
        self.timeline.add(Planned {
            label: Some(label),
            place: table.place.clone(),
            wanted: Wanted::Drive { address, signal: Arc::new(signal) },
            start: -self.settle,
            over: 0.0,
            until: None,
            back: 0.0,
        });
    }

    /// A `[[drive]]` through points that the document gives, in the time of the run; held before the first and after the last.
    fn course(&mut self, fields: &Fields<'_>, table: &Table, target: Option<(Address, Option<Dimension>)>) {
        let problems = self.problems;
        let nodes = fields.list("points");
        let label = fields.string("label").map(|label| label.value);
        let place = fields.node("points").map_or(&table.place, |node| &node.place);
        let points = nodes.and_then(|nodes| Points::read(nodes, place, problems));
        for key in OF_RECORDINGS {
            if let Some(node) = fields.node(key) {
                let help = "a drive follows `points`, or a `channel` of a `file`";
                problems.add(
                    node.key.problem(format!("`{key}` goes with a recording, not with `points`")).help(help),
                );
            }
        }
        let (Some((address, dimension)), Some(points)) = (target, points) else { return };
        if let Some(dimension) = dimension.filter(|dimension| *dimension != points.unit.dimension()) {
            let message = format!("these points are {}, not {dimension}", points.unit.dimension());
            problems
                .add(place.problem(message).help(format!("as \"{}\"", Unit::canonical(dimension).show(0.0))));
            return;
        }
        let values = points.points.iter().map(|point| point[1]);
        if ![f64::min, f64::max].iter().all(|of| {
            let end = values.clone().reduce(of).unwrap_or(0.0);
            self.within_bounds(end, address, place)
        }) {
            return;
        }
        match points.curve() {
            Some(signal) => self.follow(address, signal, label.unwrap_or("a course").to_owned(), table),
            None => problems.add(place.problem("this course is too long for how near its points lie")),
        }
    }

    /// The longest gap that may be bridged: zero where gaps are refused.
    fn gap_policy(&self, fields: &Fields<'_>) -> Option<f64> {
        let Some(gaps) = fields.string("gaps") else { return (!fields.has("gaps")).then_some(0.0) };
        if gaps.value == "refuse" {
            return Some(0.0);
        }
        let length = gaps.value.strip_prefix("bridge ").map(|text| Quantity::parse(text, Dimension::TIME));
        match length {
            Some(Ok(length)) if length > 0.0 => Some(length),
            _ => {
                let message = "this says nothing about gaps";
                let help =
                    "write `refuse`, or `bridge 0.5 s` to draw straight lines over gaps up to that length";
                self.problems.add(gaps.place.problem(message).help(help));
                None
            }
        }
    }

    /// The recording, or the one that stands in for it where its file is missing.
    fn recording(
        &mut self,
        file: &Placed<&str>,
        fallback: Option<&Placed<&str>>,
    ) -> Option<(Recording, String)> {
        let path = self.path(file.value);
        if let (Some(fallback), false) = (fallback, path.is_file()) {
            let note = format!(
                "the recording {} is not on this machine: replaced by {}",
                file.value, fallback.value
            );
            self.notes.push(note);
            let read = match embedded::file(fallback.value) {
                Some(text) => cisterna_recording::read_csv(fallback.value, text.as_bytes()),
                None => cisterna_recording::open(&self.path(fallback.value)),
            };
            return self.passed_on(read, fallback).map(|recording| (recording, fallback.value.to_owned()));
        }
        let read = cisterna_recording::open(&path);
        self.passed_on(read, file).map(|recording| (recording, file.value.to_owned()))
    }

    /// What a reader of recordings complains of, at the line of the scenario that names the file.
    fn passed_on<T>(&self, read: Result<T, ReadError>, at: &Placed<&str>) -> Option<T> {
        let complain = |error: ReadError| {
            let allowed = format!("allowed: {}", error.allowed);
            let whole = error.to_string();
            let message = whole.strip_suffix(&format!("; {allowed}")).unwrap_or(&whole).to_owned();
            self.problems.add(at.place.problem(message).help(allowed));
        };
        read.map_err(complain).ok()
    }

    /// Where a file lies: below the shared folder, beside the scenario, or where the program was started.
    fn path(&self, text: &str) -> PathBuf {
        let (variable, default) = SHARED;
        if let Some(rest) = text.strip_prefix('$').and_then(|text| text.strip_prefix(variable)) {
            let shared = std::env::var_os(variable).unwrap_or_else(|| default.into());
            return Path::new(&shared).join(rest.trim_start_matches('/'));
        }
        let beside = self.folder.as_ref().map(|folder| folder.join(text)).filter(|path| path.exists());
        beside.unwrap_or_else(|| PathBuf::from(text))
    }

    /// The channel by its name; capitals do not matter where that leaves one.
    fn channel<'r>(&self, recording: &'r Recording, file: &str, name: &Placed<&str>) -> Option<&'r Channel> {
        let mut alike =
            recording.channels.iter().filter(|channel| channel.name.eq_ignore_ascii_case(name.value));
        match (recording.channel(name.value), alike.next(), alike.next()) {
            (Some(exact), _, _) => Some(exact),
            (None, Some(only), None) => Some(only),
            _ => self.passed_on(recording.require(file, name.value), name),
        }
    }

    /// The channel as a curve over the time of the run, in the canonical unit of the parameter.
    fn spline(
        &self,
        channel: &Channel,
        file: &str,
        (address, dimension): (Address, Option<Dimension>),
        at: &Placed<&str>,
        laying: &Laying,
    ) -> Option<Spline> {
        let complain = |message: String, help: &str| {
            self.problems.add(at.place.problem(format!("{file}: {message}")).help(help));
        };
        let unit = match dimension {
            Some(dimension) => parse_unit_of(&channel.unit, dimension),
            None => parse_unit(if channel.unit.is_empty() { "1" } else { &channel.unit }),
        };
        let unit = match unit {
            Ok(unit) => unit,
            Err(error) => {
                let message = format!("channel `{}`: {}", channel.name, error.message);
                complain(message, &error.help.unwrap_or_default());
                return None;
            }
        };
        let (start, length) = (laying.start, channel.end() - channel.start);
        if start >= length || (!laying.repeat && start + self.duration > length + 1e-9) {
            complain(
                format!(
                    "`{}` lasts {length:.3} s, the run needs {:.3} s of it from {start:.3} s on",
                    channel.name, self.duration
                ),
                "shorten `duration`, begin earlier, or let it `repeat`",
            );
            return None;
        }
        let first = if laying.repeat { start } else { (start - self.settle).max(0.0) };
        let last = if laying.repeat { length } else { start + self.duration };
        let [from, to] = [first, last].map(|time| (time * channel.rate).round() as usize);
        let to = (to + 1).min(channel.values.len());
        let mut values = match bridge(&channel.values[from.min(to)..to], channel.rate, laying.bridged) {
            Ok(values) => values,
            Err(gap) => {
                let begins = channel.time(from + gap.first);
                complain(
                    format!("`{}` has a gap of {:.3} s at {begins:.3} s", channel.name, gap.seconds),
                    "begin elsewhere, or say with `gaps = \"bridge 0.5 s\"` how long a gap may be bridged",
                );
                return None;
            }
        };
        values.iter_mut().for_each(|value| *value = unit.to_canonical(*value));
        let lowest = values.iter().copied().fold(f64::INFINITY, f64::min);
        if !self.within_bounds(lowest, address, &at.place) {
            return None;
        }
        let spacing = 1.0 / channel.rate;
        let mut begins = from as f64 * spacing - start;
        if laying.repeat {
            // The last sample is the first of the next round.
            values.pop();
            let period = values.len();
            let rounds_before = (self.settle / (period as f64 * spacing)).ceil();
            let needed = (self.duration * channel.rate).ceil() + rounds_before * period as f64 + 2.0;
            if period == 0 || needed > MOST_SAMPLES {
                complain("repeated, this is too long".to_owned(), "50 million samples may be driven");
                return None;
            }
            begins -= rounds_before * period as f64 * spacing;
            values = values.iter().copied().cycle().take(needed as usize).collect();
        }
        let spline = Spline::new(begins, spacing, values);
        if spline.is_none() {
            complain(format!("`{}` has too few samples", channel.name), "at least two are needed");
        }
        spline
    }
}
