//! What an analysis says on the terminal.

use cisterna::analysis::index::IndexInfo;
use cisterna::bedside::{ChannelFound, Examination, FigureFound};
use cisterna::infusion::Report;
use cisterna::quantity::{exact_number, short_number};

use crate::cli::print::columns;

/// So many artefacts of a channel are listed one by one.
const LISTED: usize = 6;

/// Everything that was found, in words and columns.
pub fn told(found: &Examination) -> String {
    let [from, to] = found.span_s;
    let mut text = format!("{}\n{} from {} on\n\n", found.file, clock(to - from), clock(from));
    text.push_str(&columns(&channel_rows(&found.channels)));
    for channel in &found.channels {
        text.push_str(&artefacts(channel));
    }
    if found.figures.iter().any(|figure| figure.value.is_some()) {
        text.push('\n');
        text.push_str(&columns(&figure_rows(&found.figures)));
    }
    for pulse in &found.pulses {
        let peaks = pulse.peaks.iter().enumerate();
        let peaks: Vec<String> = peaks
            .map(|(index, peak)| {
                let name =
                    if pulse.peaks.len() == 1 { "one peak".to_owned() } else { format!("P{}", index + 1) };
                format!("{name} at {:.0} ms (confidence {:.2})", 1e3 * peak.time_s, peak.confidence)
            })
            .collect();
        text.push_str(&format!(
            "\npulse of {}: {} of {} beats, {}",
            pulse.channel,
            pulse.beats[0],
            pulse.beats[1],
            peaks.join(", ")
        ));
    }
    match &found.infusion {
        Some(Ok(report)) => text.push_str(&format!("\n\n{}", infusion(found, report))),
        Some(Err(reason)) => text.push_str(&format!("\n\ninfusion test: not analysed, {reason}")),
        None => {}
    }
    for note in &found.notes {
        text.push_str(&format!("\nnote: {note}"));
    }
    let missing = found.figures.iter().filter(|figure| figure.value.is_none()).count();
    if missing > 0 {
        text.push_str(&format!("\n{missing} figures have no value; the page says why of each"));
    }
    text.push('\n');
    text
}

