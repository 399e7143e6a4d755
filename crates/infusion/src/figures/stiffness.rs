//! How stiff the space is: elastance at rest, its coefficient, pressure-volume index and reference pressure.

use super::{Answer, Found, WIDEST, around, of_logarithm, reach, unknown};

pub(super) fn at_rest(found: &Found) -> Answer {
    let (value, error) = unknown(found, 2);
    let factor = (2.0 * reach() * error).exp();
    if factor.is_nan() || factor > WIDEST {
        return Err(format!("the course does not determine it: its interval spans a factor of {factor:.0}"));
    }
    Ok(of_logarithm((value, error)))
}

/// The elastance coefficient with its standard error, by the held reference pressure where there is one.
fn bend(found: &Found) -> (f64, f64) {
    match found.options.reference_pressure {
        None => unknown(found, 3),
        Some(_) => (found.fit.model.coefficient, found.fit.model.coefficient * unknown(found, 2).1),
    }
}

fn straight(found: &Found) -> Option<String> {
    if found.straight {
        return Some(
            "the course does not show that elastance grows with pressure: a longer or higher rise is needed"
                .to_owned(),
        );
    }
    let (value, error) = bend(found);
    (value - reach() * error <= 0.0).then(|| {
        format!(
            "the course does not show that elastance grows with pressure ({:.3} 1/mL, 95 % from {:.3} to {:.3}): a longer or higher rise is needed",
            value, value - reach() * error, value + reach() * error
        )
    })
}

pub(super) fn coefficient(found: &Found) -> Answer {
    straight(found).map_or_else(
        || {
            let (value, error) = bend(found);
            Ok(around(value, error))
        },
        Err,
    )
}

pub(super) fn index(found: &Found) -> Answer {
    straight(found).map_or_else(
        || {
            let (value, error) = bend(found);
            let index = |coefficient: f64| 10_f64.ln() / coefficient;
            Ok((index(value), [Some(index(value + reach() * error)), Some(index(value - reach() * error))]))
        },
        Err,
    )
}

/// `P_b - e_b/E` with the interval of Fieller (1954, J R Stat Soc B 16:175) for the ratio.
pub(super) fn reference(found: &Found) -> Answer {
    if found.options.reference_pressure.is_some() {
        return Err("it was held and not found".to_owned());
    }
    if let Some(reason) = straight(found) {
        return Err(reason);
    }
    let (fit, square) = (found.fit, reach() * reach());
    let [rest, elastance, coefficient] = [fit.model.rest, fit.model.elastance, fit.model.coefficient];
    // Variances of e_b, of E, and how both go together; e_b is fitted by its logarithm.
    let own = elastance * elastance * fit.covariance[(2, 2)];
    let both = elastance * fit.covariance[(2, 3)];
    let bend = fit.covariance[(3, 3)];
    let [a, b, c] = [
        coefficient * coefficient - square * bend,
        elastance * coefficient - square * both,
        elastance * elastance - square * own,
    ];
    let root = (b * b - a * c).max(0.0).sqrt();
    let (ratio, near, far) = (elastance / coefficient, (b - root) / a, (b + root) / a);
    // The reference pressure cannot lie above rest: a ratio below nought is none.
    Ok((rest - ratio, [Some(rest - far), Some(rest - near.max(0.0))]))
}
