//! Parquet tables: our own, and others' of every type, encoding, version and packing that is read, and some that are
//! not.

use std::error::Error;
use std::fs;
use std::sync::Arc;

use cisterna_recording::{Channel, Mark, MarkKind, Recording, write_parquet};
use parquet::basic::{BrotliLevel, Compression, Encoding, GzipLevel, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use crate::Seeds;

const ROWS: usize = 24;

pub fn seeds() -> Result<Seeds, Box<dyn Error>> {
    let mut seeds = own()?;
    for (name, schema, encoding) in [
        ("seconds", "required double t; optional double icp; optional float abp;", None),
        (
            "whole",
            "required int64 time (INTEGER(64,true)); required int32 n; optional int64 m (INT_64);",
            None,
        ),
        ("stamps-ms", "required int64 at (TIMESTAMP(MILLIS,true)); required double icp;", None),
        ("stamps-us", "required int64 at (TIMESTAMP(MICROS,true)); required double icp;", None),
        ("stamps-ns", "required int64 at (TIMESTAMP(NANOS,false)); required double icp;", None),
        ("stamps-old", "required int64 at (TIMESTAMP_MILLIS); required double icp;", None),
        ("stamps-older", "required int64 at (TIMESTAMP_MICROS); required double icp;", None),
        ("deltas", "required int64 time_s; required int32 n;", Some(Encoding::DELTA_BINARY_PACKED)),
        ("split", "required double t; required float abp;", Some(Encoding::BYTE_STREAM_SPLIT)),
        ("plain", "required double t; optional double icp [mmHg];", Some(Encoding::PLAIN)),
        ("text", "required double t; optional double icp; optional binary note (UTF8);", None),
        ("lists", "required double t; repeated double icp; optional double abp;", None),
        ("untimed", "required double a; required double b;", None),
        ("alone", "required double t;", None),
        ("unknown-unit", "required double time_fortnight; required double b;", None),
    ] {
        let schema = schema.replace(" [mmHg]", "_mmHg");
        for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
            let bytes = table(&schema, encoding, version, Compression::UNCOMPRESSED, &|row| row as f64)?;
            seeds.push((format!("{name}-{}.parquet", version.as_num()), bytes));
        }
    }
    let schema = "required double t; optional double icp; optional float abp;";
    for (name, packing) in [
        ("snappy", Compression::SNAPPY),
        ("gzip", Compression::GZIP(GzipLevel::default())),
        ("zstd", Compression::ZSTD(ZstdLevel::default())),
        ("brotli", Compression::BROTLI(BrotliLevel::default())),
        ("lz4", Compression::LZ4),
        ("lz4-raw", Compression::LZ4_RAW),
    ] {
        for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
            let bytes = table(schema, None, version, packing, &|row| row as f64 * 0.01)?;
            seeds.push((format!("{name}-{}.parquet", version.as_num()), bytes));
        }
    }
    let times: [(&str, &dyn Fn(usize) -> f64); 5] = [
        ("gap", &|row| if row < 12 { row as f64 } else { row as f64 + 30.0 }),
        ("uneven", &|row| row as f64 * 0.1 + if row % 3 == 0 { 0.03 } else { 0.0 }),
        ("back", &|row| (ROWS - row) as f64),
        ("vast", &|row| if row < 23 { row as f64 } else { 1e12 }),
        ("never", &|row| if row < 20 { row as f64 } else { f64::NAN }),
    ];
    for (name, time) in times {
        let bytes = table(schema, None, WriterVersion::PARQUET_1_0, Compression::UNCOMPRESSED, time)?;
        seeds.push((format!("{name}.parquet"), bytes));
    }
    Ok(seeds)
}