/// Seconds as a person reads them.
pub fn clock(seconds: f64) -> String {
    if seconds < 120.0 {
        return format!("{} s", short_number(seconds));
    }
    let whole = seconds.round() as u64;
    match (whole / 3600, whole / 60 % 60, whole % 60) {
        (0, minutes, rest) => format!("{minutes} min {rest} s"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

/// The header and a row for each channel.
pub fn channel_rows(channels: &[ChannelFound]) -> Vec<Vec<String>> {
    let header = ["channel", "unit", "taken for", "rate", "valid", "mean", "heart rate", "breaths", "pulse"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    let number = |value: Option<f64>| value.map_or_else(String::new, short_number);
    for channel in channels {
        rows.push(vec![
            channel.name.clone(),
            channel.unit.clone(),
            format!("{} ({})", channel.kind, channel.why),
            format!("{} Hz", short_number(channel.rate_hz)),
            format!("{:.1} %", 100.0 * channel.valid),
            number(channel.mean),
            number(channel.heart_rate),
            number(channel.respiratory_rate),
            number(channel.pulse),
        ]);
    }
    rows
}

fn artefacts(channel: &ChannelFound) -> String {
    let mut text = String::new();
    for note in &channel.notes {
        text.push_str(&format!("{}: {note}\n", channel.name));
    }
    for found in channel.artefacts.iter().take(LISTED) {
        let (from, to) = (found.from_s, found.to_s);
        text.push_str(&format!("{}: {} from {from:.2} to {to:.2} s\n", channel.name, found.reason));
    }
    if channel.artefacts.len() > LISTED {
        text.push_str(&format!("{}: and {} more\n", channel.name, channel.artefacts.len() - LISTED));
    }
    text
}

/// The header and a row for each figure that has a value.
pub fn figure_rows(figures: &[FigureFound]) -> Vec<Vec<String>> {
    let mut rows =
        vec![["figure", "of", "value", "95 % interval", "unit", "data"].map(str::to_owned).to_vec()];
    for figure in figures {
        let Some(value) = figure.value else { continue };
        rows.push(vec![
            named(figure),
            figure.of.join(", "),
            short_number(value),
            figure.interval.map_or_else(String::new, |[low, high]| {
                format!("{} .. {}", short_number(low), short_number(high))
            }),
            figure.unit.clone(),
            format!("{:.0} %", 100.0 * figure.valid),
        ]);
    }
    rows
}

/// A figure with which of its index it is.
pub fn named(figure: &FigureFound) -> String {
    if figure.part.is_empty() { figure.title.clone() } else { format!("{}, {}", figure.title, figure.part) }
}

/// An infusion test.
fn infusion(found: &Examination, report: &Report) -> String {
    let mut rows = infusion_rows(report);
    rows.insert(0, ["infusion test", "value", "95 % interval", "unit"].map(str::to_owned).to_vec());
    let mut text = format!("{}\n", columns(&phase_rows(report)));
    text.push_str(&columns(&rows));
    for figure in &report.figures {
        if let Some(reason) = &figure.reason {
            text.push_str(&format!("{}: none, as {reason}\n", figure.label));
        }
    }
    for remark in &report.remarks {
        text.push_str(&format!("{remark}\n"));
    }
    text.push_str(&full_subject(found, report));
    text
}

/// How the test is fitted by the full subject, once Marmarou's model has spoken: the command, as it can be given.
pub fn full_subject(found: &Examination, report: &Report) -> String {
    let ([from, end], file, [first, last]) = (report.span, &found.file, found.span_s);
    // Windows begin half a sample early, and a rounded end might lie behind that of the recording.
    let [from, until] = [from.max(first), end.min(last)].map(exact_number);
    let mut command = format!("cisterna fit {file} --subject adult --from {from} --to {until}");
    for dose in report.doses.iter().filter(|dose| report.stated && dose.from < end) {
        let [rate, from, until] = [dose.rate, dose.from, dose.until].map(exact_number);
        command += &format!(" --infuse {rate}@{from}..{until}");
    }
    format!("The full subject with vessels, sac and spine instead of Marmarou's one space: `{command}`.")
}

/// The header and a row for each phase of an infusion test: its mean pressure, and what was infused.
pub fn phase_rows(report: &Report) -> Vec<Vec<String>> {
    let kind = report.kind.name().replace('_', " ");
    let header = [&format!("phase ({kind})"), "from, s", "until, s", "mean, mmHg", "infused, mL/min"];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    rows.extend(report.phases.iter().map(|phase| {
        let rate = report.rate_over(phase);
        let rounded = |value: f64| short_number((1000.0 * value).round() / 1000.0);
        vec![
            phase.part.name().to_owned(),
            short_number(phase.from),
            short_number(phase.until),
            report.pressure_over(phase).map_or_else(String::new, rounded),
            rounded(rate),
        ]
    }));
    rows
}

/// The figures of an infusion test that have a value.
pub fn infusion_rows(report: &Report) -> Vec<Vec<String>> {
    let end = |end: Option<f64>| end.map_or_else(|| "open".to_owned(), short_number);
    let with_value = report.figures.iter().filter_map(|figure| Some((figure, figure.value?)));
    with_value
        .map(|(figure, value)| {
            let interval = figure
                .interval
                .map_or_else(String::new, |[low, high]| format!("{} .. {}", end(low), end(high)));
            vec![figure.label.clone(), short_number(value), interval, figure.unit.clone()]
        })
        .collect()
}

/// All indices.
pub fn listing(indices: &[IndexInfo]) -> String {
    let mut text = String::new();
    for info in indices {
        text.push_str(&format!("{} ({})\n  {}\n", info.title, info.name, info.doc));
        text.push_str(&format!("  made of {}; unit {}\n", info.takes, info.unit));
        match info.settings {
            Some(set) => text.push_str(&format!(
                "  window {} s, step {} s, at least {} % of it valid\n",
                short_number(set.window),
                short_number(set.step),
                short_number(100.0 * set.least_valid)
            )),
            None => text.push_str("  of all data at once\n"),
        }
        text.push_str(&format!("  interval: {}\n  source: {}\n\n", info.interval, info.source));
    }
    text.truncate(text.trim_end().len());
    text
}

/// All indices as a page.
pub fn markdown(indices: &[IndexInfo]) -> String {
    let mut text = "# What `cisterna analyse` tells of a recording\n\n\
        Made by `cisterna analyse --list --markdown`. Every figure comes with the share of the time that it rests on, and where it has \
        no value, with the reason. Artefacts and gaps are left out, nothing is interpolated.\n\n\
        | index | definition | made of; unit | window, step, least valid | interval | source |\n\
        |---|---|---|---|---|---|\n"
        .to_owned();
    for info in indices {
        let settings = info.settings.map_or_else(
            || "all data at once".to_owned(),
            |set| {
                let [window, step, valid] = [set.window, set.step, 100.0 * set.least_valid].map(short_number);
                format!("{window} s, {step} s, {valid} %")
            },
        );
        // A bar would end the cell.
        let row = [
            format!("{} (`{}`)", info.title, info.name),
            info.doc.to_owned(),
            format!("{}; {}", info.takes, info.unit),
            settings,
            info.interval.to_owned(),
            info.source.to_owned(),
        ];
        text.push_str(&format!("| {} |\n", row.map(|cell| cell.replace('|', "\\|")).join(" | ")));
    }
    text
}
