//! Transfer functions of the reference recordings of CARNet (Simpson 2015), which come with clintools (MIT).
//!
//! Printed: what the manual of clintools 0.8 (function `TFA`) shows of the left side of set 0. All other numbers: the
//! published procedure (Claassen and others 2016) written anew in numpy before this crate had it; it gives the printed ones.
//! The folder is named by `CISTERNA_SHARED`; where it is missing the test says so and passes.

use crate::common::shared;
use cisterna_analysis::index::{Phases, Transfer, transfer};
use cisterna_recording::Channel;

/// Of each band: gain, normalised gain, phase, coherence, power of the input and of the output.
type Expected = [[f64; 6]; 3];

const SETS: [(&str, &str, Expected); 5] = [
    (
        "",
        "mcav_left_cm_per_s",
        [
            [0.675951, 1.041002, 52.965772, 0.505436, 6.245511, 3.217099],
            [0.957863, 1.475163, 25.439101, 0.617065, 1.558304, 2.253249],
            [1.198792, 1.846206, 9.376350, 0.573036, 0.213131, 0.303866],
        ],
    ),
    (
        "",
        "mcav_right_cm_per_s",
        [
            [0.511524, 0.830440, 35.639050, 0.494058, 6.245511, 2.623675],
            [0.879158, 1.427280, 31.890933, 0.456494, 1.558304, 1.999309],
            [1.103254, 1.791092, 3.065818, 0.477367, 0.213131, 0.329217],
        ],
    ),
    (
        "_1",
        "mcav_left_cm_per_s",
        [
            [0.860409, 1.253684, 52.460711, 0.286218, 2.605332, 3.386007],
            [1.635151, 2.382544, 41.983262, 0.824294, 1.299976, 4.160679],
            [1.189359, 1.732991, -6.240959, 0.866657, 1.502158, 3.772667],
        ],
    ),
    (
        "_1",
        "mcav_right_cm_per_s",
        [
            [1.320641, 1.783916, 67.454485, 0.255434, 2.605332, 4.042385],
            [2.029159, 2.740979, 40.410356, 0.879023, 1.299976, 6.119764],
            [1.278417, 1.726880, -4.330950, 0.866730, 1.502158, 4.942592],
        ],
    ),
    (
        "_2",
        "mcav_left_cm_per_s",
        [
            [0.666691, 1.020100, 18.127824, 0.449017, 2.924826, 2.653399],
            [1.045130, 1.599149, 36.084022, 0.783403, 3.536542, 3.367308],
            [1.271473, 1.945475, 14.720018, 0.618750, 0.458497, 0.920252],
        ],
    ),
];

/// Printed of set 0, left: which figure of a band, then the three bands, to two digits after the point or three in all.
const PRINTED: [(usize, [f64; 3], f64); 4] = [
    (4, [6.25, 1.56, 0.21], 0.005),
    (5, [3.22, 2.25, 0.30], 0.005),
    (1, [1.04, 1.48, 1.85], 0.005),
    (2, [53.0, 25.4, 9.38], 0.05),
];

fn column(set: &str, name: &str, unit: &str) -> Option<Channel> {
    let text = std::fs::read_to_string(shared(&format!("clintools/tfa_sample_data{set}.csv"))?).ok()?;
    let place = text.lines().next()?.split(',').position(|title| title == name)?;
    let values = text.lines().skip(1).filter_map(|line| line.split(',').nth(place)?.parse().ok()).collect();
    Some(Channel::new(name, unit, 0.0, 10.0, values))
}

fn numbers(found: &Transfer) -> Vec<f64> {
    found.figures().map(|figure| figure.number().unwrap_or(f64::NAN)).collect()
}

#[test]
fn the_reference_recordings_give_the_published_gain_phase_and_coherence() {
    for (set, name, expected) in SETS {
        let Some(pressure) = column(set, "abp_mmHg", "mmHg") else { return };
        let Some(flow) = column(set, name, "cm/s") else { return };
        let found = transfer(&pressure, &flow, Phases::OutputLeads).unwrap();
        assert_eq!(found.windows, 5);
        let numbers = numbers(&found);
        println!("{set} {name}: {numbers:.4?}");
        for (index, (found, expected)) in numbers.iter().zip(expected.as_flattened()).enumerate() {
            let allowed = if index % 6 == 2 { 0.01 } else { 1e-4 * expected };
            assert!((found - expected).abs() <= allowed, "{set} {name} {index}: {found} for {expected}");
        }
        if (set, name) == ("", "mcav_left_cm_per_s") {
            for (place, bands, half_a_digit) in PRINTED {
                for (band, printed) in bands.iter().enumerate() {
                    let found = numbers[6 * band + place];
                    assert!(
                        (found - printed).abs() <= half_a_digit + 1e-9,
                        "{place} {band}: {found} for {printed}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_side_that_was_not_recorded_has_a_reason() {
    let Some(pressure) = column("_2", "abp_mmHg", "mmHg") else { return };
    let Some(flow) = column("_2", "mcav_right_cm_per_s", "cm/s") else { return };
    let found = transfer(&pressure, &flow, Phases::OutputLeads).unwrap();
    assert_eq!(found.bands[0].gain.value, Err("one of the two does not vary".to_owned()));
}
