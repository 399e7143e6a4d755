//! Stretches of time as arguments name them.

use cisterna::bedside::Marked;
use cisterna::infusion::Dose;
use cisterna::quantity::{Dimension, Quantity};

/// Reads `[CHANNEL:]FROM..TO[=WHY]`.
pub fn marked(text: &str) -> Result<Marked, String> {
    // A name may hold an equals sign, the interval after it does not.
    let (place, why) = match text.find("..").and_then(|dots| text[dots..].find('=').map(|sign| dots + sign)) {
        Some(sign) => (&text[..sign], text[sign + 1..].trim()),
        None => (text, ""),
    };
    let (channel, span) = match place.rsplit_once(':') {
        Some((channel, span)) => (Some(channel.to_owned()), span),
        None => (None, place),
    };
    let (from, to) = span_of(span)?;
    Ok(Marked { channel, from, to, why: why.to_owned() })
}

/// Reads `RATE@FROM..UNTIL`.
pub fn infusion(text: &str) -> Result<Dose, String> {
    let (rate, span) = text
        .split_once('@')
        .ok_or("it says no time; allowed: RATE@FROM..UNTIL, such as 1.5@300..1200 (mL/min, s)")?;
    let rate = rate.trim();
    let rate = rate.parse::<f64>().ok().filter(|rate| rate.is_finite() && *rate != 0.0);
    let rate = rate.ok_or("the rate is no number; allowed: mL/min, such as 1.5")?;
    let (from, until) = span_of(span)?;
    Ok(Dose { from, until, rate })
}

/// Reads `FROM..TO` in seconds, or with units.
fn span_of(text: &str) -> Result<(f64, f64), String> {
    let (from, to) =
        text.split_once("..").ok_or("it is no interval; allowed: FROM..TO, such as 300..1200 (s)")?;
    let time = |text: &str| match text.trim().parse::<f64>() {
        Ok(seconds) => Ok(seconds),
        Err(_) => Quantity::parse(text.trim(), Dimension::TIME).map_err(|error| error.to_string()),
    };
    let (from, to) = (time(from)?, time(to)?);
    if !(from.is_finite() && to.is_finite() && from < to) {
        return Err(format!("{from} .. {to} ends before it begins; allowed: FROM below TO"));
    }
    Ok((from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_read_and_refused() {
        let read = marked("icp:600..11 min=suction, cough").map(|m| (m.channel, m.from, m.to, m.why));
        assert_eq!(read, Ok((Some("icp".to_owned()), 600.0, 660.0, "suction, cough".to_owned())));
        assert_eq!(marked("0..9").map(|m| (m.channel, m.why)), Ok((None, String::new())));
        assert!(marked("icp:600").is_err_and(|told| told.contains("FROM..TO")));
        assert!(marked("9..3").is_err_and(|told| told.contains("ends before it begins")));
        assert!(infusion("-2@60..120").is_ok_and(|of| of.rate == -2.0));
        assert!(infusion("fast@60..120").is_err_and(|told| told.contains("mL/min")));
    }
}
