//! Several channels on one clock: means over blocks of equal length, missing where less than half of a block is valid.

use cisterna_recording::Channel;

/// The least share of a block that must be valid for its mean to count: as for any window of this crate.
const LEAST_OF_BLOCK: f64 = 0.5;

/// Columns of equal length, one a channel, on one clock.
pub(crate) struct Aligned {
    /// The beginning of the first block, s.
    pub start: f64,
    /// The length of a block, s.
    pub block: f64,
    /// The means of each channel.
    pub columns: Vec<Vec<f64>>,
}

impl Aligned {
    /// The means over blocks of `block` seconds, from where the first channel starts to where it ends.
    pub fn new(channels: &[&Channel], block: f64) -> Result<Self, String> {
        let Some(first) = channels.first() else { return Err("there are no channels".to_owned()) };
        for channel in channels {
            let proper = channel.rate.is_finite() && channel.rate > 0.0 && channel.start.is_finite();
            if !proper {
                return Err(format!("`{}` has no proper clock", channel.name));
            }
            // A trend may be a little slower than asked, but not so that every other block stays empty.
            if channel.rate * block < 0.99 {
                return Err(format!(
                    "`{}` has one value every {:.3} s, and one every {block} s is needed",
                    channel.name,
                    1.0 / channel.rate
                ));
            }
        }
        let count = (first.values.len() as f64 / first.rate / block + 1e-6).floor() as usize;
        let columns = channels.iter().map(|channel| means(channel, first.start, block, count)).collect();
        Ok(Aligned { start: first.start, block, columns })
    }

    /// How many blocks there are.
    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, Vec::len)
    }

    /// The share of blocks in which all channels are valid, 0 to 1.
    pub fn valid_fraction(&self) -> f64 {
        let valid = (0..self.len()).filter(|&row| self.columns.iter().all(|c| c[row].is_finite())).count();
        valid as f64 / self.len().max(1) as f64
    }
}

/// The mean of each block.
fn means(channel: &Channel, start: f64, block: f64, count: usize) -> Vec<f64> {
    let (mut sums, mut counts) = (vec![0.0; count], vec![0_u32; count]);
    // Summed about the first valid value, so that offsets cost no digits.
    let level = channel.values.iter().copied().find(|value| value.is_finite()).unwrap_or(0.0);
    let (first, per_sample) = ((channel.start - start) / block + 1e-6, 1.0 / (channel.rate * block));
    for (index, value) in channel.values.iter().enumerate() {
        let place = first + index as f64 * per_sample;
        if value.is_finite() && place >= 0.0 && (place as usize) < count {
            sums[place as usize] += value - level;
            counts[place as usize] += 1;
        }
    }
    let needed = LEAST_OF_BLOCK * channel.rate * block;
    sums.iter()
        .zip(counts)
        .map(|(sum, count)| {
            if count > 0 && f64::from(count) >= needed.min(f64::from(u32::MAX)) {
                level + sum / f64::from(count)
            } else {
                f64::NAN
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waves_become_means_and_trends_stay_what_they_are() {
        let wave: Vec<f64> = (0..3000).map(|i| 1e5 + f64::from(i / 1000) + f64::from(i % 2)).collect();
        let wave = Channel::new("w", "mmHg", 5.0, 100.0, wave);
        let trend = Channel::new("t", "mmHg", 10.0, 0.1, vec![1.0, f64::NAN, 3.0]);
        let both = Aligned::new(&[&wave, &trend], 10.0).unwrap();
        assert_eq!(both.columns[0], [1e5 + 0.5, 1e5 + 1.5, 1e5 + 2.5]);
        assert!(both.columns[1][0] == 1.0 && both.columns[1][1].is_nan() && both.columns[1][2] == 3.0);
        assert!((both.valid_fraction() - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn half_a_block_counts_and_less_does_not() {
        let mut values = vec![2.0; 20];
        values[0..5].fill(f64::NAN);
        values[10..16].fill(f64::NAN);
        let channel = Channel::new("p", "mmHg", 0.0, 1.0, values);
        let means = Aligned::new(&[&channel], 10.0).unwrap().columns.remove(0);
        assert!(means[0] == 2.0 && means[1].is_nan());
    }

    #[test]
    fn a_trend_that_is_too_slow_is_refused() {
        let channel = Channel::new("p", "mmHg", 0.0, 1.0 / 60.0, vec![1.0; 100]);
        let reason = Aligned::new(&[&channel], 10.0).err().unwrap();
        assert!(reason.contains("one value every 60.000 s"), "{reason}");
    }
}
