//! A recorded arterial pressure that drives a model, with the way into it.

use cisterna_analysis::Window;
use cisterna_quantity::{Dimension, parse_unit_of};
use cisterna_recording::{Channel, Recording};

use crate::error::{FitError, input};
use crate::task::Task;

/// How long a driven model runs before, s: some four time constants of the outflow of fluid …
const SETTLE: f64 = 1800.0;
/// … of which so long with the pulse, s: vessels and their tone have settled by then, and longer would cost more than the fit.
const PULSING: f64 = 60.0;
/// The longest gap over which a straight line is as good as the pressure, s: a beat or two.
const BRIDGED: f64 = 2.0;
/// So long after a longer gap nothing is compared, s: what the line did to the tone of vessels has faded (assumed, after the
/// lags of autoregulation in the documents).
const FADES: f64 = 20.0;

/// So long from the beginning nothing is compared either, s: which pressure came before is not known (assumed: a few breaths,
/// after which a simulated patient with another past was off by 0.13 mmHg).
const PAST: f64 = 10.0;

/// The channel under which it is written.
pub(crate) const CHANNEL: &str = "arterial";

/// A recorded arterial pressure as it drives a model.
#[derive(Debug)]
pub(crate) struct Arterial {
    /// The mean for the way in, then the pulse, then what was recorded, without gaps.
    pub recording: Recording,
    /// How long the way in takes, s.
    pub lead: f64,
    /// The mean.
    pub mean: f64,
    /// The unit of both.
    pub unit: String,
    /// When nothing can be compared, s on the clock of the recording.
    pub unknown: Vec<Window>,
}

impl Arterial {
    /// The channel of a task, from where the model begins, s.
    pub fn of(task: &Task<'_>, name: &str, begin: f64) -> Result<Self, FitError> {
        let channel =
            task.recording.require(task.file, name).map_err(|error| FitError::Input(error.to_string()))?;
        parse_unit_of(&channel.unit, Dimension::PRESSURE)
            .map_err(|error| FitError::Input(format!("channel `{name}`: {error}; it can drive no model")))?;
        let (start, values) = channel.window(begin, task.to);
        let known: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
        if 2 * known.len() < values.len() || known.is_empty() {
            return input(format!(
                "channel `{name}` has data for {:.0} % of the time; allowed: half of it or more",
                100.0 * known.len() as f64 / values.len().max(1) as f64
            ));
        }
        let mean = known.iter().sum::<f64>() / known.len() as f64;
        let (bridged, gaps) = bridged(values);
        let time = |index: usize| start + index as f64 / channel.rate;
        let unknown = gaps.into_iter().map(|(first, end)| Window { from: time(first), to: time(end) });
        let unknown = unknown.filter(|gap| gap.duration() > BRIDGED);
        let unknown = unknown.map(|gap| Window { to: gap.to + FADES, ..gap });
        let past = Window { from: begin, to: begin + PAST };
        let unknown = std::iter::once(past).chain(unknown).collect();
        let samples = |seconds: f64| (seconds * channel.rate).round() as usize;
        let mut all = vec![mean; samples(SETTLE - PULSING)];
        // The pulse of the way in is what was recorded, again and again, so that it runs into its beginning.
        let pulsing = samples(PULSING);
        let turned = (bridged.len() - pulsing % bridged.len()) % bridged.len();
        all.extend((0..pulsing).map(|index| bridged[(turned + index) % bridged.len()]));
        let lead = all.len() as f64 / channel.rate;
        all.extend_from_slice(&bridged);
        // The end of a window lies one sample after its last.
        all.extend([all[all.len() - 1]; 2]);
        let driving = Channel::new(CHANNEL, &channel.unit, 0.0, channel.rate, all);
        let recording = Recording { channels: vec![driving], ..Recording::default() };
        Ok(Arterial { recording, lead, mean, unit: channel.unit.clone(), unknown })
    }
}

/// The samples with straight lines over gaps (at either end, the nearest sample), and where gaps were.
fn bridged(values: &[f64]) -> (Vec<f64>, Vec<(usize, usize)>) {
    let (mut bridged, mut gaps) = (values.to_vec(), Vec::new());
    let mut first = 0;
    while first < values.len() {
        let length = values[first..].iter().take_while(|value| !value.is_finite()).count();
        if length == 0 {
            first += 1;
            continue;
        }
        let end = first + length;
        let before = first.checked_sub(1).map(|index| values[index]);
        let after = values.get(end).copied();
        if let (Some(from), Some(to)) = (before.or(after), after.or(before)) {
            for (step, value) in bridged[first..end].iter_mut().enumerate() {
                *value = from + (to - from) * (step + 1) as f64 / (length + 1) as f64;
            }
        }
        gaps.push((first, end));
        first = end;
    }
    (bridged, gaps)
}

#[cfg(test)]
mod tests {
    use super::bridged;

    #[test]
    fn gaps_become_straight_lines_and_are_told() {
        let gap = f64::NAN;
        let (values, gaps) = bridged(&[gap, 1.0, gap, gap, 4.0, gap]);
        assert_eq!(values, [1.0, 1.0, 2.0, 3.0, 4.0, 4.0]);
        assert_eq!(gaps, [(0, 1), (2, 4), (5, 6)]);
    }
}
