//! Some seconds at full resolution that stand for the rest.

use cisterna_analysis::Findings;
use cisterna_recording::{Channel, Recording};

/// How much is shown, s: some ten beats.
const LENGTH: f64 = 10.0;
/// How far apart stretches are kept at first, s.
const APART: f64 = 60.0;
/// The most stretches that are kept; then every other is left out, and they are kept twice as far apart.
const MOST: usize = 32;

/// Stretches of the recording, evenly over it, of which one is shown.
#[derive(Clone, Debug)]
pub(crate) struct CloseUps {
    kept: Vec<Vec<Channel>>,
    apart: f64,
    /// The earliest beginning of the next, s.
    next: f64,
}

impl CloseUps {
    /// None yet, of a recording that begins at `start` s.
    pub fn from(start: f64) -> Self {
        // Half a space from the beginning, where leads are still being put on.
        CloseUps { kept: Vec::new(), apart: APART, next: start + 0.5 * APART }
    }

    /// Keeps stretches of a piece; of a short recording its middle.
    pub fn push(&mut self, piece: &Recording) {
        let (start, end) = piece.span();
        if self.kept.is_empty() && end - start < APART {
            self.keep(piece, (0.5 * (start + end - LENGTH)).max(start));
        }
        while self.next + LENGTH <= end {
            if self.next >= start {
                self.keep(piece, self.next);
            }
            self.next += self.apart;
            if self.kept.len() == MOST {
                let mut number = 0;
                self.kept.retain(|_| {
                    number += 1;
                    number % 2 == 1
                });
                self.apart *= 2.0;
            }
        }
    }

    fn keep(&mut self, piece: &Recording, from: f64) {
        let cut = |channel: &Channel| {
            let (start, values) = channel.window(from, from + LENGTH);
            Channel { start, values: values.to_vec(), ..channel.without_samples() }
        };
        let cut: Vec<Channel> = piece.channels.iter().map(cut).filter(|c| !c.values.is_empty()).collect();
        if !cut.is_empty() {
            self.kept.push(cut);
        }
    }

    /// The stretch with the most channels that are whole beats and nothing else, the middle one of equals.
    pub fn best(self, findings: &[Findings]) -> Vec<Channel> {
        let middle = self.kept.len() / 2;
        let kept = self.kept.into_iter().enumerate();
        let best = kept.max_by(|(i, a), (j, b)| {
            let near = |number: usize| -(number.abs_diff(middle) as f64);
            let (a, b) = (merit(a, findings), merit(b, findings));
            a.total_cmp(&b).then(near(*i).total_cmp(&near(*j)))
        });
        best.map_or_else(Vec::new, |(_, best)| best)
    }
}

/// How much of the channels is there and clean, and whether they beat: 2 at most for each.
fn merit(cut: &[Channel], findings: &[Findings]) -> f64 {
    let each = cut.iter().map(|channel| {
        let (from, to) = (channel.start, channel.start + LENGTH);
        let there = channel.values.iter().filter(|value| value.is_finite()).count() as f64;
        let share = there / (LENGTH * channel.rate).max(1.0);
        let Some(of) = findings.iter().find(|of| of.channel == channel.name) else { return share };
        if of.artefacts.iter().any(|one| one.start < to && one.end > from) {
            return 0.0;
        }
        let first = of.beats.partition_point(|beat| beat.onset < from);
        let last = of.beats.partition_point(|beat| beat.onset < to);
        share
            + of.beats[first..last].iter().map(|beat| beat.end - beat.onset).sum::<f64>().min(LENGTH) / LENGTH
    });
    // To a part in fifty, so that the middle one is taken where little tells them apart.
    (50.0 * each.sum::<f64>()).round() / 50.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use cisterna_analysis::{Artefact, Reason};

    #[test]
    fn a_clean_stretch_near_the_middle_is_shown() {
        let mut ups = CloseUps::from(0.0);
        for minute in 0..240 {
            let values = vec![1.0; 1200];
            let channel = Channel::new("abp", "mmHg", 60.0 * f64::from(minute), 20.0, values);
            ups.push(&Recording { channels: vec![channel], ..Recording::default() });
        }
        assert!((MOST / 2..=MOST).contains(&ups.kept.len()), "{}", ups.kept.len());
        let flush = Artefact { reason: Reason::Flush, start: 0.0, end: 9000.0 };
        let findings = Findings { channel: "abp".into(), artefacts: vec![flush], ..Findings::default() };
        let best = ups.best(&[findings]);
        assert!(best[0].start >= 9000.0 && best[0].start < 10_000.0, "{}", best[0].start);
        assert_eq!(best[0].values.len(), 200);
    }
}
