//! The named statistics, one file each.

mod amplitude_correlation;
mod amplitude_fundamental;
mod amplitude_peak_to_peak;
mod amplitude_slope;
mod band_power;
mod change;
mod correlation;
mod delay_by_correlation;
mod delay_of_peaks;
mod ejected_volume;
mod fitted_plateau;
mod harmonic_amplitude;
mod harmonic_phase;
mod heart_rate;
mod maximum;
mod mean;
mod median;
mod minimum;
mod net_volume;
mod peak_frequency;
mod period;
mod phase_at;
mod pulse_phase;
mod rate_of_change;
mod ratio_of_means;
mod riccati;
mod slope;
mod standard_deviation;
mod statistic;
mod stroke_volume;
mod time_to_fraction;
mod value_at;

pub use statistic::{STATISTICS, Statistic};
