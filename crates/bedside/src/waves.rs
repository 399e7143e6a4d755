//! Waves kept for what trends do not hold: spectra, transfer functions, pulses.

use cisterna_recording::{Basis, Channel};

/// Samples a second that are kept at most: the pulse has its weight below 10 Hz, and a day of three channels takes 100 MB.
pub(crate) const KEPT_RATE: f64 = 50.0;
/// The least share of the samples of a block that makes a mean.
const LEAST_VALID: f64 = 0.5;

/// One channel, thinned by means of whole blocks.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    /// What was kept so far.
    pub channel: Channel,
    /// Samples in a block.
    block: usize,
    /// The block under way: its samples so far, their sum, how many are there.
    seen: usize,
    sum: f64,
    valid: usize,
}

impl Kept {
    /// Keeps a channel like this one.
    pub fn like(channel: &Channel, unit: &str) -> Self {
        let block = (channel.rate / KEPT_RATE).floor().max(1.0);
        let kept = Channel {
            // The mean of a block stands for its middle.
            start: channel.start + 0.5 * (block - 1.0) / channel.rate,
            rate: channel.rate / block,
            unit: unit.to_owned(),
            values: Vec::new(),
            basis: Basis::Recorded,
            ..channel.without_samples()
        };
        Kept { channel: kept, block: block as usize, seen: 0, sum: 0.0, valid: 0 }
    }

    /// Takes the next samples.
    pub fn push(&mut self, values: &[f64]) {
        if self.block == 1 {
            self.channel.values.extend_from_slice(values);
            return;
        }
        for &value in values {
            if value.is_finite() {
                self.sum += value;
                self.valid += 1;
            }
            self.seen += 1;
            if self.seen == self.block {
                let enough = self.valid as f64 >= LEAST_VALID * self.block as f64;
                self.channel.values.push(if enough { self.sum / self.valid as f64 } else { f64::NAN });
                (self.seen, self.sum, self.valid) = (0, 0.0, 0);
            }
        }
    }

    /// Takes out what is no measurement.
    pub fn blank(&mut self, from: f64, to: f64) {
        let channel = &mut self.channel;
        let half = 0.5 / channel.rate;
        let place = |time: f64| ((time - channel.start) * channel.rate).max(0.0);
        let (first, last) = (place(from - half).floor() as usize, place(to + half).ceil() as usize);
        let end = (last + 1).min(channel.values.len());
        if let Some(part) = channel.values.get_mut(first.min(end)..end) {
            part.fill(f64::NAN);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_means_of_what_is_there_however_pieces_are_cut() {
        let values: Vec<f64> = (0..1000).map(f64::from).collect();
        let channel = Channel::new("icp", "mmHg", 2.0, 250.0, Vec::new());
        let mut once = Kept::like(&channel, "mmHg");
        once.push(&values);
        let mut twice = Kept::like(&channel, "mmHg");
        twice.push(&values[..333]);
        twice.push(&values[333..]);
        assert_eq!(once.channel.values, twice.channel.values);
        assert_eq!(once.channel.rate, 50.0);
        assert_eq!(once.channel.values[0], 2.0);
        assert!((once.channel.start - 2.008).abs() < 1e-12);
    }

    #[test]
    fn what_is_no_measurement_is_taken_out() {
        let mut kept = Kept::like(&Channel::new("icp", "mmHg", 0.0, 10.0, Vec::new()), "mmHg");
        kept.push(&[1.0; 100]);
        kept.blank(2.0, 3.0);
        let gone = kept.channel.values.iter().filter(|value| value.is_nan()).count();
        assert!((10..=13).contains(&gone), "{gone}");
        kept.blank(50.0, 60.0);
        assert!(kept.channel.values[99].is_finite());
    }
}
