//! The recording over time: all of it from afar, and some seconds from near.

use cisterna::analysis::Fiducials;
use cisterna::bedside::{BeatsFound, ChannelFound, Examination};
use cisterna::recording::{Basis, Channel, MarkKind};
use cisterna::report::{Panel, Section, Trace, TraceForm, Waveforms};

/// Points of beats are drawn at so many places a second at most: a part of a pixel of ten seconds.
const POINTS: f64 = 125.0;

/// All channels over the whole time: what was kept, what was left out, and means of windows.
pub fn overview(found: &Examination) -> Option<Section> {
    let panels: Vec<Panel> =
        found.envelopes.iter().zip(&found.channels).filter_map(|(all, of)| panel(found, all, of)).collect();
    let told = |kind: MarkKind| matches!(kind, MarkKind::Event | MarkKind::Gap);
    section(
        "Overview",
        "Every sample: where there are more than the picture has room for, the lowest and the highest of each stretch. What was \
         left out as no measurement is drawn in another colour and listed with its reason under \u{201c}Left out\u{201d}.",
        Waveforms {
            panels,
            marks: found.marks.iter().filter(|mark| told(mark.kind)).cloned().collect(),
            ..Waveforms::default()
        },
    )
}

fn panel(found: &Examination, all: &Channel, of: &ChannelFound) -> Option<Panel> {
    if !all.values.iter().any(|value| value.is_finite()) {
        return None;
    }
    let mut kept = trace("samples", all);
    let mut left_out = Trace { values: vec![f64::NAN; all.values.len()], ..trace("left out", all) };
    for one in &of.artefacts {
        let place = |time: f64| ((time - all.start) * all.rate).max(0.0);
        let from = (place(one.from_s).floor() as usize).min(all.values.len());
        let to = (place(one.to_s).ceil() as usize + 1).clamp(from, all.values.len());
        left_out.values[from..to].copy_from_slice(&all.values[from..to]);
        kept.values[from..to].fill(f64::NAN);
    }
    let mut traces = vec![kept];
    let means = found.trends.iter().find(|trend| trend.name == format!("{}.mean", of.name));
    // Of a slow channel the means are what is drawn already.
    if let Some(means) = means.filter(|means| all.rate > 4.0 * means.rate) {
        traces.push(trace("mean", means));
    }
    if !of.artefacts.is_empty() {
        traces.push(left_out);
    }
    Some(Panel::new(&of.name, &all.unit, traces))
}

/// Some seconds as they were recorded, with what was found of each beat.
pub fn close_up(found: &Examination) -> Option<Section> {
    let there = |channel: &&Channel| channel.values.iter().filter(|value| value.is_finite()).count() > 1;
    let panels: Vec<Panel> = found
        .close_up
        .iter()
        .filter(there)
        .map(|channel| {
            let mut traces = vec![trace(&channel.name, channel)];
            if let Some(of) = found.beats.iter().find(|of| of.channel == channel.name) {
                traces.extend(points(channel, of));
            }
            Panel::new(&channel.name, &channel.unit, traces)
        })
        .collect();
    section(
        "Close up",
        "Ten clean seconds as they were recorded. Of each beat: a square at its onset (of an electrocardiogram at its R wave), \
         a point at its peak, and one at its dicrotic notch where there is one. All beats stand in beats.csv beside this page.",
        Waveforms { panels, ..Waveforms::default() },
    )
}

/// Onset, peak and notch of the beats of a stretch.
fn points(channel: &Channel, of: &BeatsFound) -> Vec<Trace> {
    let (from, to) = (channel.start, channel.end());
    let first = of.beats.partition_point(|beat| beat.onset < from);
    let last = of.beats.partition_point(|beat| beat.onset <= to);
    let beats = &of.beats[first..last];
    let every = (channel.rate / POINTS).ceil().max(1.0);
    let rate = channel.rate / every;
    let at = |name: &str, form: TraceForm, moment: &dyn Fn(&Fiducials) -> Option<f64>| {
        let mut values = vec![f64::NAN; (channel.values.len() as f64 / every).ceil() as usize];
        for time in beats.iter().filter_map(moment) {
            let sample = ((time - from) * channel.rate).round() as usize;
            let place = ((time - from) * rate).round() as usize;
            if let (Some(value), Some(point)) = (channel.values.get(sample), values.get_mut(place)) {
                *point = *value;
            }
        }
        let shown = values.iter().any(|value| value.is_finite());
        let points = Trace { basis: Basis::Recorded, form, ..Trace::new(name, from, rate, values) };
        shown.then_some(points)
    };
    let all = [
        at("onset", TraceForm::Squares, &|beat| Some(beat.onset)),
        at("peak", TraceForm::Points, &|beat| (beat.peak > beat.onset).then_some(beat.peak)),
        at("notch", TraceForm::Points, &|beat| beat.notch.map(|notch| notch.time)),
    ];
    all.into_iter().flatten().collect()
}

pub fn trace(name: &str, channel: &Channel) -> Trace {
    Trace { basis: Basis::Recorded, ..Trace::new(name, channel.start, channel.rate, channel.values.clone()) }
}

fn section(heading: &str, text: &str, waves: Waveforms) -> Option<Section> {
    let (heading, text) = (heading.to_owned(), text.to_owned());
    (!waves.panels.is_empty()).then_some(Section::Waveforms(Waveforms { heading, text, ..waves }))
}