/// Files of ours: one that is whole, one that goes on elsewhere, and some that were tampered with.
fn own() -> Result<Seeds, Box<dyn Error>> {
    let mut recording = Recording { title: "A pulse".to_owned(), ..Recording::default() };
    let pulse = (0..20).map(|i| 10.0 + (f64::from(i) * 0.7).sin()).collect();
    recording.channels.push(Channel::new("vault.pressure", "mmHg", 0.0, 100.0, pulse));
    recording.channels[0].values[7] = f64::NAN;
    recording.marks.push(Mark { kind: MarkKind::Beat, start: 0.0, end: 0.09, label: String::new() });
    let folder = std::env::temp_dir().join(format!("cisterna-seeds-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let path = folder.join("own.parquet");
    write_parquet(&recording, &path)?;
    let whole = fs::read(&path)?;
    recording.channels.push(Channel::new("co2", "mmHg", 0.0, 1.0, vec![40.0]));
    write_parquet(&recording, &path)?;
    let several = fs::read(&path)?;
    write_parquet(&Recording::default(), &path)?;
    let empty = fs::read(&path)?;
    fs::remove_dir_all(&folder)?;
    let changed = |from: &str, to: &str| {
        let mut bytes = whole.clone();
        while let Some(at) = bytes.windows(from.len()).position(|word| word == from.as_bytes()) {
            bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
        }
        bytes
    };
    let all = [
        ("own-rate.parquet", changed("\"rate\":100.0", "\"rate\":-10.0")),
        ("own-count.parquet", changed("\"samples\":20", "\"samples\":21")),
        ("own-renamed.parquet", changed("\"name\":\"vault", "\"name\":\"vaulx")),
        ("own-broken.parquet", changed("{\"title\"", "{\"titlx\"")),
        ("own-several.parquet", several),
        ("own-empty.parquet", empty),
        ("own-cut.parquet", whole[..whole.len() - 9].to_vec()),
        ("own.parquet", whole),
    ];
    Ok(all.map(|(name, bytes)| (name.to_owned(), bytes)).to_vec())
}

/// A table of two row groups. The first column follows `time`, others repeat a few values; optional ones lack some.
fn table(
    columns: &str,
    encoding: Option<Encoding>,
    version: WriterVersion,
    packing: Compression,
    time: &dyn Fn(usize) -> f64,
) -> Result<Vec<u8>, ParquetError> {
    let schema = Arc::new(parse_message_type(&format!("message table {{ {columns} }}"))?);
    let mut properties = WriterProperties::builder().set_writer_version(version).set_compression(packing);
    if let Some(encoding) = encoding {
        properties = properties.set_dictionary_enabled(false).set_encoding(encoding);
    }
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, Arc::new(properties.build()))?;
    for from in [0, ROWS / 2] {
        let mut group = writer.next_row_group()?;
        let mut place = 0;
        while let Some(mut column) = group.next_column()? {
            let value = |row: usize| if place == 0 { time(from + row) } else { (row % 5) as f64 + 0.5 };
            let count = ROWS / 2;
            let descriptor = match column.untyped() {
                ColumnWriter::DoubleColumnWriter(writer) => writer.get_descriptor().clone(),
                ColumnWriter::FloatColumnWriter(writer) => writer.get_descriptor().clone(),
                ColumnWriter::Int32ColumnWriter(writer) => writer.get_descriptor().clone(),
                ColumnWriter::Int64ColumnWriter(writer) => writer.get_descriptor().clone(),
                ColumnWriter::ByteArrayColumnWriter(writer) => writer.get_descriptor().clone(),
                _ => return Err(ParquetError::General("a type without seeds".to_owned())),
            };
            let levels: Vec<i16> = (0..count).map(|row| i16::from(row % 7 != 3)).collect();
            let levels = (descriptor.max_def_level() > 0).then_some(levels);
            let present = |row: &usize| levels.as_ref().is_none_or(|levels| levels[*row] == 1);
            let kept = || (0..count).filter(present).map(value);
            let repeated = (descriptor.max_rep_level() > 0).then(|| vec![0i16; count]);
            let (levels, repeated) = (levels.as_deref(), repeated.as_deref());
            match column.untyped() {
                ColumnWriter::DoubleColumnWriter(writer) => {
                    writer.write_batch(&kept().collect::<Vec<_>>(), levels, repeated)?
                }
                ColumnWriter::FloatColumnWriter(writer) => {
                    writer.write_batch(&kept().map(|v| v as f32).collect::<Vec<_>>(), levels, repeated)?
                }
                ColumnWriter::Int32ColumnWriter(writer) => {
                    writer.write_batch(&kept().map(|v| v as i32).collect::<Vec<_>>(), levels, repeated)?
                }
                ColumnWriter::Int64ColumnWriter(writer) => {
                    writer.write_batch(&kept().map(|v| v as i64).collect::<Vec<_>>(), levels, repeated)?
                }
                ColumnWriter::ByteArrayColumnWriter(writer) => {
                    let texts: Vec<ByteArray> =
                        kept().map(|v| ByteArray::from(v.to_string().as_str())).collect();
                    writer.write_batch(&texts, levels, repeated)?
                }
                _ => 0,
            };
            column.close()?;
            place += 1;
        }
        group.close()?;
    }
    writer.close()?;
    Ok(bytes)
}
