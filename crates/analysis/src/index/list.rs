//! All indices.

use super::{
    IndexInfo, amplitude_pressure, bands, baroreflex, beat_intervals, critical_closing, dose, flow, levels,
    lundberg, mean_icp, mx, optimal_cpp, pax, perfusion, prx, pulsatility, pulse_transmission, rap, transfer,
};

/// All indices, in the order of the listing.
pub const INDICES: &[IndexInfo] = &[
    beat_intervals::RATE,
    beat_intervals::DEVIATION,
    beat_intervals::SUCCESSIVE,
    levels::BREATH,
    mean_icp::INFO,
    levels::PULSE,
    levels::FUNDAMENTAL,
    perfusion::INFO,
    dose::INFO,
    rap::INFO,
    prx::INFO,
    pax::INFO,
    mx::INFO,
    mx::OF_ARTERIAL,
    optimal_cpp::INFO,
    bands::BANDS[0].0,
    bands::BANDS[1].0,
    bands::BANDS[2].0,
    bands::BANDS[3].0,
    lundberg::A_INFO,
    lundberg::B_INFO,
    lundberg::C_INFO,
    amplitude_pressure::INFO,
    pulse_transmission::INFO,
    pulsatility::INFO,
    critical_closing::HARMONIC,
    critical_closing::LINEAR,
    baroreflex::INFO,
    transfer::INFO,
    transfer::GAIN,
    transfer::PHASE,
    transfer::COHERENCE,
    flow::STROKE,
    flow::NET,
    flow::DELAY,
    flow::VOLUME,
    flow::SPINAL,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_index_says_what_it_is() {
        for (place, info) in INDICES.iter().enumerate() {
            for text in [info.title, info.doc, info.takes, info.unit, info.interval, info.source] {
                assert!(!text.is_empty(), "{}", info.name);
            }
            assert!(info.doc.ends_with('.') && info.doc.len() > 40, "{}", info.name);
            assert!(info.settings.is_none_or(|settings| settings.fault().is_none()), "{}", info.name);
            assert!(INDICES[..place].iter().all(|other| other.name != info.name), "{}", info.name);
        }
    }
}
