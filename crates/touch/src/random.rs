//! Chance that is the same for the same seed.

use std::f64::consts::TAU;

/// A stream of chance from a seed (SplitMix64: Steele, Lea & Flood 2014, OOPSLA 453-472).
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
}

impl Random {
    /// The stream of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// A stream of its own for what is called `name`; this one does not move on.
    #[must_use]
    pub fn branch(&self, name: &str) -> Self {
        // FNV-1a of the name, mixed into the state.
        let mixed = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64 ^ self.state, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        let mut branch = Self { state: mixed };
        branch.state = branch.bits();
        branch
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Evenly between 0 and 1, both left out.
    pub fn share(&mut self) -> f64 {
        ((self.bits() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// From the standard normal distribution (Box & Muller 1958).
    pub fn normal(&mut self) -> f64 {
        let length = (-2.0 * self.share().ln()).sqrt();
        length * (TAU * self.share()).cos()
    }

    /// Positive, with the given mean and standard deviation (log-normal).
    pub fn positive(&mut self, mean: f64, deviation: f64) -> f64 {
        let spread = (1.0 + (deviation / mean).powi(2)).ln();
        mean * (spread.sqrt() * self.normal() - 0.5 * spread).exp()
    }
}
