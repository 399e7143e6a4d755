//! The list of statistics: what is named here exists, everything else follows from it.

use super::*;
use crate::error::nearest;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, ParameterInfo, StatisticError, StatisticInfo};

/// Makes the enum, the declared list, the reader and the dispatch from one table. Each module gives `INFO` and
/// `measure(&Subject, parameters in the order of INFO)`.
macro_rules! statistics {
    ($( $(#[$doc:meta])* $variant:ident $({ $( $(#[$field_doc:meta])* $field:ident : f64 ),+ })? in $module:ident; )+) => {
        /// A statistic with its parameters.
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub enum Statistic {
            $( $(#[$doc])* $variant $({ $( $(#[$field_doc])* $field: f64 ),+ })?, )+
        }

        /// All statistics, in the order of the reference page.
        pub const STATISTICS: &[StatisticInfo] = &[$( $module::INFO ),+];

        impl Statistic {
            /// What it declares about itself.
            pub fn info(&self) -> &'static StatisticInfo {
                match self {
                    $( Self::$variant $({ $( $field: _ ),+ })? => &$module::INFO, )+
                }
            }

            /// The statistic called `name`; `parameter` gives the value of a parameter by its name, in the unit
            /// that the statistic declares for it.
            ///
            /// ```
            /// # use cisterna_analysis::{Statistic, StatisticError};
            /// let fraction = |name: &str| (name == "fraction").then_some(0.63);
            /// let statistic = Statistic::from_parts("time_to_fraction", &fraction)?;
            /// assert_eq!(statistic, Statistic::TimeToFraction { fraction: 0.63 });
            /// # Ok::<(), StatisticError>(())
            /// ```
            pub fn from_parts(
                name: &str,
                parameter: &dyn Fn(&str) -> Option<f64>,
            ) -> Result<Self, StatisticError> {
                $( if name == $module::INFO.name {
                    $(
                        let mut declared = $module::INFO.parameters.iter();
                        $( let $field = read(&$module::INFO, declared.next(), parameter)?; )+
                    )?
                    return Ok(Self::$variant $({ $( $field ),+ })?);
                } )+
                Err(StatisticError::Unknown {
                    name: name.to_owned(),
                    nearest: nearest(name, STATISTICS.iter().map(|info| info.name)),
                })
            }

            /// The number, in the units of the channels and seconds.
            pub(crate) fn compute(&self, subject: &Subject) -> Result<Finding, MeasureError> {
                match *self {
                    $( Self::$variant $({ $( $field ),+ })? => $module::measure(subject $(, $( $field ),+ )?), )+
                }
            }
        }
    };
}

statistics! {
    /// Mean over time.
    Mean in mean;
    /// Lowest valid sample.
    Minimum in minimum;
    /// Highest valid sample.
    Maximum in maximum;
    /// Middle value of the valid samples.
    Median in median;
    /// Standard deviation of the valid samples.
    StandardDeviation in standard_deviation;
    /// Value at a moment.
    ValueAt {
        /// The moment, s.
        at: f64
    } in value_at;
    /// Mean of the window less mean of the baseline.
    Change in change;
    /// Least-squares slope on time.
    RateOfChange in rate_of_change;
    /// Mean over beats of highest less lowest.
    AmplitudePeakToPeak in amplitude_peak_to_peak;
    /// Amplitude of the fundamental of the pulse.
    AmplitudeFundamental in amplitude_fundamental;
    /// Amplitude of one harmonic of the pulse.
    HarmonicAmplitude {
        /// Which harmonic, 1 being the fundamental.
        number: f64
    } in harmonic_amplitude;
    /// Phase of one harmonic of the pulse.
    HarmonicPhase {
        /// Which harmonic, 1 being the fundamental.
        number: f64
    } in harmonic_phase;
    /// Beats a minute.
    HeartRate in heart_rate;
    /// Volume that moves to and fro in a beat.
    StrokeVolume in stroke_volume;
    /// Volume that moves forward in a beat.
    EjectedVolume in ejected_volume;
    /// Integral over the window.
    NetVolume in net_volume;
    /// Power in a band of frequencies.
    BandPower {
        /// Lower edge, Hz.
        from_hz: f64,
        /// Upper edge, Hz.
        to_hz: f64
    } in band_power;
    /// Frequency of the greatest power in a band.
    PeakFrequency {
        /// Lower edge, Hz.
        from_hz: f64,
        /// Upper edge, Hz.
        to_hz: f64
    } in peak_frequency;
    /// Mean time of one turn of a slow wave.
    Period in period;
    /// Cycles of a slow rhythm over their time.
    CycleRate {
        /// Lower edge, Hz.
        from_hz: f64,
        /// Upper edge, Hz.
        to_hz: f64
    } in cycle_rate;
    /// How long a slow rhythm rises over how long it falls.
    CycleRatio {
        /// Lower edge, Hz.
        from_hz: f64,
        /// Upper edge, Hz.
        to_hz: f64
    } in cycle_ratio;
    /// Coefficient of variation of the lengths of cycles.
    CycleVariation {
        /// Lower edge, Hz.
        from_hz: f64,
        /// Upper edge, Hz.
        to_hz: f64
    } in cycle_variation;
    /// Mean divided by the mean of another channel.
    RatioOfMeans in ratio_of_means;
    /// Least-squares slope on another channel.
    Slope in slope;
    /// Correlation with another channel.
    Correlation in correlation;
    /// Least-squares slope of pulse amplitude on the mean of another channel.
    AmplitudeSlope in amplitude_slope;
    /// Correlation of pulse amplitude with the mean of another channel.
    AmplitudeCorrelation in amplitude_correlation;
    /// By how much the fundamental of the pulse lags that of another channel.
    PulsePhase in pulse_phase;
    /// By how much the channel lags another at a frequency.
    PhaseAt {
        /// The frequency, Hz.
        frequency_hz: f64
    } in phase_at;
    /// By how much the peak of the pulse follows that of another channel.
    DelayOfPeaks in delay_of_peaks;
    /// The shift at which the channel resembles another most.
    DelayByCorrelation {
        /// The longest shift tried, s.
        longest: f64
    } in delay_by_correlation;
    /// The plateau of a fitted approach.
    FittedPlateau in fitted_plateau;
    /// Time until a fraction of a change is made.
    TimeToFraction {
        /// The fraction, 0 to 1.
        fraction: f64
    } in time_to_fraction;
    /// Change from the baseline as a part of it.
    RelativeChange in relative_change;
    /// Mean over beats of the highest value.
    Systolic in systolic;
    /// Mean over beats of the lowest value.
    Diastolic in diastolic;
    /// Highest mean of a beat.
    HighestBeat in highest_beat;
    /// Lowest mean of a beat.
    LowestBeat in lowest_beat;
    /// When the beat with the highest mean is there.
    TimeOfHighestBeat in time_of_highest_beat;
    /// When the beat with the lowest mean is there.
    TimeOfLowestBeat in time_of_lowest_beat;
    /// Which beat has the lowest mean.
    NumberOfLowestBeat in number_of_lowest_beat;
    /// When the highest sample is there.
    TimeOfMaximum in time_of_maximum;
    /// Time above a level.
    TimeAbove {
        /// The level, unit of the channel.
        level: f64
    } in time_above;
    /// Time until a transient is over.
    TimeToReturn {
        /// The part of the excursion that counts as back, 0 to 1.
        fraction: f64
    } in time_to_return;
    /// Amplitude of the swings in a band of frequencies.
    BandAmplitude {
        /// Lower edge, Hz.
        from_hz: f64,
        /// Upper edge, Hz.
        to_hz: f64
    } in band_amplitude;
    /// Amplitude of the displacement in a band of frequencies.
    BandDisplacement {
        /// Lower edge, Hz.
        from_hz: f64,
        /// Upper edge, Hz.
        to_hz: f64
    } in band_displacement;
    /// Gain from another channel in a band of frequencies.
    TransferGain {
        /// Lower edge, Hz.
        from_hz: f64,
        /// Upper edge, Hz.
        to_hz: f64
    } in transfer_gain;
    /// Coherence with another channel in a band of frequencies.
    Coherence {
        /// Lower edge, Hz.
        from_hz: f64,
        /// Upper edge, Hz.
        to_hz: f64
    } in coherence;
    /// Least-squares slope of the logarithm on another channel.
    LogarithmicSlope in logarithmic_slope;
    /// The mean from which the pulse grows.
    AmplitudeBreakpoint in amplitude_breakpoint;
    /// Volume that raises the pressure tenfold.
    PressureVolumeIndex {
        /// The volume that was given, mL.
        bolus: f64
    } in pressure_volume_index;
    /// Coefficient of the exponential pressure-volume curve.
    ElastanceCoefficient {
        /// The rate of the infusion, mL/min.
        infusion: f64
    } in elastance_coefficient;
    /// How fast resistance answers to a step of pressure.
    RateOfRegulation in rate_of_regulation;
    /// The model response that a flow resembles most, 0 to 9.
    AutoregulationIndex in autoregulation_index;
    /// Standard deviation of the intervals from beat to beat.
    IntervalDeviation in interval_deviation;
    /// Root mean square of the steps of the intervals from beat to beat.
    SuccessiveDifference in successive_difference;
    /// Power of the intervals in a band of frequencies.
    IntervalPower {
        /// Lower edge, Hz.
        from_hz: f64,
        /// Upper edge, Hz.
        to_hz: f64
    } in interval_power;
    /// Intervals over systolic pressures in a band of frequencies.
    BaroreflexSensitivity {
        /// Lower edge, Hz.
        from_hz: f64,
        /// Upper edge, Hz.
        to_hz: f64
    } in baroreflex_sensitivity;
}

/// One parameter of a statistic, checked.
fn read(
    info: &StatisticInfo,
    declared: Option<&ParameterInfo>,
    parameter: &dyn Fn(&str) -> Option<f64>,
) -> Result<f64, StatisticError> {
    let statistic = info.name;
    let Some(&ParameterInfo { name, unit, allowed, .. }) = declared else {
        return Err(StatisticError::MissingParameter { statistic, parameter: "undeclared", unit: "1" });
    };
    let value =
        parameter(name).ok_or(StatisticError::MissingParameter { statistic, parameter: name, unit })?;
    if (allowed.0..=allowed.1).contains(&value) {
        Ok(value)
    } else {
        Err(StatisticError::ParameterOutOfRange { statistic, parameter: name, value, allowed, unit })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_declared_statistic_can_be_read_by_its_name() {
        for info in STATISTICS {
            let lowest = |name: &str| info.parameters.iter().find(|p| p.name == name).map(|p| p.allowed.0);
            let statistic = Statistic::from_parts(info.name, &lowest).unwrap();
            assert_eq!(statistic.info(), info);
            assert!(info.doc.ends_with('.') && info.doc.len() > 20, "{}", info.name);
        }
    }

    #[test]
    fn mistakes_are_answered_in_words() {
        let none = |_: &str| None;
        let unknown = Statistic::from_parts("maxinum", &none).unwrap_err().to_string();
        assert_eq!(unknown, "there is no statistic `maxinum`; did you mean `maximum`?");
        let missing = Statistic::from_parts("value_at", &none).unwrap_err().to_string();
        assert_eq!(missing, "`value_at` needs the parameter `at` (s)");
        let outside = Statistic::from_parts("time_to_fraction", &|_| Some(63.0)).unwrap_err().to_string();
        assert_eq!(outside, "`fraction` of `time_to_fraction` is 63 1; it must lie within 0.01 .. 0.99 1");
    }
}
