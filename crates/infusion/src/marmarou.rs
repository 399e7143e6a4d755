//! Marmarou's model of the dynamics of the fluid, in closed form for an inflow that is constant piece by piece.

use crate::protocol::Dose;

/// The model: `dP/dt = e(P) (I - (P - P_b)/R)`, with the elastance `e(P) = e_b + E (P - P_b)` (Marmarou, Shulman and Rosende
/// 1978, J Neurosurg 48:332; Avezaat and van Eijndhoven 1984). `e(P) = E (P - P_0)` is the usual form, with the reference
/// pressure `P_0 = P_b - e_b/E`; written by the elastance at rest, the model stays whole where E is as small as nought.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Marmarou {
    /// Resting pressure P_b, mmHg.
    pub rest: f64,
    /// Outflow resistance R, mmHg/(mL/min).
    pub resistance: f64,
    /// Elastance at rest e_b, mmHg/mL.
    pub elastance: f64,
    /// Elastance coefficient E, 1/mL.
    pub coefficient: f64,
}

impl Marmarou {
    /// Pressure over rest after `minutes` of an inflow I from `over` (mmHg), and its integral over that time (mmHg min).
    ///
    /// With `d = P - P_b - I R` the equation is Bernoulli's, `d' = -(kappa + E d) d / R`, `kappa = e_b + E I R`, so that with
    /// `w = d_0 (1 - exp(-kappa t/R)) / kappa`: `d = d_0 exp(-kappa t/R) / (1 + E w)` and `integral d = (R/E) ln(1 + E w)`.
    fn piece(&self, over: f64, inflow: f64, minutes: f64) -> (f64, f64) {
        let end = inflow * self.resistance;
        let distance = over - end;
        let stiffness = self.elastance + self.coefficient * end;
        let turns = stiffness * minutes / self.resistance;
        let share = if turns.abs() < 1e-12 { 1.0 } else { -(-turns).exp_m1() / turns };
        let stored = distance * share * minutes / self.resistance;
        let bend = self.coefficient * stored;
        // Beyond, the pressure would have passed the reference pressure.
        if bend <= -1.0 {
            return (f64::NAN, f64::NAN);
        }
        let log = if bend.abs() < 1e-12 { 1.0 } else { bend.ln_1p() / bend };
        (end + distance * (-turns).exp() / (1.0 + bend), end * minutes + self.resistance * stored * log)
    }

    /// The mean pressure (mmHg) of each window `(from, until)` (s), in order and apart, at rest at the first of them, while
    /// `doses` run and `lost` (mL/min, one for each window) goes elsewhere than out.
    pub fn means(&self, doses: &[Dose], windows: &[(f64, f64)], lost: &[f64]) -> Vec<f64> {
        let Some(&(mut time, _)) = windows.first() else { return Vec::new() };
        let mut over = 0.0;
        let mut dose = 0;
        // The pressure over rest carried on to a time, and its integral until then.
        let mut carry = |until: f64, lost: f64| {
            let mut integral = 0.0;
            while time < until {
                while doses.get(dose).is_some_and(|dose| dose.until <= time) {
                    dose += 1;
                }
                let (rate, next) = match doses.get(dose) {
                    Some(next) if next.from > time => (0.0, next.from),
                    Some(now) => (now.rate, now.until),
                    None => (0.0, f64::INFINITY),
                };
                let stop = next.min(until);
                let (end, area) = self.piece(over, rate - lost, (stop - time) / 60.0);
                (over, time) = (end, stop);
                integral += area;
            }
            integral
        };
        let mean = |(index, &(from, until)): (usize, &(f64, f64))| {
            let lost = lost.get(index).copied().unwrap_or(0.0);
            carry(from, lost);
            self.rest + carry(until, lost) * 60.0 / (until - from)
        };
        windows.iter().enumerate().map(mean).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Small steps of the equation itself.
    fn stepped(model: &Marmarou, doses: &[Dose], until: f64) -> f64 {
        let (mut over, step) = (0.0, 0.001);
        let mut time = 0.0;
        let slope = |over: f64, rate: f64| {
            (model.elastance + model.coefficient * over) * (rate - over / model.resistance) / 60.0
        };
        while time < until - 1e-9 {
            let rate =
                doses.iter().find(|d| d.from <= time + 1e-9 && time + 1e-9 < d.until).map_or(0.0, |d| d.rate);
            let middle = over + 0.5 * step * slope(over, rate);
            over += step * slope(middle, rate);
            time += step;
        }
        model.rest + over
    }

    #[test]
    fn the_closed_form_is_the_equation() {
        let doses =
            [Dose { from: 10.0, until: 200.0, rate: 1.5 }, Dose { from: 250.0, until: 252.0, rate: -20.0 }];
        for coefficient in [0.0, 1e-15, 0.12, 0.3] {
            let model = Marmarou { rest: 10.0, resistance: 12.0, elastance: 0.9, coefficient };
            for at in [100.0, 230.0, 251.0, 300.0] {
                let windows = [(0.0, 1.0), (at - 0.01, at + 0.01)];
                let mean = model.means(&doses, &windows, &[])[1];
                let truth = stepped(&model, &doses, at);
                assert!((mean - truth).abs() < 2e-4, "{coefficient} {at}: {mean} {truth}");
            }
        }
    }
}
