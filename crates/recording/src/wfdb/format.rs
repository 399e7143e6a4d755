//! Samples out of the bytes of a signal file, after signal(5) of the WFDB applications guide.

/// How samples are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// 0: no samples at all.
    Null,
    /// 8: first differences in 8 bits.
    Differences,
    /// 16: two's complement, low byte first.
    Sixteen,
    /// 24: as 16, with three bytes.
    TwentyFour,
    /// 32: as 16, with four bytes.
    ThirtyTwo,
    /// 61: as 16, high byte first.
    Swapped,
    /// 80: 8 bits less 128.
    Offset8,
    /// 160: 16 bits less 32768, low byte first.
    Offset16,
    /// 212: two samples of 12 bits in three bytes.
    Packed212,
    /// 310: three samples of 10 bits in four bytes, the third spread over both words.
    Packed310,
    /// 311: three samples of 10 bits in four bytes, one after the other.
    Packed311,
    /// 508, 516, 524: FLAC, with so many bits.
    Flac(u32),
}

impl Format {
    /// What can be read, for messages.
    pub(super) const READABLE: &str =
        "formats 0, 8, 16, 24, 32, 61, 80, 160, 212, 310, 311, 508, 516 and 524";

    /// The format with this number.
    pub(super) fn of(number: u32) -> Option<Format> {
        Some(match number {
            0 => Format::Null,
            8 => Format::Differences,
            16 => Format::Sixteen,
            24 => Format::TwentyFour,
            32 => Format::ThirtyTwo,
            61 => Format::Swapped,
            80 => Format::Offset8,
            160 => Format::Offset16,
            212 => Format::Packed212,
            310 => Format::Packed310,
            311 => Format::Packed311,
            508 => Format::Flac(8),
            516 => Format::Flac(16),
            524 => Format::Flac(24),
            _ => return None,
        })
    }

    /// Samples and bytes of the smallest run that begins and ends on whole bytes; none outside FLAC and null.
    pub(super) fn block(self) -> (u64, u64) {
        match self {
            Format::Null | Format::Flac(_) => (1, 1),
            Format::Differences | Format::Offset8 => (1, 1),
            Format::Sixteen | Format::Swapped | Format::Offset16 => (1, 2),
            Format::TwentyFour => (1, 3),
            Format::ThirtyTwo => (1, 4),
            Format::Packed212 => (2, 3),
            Format::Packed310 | Format::Packed311 => (3, 4),
        }
    }

    /// The samples in so many bytes; of a block that is cut short, those whose bytes are all there.
    pub(super) fn samples(self, bytes: u64) -> u64 {
        let (samples, size) = self.block();
        let left = bytes % size;
        let partial = match self {
            Format::Packed212 | Format::Packed310 => u64::from(left >= 2),
            Format::Packed311 => left.saturating_sub(1),
            _ => 0,
        };
        bytes / size * samples + partial
    }

    /// The code that means that nothing was recorded; differences have none.
    pub(super) fn lowest(self) -> Option<i32> {
        match self {
            Format::Null | Format::Differences => None,
            Format::Offset8 | Format::Flac(8) => Some(-1 << 7),
            Format::Packed310 | Format::Packed311 => Some(-1 << 9),
            Format::Packed212 => Some(-1 << 11),
            Format::Sixteen | Format::Swapped | Format::Offset16 | Format::Flac(16) => Some(-1 << 15),
            Format::TwentyFour | Format::Flac(_) => Some(-1 << 23),
            Format::ThirtyTwo => Some(i32::MIN),
        }
    }

    /// Appends the codes as they stand in `bytes`, which begin with a block; those of a block cut short too.
    pub(super) fn decode(self, bytes: &[u8], codes: &mut Vec<i32>) {
        let (_, size) = self.block();
        let one = |byte: &u8| i32::from(*byte);
        match self {
            Format::Null | Format::Flac(_) => {}
            Format::Differences => codes.extend(bytes.iter().map(|byte| i32::from(*byte as i8))),
            Format::Offset8 => codes.extend(bytes.iter().map(|byte| one(byte) - 128)),
            Format::Sixteen => codes.extend(words(bytes).map(|word| i32::from(word as i16))),
            Format::Swapped => codes.extend(words(bytes).map(|word| i32::from(word.swap_bytes() as i16))),
            Format::Offset16 => codes.extend(words(bytes).map(|word| i32::from(word) - 32768)),
            Format::TwentyFour => codes.extend(bytes.as_chunks::<3>().0.iter().map(|b| signed(low(b), 24))),
            Format::ThirtyTwo => codes.extend(bytes.as_chunks::<4>().0.iter().map(|b| signed(low(b), 32))),
            Format::Packed212 | Format::Packed310 | Format::Packed311 => {
                let whole = bytes.len() - bytes.len() % size as usize;
                let (blocks, rest) = bytes.split_at(whole);
                for block in blocks.chunks_exact(size as usize) {
                    self.unpack(block, codes);
                }
                let mut padded = [0; 4];
                padded[..rest.len()].copy_from_slice(rest);
                let kept = codes.len() + self.samples(rest.len() as u64) as usize;
                self.unpack(&padded[..size as usize], codes);
                codes.truncate(kept);
            }
        }
    }

