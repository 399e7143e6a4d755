//! The slow course of a signal, with the pulse averaged away.

use crate::beats::Beats;
use crate::signal::{Node, Signal};
use crate::{Window, integrate};
use cisterna_recording::Recording;

/// How many pieces a window without beat marks is cut into at most.
const PIECES: f64 = 240.0;

/// The means of the whole beats of a window at their middles (s, unit of the channel), where at least three beats
/// are marked there; otherwise the means of up to 240 equal pieces of the window.
pub(crate) fn course(recording: &Recording, signal: &Signal, window: Window) -> Vec<Node> {
    let beats = Beats::marked(recording, signal, window);
    if beats.len() >= 3 {
        return beats
            .iter()
            .filter_map(|beat| Some((0.5 * (beat.from + beat.to), integrate::mean(&signal.nodes(beat))?)))
            .collect();
    }
    let pieces = (window.duration() * signal.rate).round().clamp(1.0, PIECES);
    let length = window.duration() / pieces;
    (0..pieces as usize)
        .filter_map(|piece| {
            let from = window.from + piece as f64 * length;
            let samples: Vec<Node> = signal.valid(Window { from, to: from + length }).collect();
            let count = samples.len() as f64;
            let time = samples.iter().map(|(time, _)| time).sum::<f64>() / count;
            let value = samples.iter().map(|(_, value)| value).sum::<f64>() / count;
            (!samples.is_empty()).then_some((time, value))
        })
        .collect()
}
