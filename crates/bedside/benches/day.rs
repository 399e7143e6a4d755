//! A day of three channels at 250 Hz, written as a WFDB record and analysed: seconds, and how much memory it took.
//!
//! `cargo bench -p cisterna-bedside`; everything runs in one thread.

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::time::Instant;

use cisterna_bedside::{Options, examine};

/// Samples a second.
const RATE: f64 = 250.0;
/// Hours.
const HOURS: f64 = 24.0;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let header = folder.path().join("day.hea");
    let count = (HOURS * 3600.0 * RATE) as u64;
    fs::write(
        &header,
        format!(
            "day 3 {RATE} {count}\nday.dat 16 100/mmHg 12 0 0 0 0 ICP\nday.dat 16 50/mmHg 12 0 0 0 0 ABP\nday.dat 16 1000/mV 12 0 0 0 0 ECG II\n"
        ),
    )?;
    let mut file = BufWriter::new(File::create(folder.path().join("day.dat"))?);
    let mut noise = Noise(1);
    let mut phase = 0.0_f64;
    for index in 0..count {
        let time = index as f64 / RATE;
        let rate = 1.2 + 0.05 * (time / 48.0).sin() + 0.03 * (1.57 * time).sin();
        phase = (phase + rate / RATE).fract();
        let pulse = bump(phase, 0.15, 0.07) + 0.5 * bump(phase, 0.35, 0.1);
        let (slow, breath) = ((0.105 * time).sin(), (1.57 * time).sin());
        let icp = 12.0 + 2.0 * slow + breath + 5.0 * pulse + 0.1 * noise.next();
        let abp = 80.0 + 8.0 * slow + 3.0 * breath + 40.0 * pulse + 0.4 * noise.next();
        let ecg = bump(phase, 0.02, 0.01) + 0.2 * bump(phase, 0.3, 0.05) + 0.02 * noise.next();
        for code in [100.0 * icp, 50.0 * abp, 1000.0 * ecg] {
            file.write_all(&(code.round() as i16).to_le_bytes())?;
        }
    }
    file.into_inner()?.sync_all()?;
    let clock = Instant::now();
    let found = examine(&header, &Options::default(), &|_| true)?;
    let seconds = clock.elapsed().as_secs_f64();
    let beats: usize = found.channels.iter().map(|channel| channel.beats).sum();
    let given = found.figures.iter().filter(|figure| figure.value.is_some()).count();
    println!(
        "{HOURS} h of {} channels at {RATE} Hz: {seconds:.1} s, {beats} beats, {given} figures",
        found.channels.len()
    );
    println!("peak of memory: {}", peak().unwrap_or_else(|| "not told by this system".to_owned()));
    Ok(())
}

fn bump(phase: f64, at: f64, width: f64) -> f64 {
    (-((phase - at) / width).powi(2)).exp()
}

/// The peak of memory as Linux tells it.
fn peak() -> Option<String> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map(|line| line.trim().to_owned())
}

/// Even noise from -1 to 1, always the same.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / f64::from(1_u32 << 30) - 1.0
    }
}
