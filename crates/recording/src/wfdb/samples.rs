//! Samples out of the bytes of a signal file, after signal(5) of the WFDB applications guide.

/// A storage format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// 16 bits, two's complement, low byte first.
    Sixteen,
    /// Two samples of 12 bits in three bytes.
    TwoOneTwo,
}

impl Format {
    /// Formats of signal(5) that are known by number but not read.
    pub(crate) const KNOWN: [u32; 12] = [0, 8, 24, 32, 61, 80, 160, 310, 311, 508, 516, 524];

    /// The format with this number, if it is read.
    pub(crate) fn of(number: u32) -> Option<Format> {
        match number {
            16 => Some(Format::Sixteen),
            212 => Some(Format::TwoOneTwo),
            _ => None,
        }
    }

    /// The whole samples in so many bytes; the last sample of an odd count in format 212 needs two bytes.
    pub(crate) fn samples(self, bytes: usize) -> usize {
        match self {
            Format::Sixteen => bytes / 2,
            Format::TwoOneTwo => bytes / 3 * 2 + usize::from(bytes % 3 == 2),
        }
    }

    /// The code of sample `index`; none beyond the end, or where the code means that nothing was recorded.
    pub(crate) fn code(self, bytes: &[u8], index: usize) -> Option<i16> {
        match self {
            Format::Sixteen => {
                let at = index.checked_mul(2)?;
                let code = i16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]);
                (code != i16::MIN).then_some(code)
            }
            Format::TwoOneTwo => {
                let at = (index / 2).checked_mul(3)?;
                let shared = i16::from(*bytes.get(at + 1)?);
                let bits = match index % 2 {
                    0 => (shared & 0x0f) << 8 | i16::from(*bytes.get(at)?),
                    _ => (shared & 0xf0) << 4 | i16::from(*bytes.get(at + 2)?),
                };
                // Twelve bits with sign.
                let code = bits << 4 >> 4;
                (code != -2048).then_some(code)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(format: Format, bytes: &[u8]) -> Vec<Option<i16>> {
        (0..format.samples(bytes.len())).map(|index| format.code(bytes, index)).collect()
    }

    #[test]
    fn seven_samples_of_format_212_fit_eleven_bytes() {
        // 1, -1, 2047, -2047, 0, -2048 (nothing recorded), 100; the last without its padding byte.
        let bytes = [0x01, 0xf0, 0xff, 0xff, 0x87, 0x01, 0x00, 0x80, 0x00, 0x64, 0x00];
        assert_eq!(
            codes(Format::TwoOneTwo, &bytes),
            [Some(1), Some(-1), Some(2047), Some(-2047), Some(0), None, Some(100)]
        );
    }

    #[test]
    fn a_partial_block_gives_its_whole_samples_only() {
        assert_eq!([0, 1, 2, 3, 4, 5, 6].map(|n| Format::TwoOneTwo.samples(n)), [0, 0, 1, 2, 2, 3, 4]);
        assert_eq!(Format::Sixteen.samples(5), 2);
    }

    #[test]
    fn format_16_is_low_byte_first_and_its_lowest_code_means_nothing() {
        let bytes = [0x01, 0x00, 0xff, 0xff, 0x00, 0x80, 0xff, 0x7f];
        assert_eq!(codes(Format::Sixteen, &bytes), [Some(1), Some(-1), None, Some(32767)]);
        assert_eq!(Format::Sixteen.code(&bytes, 4), None);
    }
}
