//! The smallest FLAC streams: blocks whose samples stand as they are.

/// A stream of `channels` (each with the same number of samples) of 8, 16 or 24 bits, in blocks of `block` samples.
pub fn stream(channels: &[Vec<i32>], bits: u32, block: usize) -> Vec<u8> {
    let count = channels.first().map_or(0, Vec::len);
    let mut bytes = b"fLaC\x80\0\0\x22".to_vec();
    bytes.extend((block as u16).to_be_bytes());
    bytes.extend((block as u16).to_be_bytes());
    bytes.extend([0; 6]);
    // 20 bits of rate, 3 of channels less one, 5 of bits less one, 36 of samples.
    let about =
        44_100u64 << 44 | (channels.len() as u64 - 1) << 41 | u64::from(bits - 1) << 36 | count as u64;
    bytes.extend(about.to_be_bytes());
    bytes.extend([0; 16]);
    for (number, from) in (0..count).step_by(block).enumerate() {
        let to = (from + block).min(count);
        let rows: Vec<&[i32]> = channels.iter().map(|channel| &channel[from..to]).collect();
        bytes.extend(frame(&rows, bits, number));
    }
    bytes
}

fn frame(channels: &[&[i32]], bits: u32, number: usize) -> Vec<u8> {
    let size = channels.first().map_or(0, |samples| samples.len());
    let width = match bits {
        8 => 1,
        16 => 4,
        _ => 6,
    };
    // The block's size follows in 16 bits, the rate stands at the beginning of the stream.
    let mut bytes = vec![0xff, 0xf8, 0x70, (channels.len() as u8 - 1) << 4 | width << 1, number as u8];
    bytes.extend((size as u16 - 1).to_be_bytes());
    let sum = bytes.iter().fold(0u8, |sum, byte| {
        (0..8).fold(sum ^ byte, |sum, _| if sum & 0x80 != 0 { sum << 1 ^ 0x07 } else { sum << 1 })
    });
    bytes.push(sum);
    for samples in channels {
        let constant = samples.windows(2).all(|pair| pair[0] == pair[1]);
        bytes.push(if constant { 0 } else { 2 });
        let kept = if constant { 1 } else { samples.len() };
        for sample in &samples[..kept] {
            bytes.extend(&sample.to_be_bytes()[4 - bits as usize / 8..]);
        }
    }
    let sum = bytes.iter().fold(0u16, |sum, byte| {
        let start = sum ^ u16::from(*byte) << 8;
        (0..8).fold(start, |sum, _| if sum & 0x8000 != 0 { sum << 1 ^ 0x8005 } else { sum << 1 })
    });
    bytes.extend(sum.to_be_bytes());
    bytes
}
