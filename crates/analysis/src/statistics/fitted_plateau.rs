//! `fitted_plateau`: where an approach leads.

use super::riccati::Approach;
use crate::signal::Node;
use crate::slow::course;
use crate::subject::{Finding, Subject};
use crate::{MeasureError, Need, StatisticInfo, UnitRule};

pub(super) const INFO: StatisticInfo = StatisticInfo {
    name: "fitted_plateau",
    doc: "Plateau of an exponential or logistic approach fitted to the beat means of the window.",
    unit: UnitRule::Same,
    parameters: &[],
    needs: &[Need::Window],
};

/// The part of the approach that must lie within the window: one time constant of an exponential.
const LEAST_MADE: f64 = 0.63;
/// The largest standard error of the plateau, as a part of the way to it.
const LARGEST_ERROR: f64 = 0.1;

/// The `plateau` of `y = plateau + distance (1 + c) e / (1 + c e)`, `e = exp(-rate t)`, fitted by least squares to the
/// means of whole beats (of equal pieces where no beats are marked): with `c = 0` an exponential, else the approach
/// of Marmarou's equation under constant infusion. The window should begin with the infusion. Refused where less
/// than 63 % of the approach lies in the window or the plateau is uncertain by more than a tenth of the way.
pub(super) fn measure(subject: &Subject) -> Result<Finding, MeasureError> {
    let refuse = |reason: String| subject.undetermined("plateau", reason);
    let points = course(subject.recording, &subject.signal, subject.window());
    let (Some(first), Some(last), true) = (points.first(), points.last(), points.len() >= 8) else {
        return Err(refuse(format!("the window holds {} values; at least 8 are needed", points.len())));
    };
    let (from, duration, level) = (first.0, last.0 - first.0, first.1);
    let scaled: Vec<Node> = points.iter().map(|(time, y)| ((time - from) / duration, y - level)).collect();
    let fit = Approach::fit(&scaled).ok_or_else(|| refuse("no approach fits".into()))?;
    let spread = (fit.residual / scaled.len() as f64).sqrt();
    let way = fit.distance.abs() * fit.made();
    if way <= (2.0 * spread).max(1e-9 * level.abs()) {
        return Err(refuse(format!("it makes {way:.3} of way only, in a spread of {spread:.3}")));
    }
    if fit.made() < LEAST_MADE {
        let made = 100.0 * fit.made();
        return Err(refuse(format!(
            "the window is too short: it shows {made:.0} % of the approach, at least 63 % is needed"
        )));
    }
    match fit.plateau_error(&scaled) {
        Some(error) if error <= LARGEST_ERROR * fit.distance.abs() => Ok(Finding::plain(level + fit.plateau)),
        Some(error) => {
            Err(refuse(format!("the window is too short or too noisy: it is uncertain by {error:.2}")))
        }
        None => Err(refuse("the window is too short: several plateaus fit equally well".into())),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{noise, pulsatile, steady};
    use crate::{MeasureError, Measured, Request, Statistic, Window, measure};
    use cisterna_recording::Recording;

    fn plateau(recording: &Recording, to: f64) -> Result<Measured, MeasureError> {
        measure(recording, &Request::new(Statistic::FittedPlateau, "p", Window { from: 0.0, to }))
    }

    /// Marmarou's equation `p' = k p (i + (p_0 - p)/r)`, p measured from the reference pressure: infusion of 1.5
    /// mL/min from 10 mmHg at an outflow resistance of 10 mmHg/(mL/min) leads to 25 mmHg.
    fn infusion(t: f64) -> f64 {
        let (k, resistance, rest, plateau) = (0.2 / 60.0, 10.0, 10.0, 25.0);
        plateau / (1.0 + (plateau / rest - 1.0) * (-k * plateau / resistance * t).exp())
    }

    #[test]
    fn an_infusion_leads_to_rest_plus_rate_times_resistance() {
        let recording = pulsatile(900.0, 25.0, 1.1, |t, phi| infusion(t) * (1.0 + 0.1 * phi.sin()));
        let measured = plateau(&recording, 400.0).unwrap();
        assert!((measured.value - 25.0).abs() < 0.1, "{}", measured.value);
        assert_eq!(measured.unit, "mmHg");
    }

    #[test]
    fn noise_and_a_plain_exponential_do_as_well() {
        let recording = steady(300.0, 10.0, |t| 30.0 - 18.0 * (-t / 80.0).exp() + noise(t));
        let value = plateau(&recording, 300.0).unwrap().value;
        assert!((value - 30.0).abs() < 0.4, "{value}");
        let falling = steady(300.0, 10.0, |t| 12.0 + 18.0 * (-t / 80.0).exp() + noise(t));
        let value = plateau(&falling, 300.0).unwrap().value;
        assert!((value - 12.0).abs() < 0.4, "{value}");
    }

    #[test]
    fn the_first_minute_of_an_infusion_does_not_tell_its_end() {
        let recording = pulsatile(900.0, 25.0, 1.1, |t, phi| infusion(t) + 0.3 * noise(t) + phi.sin());
        let error = plateau(&recording, 60.0).unwrap_err().to_string();
        assert!(error.contains("too short"), "{error}");
    }

    #[test]
    fn a_straight_rise_and_a_flat_line_have_no_plateau() {
        assert!(plateau(&steady(300.0, 10.0, |t| 10.0 + 0.1 * t), 300.0).is_err());
        let error = plateau(&steady(300.0, 10.0, |_| 10.0), 300.0).unwrap_err().to_string();
        assert!(error.contains("of way only"), "{error}");
    }
}
