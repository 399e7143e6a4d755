//! A day of trends with all indices, and what is printed of them.

use cisterna_analysis::index::*;
use cisterna_recording::Channel;
use std::f64::consts::TAU;
use std::time::Instant;

/// A day of ten-second means, never quite regular.
fn trend(name: &str, level: f64, swing: f64, share: f64) -> Channel {
    let chance = |i: usize| ((i as f64 * 12.9898).sin() * 43_758.545).fract();
    let values = (0..8640)
        .map(|i| {
            let t = 10.0 * i as f64;
            let common = (TAU * t / 7000.0).sin() + 0.4 * (TAU * t / 65.0).sin() + 0.3 * chance(i);
            level + swing * (share * common + (1.0 - share) * chance(i + 77_777))
        })
        .collect();
    Channel::new(name, "mmHg", 0.0, 0.1, values)
}

#[test]
fn a_day_of_trends_takes_half_a_second() {
    let (abp, icp, amplitude, velocity) = (
        trend("abp", 90.0, 18.0, 0.9),
        trend("icp", 14.0, 4.0, 0.6),
        trend("amp", 3.0, 1.0, 0.5),
        trend("fv", 60.0, 9.0, 0.8),
    );
    let begin = Instant::now();
    let pressure = cpp(&icp, &abp, ArterialZero::Meatus, None);
    let reactivity = prx(&icp, &abp, None);
    let cpp_trend = Channel {
        values: abp.values.iter().zip(&icp.values).map(|(abp, icp)| abp - icp).collect(),
        ..abp.clone()
    };
    let optimal = optimal_cpp(&cpp_trend, &reactivity, None);
    println!("perfusion pressures {:.3} s", begin.elapsed().as_secs_f64());
    let line = amplitude_pressure(&icp, &amplitude);
    println!("and amplitude-pressure line {:.3} s", begin.elapsed().as_secs_f64());
    let waves = lundberg(&icp);
    println!("and Lundberg waves {:.3} s", begin.elapsed().as_secs_f64());
    let mut figures = vec![
        mean_icp(&icp, None).summary,
        pressure.summary,
        rap(&amplitude, &icp, None).summary,
        reactivity.summary.clone(),
        pax(&amplitude, &abp, None).summary,
        mx(&velocity, &cpp_trend, None).summary,
        optimal.over_time.summary,
        optimal.overall,
        line.slope,
        line.lower_knee,
        line.upper_knee,
    ];
    figures.extend(DOSE_LEVELS.iter().flat_map(|level| icp_dose(&icp, *level)));
    figures.extend(waves.shares);
    figures.extend(band_powers(&icp, None, None).into_iter().map(|band| band.summary));
    let took = begin.elapsed().as_secs_f64();
    for figure in &figures {
        println!("{figure}");
        assert!(figure.value.as_ref().err().is_none_or(|reason| reason.len() > 10), "{figure:?}");
    }
    println!("{took:.3} s");
    // Half a second on one core of 2026; the rest is for a machine that others use too.
    assert!(took < 3.0, "{took} s");
}