    /// Appends the samples of one whole block.
    fn unpack(self, block: &[u8], codes: &mut Vec<i32>) {
        let bits = low(block);
        match self {
            Format::Packed212 => {
                let second = bits >> 4 & 0xf00 | bits >> 16;
                codes.extend([signed(bits, 12), signed(second, 12)]);
            }
            Format::Packed310 => {
                let third = bits >> 11 & 0x1f | bits >> 22 & 0x3e0;
                codes.extend([signed(bits >> 1, 10), signed(bits >> 17, 10), signed(third, 10)]);
            }
            _ => codes.extend([signed(bits, 10), signed(bits >> 10, 10), signed(bits >> 20, 10)]),
        }
    }
}

/// Words of 16 bits, low byte first.
fn words(bytes: &[u8]) -> impl Iterator<Item = u16> {
    bytes.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair))
}

/// Up to four bytes, low byte first.
fn low(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |bits, byte| bits << 8 | u32::from(*byte))
}

/// The lowest bits as a number with sign.
fn signed(bits: u32, width: u32) -> i32 {
    (bits << (32 - width)) as i32 >> (32 - width)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(number: u32, bytes: &[u8]) -> Vec<i32> {
        let format = Format::of(number).unwrap();
        let mut codes = Vec::new();
        format.decode(bytes, &mut codes);
        assert_eq!(codes.len() as u64, format.samples(bytes.len() as u64), "format {number}");
        codes
    }

    #[test]
    fn seven_samples_of_format_212_fit_eleven_bytes() {
        let bytes = [0x01, 0xf0, 0xff, 0xff, 0x87, 0x01, 0x00, 0x80, 0x00, 0x64, 0x00];
        assert_eq!(codes(212, &bytes), [1, -1, 2047, -2047, 0, -2048, 100]);
    }

    #[test]
    fn four_samples_of_format_310_fit_six_bytes() {
        // Words of 16 bits: eleven low bits hold a sample after an unused one, the upper five a part of the third.
        // 1, -1, 0b10101_01010 = -342, 511.
        let first = 1 << 1 | 0b01010 << 11;
        let second = 0x3ff << 1 | 0b10101 << 11;
        let bytes: Vec<u8> = [first, second, 511 << 1].iter().flat_map(|w: &u16| w.to_le_bytes()).collect();
        assert_eq!(codes(310, &bytes), [1, -1, -342, 511]);
        assert_eq!(codes(310, &bytes[..5]), [1, -1, -342], "one byte of a word is no sample");
        assert_eq!(codes(310, &bytes[..3]), [1]);
    }

    #[test]
    fn a_sample_of_format_311_needs_only_its_own_bytes() {
        let bits = (1u32 | 0x3ff << 10 | 0b10101_01010 << 20).to_le_bytes();
        let bytes: Vec<u8> = bits.into_iter().chain([0xff, 0x01]).collect();
        assert_eq!(codes(311, &bytes), [1, -1, -342, 511]);
        assert_eq!(codes(311, &bytes[..3]), [1, -1]);
        assert_eq!(codes(311, &bytes[..2]), [1]);
        assert!(codes(311, &bytes[..1]).is_empty());
    }

    #[test]
    fn whole_bytes_keep_order_and_sign() {
        assert_eq!(codes(8, &[1, 0xff, 0x80]), [1, -1, -128]);
        assert_eq!(codes(16, &[1, 0, 0xff, 0xff, 0, 0x80, 7]), [1, -1, -32768]);
        assert_eq!(codes(61, &[0, 1, 0xff, 0xff, 0x80, 0]), [1, -1, -32768]);
        assert_eq!(codes(24, &[1, 0, 0, 0xff, 0xff, 0xff, 0, 0, 0x80, 9, 9]), [1, -1, -8_388_608]);
        assert_eq!(codes(32, &[1, 0, 0, 0, 0, 0, 0, 0x80]), [1, i32::MIN]);
        assert_eq!(codes(80, &[0, 128, 255]), [-128, 0, 127]);
        assert_eq!(codes(160, &[0, 0, 0, 0x80, 0xff, 0xff]), [-32768, 0, 32767]);
    }
}
