//! Gaps of recordings, bridged or refused.

/// A gap that may not be bridged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Gap {
    /// Its first sample.
    pub first: usize,
    /// How long it is, s.
    pub seconds: f64,
}

/// The samples with straight lines over gaps of at most `longest` seconds; a gap at either end is never bridged.
pub(super) fn bridge(values: &[f64], rate: f64, longest: f64) -> Result<Vec<f64>, Gap> {
    let mut bridged = values.to_vec();
    let mut index = 0;
    while index < bridged.len() {
        if bridged[index].is_finite() {
            index += 1;
            continue;
        }
        let length = bridged[index..].iter().take_while(|value| !value.is_finite()).count();
        let end = index + length;
        let seconds = length as f64 / rate;
        let inside = index > 0 && end < bridged.len();
        if !inside || seconds > longest + 1e-9 {
            return Err(Gap { first: index, seconds });
        }
        let (before, after) = (bridged[index - 1], bridged[end]);
        for (step, value) in bridged[index..end].iter_mut().enumerate() {
            let share = (step + 1) as f64 / (length + 1) as f64;
            *value = before + share * (after - before);
        }
        index = end;
    }
    Ok(bridged)
}

#[cfg(test)]
mod tests {
    use super::{Gap, bridge};

    const NONE: f64 = f64::NAN;

    #[test]
    fn a_short_gap_becomes_a_straight_line() {
        assert_eq!(bridge(&[80.0, NONE, NONE, 86.0], 10.0, 0.2).unwrap(), [80.0, 82.0, 84.0, 86.0]);
    }

    #[test]
    fn a_longer_gap_is_refused_with_its_length() {
        let refused = bridge(&[80.0, NONE, NONE, 86.0], 10.0, 0.1).unwrap_err();
        assert_eq!(refused, Gap { first: 1, seconds: 0.2 });
    }

    #[test]
    fn a_gap_at_an_end_has_nothing_to_lean_on() {
        assert!(bridge(&[NONE, 80.0], 10.0, 1.0).is_err());
        assert!(bridge(&[80.0, NONE], 10.0, 1.0).is_err());
    }
}
