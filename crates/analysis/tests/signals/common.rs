//! Signals with known truth, made from published shapes, and where real ones lie.

use cisterna_recording::Channel;
use std::f64::consts::{PI, TAU};

/// Repeatable random numbers.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// Evenly between 0 and 1 (xorshift64*, Vigna 2016).
    pub fn even(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Normally about nought with deviation one.
    pub fn normal(&mut self) -> f64 {
        (-2.0 * self.even().max(1e-300).ln()).sqrt() * (TAU * self.even()).cos()
    }
}

/// The beginnings of beats over `duration` s: intervals of mean `usual` s and coefficient of variation `spread`, with a breath
/// every 4 s in them.
pub fn beat_times(duration: f64, usual: f64, spread: f64, seed: u64) -> Vec<f64> {
    let mut dice = Dice::new(seed);
    let (mut at, mut times) = (0.3, Vec::new());
    while at < duration {
        times.push(at);
        let breath = 0.5 * (TAU * at / 4.0).sin();
        at += usual * (1.0 + spread * (dice.normal().clamp(-2.0, 2.0) + breath)).max(0.4);
    }
    times
}

/// The pulse of Tang 2020 (Sci Rep 10:13883, table 1, "excellent"): height 0 to about 1 over one turn from -pi to pi.
pub fn tang(turn: f64) -> f64 {
    let bell =
        |height: f64, centre: f64, width: f64| height * (-((turn - centre) / width).powi(2) / 2.0).exp();
    bell(1.0, -1.5161, 0.6303) + bell(0.1999, 0.8186, 1.0225)
}

/// Where the rise of [`tang`] begins by its steepest tangent (two widths before the first bell's centre, where the second is
/// next to nothing), and where it is highest, as parts of the beat.
pub const TANG_FOOT: f64 = (-1.5161 - 2.0 * 0.6303 + PI) / TAU;
pub const TANG_PEAK: f64 = (-1.5161 + PI) / TAU;

/// The electrocardiogram of McSharry 2003 (IEEE Trans Biomed Eng 50:289, table 1): five bells P, Q, R, S, T; R at turn 0. Here as
/// the sum of the bells that the published equation integrates. As in the program of its authors, angles and widths grow with
/// the root of the rate: a complex does not shrink as the beat does.
pub fn mcsharry(turn: f64, usual: f64) -> f64 {
    const WAVES: [(f64, f64, f64, f64); 5] = [
        (-70.0, 1.2, 0.25, 0.5),
        (-15.0, -5.0, 0.1, 1.0),
        (0.0, 30.0, 0.1, 1.0),
        (15.0, -7.5, 0.1, 1.0),
        (100.0, 0.75, 0.4, 0.5),
    ];
    let grown = (1.0 / usual).sqrt();
    WAVES
        .iter()
        .map(|(degrees, a, width, power)| {
            let (centre, width) = (degrees.to_radians() * grown.powf(*power), width * grown);
            a * width * width * (-((turn - centre) / width).powi(2) / 2.0).exp()
        })
        .sum()
}

/// Samples of a train of beats: each `shape(turn from -pi to pi)` stretched over its interval.
pub fn train(name: &str, rate: f64, beats: &[f64], shape: impl Fn(f64) -> f64) -> Channel {
    let end = beats[beats.len() - 1];
    let mut k = 0;
    let values = (0..(end * rate) as usize)
        .map(|i| {
            let t = i as f64 / rate;
            while k + 2 < beats.len() && beats[k + 1] <= t {
                k += 1;
            }
            shape(-PI + TAU * ((t - beats[k]) / (beats[k + 1] - beats[k])).clamp(-0.5, 1.0))
        })
        .collect();
    Channel::new(name, "mmHg", 0.0, rate, values)
}

/// An arterial pressure: 80 mmHg and a pulse of 45 mmHg that grows and shrinks by a tenth with the breath, on a base that
/// moves by 3 mmHg with it.
pub fn arterial(rate: f64, beats: &[f64]) -> Channel {
    let mut channel = train("abp", rate, beats, tang);
    for (i, value) in channel.values.iter_mut().enumerate() {
        let breath = (TAU * i as f64 / rate / 4.0).sin();
        *value = 80.0 + 3.0 * breath + 45.0 * (1.0 + 0.1 * breath) * *value;
    }
    channel
}

/// How many of `truth` are found within `tolerance` s, and how many found are true, 0 to 1; each counts once.
pub fn sensitivity_and_precision(truth: &[f64], found: &[f64], tolerance: f64) -> (f64, f64) {
    let (mut k, mut hits) = (0, 0);
    for time in truth {
        while k < found.len() && found[k] < time - tolerance {
            k += 1;
        }
        if k < found.len() && found[k] <= time + tolerance {
            (k, hits) = (k + 1, hits + 1);
        }
    }
    (hits as f64 / truth.len().max(1) as f64, hits as f64 / found.len().max(1) as f64)
}

/// White, pink or brown noise (power falling with frequency to the power of `colour` 0, 1, 2), roughly.
pub fn noise(colour: usize, count: usize, seed: u64) -> Vec<f64> {
    let mut dice = Dice::new(seed);
    let mut level = [0.0; 6];
    (0..count)
        .map(|_| {
            let white = dice.normal();
            match colour {
                0 => white,
                // Poles an octave and a half apart make a slope of one.
                1 => level
                    .iter_mut()
                    .enumerate()
                    .map(|(k, level)| {
                        let pole = 1.0 - 3_f64.powi(-(k as i32) - 1);
                        *level = pole * *level + (1.0 - pole).sqrt() * dice.normal();
                        *level
                    })
                    .sum(),
                _ => {
                    level[0] = 0.9995 * level[0] + white;
                    level[0]
                }
            }
        })
        .collect()
}

/// A file of the shared folder of recordings, named by `CISTERNA_SHARED`; says so where it is missing.
pub fn shared(file: &str) -> Option<String> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let folder = std::env::var("CISTERNA_SHARED").unwrap_or_else(|_| beside.to_owned());
    let path = format!("{folder}/recordings/{file}");
    if std::fs::metadata(&path).is_err() {
        println!("skipped: there is no {path}");
        return None;
    }
    Some(path)
}

/// A column of a comma separated file with one heading and the time (s) first, as a channel; empty cells and skipped times are
/// missing.
pub fn column(file: &str, number: usize, name: &str, rate: f64) -> Option<Channel> {
    let text = std::fs::read_to_string(shared(file)?).ok()?;
    Some(placed(&text, number, name, rate))
}

/// The same of a text.
pub fn placed(text: &str, number: usize, name: &str, rate: f64) -> Channel {
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        Some((cells[0].parse::<f64>().ok()?, cells.get(number)?.parse().unwrap_or(f64::NAN)))
    };
    let rows: Vec<(f64, f64)> = text.lines().skip(1).filter_map(row).collect();
    let start = rows[0].0;
    let place = |time: f64| ((time - start) * rate).round() as usize;
    let mut values = vec![f64::NAN; place(rows[rows.len() - 1].0) + 1];
    rows.iter().for_each(|(time, value)| values[place(*time)] = *value);
    Channel::new(name, "mmHg", start, rate, values)
}
