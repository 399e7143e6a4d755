//! Packed pages, unpacked to no more than they claim.

use std::io::{self, Read};

use parquet::basic::Compression;

/// What can be unpacked, for messages.
pub(super) const READABLE: &str = "Snappy, gzip, Zstandard, LZ4, Brotli or nothing";

/// Whether pages packed like this can be read.
pub(super) fn is_readable(packing: Compression) -> bool {
    !matches!(packing, Compression::LZO)
}

/// Unpacks `packed` to exactly `size` bytes.
pub(super) fn unpack(packing: Compression, packed: &[u8], size: usize) -> io::Result<Vec<u8>> {
    let unpacked = match packing {
        Compression::UNCOMPRESSED => packed.to_vec(),
        Compression::SNAPPY => snappy(packed, size)?,
        Compression::GZIP(_) => all(flate2::read::MultiGzDecoder::new(packed), size)?,
        Compression::BROTLI(_) => all(brotli_decompressor::Decompressor::new(packed, 1 << 14), size)?,
        Compression::ZSTD(_) => {
            all(ruzstd::decoding::StreamingDecoder::new(packed).map_err(io::Error::other)?, size)?
        }
        Compression::LZ4_RAW => lz4_flex::block::decompress(packed, size).map_err(io::Error::other)?,
        Compression::LZ4 => lz4(packed, size)?,
        Compression::LZO => return Err(io::Error::other("LZO is not unpacked")),
    };
    match unpacked.len() {
        found if found == size => Ok(unpacked),
        found => Err(io::Error::other(format!("a page unpacks to {found} bytes and claims {size}"))),
    }
}

/// At most a byte more than there may be.
fn all(from: impl Read, size: usize) -> io::Result<Vec<u8>> {
    let mut unpacked = Vec::new();
    from.take(size as u64 + 1).read_to_end(&mut unpacked)?;
    Ok(unpacked)
}

fn snappy(packed: &[u8], size: usize) -> io::Result<Vec<u8>> {
    if snap::raw::decompress_len(packed).map_err(io::Error::other)? != size {
        return Err(io::Error::other("a page packed with Snappy tells another size than its header"));
    }
    snap::raw::Decoder::new().decompress_vec(packed).map_err(io::Error::other)
}

/// The older LZ4 of Parquet was written in three ways: blocks that tell both their sizes, a frame, or bare.
fn lz4(packed: &[u8], size: usize) -> io::Result<Vec<u8>> {
    blocks(packed, size)
        .or_else(|_| all(lz4_flex::frame::FrameDecoder::new(packed), size))
        .or_else(|_| lz4_flex::block::decompress(packed, size).map_err(io::Error::other))
}

fn blocks(mut packed: &[u8], size: usize) -> io::Result<Vec<u8>> {
    let mut unpacked = Vec::new();
    while let Some(([a, b, c, d, e, f, g, h], rest)) = packed.split_first_chunk::<8>() {
        let becomes = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
        let length = u32::from_be_bytes([*e, *f, *g, *h]) as usize;
        let block = rest.get(..length).filter(|_| becomes <= size - unpacked.len());
        let block = block.ok_or_else(|| io::Error::other("a block of LZ4 lies about its size"))?;
        unpacked.extend(lz4_flex::block::decompress(block, becomes).map_err(io::Error::other)?);
        packed = &rest[length..];
    }
    if unpacked.len() == size { Ok(unpacked) } else { Err(io::Error::other("these are no blocks of LZ4")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    use parquet::basic::{BrotliLevel, GzipLevel, ZstdLevel};

    /// Sixty samples that repeat, as bytes.
    fn samples() -> Vec<u8> {
        (0..60).flat_map(|i| f64::from(i % 7).to_le_bytes()).collect()
    }

    /// The sizes of a block and the block.
    fn hadoop(bytes: &[u8]) -> Vec<u8> {
        let packed = lz4_flex::block::compress(bytes);
        [&(bytes.len() as u32).to_be_bytes()[..], &(packed.len() as u32).to_be_bytes(), &packed].concat()
    }

    fn packed() -> Vec<(Compression, Vec<u8>)> {
        let bytes = samples();
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzip.write_all(&bytes).unwrap();
        let mut frame = lz4_flex::frame::FrameEncoder::new(Vec::new());
        frame.write_all(&bytes).unwrap();
        let zstd = ruzstd::encoding::compress_to_vec(&bytes[..], ruzstd::encoding::CompressionLevel::Fastest);
        // Brotli that holds its bytes as they are (RFC 7932, 9.2): a window of 16 bits, one block, the end.
        let mut brotli = vec![0, (bytes.len() as u16 - 1).to_le_bytes()[0], 0, 0];
        let length = bytes.len() as u32 - 1;
        // Bits: window 0; not last 0; four nibbles 00; length in 16 bits; as they are 1.
        brotli[..3].copy_from_slice(&(length << 4 | 1 << 20).to_le_bytes()[..3]);
        brotli.truncate(3);
        brotli.extend(&bytes);
        brotli.push(3);
        vec![
            (Compression::UNCOMPRESSED, bytes.clone()),
            (Compression::SNAPPY, snap::raw::Encoder::new().compress_vec(&bytes).unwrap()),
            (Compression::GZIP(GzipLevel::default()), gzip.finish().unwrap()),
            (Compression::ZSTD(ZstdLevel::default()), zstd),
            (Compression::BROTLI(BrotliLevel::default()), brotli),
            (Compression::LZ4_RAW, lz4_flex::block::compress(&bytes)),
            (Compression::LZ4, lz4_flex::block::compress(&bytes)),
            (Compression::LZ4, [hadoop(&bytes[..80]), hadoop(&bytes[80..])].concat()),
            (Compression::LZ4, frame.finish().unwrap()),
        ]
    }

    #[test]
    fn every_packing_gives_back_its_bytes() {
        for (packing, packed) in packed() {
            let found = unpack(packing, &packed, samples().len());
            assert_eq!(found.unwrap_or_else(|e| panic!("{packing}: {e}")), samples(), "{packing}");
        }
    }

    #[test]
    fn a_page_that_lies_about_its_size_or_is_cut_short_is_refused() {
        for (packing, packed) in packed() {
            for size in [0, 1, samples().len() - 1, samples().len() + 1, 1 << 20] {
                assert!(unpack(packing, &packed, size).is_err(), "{packing} to {size}");
            }
            assert!(unpack(packing, &packed[..packed.len() / 2], samples().len()).is_err(), "{packing}");
        }
        assert!(unpack(Compression::LZO, &[], 0).is_err() && !is_readable(Compression::LZO));
    }
}
