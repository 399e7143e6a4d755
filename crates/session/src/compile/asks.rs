//! What is recorded and measured in the run of a technique.

use super::touched::Touched;
use super::{AFTER, BEFORE, Compiler, RATE, hands::words};
use crate::technique::STATIONS;

/// The longest stretch at the end of a hold over which is averaged, s: three quiet breaths.
const LONGEST: f64 = 12.0;
/// What is watched where nobody presses.
const WATCHED: [(&str, &str); 9] = [
    ("vault.pressure", "Intracranial pressure"),
    ("aorta.pressure", "Arterial pressure"),
    ("heart.rate", "Heart rate"),
    ("arousal", "Arousal"),
    ("cortisol", "Cortisol"),
    ("muscle_tone", "Tone of muscles"),
    ("tissue_tightness", "Tightness of tissue"),
    ("pain", "Pain"),
    ("sleep_debt", "Debt of sleep"),
];
/// The six motions of a bone, each with what a reader sees.
const MOTIONS: [(&str, &str); 6] = [
    ("shift_x", "to the right"),
    ("shift_y", "forward"),
    ("shift_z", "up"),
    ("turn_x", "turned back about the axis to the right"),
    ("turn_y", "turned about the axis forward"),
    ("turn_z", "turned left about the axis up"),
];

/// Writes what is recorded and measured.
pub(super) fn write(touched: &Touched, compiler: &Compiler<'_>, time: f64, text: &mut String) {
    let mut asks = Asks::default();
    let (from, until) = touched.first();
    let held = window(from, until);
    let after = (BEFORE + time + AFTER - LONGEST, BEFORE + time + AFTER);
    if compiler.has("vault.pressure") {
        asks.change("pressure_held", "Intracranial pressure", "vault.pressure", held);
        asks.change("pressure_after", "Intracranial pressure, after", "vault.pressure", after);
    }
    for hand in touched.on_bones() {
        let place = words(hand.contact.place.name());
        let own = window(hand.from, hand.until);
        if hand.contact.is_held() {
            let channel = format!("{}_rests.force", hand.name);
            asks.change(
                &format!("{}_force", hand.name),
                &format!("Force of the hand at {place}"),
                &channel,
                own,
            );
            continue;
        }
        let channel = format!("{}_touches.motion", hand.name);
        asks.change(
            &format!("{}_motion", hand.name),
            &format!("Bone under the hand at {place}"),
            &channel,
            own,
        );
        let pulse = format!("Pulse of the bone at {place}, peak to peak, before");
        asks.pulse(&format!("{}_pulse", hand.name), &pulse, &channel);
    }
    for bone in &touched.bones {
        for (what, way) in MOTIONS {
            let label = format!("{} {way}", words(bone));
            asks.change(&format!("{bone}_{what}"), &label, &format!("{bone}.{what}"), held);
        }
    }
    for joint in &touched.joints {
        let label = format!("{}, opening", words(joint));
        asks.change(&format!("{joint}_opening"), &label, &format!("{joint}.opening"), held);
    }
    for membrane in &touched.membranes {
        let label = format!("{}, tension", words(membrane));
        asks.change(&format!("{membrane}_tension"), &label, &format!("{membrane}.tension"), held);
    }
    if compiler.has("arousal") {
        asks.change("arousal_held", "Arousal", "arousal", held);
    }
    let end = touched.hands.iter().map(|hand| hand.until).fold(0.0, f64::max);
    for (signal, label) in [
        ("restriction_freed", "Share of the restriction freed"),
        ("muscle_freed", "Share of the muscle's tone freed"),
    ] {
        if compiler.has(signal) && end > 0.0 {
            asks.mean(signal, label, signal, (BEFORE + end - 1.0, BEFORE + end));
        }
    }
    asks.finish(text);
}

/// Writes what is recorded where nobody presses.
pub(super) fn listening(compiler: &Compiler<'_>, text: &mut String) {
    let mut asks = Asks::default();
    let end = compiler.session.evaluation.time;
    for (channel, label) in WATCHED {
        if compiler.has(channel) {
            asks.mean(&channel.replace('.', "_"), label, channel, (0.0, end));
        }
    }
    for station in STATIONS {
        let signal = format!("station_{station}");
        if compiler.has(&signal) {
            asks.channel(&signal);
        }
    }
    asks.finish(text);
}

/// The last stretch of a hold.
fn window(from: f64, until: f64) -> (f64, f64) {
    let length = (0.5 * (until - from)).min(LONGEST);
    (BEFORE + until - length, BEFORE + until)
}

/// Channels, each once, and measures.
#[derive(Default)]
pub(super) struct Asks {
    channels: Vec<String>,
    measures: String,
}

impl Asks {
    pub fn channel(&mut self, channel: &str) {
        if !self.channels.iter().any(|known| known == channel) {
            self.channels.push(channel.to_owned());
        }
    }

    fn measure(&mut self, id: &str, label: &str, channel: &str, statistic: &str, windows: &str) {
        self.channel(channel);
        self.measures += &format!(
            "\n[[measure]]\nid        = {id:?}\nlabel     = {label:?}\nstatistic = {statistic:?}\nchannel   = {channel:?}\n{windows}"
        );
    }

    /// The mean over a window less that before the hands came.
    fn change(&mut self, id: &str, label: &str, channel: &str, (from, to): (f64, f64)) {
        let windows =
            format!("window    = [\"{from} s\", \"{to} s\"]\nbaseline  = [\"0 s\", \"{BEFORE} s\"]\n");
        self.measure(id, label, channel, "change", &windows);
    }

    pub fn mean(&mut self, id: &str, label: &str, channel: &str, (from, to): (f64, f64)) {
        self.measure(id, label, channel, "mean", &format!("window    = [\"{from} s\", \"{to} s\"]\n"));
    }

    /// What it does by itself before the hands come.
    fn pulse(&mut self, id: &str, label: &str, channel: &str) {
        let window = format!("window    = [\"0 s\", \"{BEFORE} s\"]\n");
        self.measure(id, label, channel, "amplitude_peak_to_peak", &window);
    }

    pub fn finish(self, text: &mut String) {
        *text += &format!("\n[record]\nrate = \"{RATE} Hz\"\nchannels = [\n");
        for channel in &self.channels {
            *text += &format!("  {channel:?},\n");
        }
        *text += "]\n";
        *text += &self.measures;
    }
}
