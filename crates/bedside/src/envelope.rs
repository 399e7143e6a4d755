//! A channel of any length as it looks from afar: the lowest and highest sample of each of a few thousand stretches.

use cisterna_recording::{Basis, Channel};

/// The most values that are kept; two for each stretch. A page carries some half a million in all.
const MOST: usize = 32_768;

/// The lowest and highest sample of each stretch in their order of time. Stretches are two samples long at first, so that a short
/// channel is kept as it is, and twice as long whenever there are too many.
#[derive(Clone, Debug)]
pub(crate) struct Envelope {
    channel: Channel,
    /// Samples in a stretch.
    length: usize,
    /// The stretch under way.
    open: Stretch,
}

/// The extremes so far, and how many samples there were.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    seen: usize,
    lowest: (usize, f64),
    highest: (usize, f64),
}

impl Stretch {
    const EMPTY: Stretch = Stretch { seen: 0, lowest: (0, f64::NAN), highest: (0, f64::NAN) };

    fn add(&mut self, value: f64) {
        if value.is_finite() && (self.lowest.1.is_nan() || value < self.lowest.1) {
            self.lowest = (self.seen, value);
        }
        if value.is_finite() && (self.highest.1.is_nan() || value >= self.highest.1) {
            self.highest = (self.seen, value);
        }
        self.seen += 1;
    }

    fn pair(&self) -> [f64; 2] {
        let (low, high) = (self.lowest, self.highest);
        if low.0 <= high.0 { [low.1, high.1] } else { [high.1, low.1] }
    }
}

impl Envelope {
    /// The envelope of a channel like this one.
    pub fn like(channel: &Channel, unit: &str) -> Self {
        let channel = Channel { unit: unit.to_owned(), basis: Basis::Recorded, ..channel.without_samples() };
        Envelope { channel, length: 2, open: Stretch::EMPTY }
    }

    /// Takes the next samples.
    pub fn push(&mut self, values: &[f64]) {
        for &value in values {
            self.open.add(value);
            if self.open.seen == self.length {
                self.close();
            }
        }
    }

    fn close(&mut self) {
        self.channel.values.extend(self.open.pair());
        self.open = Stretch::EMPTY;
        if self.channel.values.len() >= MOST {
            self.halve();
        }
    }

    /// Makes of two stretches one.
    fn halve(&mut self) {
        let pairs = self.channel.values.chunks(4).flat_map(|two| {
            let mut one = Stretch::EMPTY;
            two.iter().for_each(|value| one.add(*value));
            one.pair()
        });
        self.channel.values = pairs.collect();
        self.length *= 2;
    }

    /// The values: two a stretch.
    pub fn finish(mut self) -> Channel {
        if self.open.seen > 0 {
            self.channel.values.extend(self.open.pair());
        }
        self.channel.rate *= 2.0 / self.length as f64;
        self.channel
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope(values: &[f64]) -> Channel {
        let mut made = Envelope::like(&Channel::new("icp", "mmHg", 5.0, 100.0, Vec::new()), "mmHg");
        values.chunks(777).for_each(|part| made.push(part));
        made.finish()
    }

    #[test]
    fn a_short_channel_is_kept_as_it_is() {
        let values: Vec<f64> = (0..1001).map(|i| f64::from(i % 7)).collect();
        let made = envelope(&values);
        // The last stretch holds one sample, which is both its lowest and its highest.
        assert_eq!((&made.values[..1001], made.rate, made.start), (&values[..], 100.0, 5.0));
    }

    #[test]
    fn a_long_one_keeps_its_spike_its_gap_and_its_length() {
        let mut values: Vec<f64> = (0..1_000_000).map(|i| f64::from(i % 50)).collect();
        values[400_000] = 300.0;
        values[600_000..700_000].fill(f64::NAN);
        let made = envelope(&values);
        assert!(made.values.len() <= MOST);
        assert!((made.values.len() as f64 / made.rate - 10_000.0).abs() < 2.0 / made.rate);
        let at = made.values.iter().position(|value| *value == 300.0).map(|k| k as f64 / made.rate);
        assert!(at.is_some_and(|at| (at - 4000.0).abs() <= 2.0 / made.rate), "{at:?}");
        let missing = made.values.iter().filter(|value| value.is_nan()).count() as f64 / made.rate;
        assert!((missing - 1000.0).abs() < 4.0 / made.rate, "{missing}");
    }
}
