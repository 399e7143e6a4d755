//! Fills the corpus: every document that comes along, and small recordings in every format that is read.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use cisterna_recording::{Channel, Mark, MarkKind, Recording, write_csv, write_parquet};

/// The first byte of a recording's seed, which picks its reader.
const CSV: u8 = 0;
const WFDB: u8 = 1;
const PARQUET: u8 = 3;

fn main() -> Result<(), Box<dyn Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let project = here.join("..");
    let corpus = |target: &str| -> Result<PathBuf, std::io::Error> {
        let folder = here.join("corpus").join(target);
        fs::create_dir_all(&folder).map(|()| folder)
    };
    let [models, scenarios, recordings] = [corpus("models")?, corpus("scenarios")?, corpus("recordings")?];
    documents(&project.join("models"), &models)?;
    documents(&project.join("scenarios"), &scenarios)?;
    documents(&project.join("validation"), &scenarios)?;
    for (name, seed) in small_recordings()? {
        fs::write(recordings.join(name), seed)?;
    }
    println!("seeds are in {}", here.join("corpus").display());
    Ok(())
}

/// Copies the documents of a folder and of the folders in it.
fn documents(from: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        if path.is_dir() {
            documents(&path, to)?;
        } else if path.extension().is_some_and(|kind| kind == "toml") {
            let name = path.strip_prefix(from)?.display().to_string();
            let folder = from.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            fs::copy(&path, to.join(format!("{folder}-{name}")))?;
        }
    }
    Ok(())
}

fn small_recordings() -> Result<Vec<(&'static str, Vec<u8>)>, Box<dyn Error>> {
    let mut recording = Recording { title: "A pulse".to_owned(), ..Recording::default() };
    let pulse = (0..20).map(|i| 10.0 + (f64::from(i) * 0.7).sin()).collect();
    recording.channels.push(Channel::new("vault.pressure", "mmHg", 0.0, 100.0, pulse));
    recording.channels[0].values[7] = f64::NAN;
    recording.marks.push(Mark { kind: MarkKind::Beat, start: 0.0, end: 0.09, label: String::new() });
    let folder = std::env::temp_dir().join(format!("cisterna-seeds-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let [csv, parquet] = ["seed.csv", "seed.parquet"].map(|name| folder.join(name));
    write_csv(&recording, &csv)?;
    write_parquet(&recording, &parquet)?;
    let seeds = vec![
        ("own.csv", seed(CSV, &fs::read(&csv)?)),
        ("decimal-commas.csv", seed(CSV, b"time [s];icp [mmHg]\n0,00;9,5\n0,01;9,7\n0,02;9,9\n")),
        ("tabs.csv", seed(CSV, b"t\tabp\n0\t80\n1\t\n3\t82.5\n")),
        ("own.parquet", seed(PARQUET, &fs::read(&parquet)?)),
        (
            "two-signals.212",
            seed(WFDB, b"bed 2 125 2\nbed.dat 212 10/mmHg 12 0 0 0 0 ABP\nbed.dat 212 200(7)/mV 11 0 0 0 0 II\n\0\x84\x03\x8e\x03\x01\xf0"),
        ),
        ("skewed.16", seed(WFDB, b"bed 1 250/24000(7)\nbed.dat 16x2:1+1 0/mmHg\n# 69 M\n\0\x01\x02\x03\x04\x05\x06\x07\x08\x09")),
    ];
    fs::remove_dir_all(&folder)?;
    Ok(seeds)
}

fn seed(reader: u8, bytes: &[u8]) -> Vec<u8> {
    [&[reader], bytes].concat()
}
