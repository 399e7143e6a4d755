//! Tissue that yields slowly, of which a test of half an hour tells little and which hides resistance.

use crate::marmarou::Marmarou;

/// Time constants of slowly yielding tissue that are tried, s. A tissue that yields over 10 to 20 minutes explains that pressure
/// stays above rest after an infusion (6.7 mmHg in a series of tests); the span is assumed twice as wide.
const YIELDING: [f64; 3] = [480.0, 960.0, 1920.0];
/// How easily fluid makes room there, as shares of the easiest that can be: the middles of four parts.
const EASE: [f64; 4] = [0.125, 0.375, 0.625, 0.875];
/// The weight beforehand of tissue that does not yield: as likely as all that does.
const RIGID: f64 = 0.5;

/// A tissue: a store of pressure `P_s` behind a resistance that takes `g (P - P_s)`, `dP_s/dt = (P - P_s)/tau`, as a second
/// spring behind a damper does.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tissue {
    /// How likely it is beforehand.
    pub weight: f64,
    /// The time constant tau, s.
    constant: f64,
    /// The ease g, mL/min/mmHg.
    ease: f64,
}

impl Tissue {
    /// Tissues that could be; `plain` is the fit without.
    ///
    /// They take fluid less easily than the ways out do, and in the end no more than what yields at once: `0 <= g <= min(1/R,
    /// 1/(e_b tau))`. That they take it up is physics; the two ends are assumed, the last of them from elastance coefficients of
    /// 0.24 1/mL in the rise and 0.14 in the fall of 27 tests, by which what yields slowly is 0.7 of what yields at once.
    pub fn all(plain: &Marmarou) -> Vec<Tissue> {
        let rigid = Tissue { weight: RIGID, constant: YIELDING[0], ease: 0.0 };
        let weight = (1.0 - RIGID) / (YIELDING.len() * EASE.len()) as f64;
        let soft = YIELDING.iter().flat_map(|&constant| {
            let stored = 60.0 / (plain.elastance * constant);
            let easiest = stored.min(1.0 / plain.resistance);
            EASE.iter().map(move |share| Tissue { weight, constant, ease: share * easiest })
        });
        std::iter::once(rigid).chain(soft).collect()
    }

    /// What it takes up at each of some times (s) while the pressure goes from rest as given, mL/min.
    pub fn takes(&self, rest: f64, times: &[f64], pressures: &[f64]) -> Vec<f64> {
        let (mut inner, mut before) = (rest, times.first().copied().unwrap_or(0.0));
        let taken = times.iter().zip(pressures).map(|(&time, &pressure)| {
            inner = pressure + (inner - pressure) * (-(time - before) / self.constant).exp();
            before = time;
            self.ease * (pressure - inner)
        });
        taken.collect()
    }
}
